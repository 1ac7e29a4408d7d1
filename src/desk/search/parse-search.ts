import { sql, type Sql } from '../../platform/database/sql.js';
import type { SnapshotReader } from '../../platform/database/snapshot.js';
import { isNumber } from '../../shared/text/words.js';
import type { SearchTerms, SearchTerm } from './search-terms.js';
import { stemLexeme, stemsOf, type Stems } from './indexing/stems.js';
import { referenceLexeme } from './indexing/word-vector.js';

/** A search as PostgreSQL's `tsquery` texts. */
export interface ParsedQuery {
  /** Matches the words searched for. */
  exact: string;
  /** Matches these words and similar ones; equal to `exact` where there are no similar words. */
  wide: string;
  /** Matches the ticket whose reference was typed, as the two others do; undefined where none was. */
  named: string | undefined;
  /** What to highlight in texts. */
  marks: Marks;
}

export interface Marks {
  words: ReadonlySet<string>;
  prefixes: readonly string[];
  phrases: readonly Extract<SearchTerms, { phrase: unknown }>[];
  /** Words with one of these stems are highlighted, too. */
  stems: ReadonlySet<string>;
}

/** The stems and the similar known words of the words of a search. */
interface Dictionary {
  stems: ReadonlyMap<string, Stems>;
  alike: ReadonlyMap<string, readonly string[]>;
}

/**
 * Parses the terms of a search. `exact` matches each term as it is typed, words as prefixes and by their stems in both languages.
 * `wide` adds, of the five known words most similar to a word, those that do not begin with it. Stop words («de», «the») are left
 * out, unless there are no other words. All match the ticket with this reference. Undefined where there are no terms.
 */
export const parseSearch = async (
  client: SnapshotReader,
  typed: readonly SearchTerm[],
  reference?: string,
): Promise<ParsedQuery | undefined> => {
  const words = new Set(typed.flatMap(({ exact, near }) => [...inflectedIn(exact), ...near]));
  const stems = await stemsOf(client, words);
  const isCommon = (word: string): boolean => stems.get(word)?.common ?? false;
  const saying = typed.filter(({ near }) => near.length === 0 || !near.every(isCommon));
  const terms = saying.length > 0 ? saying : typed;
  if (terms.length === 0) return undefined;
  const near = terms.map((term) => ({ ...term, near: sayingOf(term.near, isCommon) }));
  const alike = await alikeOf(client, new Set(near.flatMap((term) => term.near)));
  return questionOf(near, { stems, alike }, reference);
};

/** The words without stop words, unless there are no other words. */
const sayingOf = (words: readonly string[], isCommon: (word: string) => boolean): readonly string[] => {
  const saying = words.filter((word) => !isCommon(word));
  return saying.length > 0 ? saying : words;
};

const inflectedIn = (condition: SearchTerms): string[] => {
  if ('word' in condition) return condition.inflected ? [condition.word] : [];
  if ('phrase' in condition) return [];
  return ('any' in condition ? condition.any : condition.all).flatMap(inflectedIn);
};

const minAlikeLength = 4;

const alikeOf = async (client: SnapshotReader, words: ReadonlySet<string>): Promise<Dictionary['alike']> => {
  const long = [...words].filter((word) => word.length >= minAlikeLength && !isNumber(word));
  if (long.length === 0) return new Map();
  const rows = await client.read<{ word: string; alike: string[] }>(selectAlike(long), 'search-alike');
  return new Map(rows.map(({ word, alike }) => [word, alike]));
};

export const selectAlike = (words: readonly string[]): Sql => sql`
  SELECT given.word, nearest.alike FROM unnest(${words}::text[]) AS given(word) CROSS JOIN LATERAL (
    SELECT coalesce(array_agg(known.word) FILTER (WHERE NOT starts_with(known.word, given.word)), '{}') AS alike FROM (
      SELECT word FROM desk.known_words
       WHERE word % given.word AND similarity(word, given.word) >= 0.4
       ORDER BY similarity(word, given.word) DESC, word LIMIT 5
    ) AS known
  ) AS nearest`;

const questionOf = (
  terms: readonly SearchTerm[],
  dictionary: Dictionary,
  reference: string | undefined,
): ParsedQuery => {
  const exact = terms.map(({ exact }) => queryOf(exact, dictionary));
  const wide = terms.map((term, at) => [exact[at], ...nearQuery(term, dictionary)].join(' | '));
  const named = reference === undefined ? undefined : lexeme(referenceLexeme(reference));
  const every = (queries: readonly string[]) => {
    const words = queries.map((query) => `(${query})`).join(' & ');
    return named === undefined ? words : `(${named}) | (${words})`;
  };
  return { exact: every(exact), wide: every(wide), named, marks: marksOf(terms, dictionary) };
};

/** A word as a lexeme of a `tsquery`. It needs no escaping: no word has a quote or a backslash in it. */
const lexeme = (word: string, prefix = false): string => `'${word}'${prefix ? ':*' : ''}`;

const queryOf = (condition: SearchTerms, dictionary: Dictionary): string => {
  if ('word' in condition) {
    const { word, prefix, inflected } = condition;
    const stems = inflected ? (dictionary.stems.get(word)?.stems ?? []) : [];
    const others = stems.flatMap((stem) => (stem === word ? [stemLexeme(stem)] : [stem, stemLexeme(stem)]));
    return [lexeme(word, prefix), ...others.map((stem) => lexeme(stem))].join(' | ');
  }
  if ('phrase' in condition) {
    const { phrase, prefix } = condition;
    return phrase.map((word, at) => lexeme(word, prefix && at === phrase.length - 1)).join(' <-> ');
  }
  const parts = 'any' in condition ? condition.any : condition.all;
  const queries = parts.map((part) => `(${queryOf(part, dictionary)})`);
  return queries.join('any' in condition ? ' | ' : ' & ');
};

const minBeginning = 3;
/** Whether a word is long enough to be searched as a prefix: «R&D» is not similar to a text with a word in R and one in D. */
const isBeginning = (word: string): boolean => word.length >= minBeginning;

const nearQuery = ({ exact, near }: SearchTerm, dictionary: Dictionary): string[] => {
  const isItself = near.length === 1 && 'word' in exact;
  const alike = (word: string) => (dictionary.alike.get(word) ?? []).map((similar) => lexeme(similar));
  if (isItself) return near.flatMap(alike);
  if (near.length === 0) return [];
  const each = near.map((word) =>
    [queryOf({ word, prefix: isBeginning(word), inflected: true }, dictionary), ...alike(word)].join(' | '),
  );
  return [`(${each.map((query) => `(${query})`).join(' & ')})`];
};

const marksOf = (terms: readonly SearchTerm[], { stems, alike }: Dictionary): Marks => {
  const leaves = terms.flatMap((term) => [
    ...leavesOf(term.exact),
    ...term.near.map((word): SearchTerms => ({ word, prefix: isBeginning(word), inflected: true })),
  ]);
  const words = leaves.flatMap((leaf) => ('word' in leaf ? [leaf] : []));
  const inflected = words.filter((leaf) => leaf.inflected).map(({ word }) => word);
  return {
    words: new Set([...words.map(({ word }) => word), ...inflected.flatMap((word) => alike.get(word) ?? [])]),
    prefixes: words.filter(({ prefix }) => prefix).map(({ word }) => word),
    phrases: leaves.flatMap((leaf) => ('phrase' in leaf ? [leaf] : [])),
    stems: new Set(inflected.flatMap((word) => [word, ...(stems.get(word)?.stems ?? [])])),
  };
};

const leavesOf = (condition: SearchTerms): SearchTerms[] => {
  if ('word' in condition || 'phrase' in condition) return [condition];
  return ('any' in condition ? condition.any : condition.all).flatMap(leavesOf);
};
