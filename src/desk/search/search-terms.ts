import {
  formsOf,
  isElided,
  isLongNumber,
  isNumber,
  signed,
  withoutCountry,
  wordsOf,
  type Word,
} from '../../shared/words.js';

/** What a text is asked to have. */
export type SearchTerms =
  /** A word; `prefix`: or its beginning; `inflected`: or another form of it. */
  | { word: string; prefix: boolean; inflected: boolean }
  /** Words, one right after the other. */
  | { phrase: readonly string[]; prefix: boolean }
  | { any: readonly SearchTerms[] }
  | { all: readonly SearchTerms[] };

/** A part of what someone typed, that has to stand in a text; and what will do, if less well. */
export interface SearchTerm {
  asked: SearchTerms;
  /** Single words, of which those that are like them will do, and all of which have to be there. */
  near: readonly string[];
}

/** More words than these say no more of what is looked for. */
const maxTerms = 12;
const maxPhraseWords = 40;

const quoted = /«([^»]*)»|“([^”“]*)”|„([^“”]*)[“”]|"([^"]*)"/gu;

/** Cuts what someone typed into terms: what stands in quotes as it stands, the rest at white space. */
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

/** The words themselves, neither begun nor inflected. */
const quotedTerm = (text: string): SearchTerm[] => {
  const words = wordsOf(text).map(({ word }) => word);
  if (words.length === 0) return [];
  return [{ asked: inOrder(words, false), near: [] }];
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

/** Groups of digits: each, or all of them as one number. */
const numberTerms = (groups: readonly string[]): SearchTerm[] => {
  const terms = groups.flatMap((group) => chunkTerm(group, wordsOf(group)));
  const number = groups
    .flatMap((group) => wordsOf(group))
    .map(({ word }) => word)
    .join('');
  if (groups.length < 2 || !isLongNumber(number)) return terms;
  return [{ asked: { any: [{ all: terms.map(({ asked }) => asked) }, ...asNumber(number)] }, near: [] }];
};

const asNumber = (number: string): SearchTerms[] =>
  [number, ...withoutCountry(number)].map((word) => ({ word, prefix: true, inflected: false }));

/** What stands between two spaces. */
const chunkTerm = (chunk: string, all: readonly Word[]): SearchTerm[] => {
  const words = withoutArticles(chunk, all);
  const [first, second] = words;
  if (!first) return [];
  const [sign] = signed(chunk, words);
  if (sign && !second) return [{ asked: { word: sign.form, prefix: false, inflected: false }, near: [] }];
  if (!second) return [wordTerm(first.word, wholeForms(chunk, all))];
  const texts = words.map(({ word }) => word);
  const last = words.at(-1) ?? first;
  const isOneRun = last.start === first.start;
  // Of one letter or digit after a sign, beginnings are too many: «A/B», «24/7».
  const prefix = isOneRun || last.word.length > 1;
  const forms = [...wholeForms(chunk, words), ...(words.length < all.length ? wholeForms(chunk, all) : [])];
  return [{ asked: any([inOrder(texts, prefix), ...forms]), near: nearOf(texts) }];
};

/** What several words that stand together are when they are written as one; of initials («U.S.I.») beginnings are too many. */
const wholeForms = (chunk: string, words: readonly Word[]): SearchTerms[] => {
  if (words.length < 2) return [];
  const whole = formsOf(chunk, words).filter((form) => form.first === 0 && form.last === words.length - 1);
  return [...new Set(whole.map(({ form }) => form))].flatMap((form) =>
    isNumber(form)
      ? asNumber(form)
      : [{ word: form, prefix: words.some(({ word }) => word.length > 1), inflected: false }],
  );
};

const any = (asked: readonly SearchTerms[]): SearchTerms => {
  const [only, another] = asked;
  return only && !another ? only : { any: asked };
};

/** What has a number in it is itself or something else: there's nothing near it. */
const nearOf = (words: readonly string[]): readonly string[] =>
  words.some((word) => isNumber(word)) ? [] : words.slice(0, maxTerms);

const wordTerm = (word: string, forms: readonly SearchTerms[]): SearchTerm => {
  const itself: SearchTerms = { word, prefix: true, inflected: !isNumber(word) };
  const others = [...withoutCountry(word).flatMap(asNumber), ...forms];
  return { asked: any([itself, ...others]), near: nearOf([word]) };
};

/** «l’imprimante» asks for the printer; «jusqu’à» for no word that begins with «a». */
const withoutArticles = (chunk: string, words: readonly Word[]): Word[] =>
  words.filter((_, at) => !isElided(chunk, words, at) || words[at + 1]?.word.length === 1);
