/** A name, which stands on one line, or prose, which may have several. */
export type TextKind = 'line' | 'prose';

/** All ends of lines: vertical tab, form feed and those of Unicode too, as word processors write them. */
const lineEnd = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/g;

/** Control characters except NUL: a text that holds NUL is refused (`isText`). */
const control = /[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]/g;

/**
 * Format characters, which order or annotate text without being any: marks, embeddings, overrides and isolates of writing direction, the
 * byte order mark, deprecated format characters, and annotations. Joiners stay: emoji and Persian are written with them.
 */
const format = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]/g;

/** Tag characters, which are invisible copies of ASCII: kept where they name a flag, such as Scotland's, and nowhere else. */
const tags = /(\u{1f3f4}[\u{e0020}-\u{e007e}]+\u{e007f})|[\u{e0000}-\u{e007f}]/gu;

/** Letters, digits and punctuation of French and English on one line: nothing that would be taken out, and no half of a character. */
const ordinary = /^[\x20-\x7e\u00a0-\u017f\u2010-\u2027\u2030-\u205e]*$/;

/** The text without characters that nobody can see or that would reorder the text around them, and with «\n» as the end of each line. */
export const withoutFormat = (text: string): string =>
  ordinary.test(text)
    ? text
    : text.replace(lineEnd, '\n').replace(control, '').replace(format, '').replace(tags, '$1');

/**
 * A text as it is stored: `withoutFormat`, without white space around it. In a text of one line, ends of lines and tabs become spaces.
 * Otherwise it stays as it was written, accents composed or not.
 */
export const plainText = (text: string, kind: TextKind): string => {
  const lines = withoutFormat(text);
  return (kind === 'line' ? lines.replace(/[\n\t]/g, ' ') : lines).trim();
};

/**
 * A character that can be seen: no white space, nothing that Unicode says to ignore, no mark by itself, no blank that passes for a
 * letter.
 */
const visible =
  /[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{M}\u2800\u{13441}\u{13442}\u{1d159}]/u;

export const isVisible = (text: string): boolean => visible.test(text);

/** Whether the text can be stored and sent on: no NUL, no unpaired surrogate, nothing that Unicode says is no character. */
export const isText = (text: string): boolean =>
  ordinary.test(text) || (text.isWellFormed() && !/[\u0000\p{Noncharacter_Code_Point}]/u.test(text));
