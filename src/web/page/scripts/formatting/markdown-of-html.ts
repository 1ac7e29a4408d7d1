/** What is told from the surroundings of a text: whether it is bold, and of which list, 1 for the outermost, it is an item. */
interface Surroundings {
  isBold: boolean;
  level: number;
  sign: string;
}

interface Line {
  /** Undefined for a paragraph. */
  item: Pick<Surroundings, 'level' | 'sign'> | undefined;
  runs: { text: string; isBold: boolean }[];
}

const ignored = new Set(['HEAD', 'SCRIPT', 'STYLE', 'TEMPLATE', 'TITLE']);
const paragraphs = new Set([
  'ADDRESS',
  'ARTICLE',
  'BLOCKQUOTE',
  'DIV',
  'P',
  'SECTION',
  'TABLE',
  'TR',
  'UL',
  'OL',
]);
const heading = /^H[1-6]$/;
const bullet = '- ';
const numeral = '1. ';

/**
 * The Markdown of what another program put on the clipboard as HTML, with its bold and its lists; undefined where it has neither, and is
 * as good as plain text. Word writes an item as a paragraph whose style names its level, with the sign in a part that is to be ignored.
 */
export const markdownOf = (html: string): string | undefined => {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const lines: Line[] = [{ item: undefined, runs: [] }];
  read(body, { isBold: false, level: 0, sign: bullet }, lines);
  const written = lines.filter(({ runs }) => runs.some(({ text }) => text.trim() !== ''));
  const isPlain = written.every(({ item, runs }) => !item && runs.every(({ isBold }) => !isBold));
  return isPlain ? undefined : written.map(markdownLine).join('');
};

const read = (parent: Node, around: Surroundings, lines: Line[]): void => {
  for (const node of parent.childNodes) {
    if (node instanceof Text) lines.at(-1)?.runs.push({ text: node.data, isBold: around.isBold });
    else if (node instanceof HTMLElement && !ignored.has(node.tagName)) readElement(node, around, lines);
  }
};

const readElement = (element: HTMLElement, around: Surroundings, lines: Line[]): void => {
  const { tagName } = element;
  const style = element.getAttribute('style') ?? '';
  if (/mso-list:\s*Ignore/i.test(style)) return;
  const inside = { ...around, isBold: isBoldIn(element, around.isBold) };
  const [, level] = /mso-list:[^;]*\blevel(\d)/i.exec(style) ?? [];
  if (level !== undefined) {
    const sign = /^\d/.test(signOf(element)) ? numeral : bullet;
    lines.push({ item: { level: Number(level), sign }, runs: [] });
  } else if (tagName === 'LI') lines.push({ item: { level: around.level, sign: around.sign }, runs: [] });
  else if (tagName === 'BR' || heading.test(tagName) || isParagraph(element)) newParagraph(lines);
  if (tagName === 'UL' || tagName === 'OL') {
    inside.level += 1;
    inside.sign = tagName === 'OL' ? numeral : bullet;
  }
  read(element, inside, lines);
  if (level !== undefined || tagName === 'LI' || heading.test(tagName) || paragraphs.has(tagName))
    endLine(lines);
};

/** The paragraph within an item is the item's own. */
const isParagraph = ({ tagName, parentElement }: HTMLElement): boolean =>
  paragraphs.has(tagName) && parentElement?.tagName !== 'LI';

const newParagraph = (lines: Line[]): void => {
  lines.push({ item: undefined, runs: [] });
};
const endLine = newParagraph;

const signOf = (element: HTMLElement): string =>
  element.querySelector('[style*="Ignore"]')?.textContent.trim() ?? '';

/** Programs say bold by an element or by a style, and undo either by a style. */
const isBoldIn = ({ tagName, style: { fontWeight } }: HTMLElement, isBold: boolean): boolean => {
  if (fontWeight !== '') return fontWeight.startsWith('bold') || Number(fontWeight) >= 600;
  return isBold || tagName === 'B' || tagName === 'STRONG';
};

const markdownLine = ({ item, runs }: Line, index: number, all: readonly Line[]): string => {
  const text = marked(runs).trim();
  const before = all[index - 1];
  const gap = before === undefined ? '' : item && before.item ? '\n' : '\n\n';
  if (!item) return gap + text;
  return `${gap}${'  '.repeat(item.level - 1)}${item.sign}${text}`;
};

/** The text of a line with marks around what is bold; blanks stand outside of them, and lines of the source are no lines. */
const marked = (runs: Line['runs']): string => {
  const joined: Line['runs'] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    // Between two bold parts, blanks are of either.
    if (last && (last.isBold === run.isBold || run.text.trim() === '')) last.text += run.text;
    else joined.push({ ...run });
  }
  return joined
    .map(({ text, isBold }) => {
      const plain = text.replace(/[ \t\r\n]+/g, ' ').replaceAll('*', '\\*');
      return isBold ? plain.replace(/^(\s*)(.*?)(\s*)$/, boldText) : plain;
    })
    .join('');
};

const boldText = (_all: string, before: string, text: string, after: string): string =>
  text === '' ? before + after : `${before}**${text}**${after}`;
