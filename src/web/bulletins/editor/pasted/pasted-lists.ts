import { Fences } from './fences.js';
import { besideLetter, letterOf, withOwnBullet } from './pasted-bullets.js';

const item = /^([ \t]*)([-+*]|\d{1,9}[.)])([ \t]+)(?=\S)/;
const isHeading = /^ {0,3}#{1,6}(?:[ \t]|$)/;

interface OpenItem {
  /** The column its mark was written in, and the column it is moved to. */
  written: number;
  moved: number;
  /** The column of its text, to which what it holds is indented at least. */
  content: number;
  /** Its letter, «b» of «b) …», by which it is known to others beside it. */
  letter: string | undefined;
}

const columnOf = (indentation: string): number => indentation.replaceAll('\t', '    ').length;
const indentationOf = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';
/** Pages that are copied have no-break spaces where others have spaces. */
const withPlainIndentation = (line: string): string =>
  line.replace(/^[ \t]*\u00A0[ \t\u00A0]*/, (indentation) => indentation.replaceAll('\u00A0', ' '));

/**
 * The text with its lists as they are meant: the signs of other programs as «- », and what is indented below an item as part of it.
 * Markdown asks for two columns below «- », where people and programs often write one.
 */
export const readLists = (text: string): string => {
  const reader = new ListReader();
  const lines = text.split('\n').map(withPlainIndentation);
  return lines
    .map((line, at) => reader.read(line, { before: lines[at - 1] ?? '', after: lines[at + 1] ?? '' }))
    .join('\n');
};

class ListReader {
  /** The items that may hold the next line, the outermost first. */
  private open: OpenItem[] = [];
  private readonly fences = new Fences();
  private wasBlank = true;
  private wasCode = false;

  read(line: string, { before, after }: { before: string; after: string }): string {
    if (this.fences.hold(line)) return line;
    if (line.trim() === '') {
      this.wasBlank = true;
      return line;
    }
    const around = { before, after, beginsParagraph: this.wasBlank, depth: this.open.length };
    const letter = this.letterIn(line, after);
    const written = letter === undefined ? withOwnBullet(line, around) : this.belowItsItem(line);
    const found = this.isCode(written) ? undefined : item.exec(written);
    if (!found && this.wasBlank && !/^[ \t]/.test(written)) this.open = [];
    this.wasCode = !found && this.isCode(written);
    // A heading ends what stands above it, as a blank line does.
    this.wasBlank = isHeading.test(written);
    return found ? this.moved(written, found, letter) : written;
  }

  /** The letter of a line among others that have the letters beside it: «b) …» behind «a) …». */
  private letterIn(line: string, after: string): string | undefined {
    const letter = letterOf(line);
    if (letter === undefined) return undefined;
    const isNext = this.open.some((each) => each.letter === besideLetter(letter, -1));
    const isFirst = letter === 'a' && (this.open.length > 0 || letterOf(after) === besideLetter(letter, 1));
    return isNext || isFirst ? letter : undefined;
  }

  /** An item with a letter stands below the item that has none, however far it is indented. */
  private belowItsItem(line: string): string {
    const holder = this.open.findLast(({ letter }) => letter === undefined);
    const indentation = indentationOf(line);
    const column = Math.max(columnOf(indentation), holder?.content ?? 0);
    return `${' '.repeat(column)}- ${line.slice(indentation.length)}`;
  }

  /** Lines of code are indented by four columns below a blank line; a list so far indented begins with its sign. */
  private isCode(line: string): boolean {
    const isFar = this.open.length === 0 && columnOf(indentationOf(line)) > 3;
    return isFar && (this.wasCode || (this.wasBlank && !item.test(line)));
  }

  /** An item's line where the item above it that is indented less holds it. */
  private moved(
    line: string,
    [, indentation = '', mark = '', gap = '']: RegExpExecArray,
    letter: string | undefined,
  ): string {
    const written = columnOf(indentation);
    let beside: OpenItem | undefined;
    while ((this.open.at(-1)?.written ?? -1) >= written) beside = this.open.pop();
    const isBesideMoved = beside !== undefined && beside.written !== beside.moved;
    const column = isBesideMoved ? (beside?.moved ?? 0) : columnIn(this.open.at(-1), written);
    const content = column + mark.length + Math.min(gap.length, 1);
    this.open.push({ written, moved: column, content, letter });
    return column === written ? line : `${' '.repeat(column)}${line.slice(indentation.length)}`;
  }
}

/** The column within the text of an item; four columns beyond its beginning would be code. */
const columnIn = (holder: OpenItem | undefined, written: number): number => {
  const content = holder?.content ?? 0;
  return written >= content && written <= content + 3 ? written : content;
};
