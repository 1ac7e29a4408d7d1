/** A text in plain signs, and where each of them stands in what was written. */
export interface FoldedText {
  text: string;
  /** The place in the written text of what stands from `start` to `end` in the folded one. */
  placeOf: (start: number, end: number) => { start: number; end: number };
}

const plain = /^[\0-\x7f]*$/;
const invisible = /\p{Default_Ignorable_Code_Point}/u;
const mark = /^\p{M}$/u;
const marks = /\p{M}/gu;
const letter = /^\p{L}$/u;
const digit = /^\p{Nd}$/u;
const space = /^[\p{Zs}\u2800]$/u;
const dash = /^[\p{Pd}\u2212\u2043\u02d7]$/u;
const apostrophe = /^[\u2018\u2019\u201b\u02bc\u2032\u00b4]$/u;
const sign = /^[!-/:-@[-`{-~]$/;

/**
 * The text without what the eye passes over: letters without accents, digits, spaces, hyphens and apostrophes each in one form, nothing
 * invisible. A number that was copied from a document is then written like one that was typed. Letters keep their case.
 */
export const foldedText = (written: string): FoldedText => {
  if (plain.test(written)) return { text: written, placeOf: (start, end) => ({ start, end }) };
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  let at = 0;
  for (const character of written) {
    const end = at + character.length;
    const shown = character < '\x80' ? character : foldedCharacter(character);
    // An accent of its own belongs to the letter before it.
    if (shown === '' && ends.length > 0 && mark.test(character)) ends[ends.length - 1] = end;
    text += shown;
    while (starts.length < text.length) {
      starts.push(at);
      ends.push(end);
    }
    at = end;
  }
  return {
    text,
    placeOf: (start, end) => ({ start: starts[start] ?? at, end: ends[end - 1] ?? at }),
  };
};

/** Letters and signs of European texts, each looked at once for a process; others are few. */
const known = new Map<string, string>();
const lastKnown = '\u2fff';

const foldedCharacter = (character: string): string => {
  const shown = known.get(character) ?? plainCharacter(character);
  if (character <= lastKnown) known.set(character, shown);
  return shown;
};

const plainCharacter = (character: string): string => {
  if (mark.test(character) || invisible.test(character)) return '';
  if (digit.test(character)) return digitOf(character);
  if (space.test(character)) return ' ';
  if (dash.test(character)) return '-';
  if (apostrophe.test(character)) return "'";
  const decomposed = character.normalize('NFKD').replace(marks, '');
  return letter.test(character) || sign.test(decomposed) ? decomposed : character;
};

/** Unicode has the decimal digits of every script in tens, from zero up, without a gap. */
const digitOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  let below = 0;
  while (digit.test(String.fromCodePoint(code - below - 1))) below += 1;
  return String(below % 10);
};
