import { listOf, markIn, markOfSign, type List } from './list-marks.js';
import { isPlain, isWritten, markdownOfLines, type Line } from './markdown-lines.js';
import { lineOfRow } from './table-rows.js';

/** What is told from the surroundings of a text: whether it is bold, what it links to, and in which list, 1 for the outermost, it stands. */
interface Surroundings {
  isBold: boolean;
  link: string | undefined;
  level: number;
  list: List | undefined;
}

const ignored = new Set(['HEAD', 'SCRIPT', 'STYLE', 'TEMPLATE', 'TITLE']);
const paragraph =
  /^(?:ADDRESS|ARTICLE|ASIDE|BLOCKQUOTE|CAPTION|D[DT]|DIV|FIGCAPTION|FOOTER|H[1-6]|HEADER|MAIN|OL|P|PRE|SECTION|TABLE|TR|UL)$/;
/** The text of an editor of code, which is Markdown itself as often as not. */
const source = ':scope > pre, :scope > div[style*="white-space: pre;"]';

/**
 * The Markdown of what another program put on the clipboard as HTML, with its bold, lists, links and tables; undefined where it has none,
 * and is as good as plain text. Word writes an item as a paragraph whose style names its level, with the sign in a part that is to be
 * ignored.
 */
export const markdownOf = (html: string): string | undefined => {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  if (body.querySelector(source)) return undefined;
  const lines = linesOf(body, { isBold: false, link: undefined, level: 0, list: undefined });
  return lines.every(isPlain) ? undefined : markdownOfLines(lines);
};

const linesOf = (parent: Node, around: Surroundings): Line[] => {
  const lines = [lineAt(around.level)];
  read(parent, around, lines);
  return lines.filter(isWritten);
};

const lineAt = (level: number, mark?: string): Line => ({ level, mark, isRow: false, runs: [] });

const read = (parent: Node, around: Surroundings, lines: Line[]): void => {
  for (const node of parent.childNodes) {
    if (node instanceof Text)
      lines.at(-1)?.runs.push({ text: node.data, isBold: around.isBold, link: around.link });
    else if (node instanceof HTMLElement && !ignored.has(node.tagName)) readElement(node, around, lines);
  }
};

const readElement = (element: HTMLElement, around: Surroundings, lines: Line[]): void => {
  const { tagName } = element;
  const style = element.getAttribute('style') ?? '';
  if (/mso-list:\s*Ignore/i.test(style)) return;
  const inside = {
    ...around,
    isBold: isBoldIn(element, around.isBold),
    link: addressOf(element) ?? around.link,
  };
  const [, ofWord] = /mso-list:[^;]*\blevel(\d)/i.exec(style) ?? [];
  const isItem = ofWord !== undefined || tagName === 'LI';
  if (isItem) {
    inside.level = Number(ofWord ?? element.ariaLevel ?? around.level);
    const mark = ofWord === undefined ? markIn(around.list, element) : markOfSign(signOf(element));
    lines.push(lineAt(inside.level, mark));
  } else {
    if (element.className.startsWith('MsoList')) inside.level = lines.findLast(isWritten)?.level ?? 0;
    if (tagName === 'BR' || paragraph.test(tagName)) beginParagraph(lines, inside.level);
  }
  if (tagName === 'UL' || tagName === 'OL') {
    inside.level += 1;
    inside.list = listOf(element);
  }
  if (tagName === 'TR') lines.push(...linesOfRow(element, inside));
  else read(element, inside, lines);
  if (isItem || paragraph.test(tagName)) lines.push(lineAt(around.level));
};

/** An item may begin with a paragraph, which is the item's own line then. */
const beginParagraph = (lines: Line[], level: number): void => {
  const last = lines.at(-1);
  if (last?.level !== level || isWritten(last)) lines.push(lineAt(level));
};

const linesOfRow = (row: HTMLElement, around: Surroundings): Line[] => {
  const cells = [...row.children].filter((cell) => cell instanceof HTMLElement);
  return lineOfRow(
    cells.map((cell) => linesOf(cell, { ...around, isBold: isBoldIn(cell, around.isBold) })),
    around.level,
  );
};

/** The address of a link that may stand in a bulletin. */
const addressOf = (element: HTMLElement): string | undefined => {
  const address = element.tagName === 'A' ? (element.getAttribute('href') ?? '').trim() : '';
  return /^(?:https?:\/\/|mailto:)\S/i.test(address)
    ? address.replace(/[\s<>()[\]\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
    : undefined;
};

const signOf = (element: HTMLElement): string =>
  element.querySelector('[style*="Ignore"]')?.textContent.trim() ?? '';

/** Programs say bold by an element or by a style, and undo either by a style. */
const isBoldIn = ({ tagName, style: { fontWeight } }: HTMLElement, isBold: boolean): boolean => {
  if (fontWeight !== '') return fontWeight.startsWith('bold') || Number(fontWeight) >= 600;
  return isBold || tagName === 'B' || tagName === 'STRONG';
};
