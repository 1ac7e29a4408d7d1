import { setImmediate } from 'node:timers/promises';
import { raw, sql, type Sql } from '../../platform/database/sql.js';
import type { SnapshotReader } from '../../platform/database/snapshot.js';
import { masked } from '../../shared/identifiers/identifiers.js';
import { wordsOf } from '../../shared/text/words.js';
import { markedFragments, markedText, maybeInflected, type SearchedText } from './marked-text.js';
import { ticketJson } from '../list/listed-ticket.js';
import { stemsOf } from './indexing/stems.js';
import { keysText } from '../list/ticket-order.js';
import type { TicketPage } from '../list/list-tickets.js';
import { matchesQuery } from './search-conditions.js';
import type { Marks } from './parse-search.js';
import type { SearchMatch, SearchRequest } from './search.js';

/** The title and text of a found ticket as HTML, with the words searched for marked. */
export interface MatchedText {
  ticketId: string;
  title: string;
  text: string;
}

/** Characters of the newest notes that are highlighted; matches in older notes are not shown. */
const maxShown = 20_000;

interface Row {
  ticket_id: string;
  item: string;
  keys: string;
  heading: string;
  text: string;
}

/** The page of tickets for the first matches, in their order; one match more than the page holds means that there is a next page. */
export const foundTickets = async (
  client: SnapshotReader,
  search: SearchRequest,
  matches: readonly SearchMatch[],
): Promise<Pick<TicketPage, 'items' | 'last'> & { highlights: MatchedText[] }> => {
  const { question, internal, page } = search;
  const shown = matches.slice(0, page.limit);
  const name = `search-found-${page.sort}-${internal ? 'internal' : 'open'}`;
  const rows = await client.read<Row>(selectFound(search, shown), name);
  return {
    items: rows.map(({ item }) => item).join(','),
    last: matches.length > shown.length ? rows.at(-1)?.keys : undefined,
    highlights: await highlighted(client, rows, question.marks),
  };
};

/** The tickets of matches. Where a ticket's texts are split over several rows, the newest row that matches is shown. */
export const selectFound = (search: SearchRequest, shown: readonly SearchMatch[]): Sql => sql`
  SELECT ticket_id, ${ticketJson} AS item, ${keysText(search.page.sort)} AS keys, ticket.title AS heading, shown.text
    FROM unnest(${shown.map(({ ticket_id }) => ticket_id)}::uuid[], ${shown.map(({ exact }) => exact)}::integer[],
                ${shown.map(({ band }) => band)}::integer[], ${shown.map(({ rank }) => rank)}::float8[])
         WITH ORDINALITY AS found(ticket_id, exact, band, rank, number)
    JOIN desk.tickets AS ticket USING (ticket_id)
   CROSS JOIN LATERAL (
     SELECT ${searched(search.internal)} AS text FROM desk.ticket_texts AS text
      WHERE text.ticket_id = found.ticket_id
      ORDER BY CASE WHEN text.split THEN ${matchesQuery(search, sql`${search.question.wide}::tsquery`)} END DESC, text.part DESC LIMIT 1
   ) AS shown
   ORDER BY number`;

const searched = (internal: boolean): Sql => {
  const columns = internal ? ['notes', 'internal_notes'] : ['notes'];
  const texts = columns.map((column) => `nullif(right(${column}, ${maxShown}), '')`);
  return raw(`concat_ws(E'\\n', nullif(body, ''), ${texts.join(', ')})`);
};

/** Characters that are highlighted before requests get their turn: a few milliseconds. */
const charactersAtOnce = 50_000;

const highlighted = async (
  client: SnapshotReader,
  rows: readonly Row[],
  marks: Marks,
): Promise<MatchedText[]> => {
  const texts: Record<'heading' | 'text', SearchedText>[] = [];
  await inTurns(rows, ({ heading, text: found }) => {
    // The heading is masked in the list; the texts that are searched are not, so that a number is found by whoever has it.
    const text = masked(found);
    texts.push({ heading: { text: heading, words: wordsOf(heading) }, text: { text, words: wordsOf(text) } });
  });
  const maybe = maybeInflected(
    texts.flatMap(({ heading, text }) => [heading, text]),
    marks,
  );
  const stems = await stemsOf(client, maybe);
  const isInflected = (word: string): boolean =>
    maybe.has(word) && (stems.get(word)?.stems ?? []).some((stem) => marks.stems.has(stem));
  const highlights: MatchedText[] = [];
  await inTurns(rows, ({ ticket_id: ticketId }, at) => {
    const searched = texts[at];
    if (!searched) return;
    const title = markedText(searched.heading, marks, isInflected);
    highlights.push({ ticketId, title, text: markedFragments(searched.text, marks, isInflected) });
  });
  return highlights;
};

const inTurns = async (rows: readonly Row[], work: (row: Row, at: number) => void): Promise<void> => {
  let characters = 0;
  for (const [at, row] of rows.entries()) {
    work(row, at);
    characters += row.heading.length + row.text.length;
    if (characters < charactersAtOnce) continue;
    characters = 0;
    await setImmediate();
  }
};
