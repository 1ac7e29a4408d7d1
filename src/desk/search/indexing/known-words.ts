import type { PoolClient } from 'pg';
import { raw, sql, statement, type Sql } from '../../../platform/database/sql.js';
import type { ProjectionTable } from '../../../platform/projections/projection.js';
import { isNumber } from '../../../shared/text/words.js';

/**
 * The words that a search offers for one that was mistyped: those that two tickets have or more. What one ticket alone has may be
 * somebody's name. Which tickets have a word is known by the two least of their ids, which are the same in whatever order and however
 * often their events are folded; a word of one ticket stands there as its hash alone.
 */
export const knownWordsTables: readonly ProjectionTable[] = [
  {
    name: 'known_words',
    columns: { word: 'text NOT NULL' },
    primaryKey: ['word'],
    texts: ['word'],
    indexes: ['USING gin (word gin_trgm_ops)'],
    unsampled: ['word'],
  },
  {
    name: 'word_tickets',
    columns: { word_hash: 'bytea NOT NULL', first: 'uuid NOT NULL', second: 'uuid' },
    primaryKey: ['word_hash'],
  },
];

/** Shorter words have too few letters to be mistyped recognisably, longer ones are none; a number that is like another is another. */
const isLearned = (word: string): boolean => word.length >= 4 && word.length <= 40 && !isNumber(word);

/** The two tickets with the least ids that have a word. */
interface Holders {
  first: string;
  second: string | null;
}

/** Of each word that may be mistyped, who has it. */
export class WordHolders {
  readonly byWord = new Map<string, Holders>();

  add(ticketId: string, words: Iterable<string>): void {
    for (const word of words) if (isLearned(word)) this.addOne(word, ticketId);
  }

  private addOne(word: string, ticketId: string): void {
    const known = this.byWord.get(word);
    if (!known) this.byWord.set(word, { first: ticketId, second: null });
    else if (ticketId < known.first) this.byWord.set(word, { first: ticketId, second: known.first });
    else if (ticketId !== known.first && (known.second === null || ticketId < known.second))
      this.byWord.set(word, { first: known.first, second: ticketId });
  }
}

/** 16 bytes: as good as the word itself to tell which one it is, and no word. */
export const wordHash = raw(`substring(sha256(convert_to(word, 'UTF8')) FOR 16)`);

/** Of four ids the two least that differ; the statement has them as `known` and `excluded`. */
const least = raw('least(known.first, excluded.first)');
const secondLeast =
  raw(`(SELECT id FROM unnest(ARRAY[known.first, known.second, excluded.first, excluded.second]) AS id
     WHERE id > least(known.first, excluded.first) ORDER BY id LIMIT 1)`);

const arraysOf = (holders: WordHolders['byWord']) => {
  const all = [...holders.values()];
  return sql`${[...holders.keys()]}::text[], ${all.map(({ first }) => first)}::uuid[], ${all.map(({ second }) => second)}::uuid[]`;
};

export const learnWords = (holders: WordHolders['byWord']): Sql => sql`
  WITH given AS MATERIALIZED (
    SELECT word, ${wordHash} AS word_hash, first, second FROM unnest(${arraysOf(holders)}) AS given(word, first, second)
  ), held AS (
    INSERT INTO word_tickets AS known (word_hash, first, second) SELECT word_hash, first, second FROM given
        ON CONFLICT (word_hash) DO UPDATE SET first = ${least}, second = ${secondLeast}
     WHERE known.second IS NULL OR excluded.first < known.second OR excluded.second < known.second
    RETURNING word_hash, second
  )
  INSERT INTO known_words (word)
  SELECT word FROM given JOIN held USING (word_hash) WHERE held.second IS NOT NULL
      ON CONFLICT DO NOTHING`;

export const learn = async (transaction: PoolClient, { byWord }: WordHolders): Promise<void> => {
  if (byWord.size === 0) return;
  await transaction.query(statement(learnWords(byWord), 'ticket-search-learn'));
};
