import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../platform/event-store/event-store.js';
import type { Projection, Table } from '../platform/projections/projection.js';
import type { Instant } from '../shared/instant.js';
import { decodeEvent } from '../tickets/ticket.codec.js';
import { ticketIdOf, ticketStreams, type TicketEvent } from '../tickets/ticket.events.js';
import { bandOf } from './bands.js';

/** What events add to the texts of a ticket. */
export interface WrittenTexts {
  opening?: { title: string; description: string; openedAt: Instant };
  notes: readonly string[];
  internalNotes: readonly string[];
}

type Texts = {
  [Type in TicketEvent['type']]: (event: Extract<TicketEvent, { type: Type }>) => Partial<WrittenTexts>;
};

const ignore = () => ({});

const textsOf: Texts = {
  TicketOpened: ({ title, description = '', occurredAt: openedAt }) => ({
    opening: { title, description, openedAt },
  }),
  NoteAdded: ({ body, internal }) => (internal ? { internalNotes: [body] } : { notes: [body] }),
  TicketPutOnHold: ({ note }) => (note === undefined ? {} : { notes: [note] }),
  TicketResolved: ({ resolution }) => ({ notes: [resolution.note] }),
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
};

/** A tsvector holds 1 MB; so many characters of notes, the newest, stay well below whatever they are. */
const mostCharacters = 100_000;
const newest = (column: string): string => `right(${column}, ${mostCharacters})`;

/** PostgreSQL's parser would leave out what it takes for HTML: «<2 mm>». */
const plain = (text: string): string => `translate(${text}, '<>', '  ')`;

const vectorOf = (text: string, weight: 'A' | 'B' | 'C'): string =>
  `setweight(${['words', 'french', 'english'].map((name) => `to_tsvector('desk.${name}', ${plain(text)})`).join(' || ')}, '${weight}')`;
const open = [vectorOf('heading', 'A'), vectorOf('body', 'B'), vectorOf(newest('notes'), 'C')].join(' || ');

/** Texts by ticket: an empty text where there is none. */
export class TicketSearch implements Projection<ReadonlyMap<string, WrittenTexts>> {
  readonly name = 'ticket-search';
  readonly version = 2;
  readonly streamPrefix = ticketStreams;
  readonly schema = 'desk';
  readonly tables: readonly Table[] = [
    {
      name: 'ticket_texts',
      columns: {
        ticket_id: 'uuid NOT NULL',
        opened: 'timestamptz NOT NULL',
        band: 'integer NOT NULL',
        heading: 'text NOT NULL',
        body: 'text NOT NULL',
        notes: 'text NOT NULL',
        internal_notes: 'text NOT NULL',
        words: `tsvector NOT NULL GENERATED ALWAYS AS (${open}) STORED`,
        // null where it would be no other than `words`, so that the second index holds few tickets.
        all_words: `tsvector GENERATED ALWAYS AS (CASE WHEN internal_notes = '' THEN NULL
          ELSE ${open} || ${vectorOf(newest('internal_notes'), 'C')} END) STORED`,
      },
      primaryKey: ['ticket_id'],
      indexes: [
        '(band)',
        'USING gin (words)',
        'USING gin (all_words)',
        'USING gin (desk.in_band(band, words))',
        'USING gin (desk.in_band(band, all_words))',
      ],
    },
    {
      // Every word there is, to find those that someone meant to type.
      name: 'known_words',
      columns: { word: 'text NOT NULL' },
      primaryKey: ['word'],
      indexes: ['USING gin (word gin_trgm_ops)'],
    },
  ];

  fold(events: readonly RecordedEvent[]): Map<string, WrittenTexts> {
    const texts = new Map<string, WrittenTexts>();
    for (const recorded of events) {
      const event = decodeEvent(recorded);
      const written = (textsOf[event.type] as (event: TicketEvent) => Partial<WrittenTexts>)(event);
      if (Object.keys(written).length === 0) continue;
      const ticketId = ticketIdOf(recorded.stream);
      const { notes = [], internalNotes = [], ...opening } = texts.get(ticketId) ?? {};
      texts.set(ticketId, {
        ...opening,
        ...written,
        notes: [...notes, ...(written.notes ?? [])],
        internalNotes: [...internalNotes, ...(written.internalNotes ?? [])],
      });
    }
    return texts;
  }

  async write(texts: ReadonlyMap<string, WrittenTexts>, transaction: PoolClient): Promise<void> {
    const all = [...texts];
    const opened = all.filter(([, { opening }]) => opening);
    const noted = all.filter(([, { opening }]) => !opening);
    await apply(transaction, 'insert', insert, opened);
    await apply(transaction, 'update', update, noted);
    await learn(transaction, all);
  }
}

type Written = readonly (readonly [string, WrittenTexts])[];

const change =
  'unnest($1::uuid[], $2::timestamptz[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::text[])';

const insert = `
  INSERT INTO ticket_texts (ticket_id, opened, band, heading, body, notes, internal_notes) SELECT * FROM ${change}`;

const together = (column: string): string =>
  `concat_ws(E'\\n', nullif(text.${column}, ''), nullif(change.${column}, ''))`;

const update = `
  UPDATE ticket_texts AS text SET notes = ${together('notes')}, internal_notes = ${together('internal_notes')}
    FROM ${change} AS change(ticket_id, opened, band, heading, body, notes, internal_notes)
   WHERE text.ticket_id = change.ticket_id`;

const apply = async (transaction: PoolClient, name: string, text: string, texts: Written): Promise<void> => {
  if (texts.length === 0) return;
  const { rowCount } = await transaction.query({
    name: `ticket-search-${name}`,
    text,
    values: [
      texts.map(([ticketId]) => ticketId),
      texts.map(([, { opening }]) => opening?.openedAt),
      texts.map(([, { opening }]) => opening && bandOf(opening.openedAt)),
      texts.map(([, { opening }]) => opening?.title ?? ''),
      texts.map(([, { opening }]) => opening?.description ?? ''),
      texts.map(([, { notes }]) => notes.join('\n')),
      texts.map(([, { internalNotes }]) => internalNotes.join('\n')),
    ],
  });
  if (rowCount !== texts.length) throw new Error('a note on a ticket that was never opened');
};

/** Shorter words have too few letters to be mistyped recognisably, longer ones are none. */
const learn = async (transaction: PoolClient, texts: Written): Promise<void> => {
  const written = texts.flatMap(([, { opening, notes, internalNotes }]) => [
    ...(opening ? [opening.title, opening.description] : []),
    ...notes,
    ...internalNotes,
  ]);
  if (written.length === 0) return;
  await transaction.query({
    name: 'ticket-search-learn',
    text: `
      INSERT INTO known_words (word)
      SELECT DISTINCT lexeme FROM unnest($1::text[]) AS written(text), unnest(to_tsvector('desk.words', ${plain('written.text')}))
       WHERE length(lexeme) BETWEEN 4 AND 40
          ON CONFLICT DO NOTHING`,
    values: [written],
  });
};
