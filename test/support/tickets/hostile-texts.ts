/** Texts that people may send, as long as the contract takes them, and that are hard on whatever holds their words. */

export const maxTextLength = 10_000;

/** Repeats what `piece` makes of each number, as often as it fits. */
const filledWith =
  (piece: (number: number) => string) =>
  (seed: number): string => {
    const pieces: string[] = [];
    let length = 0;
    for (let number = seed * maxTextLength; ; number += 1) {
      const next = piece(number);
      if (length + next.length > maxTextLength) return pieces.join('');
      pieces.push(next);
      length += next.length;
    }
  };

/** Ideographs beyond the basic plane: 42 720 letters of four bytes, none of which has another form. */
const ideograph = (number: number): string => String.fromCodePoint(0x2_0000 + (number % 42_720));
const base = (number: number, digits: string): string => {
  let [text, left] = ['', number];
  do {
    text = (digits[left % digits.length] ?? '') + text;
    left = Math.floor(left / digits.length);
  } while (left > 0);
  return text;
};
const letters = 'abcdefghijklmnopqrstuvwxyz';
const hangul = (number: number): string => String.fromCharCode(0xac00 + (number % 11_172));

/** By what they are; each makes another text of each number. */
export const hostileTexts: Readonly<Record<string, (seed: number) => string>> = {
  'astral letters, each a word': filledWith((number) => `${ideograph(number)} `),
  'pairs of astral letters': filledWith((number) => `${ideograph(number)}${ideograph(number * 7 + 1)} `),
  'astral letters and digits in turns': filledWith((number) => `${ideograph(number)}${number % 10}`),
  'words of astral letters, and the same joined': filledWith(
    (number) => `${ideograph(number)}-${ideograph(number + 1)} `,
  ),
  'long words of astral letters with endings of both languages': filledWith(
    (number) => `${ideograph(number).repeat(40)}${ideograph(number * 13 + 5)}issements `,
  ),
  'one word of astral letters': filledWith(ideograph),
  'one word of 9 000 letters': (seed) => `${letters[seed % 26]}`.repeat(9_000),
  'one chain of hyphens': filledWith((number) => `${letters[number % 26]}-`),
  'many distinct words': filledWith((number) => `${base(number, letters)} `),
  'many distinct words of capitals with accents': filledWith((number) => `${base(number, 'ÉÈÊËÀÂÎÏÔÛÙÜÇ')} `),
  'many numbers that might be telephones': filledWith((number) => `${1_000 + (number % 9_000)} `),
  'names after apostrophes': filledWith((number) => `d’${base(number, letters.toUpperCase())} `),
  initials: filledWith((number) => `${letters[number % 26]}.${ideograph(number)}. `),
  'signs after words': filledWith((number) => `${base(number, letters)}++ `),
  'a letter with 9 999 combining marks': () => `e${'\u0301'.repeat(maxTextLength - 1)}`,
  'letters with a combining mark each': filledWith((number) => `${letters[number % 26]}\u0323 `),
  'ligatures that are eighteen letters each': filledWith((number) => `${letters[number % 26]}\ufdfa `),
  'ligatures only': filledWith(() => '\ufdfa'),
  'syllables that fall apart in three': filledWith((number) => `${hangul(number)}${hangul(number * 31)} `),
  'from right to left': filledWith((number) => `${base(number, 'אבגדהוזחטיכלמנסעפצקרשת')} `),
  'directions and other controls': filledWith((number) => `\u202e${base(number, letters)}\u0085\u0001\u001f`),
  'pictograms, each a word': filledWith((number) => String.fromCodePoint(0x1f300 + (number % 0x2ff))),
  'quotes and backslashes': filledWith((number) => `'${base(number, letters)}\\''\\\\ `),
  'a word, over and over': filledWith(() => 'imprimante '),
};
