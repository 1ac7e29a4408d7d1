/** Blanks of any width between a sign and its text. */
const blank = '[ \\t\\u00A0\\u2000-\\u200A\\u202F]';
/** Bullets of other programs, those of their symbol fonts among them, which Unicode has in an area for private use. */
const bullet = '[•‣⁃∙◦▪▫●■□➢➤►▶▸✓✔❖◆◇❑❒➣➜➝➞⮚✦◉○\\uF000-\\uF0FF]\\uFE0F?';
/** Signs that also stand in texts, and letters that symbol fonts show as bullets: only blanks, or a tab, tell. */
const foreignBullet = new RegExp(
  `^([ \\t]*)(?:${bullet}(?!${bullet})${blank}*|[→➔⇒·]${blank}+|[oØü§]\\t${blank}*)(?=\\S)`,
  'u',
);
/** A dash may also stand within a sentence: it is a bullet where a paragraph, an item or a row of dashes begins. */
const dash = new RegExp(`^([ \\t]*)[–—―−‒]${blank}+(?=\\S)`, 'u');
const ownSign = new RegExp(`^([ \\t]*)([-+*]|\\d{1,9}[.)])${blank}+(?=\\S)`, 'u');
const lettered = new RegExp(`^([ \\t]*)(\\(?([a-z])[.)])${blank}+(?=\\S)`, 'iu');

/** What tells whether a sign begins an item: the lines around it, and how many items it may stand in. */
interface Around {
  before: string;
  after: string;
  /** No line of a paragraph stands directly before it. */
  beginsParagraph: boolean;
  depth: number;
}

/** A line with «- » in the place of another program's bullet, and one space behind a sign of Markdown. */
export const withOwnBullet = (line: string, around: Around): string => {
  const [sign = '', indentation = ''] =
    foreignBullet.exec(line) ?? (isDashBullet(around) ? dash.exec(line) : undefined) ?? [];
  if (sign !== '') return `${levelOf(sign, around.depth) ?? indentation}- ${line.slice(sign.length)}`;
  const own = ownSign.exec(line);
  // What Markdown knows as an item is left as it is.
  if (!own || /^[ \t]*\S+[ \t]/.test(line)) return line;
  return `${own[1]}${own[2]} ${line.slice(own[0].length)}`;
};

const isDashBullet = ({ before, after, beginsParagraph, depth }: Around): boolean =>
  beginsParagraph || depth > 0 || /:[*_\s]*$/.test(before) || dash.test(after);

/** The indentation of the second and the third level of word processors, whose plain text has none. */
const levelOf = (sign: string, depth: number): string | undefined => {
  if (sign.startsWith('o')) return '  ';
  return /^[▪\uF0A7§]\t/.test(sign) && depth > 1 ? '    ' : undefined;
};

/** The letter of a line such as «b) …», which Markdown does not know as an item: it stays, behind a bullet. */
export const letterOf = (line: string): string | undefined => lettered.exec(line)?.[3]?.toLowerCase();

/** The letter that comes before or after another one in the alphabet. */
export const besideLetter = (letter: string, by: 1 | -1): string =>
  String.fromCharCode(letter.charCodeAt(0) + by);
