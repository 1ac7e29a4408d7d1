import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../../../platform/event-store/event-store.js';
import { readerOn } from '../../../platform/database/snapshot.js';
import { raw, sql, statement, type Sql } from '../../../platform/database/sql.js';
import { insertRows, type Value } from '../../../platform/projections/writing/insert-rows.js';
import type { Projection, ProjectionTable } from '../../../platform/projections/projection.js';
import { instant, type Instant } from '../../../shared/instant.js';
import { referenceOf } from '../../../shared/ticket-reference.js';
import { decodeEvent } from '../../../tickets/domain/ticket.codec.js';
import {
  ticketIdOf,
  ticketStreams,
  type Requester,
  type TicketEvent,
} from '../../../tickets/domain/ticket.events.js';
import { weekOf } from '../week-buckets.js';
import { forgetWords } from './forget-words.js';
import { knownWordsTables, learn, WordHolders } from './known-words.js';
import { StemCache } from './stems.js';
import {
  mayNeedMore,
  TicketParts,
  type PartChange,
  type PartState,
  type WrittenText,
} from './ticket-parts.js';
import { cutText, referenceLexeme, WordVector } from './word-vector.js';

/** What events add to the texts of a ticket, in their order. */
export interface TextsOfTicket {
  /** When it was opened, where that is among the events. */
  openedAt?: Instant;
  texts: readonly WrittenText[];
  /** All that was written before is gone, save the reference; nothing is written after it. */
  erased?: true;
}

type Texts = {
  [Type in TicketEvent['type']]: (event: Extract<TicketEvent, { type: Type }>) => Partial<TextsOfTicket>;
};

/** The longest text of the contract; a longer one, of whatever origin, is spread like several. */
const maxCharacters = 10_000;

const written = (column: WrittenText['column'], text: string): WrittenText[] => {
  // Some store may hold what PostgreSQL can't.
  const fit = text.replaceAll('\0', ' ').toWellFormed();
  if (fit.length <= maxCharacters) return fit === '' ? [] : [{ column, text: fit, cut: cutText(fit) }];
  // Between two halves of a character it would be no text any more.
  const end = fit.slice(0, maxCharacters).isWellFormed() ? maxCharacters : maxCharacters - 1;
  return [...written(column, fit.slice(0, end)), ...written(column, fit.slice(end))];
};

/** Who asked for help, and how to reach them. */
const named = (requester: Requester | null): WrittenText[] =>
  requester ? written('notes', [requester.name, requester.contact ?? ''].join(' ').trim()) : [];

const ignore = () => ({});

const textsOf: Texts = {
  TicketOpened: ({ title, description = '', requester = null, occurredAt: openedAt }) => ({
    openedAt,
    texts: [...written('heading', title), ...written('body', description), ...named(requester)],
  }),
  RequesterChanged: ({ requester }) => ({ texts: named(requester) }),
  NoteAdded: ({ body, internal }) => ({ texts: written(internal ? 'internal_notes' : 'notes', body) }),
  TicketPutOnHold: ({ note = '' }) => ({ texts: written('notes', note) }),
  TicketResolved: ({ resolution }) => ({ texts: written('notes', resolution.note) }),
  TicketWatched: ignore,
  TicketUnwatched: ignore,
  TicketAssigned: ignore,
  TicketLinked: ignore,
  TicketRecategorized: ignore,
  TicketReprioritized: ignore,
  WorkStarted: ignore,
  TicketClosed: ignore,
  TicketReopened: ignore,
  TicketCancelled: ignore,
  TicketMerged: ignore,
  TicketTransferred: ignore,
  TicketTextsErased: () => ({ erased: true }),
  LegalHoldPlaced: ignore,
  LegalHoldReleased: ignore,
  AttachmentAdded: ignore,
};

/** The texts of tickets, and the words they are found by, cut by `wordsOf`: in several parts where there are too many for one. */
export class TicketSearch implements Projection<ReadonlyMap<string, TextsOfTicket>> {
  readonly name = 'ticket-search';
  readonly version = 7;
  readonly streamPrefix = ticketStreams;
  readonly erasedBy = 'TicketTextsErased' satisfies TicketEvent['type'];
  readonly schema = 'desk';
  readonly tables: readonly ProjectionTable[] = [
    {
      name: 'ticket_texts',
      columns: {
        ticket_id: 'uuid NOT NULL',
        part: 'integer NOT NULL',
        // There are other parts: what is not in this one may be there.
        split: 'boolean NOT NULL',
        opened: 'timestamptz NOT NULL',
        band: 'integer NOT NULL',
        heading: 'text NOT NULL',
        body: 'text NOT NULL',
        notes: 'text NOT NULL',
        internal_notes: 'text NOT NULL',
        words: 'tsvector NOT NULL',
        // null where it would be no other than `words`, so that the second index holds few tickets.
        all_words: 'tsvector',
        length: 'integer NOT NULL',
        bytes: 'integer NOT NULL',
      },
      primaryKey: ['ticket_id', 'part'],
      texts: ['heading', 'body', 'notes', 'internal_notes', 'words', 'all_words'],
      indexes: [
        '(band)',
        'USING gin (words)',
        'USING gin (all_words)',
        'USING gin (search.in_band(band, words))',
        'USING gin (search.in_band(band, all_words))',
      ],
      unsampled: ['heading', 'body', 'notes', 'internal_notes'],
    },
    ...knownWordsTables,
  ];
  private readonly stems = new StemCache();

  fold(events: readonly RecordedEvent[]): Map<string, TextsOfTicket> {
    const all = new Map<string, TextsOfTicket>();
    for (const recorded of events) {
      const event = decodeEvent(recorded);
      const {
        openedAt,
        texts = [],
        erased,
      } = (textsOf[event.type] as (event: TicketEvent) => Partial<TextsOfTicket>)(event);
      const ticketId = ticketIdOf(recorded.stream);
      const earlier = all.get(ticketId);
      if (erased) all.set(ticketId, { ...earlier, texts: [], erased });
      if (!openedAt && texts.length === 0) continue;
      all.set(ticketId, {
        ...earlier,
        ...(openedAt ? { openedAt } : {}),
        texts: [...(earlier?.texts ?? []), ...texts],
      });
    }
    return all;
  }

  async write(all: ReadonlyMap<string, TextsOfTicket>, transaction: PoolClient): Promise<void> {
    const isEmptied = ({ erased, openedAt }: TextsOfTicket) => erased === true && openedAt === undefined;
    const erased = [...all].filter(([, ticket]) => isEmptied(ticket)).map(([ticketId]) => ticketId);
    const tickets = new Map([...all].filter(([, ticket]) => !isEmptied(ticket)));
    const words = wordsIn(tickets.values());
    const stems = await this.stems.load(readerOn(transaction), words);
    const lexemesOf = (word: string) => stems.get(word)?.lexemes ?? [word];
    const rows = await this.rowsOf(tickets, () => new WordVector(lexemesOf), transaction);
    const [inserted, updated] = [
      rows.filter(({ change }) => change.isNew),
      rows.filter(({ change }) => !change.isNew),
    ];
    await insertRows(transaction, 'ticket_texts', { columns, rows: inserted, valuesOf: insertedRow });
    await update(transaction, updated);
    await learn(transaction, holdersIn(tickets));
    await this.forget(transaction, erased);
  }

  erase(events: readonly RecordedEvent[], transaction: PoolClient): Promise<void> {
    return this.forget(
      transaction,
      events.map(({ stream }) => ticketIdOf(stream)),
    );
  }

  /** The texts of tickets, and the words that hardly any other ticket has; they are still found by their references. */
  private async forget(transaction: PoolClient, ticketIds: readonly string[]): Promise<void> {
    if (ticketIds.length === 0) return;
    await forgetWords(transaction, ticketIds);
    await transaction.query(statement(deleteLaterParts(ticketIds)));
    await transaction.query(statement(emptyTexts(ticketIds)));
    await forgetSamples(transaction);
    this.stems.clear();
  }

  /** What becomes of each row. Throws where a ticket was never opened. */
  private async rowsOf(
    tickets: ReadonlyMap<string, TextsOfTicket>,
    newVector: () => WordVector,
    transaction: PoolClient,
  ): Promise<ChangedRow[]> {
    const noted = [...tickets].flatMap(([ticketId, { openedAt }]) => (openedAt ? [] : [ticketId]));
    const known = await lastParts(transaction, noted);
    const crowded = [...known].filter(([ticketId, last]) => {
      const { texts } = tickets.get(ticketId) ?? { texts: [] };
      return mayNeedMore(last, texts);
    });
    const firsts = await firstLexemes(
      transaction,
      crowded.map(([ticketId]) => ticketId),
    );
    return [...tickets].flatMap(([ticketId, ticket]) => {
      const last = known.get(ticketId);
      const opened = ticket.openedAt ?? last?.opened;
      if (opened === undefined) throw new Error('a note on a ticket that was never opened');
      const parts = new TicketParts(last, firsts.get(ticketId) ?? [], newVector);
      if (ticket.openedAt) parts.name(referenceLexeme(referenceOf(ticketId)));
      for (const text of ticket.texts) parts.add(text);
      return Array.from(parts.changes, (change) => ({ ticketId, opened, change }));
    });
  }
}

interface ChangedRow {
  ticketId: string;
  opened: Instant;
  change: PartChange;
}

const wordsIn = (tickets: Iterable<TextsOfTicket>): Set<string> => {
  const words = new Set<string>();
  for (const { texts } of tickets) {
    for (const { cut } of texts) for (const word of cut.words) words.add(word);
  }
  return words;
};

const holdersIn = (tickets: ReadonlyMap<string, TextsOfTicket>): WordHolders => {
  const holders = new WordHolders();
  for (const [ticketId, { texts }] of tickets) for (const { cut } of texts) holders.add(ticketId, cut.words);
  return holders;
};

type LastPart = PartState & { opened: Instant };

export const selectLastParts = (ticketIds: readonly string[]): Sql => sql`
  SELECT last.* FROM unnest(${ticketIds}::uuid[]) AS noted(ticket_id) CROSS JOIN LATERAL (
    SELECT ticket_id, opened, part, length, bytes FROM ticket_texts AS text
     WHERE text.ticket_id = noted.ticket_id ORDER BY part DESC LIMIT 1
  ) AS last`;

export const selectFirstLexemes = (ticketIds: readonly string[]): Sql => sql`
  SELECT ticket_id, tsvector_to_array(coalesce(all_words, words)) AS lexemes
    FROM ticket_texts WHERE ticket_id = ANY(${ticketIds}::uuid[]) AND part = 0`;

/** The last row of each ticket: what is written next goes there, or behind it. */
const lastParts = async (
  transaction: PoolClient,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, LastPart>> => {
  if (ticketIds.length === 0) return new Map();
  const { rows } = await transaction.query<Omit<LastPart, 'opened'> & { ticket_id: string; opened: Date }>(
    statement(selectLastParts(ticketIds), 'ticket-search-last-parts'),
  );
  return new Map(
    rows.map(({ ticket_id, opened, ...state }) => [ticket_id, { ...state, opened: instant(opened) }]),
  );
};

/** The words of the first rows of tickets. */
const firstLexemes = async (
  transaction: PoolClient,
  ticketIds: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> => {
  if (ticketIds.length === 0) return new Map();
  const { rows } = await transaction.query<{ ticket_id: string; lexemes: string[] }>(
    statement(selectFirstLexemes(ticketIds), 'ticket-search-first-lexemes'),
  );
  return new Map(rows.map(({ ticket_id, lexemes }) => [ticket_id, lexemes]));
};

const textIn = ({ texts }: PartChange, column: WrittenText['column']): string =>
  texts.flatMap((written) => (written.column === column ? [written.text] : [])).join('\n');

const columns = [
  ...['ticket_id', 'part', 'split', 'opened', 'band', 'heading', 'body', 'notes', 'internal_notes', 'words'],
  ...['all_words', 'length', 'bytes'],
];

const insertedRow = ({ ticketId, opened, change }: ChangedRow): Value[] => [
  ...[ticketId, change.part, change.split, opened, weekOf(opened)],
  ...[
    textIn(change, 'heading'),
    textIn(change, 'body'),
    textIn(change, 'notes'),
    textIn(change, 'internal_notes'),
  ],
  ...[String(change.words), change.internal ? String(change.allWords) : null],
  ...[change.length, change.bytes],
];

const together = (column: string): Sql =>
  raw(`concat_ws(E'\\n', nullif(text.${column}, ''), nullif(change.${column}, ''))`);

/**
 * By way of their texts: to put tsvectors one behind the other, PostgreSQL would move the places of the second. What has no places
 * is put behind as it is: the parser counts a lexeme as often as it reads it, and would refuse 600 kB that are lent a second time.
 */
const added = (words: string, placed: string, placeless: string): Sql =>
  raw(
    `(CASE WHEN ${placed} = '' THEN ${words} ELSE (${words}::text || ' ' || ${placed})::tsvector END) || ${placeless}::tsvector`,
  );

export const updateTexts = (rows: readonly ChangedRow[]): Sql => {
  const changes = rows.map(({ change }) => change);
  /** The first part stays as full as it was, whatever words the others lend it. */
  const own = (value: (change: PartChange) => number) =>
    changes.map((change) => (change.texts.length > 0 ? value(change) : null));
  return sql`
  UPDATE ticket_texts AS text
     SET notes = ${together('notes')}, internal_notes = ${together('internal_notes')},
         words = ${added('text.words', 'change.words', 'change.lent')},
         all_words = CASE WHEN change.internal OR text.all_words IS NOT NULL
           THEN ${added('coalesce(text.all_words, text.words)', 'change.all_words', 'change.all_lent')} END,
         split = text.split OR change.split, length = coalesce(change.length, text.length),
         bytes = coalesce(change.bytes, text.bytes)
    FROM unnest(${rows.map(({ ticketId }) => ticketId)}::uuid[], ${changes.map(({ part }) => part)}::integer[],
                ${changes.map((change) => textIn(change, 'notes'))}::text[],
                ${changes.map((change) => textIn(change, 'internal_notes'))}::text[],
                ${changes.map(({ words }) => words.placed)}::text[],
                ${changes.map(({ allWords }) => allWords.placed)}::text[],
                ${changes.map(({ internal }) => internal)}::boolean[], ${changes.map(({ split }) => split)}::boolean[],
                ${own(({ length }) => length)}::integer[], ${own(({ bytes }) => bytes)}::integer[],
                ${changes.map(({ words }) => words.placeless)}::text[],
                ${changes.map(({ allWords }) => allWords.placeless)}::text[])
      AS change(ticket_id, part, notes, internal_notes, words, all_words, internal, split, length, bytes, lent, all_lent)
   WHERE text.ticket_id = change.ticket_id AND text.part = change.part`;
};

const update = async (transaction: PoolClient, rows: readonly ChangedRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const { rowCount } = await transaction.query(statement(updateTexts(rows), 'ticket-search-update'));
  if (rowCount !== rows.length) throw new Error('a part of a ticket’s texts is gone');
};

export const deleteLaterParts = (ticketIds: readonly string[]): Sql =>
  sql`DELETE FROM ticket_texts WHERE ticket_id = ANY(${ticketIds}::uuid[]) AND part > 0`;

export const emptyTexts = (ticketIds: readonly string[]): Sql => sql`
  UPDATE ticket_texts AS text
     SET heading = '', body = '', notes = '', internal_notes = '', words = emptied.words, all_words = NULL,
         split = false, length = 0, bytes = 0
    FROM unnest(${ticketIds}::uuid[], ${ticketIds.map((id) => `'${referenceLexeme(referenceOf(id))}'`)}::tsvector[])
      AS emptied(ticket_id, words)
   WHERE text.ticket_id = emptied.ticket_id AND text.part = 0`;

/** Of more rows than this a word of one ticket is never among the frequent ones that PostgreSQL keeps. */
const maxSampledRows = 50_000;

export const estimateRows = (): Sql =>
  sql`SELECT reltuples::float8 AS rows FROM pg_class WHERE oid = 'ticket_texts'::regclass`;

/** The frequent words that PostgreSQL plans by are taken anew from what is left. */
const forgetSamples = async (transaction: PoolClient): Promise<void> => {
  const { rows } = await transaction.query<{ rows: number }>(statement(estimateRows()));
  if ((rows[0]?.rows ?? 0) < maxSampledRows) await transaction.query('ANALYZE ticket_texts');
};
