/** A name, which stands on one line, or prose, which may have several. */
export type TextKind = 'line' | 'prose';

/** Vertical tab and form feed too, and those of Unicode: what a word processor puts between lines. */
const lineEnd = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

/** NUL apart, which makes a text none. */
const control = /[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;

/**
 * What orders and annotates text without being any: marks, embeddings, overrides and isolates of writing direction, the byte order
 * mark, deprecated format characters, and annotations. Joiners stay: emoji and Persian are written with them.
 */
const format = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]/g;

/** Invisible copies of ASCII: kept where they name a flag, as of Scotland, and nowhere else. */
const tags = /(\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f})|[\u{e0000}-\u{e007f}]/gu;

/** Without what nobody can see and what would turn the text around it, each end of a line «\n». */
export const withoutFormat = (text: string): string =>
  text.replace(lineEnd, '\n').replace(control, '').replace(format, '').replace(tags, '$1');

/**
 * A text as it's kept: `withoutFormat`, nothing before or after. On one line, what would end it or be a column of it is a space.
 * Otherwise as it was written, accents composed or not.
 */
export const plainText = (text: string, kind: TextKind): string => {
  const lines = withoutFormat(text);
  return (kind === 'line' ? lines.replace(/[\n\t]/g, ' ') : lines).trim();
};

/** Beyond white space and what Unicode says to ignore: marks with nothing to stand on, and blanks that pass for letters. */
const visible =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\u2800\u{13441}\u{13442}\u{1d159}]/u;

export const isVisible = (text: string): boolean => visible.test(text);

/** Whether it can be kept and sent on as text: no NUL, no half of a character, nothing that Unicode says is none. */
export const isText = (text: string): boolean =>
  text.isWellFormed() && !/[\u0000\p{Noncharacter_Code_Point}]/u.test(text);
