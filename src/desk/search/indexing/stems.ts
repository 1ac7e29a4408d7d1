import { sql, type Sql } from '../../../platform/database/sql.js';
import type { SnapshotReader } from '../../../platform/database/snapshot.js';
import { isNumber } from '../../../shared/text/words.js';

/** What PostgreSQL's dictionaries make of a word. */
export interface Stems {
  /** In both languages. */
  stems: readonly string[];
  /** The word itself, and its stems as a text has them. */
  lexemes: readonly string[];
  /** It says nothing in one of them: «de», «the». */
  common: boolean;
}

interface Row {
  word: string;
  french: string[] | null;
  english: string[] | null;
}

export const selectStems = (words: readonly string[]): Sql => sql`
  SELECT word, ts_lexize('pg_catalog.french_stem', word) AS french, ts_lexize('pg_catalog.english_stem', word) AS english
    FROM unnest(${words}::text[]) AS word`;

/** Some ten megabytes; the words of a network are fewer. */
const maxWords = 50_000;

/** Stems by word: the dictionaries are PostgreSQL's own and never change, so no word is asked for twice. */
export class StemCache {
  private known = new Map<string, Stems>();

  clear(): void {
    this.known = new Map();
  }

  /** Numbers have none. No configuration of the database matters. */
  async load(client: SnapshotReader, words: Iterable<string>): Promise<ReadonlyMap<string, Stems>> {
    if (this.known.size > maxWords) this.known = new Map();
    const { known } = this;
    const missing = [...words].filter((word) => !known.has(word) && !isNumber(word));
    if (missing.length === 0) return known;
    const rows = await client.read<Row>(selectStems(missing), 'search-stems');
    for (const row of rows) known.set(row.word, stemsIn(row));
    return known;
  }
}

const stemsIn = ({ word, french, english }: Row): Stems => {
  const stems = [...new Set([...(french ?? []), ...(english ?? [])])];
  const others = stems.filter((stem) => stem !== word);
  return {
    stems,
    lexemes: [word, ...others.map(stemLexeme)],
    common: french?.length === 0 || english?.length === 0,
  };
};

/** A stem among the words of a text: none of its words, which a phrase in quotes would take it for («univers» for «université»). */
export const stemLexeme = (stem: string): string => `~${stem}`;

const readCache = new StemCache();

/** The stems of these words, and of others. */
export const stemsOf = (
  client: SnapshotReader,
  words: Iterable<string>,
): Promise<ReadonlyMap<string, Stems>> => readCache.load(client, words);
