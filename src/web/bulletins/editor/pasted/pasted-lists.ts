import { Fences } from './fences.js';

/** A bullet of another program at the beginning of a line; «o» is the second level of word processors. */
const foreignBullet = /^([ \t]*)(?:[•‣◦▪▫●○■□·][ \t]+|o\t[ \t]*)(?=\S)/u;
/** A dash may also stand within a sentence: it is a bullet where a paragraph or an item begins. */
const dash = /^([ \t]*)[–—][ \t\u00A0]+(?=\S)/u;
const item = /^([ \t]*)([-+*]|\d{1,9}[.)])([ \t]+)(?=\S)/;
const isHeading = /^ {0,3}#{1,6}(?:[ \t]|$)/;

interface OpenItem {
  /** The column its mark was written in, and the column it is moved to. */
  written: number;
  moved: number;
  /** The column of its text, to which what it holds is indented at least. */
  content: number;
}

const columnOf = (indentation: string): number => indentation.replaceAll('\t', '    ').length;

/**
 * The text with its lists as they are meant: the signs of other programs as «- », and what is indented below an item as part of it.
 * Markdown asks for two columns below «- », where people and programs often write one.
 */
export const readLists = (text: string): string => {
  let open: OpenItem[] = [];
  const fences = new Fences();
  let wasBlank = true;
  const lines = text.split('\n').map((typed) => {
    // Pages that are copied have no-break spaces where others have spaces.
    const line = typed.replace(/^[ \t]*\u00A0[ \t\u00A0]*/, (indentation) =>
      indentation.replaceAll('\u00A0', ' '),
    );
    if (fences.hold(line)) return line;
    if (line.trim() === '') {
      wasBlank = true;
      return line;
    }
    const written = withOwnBullet(
      line,
      wasBlank || open.length > 0 ? [foreignBullet, dash] : [foreignBullet],
    );
    const found = item.exec(written);
    const endsList = !found && wasBlank && !/^[ \t]/.test(written);
    if (endsList) open = [];
    // A heading ends what stands above it, as a blank line does.
    wasBlank = isHeading.test(written);
    return found ? moved(written, found, open) : written;
  });
  return lines.join('\n');
};

const withOwnBullet = (line: string, bullets: readonly RegExp[]): string => {
  const [bullet = '', indentation = ''] = bullets.map((pattern) => pattern.exec(line)).find(Boolean) ?? [];
  if (bullet === '') return line;
  const level = bullet.startsWith('o') ? '  ' : indentation;
  return `${level}- ${line.slice(bullet.length)}`;
};

/** An item's line where the item above it that is indented less holds it; `open` are the items that may hold it. */
const moved = (
  line: string,
  [, indentation = '', mark = '', gap = '']: RegExpExecArray,
  open: OpenItem[],
): string => {
  const written = columnOf(indentation);
  while (open.length > 0 && (open.at(-1)?.written ?? 0) >= written) open.pop();
  const holder = open.at(-1);
  // Four columns beyond the text of an item would be code.
  const isCode = holder === undefined ? written > 3 : written > holder.content + 3;
  const isHeld = holder === undefined || (written >= holder.content && !isCode);
  const column = isHeld ? written : holder.content;
  if (holder === undefined && isCode) return line;
  open.push({ written, moved: column, content: column + mark.length + Math.min(gap.length, 1) });
  return isHeld ? line : `${' '.repeat(column)}${line.slice(indentation.length)}`;
};
