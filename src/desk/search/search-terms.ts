import {
  formsOf,
  isElided,
  isLongNumber,
  isNumber,
  signed,
  withoutCountry,
  wordsOf,
  type Word,
} from '../../shared/text/words.js';

/** A condition on the words of a text. */
export type SearchTerms =
  /** A word; with `prefix`, also words that begin with it; with `inflected`, also other forms of it. */
  | { word: string; prefix: boolean; inflected: boolean }
  /** Words that directly follow each other. */
  | { phrase: readonly string[]; prefix: boolean }
  | { any: readonly SearchTerms[] }
  | { all: readonly SearchTerms[] };

/** A part of what someone typed: the condition for an exact match, and the words for a near match. */
export interface SearchTerm {
  exact: SearchTerms;
  /** Words that a near match has all of, each as it is or as a similar word; empty where there is no near match. */
  near: readonly string[];
}

/** The most terms of a search, and words of a phrase: more of them do not make a search more precise. */
const maxTerms = 12;
const maxPhraseWords = 40;

const quoted = /«([^»]*)»|“([^”“]*)”|„([^“”]*)[“”]|"([^"]*)"/gu;

/** Splits what someone typed into terms: a quoted phrase is one term, the rest is split at white space. */
export const searchTerms = (typed: string): SearchTerm[] => {
  const terms: SearchTerm[] = [];
  let from = 0;
  for (const match of typed.matchAll(quoted)) {
    terms.push(...plainTerms(typed.slice(from, match.index)));
    terms.push(...quotedTerm(match.slice(1).join('')));
    from = match.index + match[0].length;
  }
  terms.push(...plainTerms(typed.slice(from)));
  return distinct(terms).slice(0, maxTerms);
};

const distinct = (terms: readonly SearchTerm[]): SearchTerm[] => [
  ...new Map(terms.map((term) => [JSON.stringify(term), term])).values(),
];

/** The term of a quoted text: its words exactly, neither as prefixes nor inflected. */
const quotedTerm = (text: string): SearchTerm[] => {
  const words = wordsOf(text).map(({ word }) => word);
  if (words.length === 0) return [];
  return [{ exact: inOrder(words, false), near: [] }];
};

const inOrder = (words: readonly string[], prefix: boolean): SearchTerms => {
  const [word, second] = words;
  if (word !== undefined && second === undefined) return { word, prefix, inflected: false };
  return { phrase: words.slice(0, maxPhraseWords), prefix: prefix && words.length <= maxPhraseWords };
};

const plainTerms = (text: string): SearchTerm[] => {
  const terms: SearchTerm[] = [];
  let groups: string[] = [];
  const flush = () => {
    terms.push(...numberTerms(groups));
    groups = [];
  };
  for (const chunk of text.split(/\s+/u)) {
    const words = wordsOf(chunk);
    if (words.length > 0 && words.every(({ word }) => isNumber(word))) groups.push(chunk);
    else {
      if (words.length > 0) flush();
      terms.push(...chunkTerm(chunk, words));
    }
  }
  flush();
  return terms;
};

/** The terms of successive groups of digits: each group, or all of them written as one number. */
const numberTerms = (groups: readonly string[]): SearchTerm[] => {
  const terms = groups.flatMap((group) => chunkTerm(group, wordsOf(group)));
  const number = groups
    .flatMap((group) => wordsOf(group))
    .map(({ word }) => word)
    .join('');
  if (groups.length < 2 || !isLongNumber(number)) return terms;
  return [{ exact: { any: [{ all: terms.map(({ exact }) => exact) }, ...asNumber(number)] }, near: [] }];
};

const asNumber = (number: string): SearchTerms[] =>
  [number, ...withoutCountry(number)].map((word) => ({ word, prefix: true, inflected: false }));

/** The term of the characters between two spaces; none where they have no words. */
const chunkTerm = (chunk: string, all: readonly Word[]): SearchTerm[] => {
  const words = withoutArticles(chunk, all);
  const [first, second] = words;
  if (!first) return [];
  const [sign] = signed(chunk, words);
  if (sign && !second) return [{ exact: { word: sign.form, prefix: false, inflected: false }, near: [] }];
  if (!second) return [wordTerm(first.word, wholeForms(chunk, all))];
  const texts = words.map(({ word }) => word);
  const last = words.at(-1) ?? first;
  const isOneRun = last.start === first.start;
  // A single letter or digit after a sign is no prefix: too many words begin with it («A/B», «24/7»).
  const prefix = isOneRun || last.word.length > 1;
  const forms = [...wholeForms(chunk, words), ...(words.length < all.length ? wholeForms(chunk, all) : [])];
  return [{ exact: any([inOrder(texts, prefix), ...forms]), near: nearOf(texts) }];
};

/** The words of a chunk written as one word. Initials («U.S.I.») are no prefix: too many words begin with them. */
const wholeForms = (chunk: string, words: readonly Word[]): SearchTerms[] => {
  if (words.length < 2) return [];
  const whole = formsOf(chunk, words).filter((form) => form.first === 0 && form.last === words.length - 1);
  return [...new Set(whole.map(({ form }) => form))].flatMap((form) =>
    isNumber(form)
      ? asNumber(form)
      : [{ word: form, prefix: words.some(({ word }) => word.length > 1), inflected: false }],
  );
};

const any = (choices: readonly SearchTerms[]): SearchTerms => {
  const [only, second] = choices;
  return only && !second ? only : { any: choices };
};

/** The words for a near match: none where one of them is a number, since a similar number is another thing. */
const nearOf = (words: readonly string[]): readonly string[] =>
  words.some((word) => isNumber(word)) ? [] : words.slice(0, maxTerms);

const wordTerm = (word: string, forms: readonly SearchTerms[]): SearchTerm => {
  const itself: SearchTerms = { word, prefix: true, inflected: !isNumber(word) };
  const others = [...withoutCountry(word).flatMap(asNumber), ...forms];
  return { exact: any([itself, ...others]), near: nearOf([word]) };
};

/** The words without elided articles: «l’imprimante» gives the printer alone; «jusqu’à» keeps both words, since «à» is one letter. */
const withoutArticles = (chunk: string, words: readonly Word[]): Word[] =>
  words.filter((_, at) => !isElided(chunk, words, at) || words[at + 1]?.word.length === 1);
