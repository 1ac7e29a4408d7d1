/**
 * Letters that are letters of their own in Unicode, but plain letters with something added to people: a text typed without the addition
 * is found all the same. «º» means no more than «°» does, and «№» no more than «n°».
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
/** Combining marks, and characters that are not seen: soft hyphens, joiners, marks of direction. */
const unseen = /[\p{M}\p{Cf}]/gu;

/**
 * A text in the form in which the server and the tablet compare it: without accents, case, ligatures and invisible characters, with wide
 * and styled letters as plain ones. Folding a text twice gives the same as folding it once.
 */
export const foldText = (text: string): string =>
  ascii.test(text)
    ? text.toLowerCase()
    : plain(plain(text.toLowerCase()).normalize('NFKD').replace(unseen, '').toLowerCase());
