/**
 * Letters that Unicode takes for letters of their own, and people for others with something added: what is typed without them
 * finds them all the same. «º» says no more than «°» does, and «№» no more than «n°».
 */
const plainLetters: Readonly<Record<string, string>> = {
  ...{
    œ: 'oe',
    æ: 'ae',
    ß: 'ss',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    þ: 'th',
    ł: 'l',
    ħ: 'h',
    ŧ: 't',
    ŋ: 'n',
    ı: 'i',
    ĸ: 'k',
  },
  ...{
    ŀ: 'l',
    ŉ: 'n',
    ſ: 's',
    ƒ: 'f',
    ɓ: 'b',
    ƈ: 'c',
    ɗ: 'd',
    ƙ: 'k',
    ƥ: 'p',
    ƭ: 't',
    ȥ: 'z',
    ς: 'σ',
    º: '',
    '№': 'n',
  },
};
const special = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'gu');
const plain = (text: string): string => text.replace(special, (letter) => plainLetters[letter] ?? letter);

const ascii = /^[\x00-\x7f]*$/;
/** Marks above and below letters, and what is not seen: soft hyphens, joiners, directions. */
const unseen = /[\p{M}\p{Cf}]/gu;

/**
 * A text as it is compared, on the server and on the tablet: without accents, case, ligatures and invisible characters, wide and
 * styled letters as plain ones. Folding what is folded changes nothing.
 */
export const foldText = (text: string): string =>
  ascii.test(text)
    ? text.toLowerCase()
    : plain(plain(text.toLowerCase()).normalize('NFKD').replace(unseen, '').toLowerCase());
