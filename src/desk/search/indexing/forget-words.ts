import type { PoolClient } from 'pg';
import { sql, statement, type Sql } from '../../../platform/database/sql.js';
import { wordsOf } from '../../../shared/text/words.js';
import { learn, WordHolders, wordHash } from './known-words.js';

interface Place {
  ticketId: string;
  part: number;
}

type Texts = Record<'heading' | 'body' | 'notes' | 'internal_notes', string>;

const textColumns = ['heading', 'body', 'notes', 'internal_notes'] as const;
/** Tickets that a word is looked for in at a time: nearly all that are found have it. */
const pageSize = 10;

export const selectTextsOf = (ticketIds: readonly string[]): Sql => sql`
  SELECT heading, body, notes, internal_notes FROM ticket_texts WHERE ticket_id = ANY(${ticketIds}::uuid[])`;

/** Takes these tickets from the words they have; gives those of which others have to be found in their place. */
export const releaseWords = (words: readonly string[], ticketIds: readonly string[]): Sql => sql`
  WITH given AS MATERIALIZED (
    SELECT word, ${wordHash} AS word_hash FROM unnest(${words}::text[]) AS word
  ), released AS (
    DELETE FROM word_tickets AS known USING given
     WHERE known.word_hash = given.word_hash
       AND (known.first = ANY(${ticketIds}::uuid[]) OR known.second = ANY(${ticketIds}::uuid[]))
    RETURNING word
  ), forgotten AS (
    DELETE FROM known_words AS known USING released WHERE known.word = released.word
  )
  SELECT word FROM released`;

/** Parts of tickets that are found by this word, which may be one that several of theirs give when joined; least ids first. */
export const selectTicketsWith = (
  word: string,
  { but, after }: { but: readonly string[]; after: Place },
): Sql => sql`
  SELECT ticket_id, part, heading, body, notes, internal_notes FROM ticket_texts
   WHERE (words @@ ${`'${word}'`}::tsquery OR all_words @@ ${`'${word}'`}::tsquery)
     AND ticket_id <> ALL(${but}::uuid[]) AND (ticket_id, part) > (${after.ticketId}::uuid, ${after.part}::integer)
   ORDER BY ticket_id, part LIMIT ${pageSize}`;

/**
 * Forgets what these tickets have alone, as if they had never been written: to be called in the transaction that empties their
 * texts, before it does.
 */
export const forgetWords = async (transaction: PoolClient, ticketIds: readonly string[]): Promise<void> => {
  const { rows } = await transaction.query<Texts>(statement(selectTextsOf(ticketIds)));
  const words = new Set(rows.flatMap((row) => [...wordsIn(row)]));
  const { rows: released } = await transaction.query<{ word: string }>(
    statement(releaseWords([...words], ticketIds)),
  );
  const holders = new WordHolders();
  for (const { word } of released) {
    for (const ticketId of await twoWith(transaction, word, ticketIds)) holders.add(ticketId, [word]);
  }
  await learn(transaction, holders);
};

const wordsIn = (row: Texts): Set<string> =>
  new Set(textColumns.flatMap((column) => wordsOf(row[column]).map(({ word }) => word)));

/** The two tickets with the least ids that have a word, or fewer where there are not as many. */
const twoWith = async (
  transaction: PoolClient,
  word: string,
  but: readonly string[],
): Promise<ReadonlySet<string>> => {
  const found = new Set<string>();
  let after: Place = { ticketId: '00000000-0000-0000-0000-000000000000', part: -1 };
  for (;;) {
    const { rows } = await transaction.query<Texts & { ticket_id: string; part: number }>(
      statement(selectTicketsWith(word, { but, after })),
    );
    for (const row of rows) {
      if (wordsIn(row).has(word)) found.add(row.ticket_id);
      if (found.size === 2) return found;
    }
    const last = rows.at(-1);
    if (!last || rows.length < pageSize) return found;
    after = { ticketId: last.ticket_id, part: last.part };
  }
};
