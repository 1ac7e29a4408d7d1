/** A part of a line's text of one look. */
export interface Run {
  text: string;
  isBold: boolean;
  /** The address that it links to. */
  link: string | undefined;
}

/** A paragraph, an item of a list, or a row of a table, which is a paragraph. */
export interface Line {
  /** Of which list it is part, 1 for the outermost; 0 outside of lists. */
  level: number;
  /** «- » or «5. », which begins an item; undefined for a paragraph, of the item above it where it is part of a list. */
  mark: string | undefined;
  isRow: boolean;
  runs: Run[];
}

export const isWritten = ({ runs }: Line): boolean => runs.some(({ text }) => text.trim() !== '');

/** Whether the line has nothing that plain text lacks. */
export const isPlain = ({ level, isRow, runs }: Line): boolean =>
  level === 0 && !isRow && runs.every(({ isBold, link }) => !isBold && link === undefined);

/** Lists that are open: whatever an item holds is indented to where its text begins. */
interface OpenList {
  level: number;
  content: number;
}

/** The Markdown of lines. A list begins at the margin, whatever its level is there, and each further level stands below an item. */
export const markdownOfLines = (lines: readonly Line[]): string => {
  const open: OpenList[] = [];
  return lines
    .map(({ level, mark, runs }, index) => {
      const limit = mark === undefined ? level : level - 1;
      while ((open.at(-1)?.level ?? 0) > limit) open.pop();
      const indentation = ' '.repeat(open.at(-1)?.content ?? 0);
      const isBelowItem = mark !== undefined && (lines[index - 1]?.level ?? 0) > 0;
      const gap = index === 0 ? '' : isBelowItem ? '\n' : '\n\n';
      const text = withPlainStart(marked(runs).trim());
      if (mark === undefined) return gap + indentation + text;
      open.push({ level, content: indentation.length + mark.indexOf(' ') + 1 });
      return gap + indentation + mark + text;
    })
    .join('');
};

/** What would begin a list, a heading, a quote or a block of code stays text. */
const withPlainStart = (text: string): string =>
  text.replace(/^(\d{1,9})(?=[.)](?:\s|$))|^(?=(?:[-+]|#{1,6})(?:\s|$)|>|~~~|-{3,}$)/, '$1\\');

/** The text of a line with marks around what is bold and what links; blanks stand outside of them. */
const marked = (runs: readonly Run[]): string => {
  const parts: Run[] = [];
  for (const run of runs) {
    const last = parts.at(-1);
    // Between two bold parts, blanks are of either.
    const isBold = last && run.text.trim() === '' ? last.isBold : run.isBold;
    if (last?.isBold === isBold && last.link === run.link) last.text += run.text;
    else parts.push({ ...run, isBold });
  }
  const joined: { text: string; isBold: boolean }[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last?.isBold === part.isBold) last.text += linked(part);
    else joined.push({ text: linked(part), isBold: part.isBold });
  }
  return joined
    .map(({ text, isBold }) => (isBold ? around(text, (inner) => `**${inner}**`) : text))
    .join('')
    .replace(/ {2,}/g, ' ');
};

/** A part's text with its address; lines of the source are no lines. */
const linked = ({ text, link }: Run): string => {
  const plain = text.replace(/[ \t\r\n]+/g, ' ');
  if (link === undefined) return escaped(plain);
  return around(plain, (words) => {
    const isItsAddress = words === link || `mailto:${words}` === link;
    return isItsAddress ? `<${words}>` : `[${escaped(words).replace(/(?<!\\)[[\]]/g, '\\$&')}](${link})`;
  });
};

/** Signs that would be marks within a text. An underline within a word is none, and brackets are where an address follows. */
const escaped = (text: string): string =>
  text.replace(
    /[*`]|\\(?=[!-/:-@[-`{-~])|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\](?=[([:]|$)|<(?=[a-z])|&(?=#?\w+;)/giu,
    '\\$&',
  );

const around = (text: string, mark: (inner: string) => string): string => {
  const inner = text.trim();
  if (inner === '') return text;
  const start = text.indexOf(inner);
  return text.slice(0, start) + mark(inner) + text.slice(start + inner.length);
};
