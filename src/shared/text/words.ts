import { foldText } from './fold-text.js';

/** A word of a text: letters, or digits, or one pictogram; folded. */
export interface Word {
  word: string;
  /** Start and end, in the text, of the run of letters and digits that holds the word: «INC0012345» is one run and two words. */
  start: number;
  end: number;
}

/** A form by which a text is found, and the indexes of the first and the last word it stands for. */
export interface Form {
  form: string;
  first: number;
  last: number;
}

/** Longer words are cut: nobody types them, and PostgreSQL takes none above 2 kB. */
const maxWordLength = 100;
const maxJoinedLength = 40;
const minJoinedLength = 4;
/**
 * Digits of numbers that are also found without their punctuation: telephone numbers have seven at least, and shorter numbers («1,5»,
 * «24/7») become other numbers without it.
 */
const minNumberDigits = 7;
const maxNumberDigits = 15;
const maxNumberGroups = 6;

/** A run of letters and digits, or a pictogram; «№», «℃» and «㎏» are signs that stand for letters. */
const run =
  /[\p{L}\p{N}\p{M}\p{Cf}№℃℉\u3371-\u3376\u3380-\u33df]+|\p{Extended_Pictographic}|\p{Regional_Indicator}/gu;
const part = /\p{L}+|\p{N}+|\p{Extended_Pictographic}|\p{Regional_Indicator}/gu;
/** A run that is a single word, as most are, and needs no cutting. */
const oneWord = /^(?:[a-z]+|[0-9]+)$/;
const digits = /^\p{N}+$/u;
export const isNumber = (word: string): boolean => digits.test(word);

const cut = (word: string): string => {
  if (word.length <= maxWordLength) return word;
  return word.slice(0, maxWordLength).replace(/[\ud800-\udbff]$/, '');
};

/**
 * The words of a text, in order. Searches are cut by these same rules and no other, so whatever stands in a text is found by typing it,
 * whatever punctuation it has within.
 */
export const wordsOf = (text: string): Word[] => {
  const words: Word[] = [];
  for (const { 0: found, index: start } of text.matchAll(run)) {
    const folded = foldText(found);
    const end = start + found.length;
    if (oneWord.test(folded)) words.push({ word: cut(folded), start, end });
    else for (const [word] of folded.matchAll(part)) words.push({ word: cut(word), start, end });
  }
  return words;
};

const joiner = /^[-‐‑‒–.:_'’/]?$/u;
const hyphen = /^[-‐‑‒'’]?$/u;
const elided = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)$/;
const apostrophe = /^['’‘ʼ′`´＇]$/u;
const withinNumber = /^[ \t\u00a0\u202f().\-‐‑–/+·]{0,3}$/u;
const sign = /^(?:\+{1,2}|#)(?![\p{L}\p{N}+#])/u;

/** The text between two words; undefined where one of the words does not exist. */
const between = (text: string, word: Word | undefined, next: Word | undefined): string | undefined =>
  word && next && text.slice(word.end, next.start);

const areOneRun = (word: Word | undefined, next: Word | undefined): boolean => word?.start === next?.start;

/** Whether the word is an elided article or the like, before an apostrophe: the «l» of «l’imprimante». */
export const isElided = (text: string, words: readonly Word[], at: number): boolean => {
  const [word, next] = [words[at], words[at + 1]];
  return (
    elided.test(word?.word ?? '') &&
    !areOneRun(word, next) &&
    apostrophe.test(between(text, word, next) ?? '')
  );
};

/** All the forms a text is found by: its words, and several words written together. */
export const formsOf = (text: string, words: readonly Word[] = wordsOf(text)): Form[] => [
  ...words.map(({ word }, at) => ({ form: word, first: at, last: at })),
  ...joinedForms(text, words),
];

/** The forms of several words or with signs, without the words themselves. */
export const joinedForms = (text: string, words: readonly Word[]): Form[] => [
  ...signed(text, words),
  ...joined(text, words),
  ...initials(text, words),
  ...names(text, words),
  ...numbers(text, words),
];

/** A word with the sign after it: «C++», «C#», «O+». */
export const signed = (text: string, words: readonly Word[]): Form[] => {
  if (!text.includes('+') && !text.includes('#')) return [];
  return words.flatMap(({ word, end }, at) => {
    if (isNumber(word) || words[at + 1]?.end === end) return [];
    const [found] = sign.exec(text.slice(end, end + 3)) ?? [];
    return found ? [{ form: `${word}${found}`, first: at, last: at }] : [];
  });
};

/**
 * Words joined without their punctuation: «wi-fi» as «wifi», «00:1A:2B» as «001a2b», «INC-0012» as «inc0012». Of «wi-fi/bluetooth» both
 * the whole and the part that the hyphen holds together.
 */
const joined = (text: string, words: readonly Word[]): Form[] => {
  const whole = chainsOf(words, (at) => belongsTogether(text, words, at, joiner));
  const within = chainsOf(words, (at) => belongsTogether(text, words, at, hyphen));
  const isWhole = new Set(whole.map(({ first, last }) => `${first}-${last}`));
  const others = within.filter(({ first, last }) => !isWhole.has(`${first}-${last}`));
  return [...whole, ...others].flatMap(({ first, last }) => {
    const form = joinedForm(words.slice(first, last + 1));
    return form === undefined ? [] : [{ form, first, last }];
  });
};

type Chain = Pick<Form, 'first' | 'last'>;

/** Chains of two words or more, each of which belongs to the word before it. */
const chainsOf = (words: readonly Word[], belongs: (at: number) => boolean): Chain[] => {
  const chains: Chain[] = [];
  let first = 0;
  for (let at = 1; at <= words.length; at += 1) {
    if (at < words.length && belongs(at)) continue;
    if (at - first > 1) chains.push({ first, last: at - 1 });
    first = at;
  }
  return chains;
};

const letter = /^\p{L}$/u;
const maxInitials = 8;

/** Initials: «U.S.I.» as «usi», «s.v.p.» as «svp». Forms this short are made only where every letter has its full stop. */
const initials = (text: string, words: readonly Word[]): Form[] => {
  const isLetter = (at: number) => letter.test(words[at]?.word ?? '');
  const chains = chainsOf(
    words,
    (at) => isLetter(at - 1) && isLetter(at) && between(text, words[at - 1], words[at]) === '.',
  );
  return chains.flatMap(({ first, last }) => {
    const form = words
      .slice(first, last + 1)
      .map(({ word }) => word)
      .join('');
    return form.length <= maxInitials ? [{ form, first, last }] : [];
  });
};

const capital = /^\p{Lu}/u;

/**
 * Names with an apostrophe: «D’Amours» as «damours», since the name is written so too. «d’eux» is not «deux»: only a capital makes a
 * name.
 */
const names = (text: string, words: readonly Word[]): Form[] =>
  words.flatMap(({ word }, at) => {
    const next = words[at + 1];
    if (!next || !isElided(text, words, at) || !capital.test(text.slice(next.start, next.end))) return [];
    const form = `${word}${next.word}`;
    return form.length >= minJoinedLength ? [{ form, first: at, last: at + 1 }] : [];
  });

const belongsTogether = (text: string, words: readonly Word[], at: number, by: RegExp): boolean => {
  const [word, next] = [words[at - 1], words[at]];
  return (
    areOneRun(word, next) || (by.test(between(text, word, next) ?? ' ') && !isElided(text, words, at - 1))
  );
};

const joinedForm = (words: readonly Word[]): string | undefined => {
  // Checked before joining: there may be ten thousand words.
  if (words.length > maxJoinedLength) return undefined;
  const form = words.map(({ word }) => word).join('');
  const minLength = isNumber(form) ? minNumberDigits : minJoinedLength;
  return form.length >= minLength && form.length <= maxJoinedLength ? form : undefined;
};

/** A telephone number without its punctuation: «(514) 555-0199» as «5145550199», with or without the 1 before. */
const numbers = (text: string, words: readonly Word[]): Form[] => {
  const forms: Form[] = [];
  for (const [first, { word }] of words.entries()) {
    if (isNumber(word)) forms.push(...numbersFrom(text, words, first));
  }
  return forms;
};

const numbersFrom = (text: string, words: readonly Word[], first: number): Form[] => {
  let form = words[first]?.word ?? '';
  const forms: Form[] = withoutCountry(form).map((home) => ({ form: home, first, last: first }));
  for (let last = first + 1; last < first + maxNumberGroups; last += 1) {
    const next = words[last]?.word ?? '';
    form += next;
    if (!isNumber(next) || form.length > maxNumberDigits) break;
    if (!withinNumber.test(between(text, words[last - 1], words[last]) ?? '')) break;
    if (form.length >= minNumberDigits) forms.push({ form, first, last });
  }
  return forms;
};

/** The number as it is written within the country, where it was written with the country's prefix; else none. */
export const withoutCountry = (number: string): string[] =>
  /^(?:00|011)?1\d{10}$/.test(number) ? [number.slice(-10)] : [];

/** Whether a number has as many digits as one that may be written in groups. */
export const isLongNumber = (number: string): boolean =>
  number.length >= minNumberDigits && number.length <= maxNumberDigits;
