import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { join, raw, sql, statement, type Sql } from '../../platform/database/sql.js';
import { insertRows, type Value } from '../../platform/projections/writing/insert-rows.js';
import type { Projection, ProjectionTable } from '../../platform/projections/projection.js';
import { decode } from '../../tickets/domain/ticket.codec.js';
import { ticketIdOf, ticketStreams, type TicketEvent } from '../../tickets/domain/ticket.events.js';
import { wordsOf } from '../../shared/text/words.js';
import { textsOfHistory } from '../../tickets/domain/ticket-texts.js';
import { changeOf, mergedChange, watchersIn, type TicketChange } from '../ticket-change.js';

/** A column, how a change gives its value, and its expression in an UPDATE: by default a null value leaves the column as it is. */
interface Column {
  type: string;
  required?: true;
  value: (change: TicketChange) => Value;
  /** The value for a new ticket; `value` by default. */
  inserted?: (change: TicketChange) => Value;
  updated?: string;
}

/** The value that clears a team or an assignee: an empty text, which is nobody's name, since null leaves the column as it is. */
const orEmpty = (name: string | null | undefined) => (name === null ? '' : name);
const takenAway = (column: string) => `nullif(coalesce(change.${column}, ticket.${column}), '')`;
const unlessErased = (column: string) =>
  `CASE WHEN change.erased THEN NULL ELSE coalesce(change.${column}, ticket.${column}) END`;
const unlessUnresolved = (column: string) =>
  `CASE WHEN change.unresolved THEN change.${column} ELSE coalesce(change.${column}, ticket.${column}) END`;

const unlessNobody = (column: string) =>
  `CASE WHEN change.nobody THEN NULL ELSE coalesce(change.${column}, ticket.${column}) END`;

/** What it was resolved as stays. */
const withoutNote = `jsonb_set(ticket.resolution, '{note}', '""')`;

const columns: Readonly<Record<string, Column>> = {
  establishment: { type: 'text', required: true, value: ({ at }) => at?.establishment },
  site: {
    type: 'text',
    value: ({ at }) => at?.site,
    updated: 'CASE WHEN change.establishment IS NULL THEN ticket.site ELSE change.site END',
  },
  title: { type: 'text', required: true, value: ({ title }) => title },
  description: {
    type: 'text',
    value: ({ description }) => description,
    updated: unlessErased('description'),
  },
  category: { type: 'text', required: true, value: ({ category }) => category },
  priority: { type: 'text', required: true, value: ({ priority }) => priority },
  location: { type: 'text', value: ({ location }) => location, updated: unlessErased('location') },
  status: { type: 'text', required: true, value: ({ status }) => status },
  team: {
    type: 'text',
    value: ({ team }) => orEmpty(team),
    inserted: ({ team }) => team,
    updated: takenAway('team'),
  },
  assignee: {
    type: 'text',
    value: ({ assignee }) => orEmpty(assignee),
    inserted: ({ assignee }) => assignee,
    updated: takenAway('assignee'),
  },
  opened_at: { type: 'timestamptz', required: true, value: ({ openedAt }) => openedAt },
  opened_day: { type: 'date', required: true, value: ({ openedDay }) => openedDay },
  resolved_at: {
    type: 'timestamptz',
    value: ({ resolved }) => resolved?.at,
    updated: unlessUnresolved('resolved_at'),
  },
  resolution: {
    type: 'jsonb',
    value: ({ resolved }) => resolved?.resolution,
    updated: `CASE WHEN change.unresolved OR change.resolution IS NOT NULL THEN change.resolution
                   WHEN change.erased THEN ${withoutNote} ELSE ticket.resolution END`,
  },
  merged_into: { type: 'uuid', value: ({ mergedInto }) => mergedInto },
  links: {
    type: 'jsonb',
    required: true,
    value: ({ links }) => links,
    updated: `ticket.links || coalesce(change.links, '[]')`,
  },
  updated_at: { type: 'timestamptz', required: true, value: ({ updatedAt }) => updatedAt },
  revision: { type: 'integer', required: true, value: ({ revision }) => revision },
  position: { type: 'bigint', required: true, value: ({ position }) => String(position) },
  requester: {
    type: 'jsonb',
    value: ({ requester }) => requester && { name: requester.name, contact: requester.contact ?? null },
    updated: unlessNobody('requester'),
  },
  // What the filter by requester looks at: `{tremblay,marie}`.
  requester_words: {
    type: 'text[]',
    value: ({ requester }) =>
      requester &&
      `{${wordsOf(requester.name)
        .map(({ word }) => word)
        .join()}}`,
    updated: unlessNobody('requester_words'),
  },
  // In the order of their bytes, whatever order they came in; NULL where nobody ever watched it.
  watchers: {
    type: 'text[]',
    value: (change) => (change.watchers ? arrayLiteral(watchersIn(change, true).sort(byBytes)) : undefined),
    updated: `CASE WHEN change.watchers IS NULL THEN ticket.watchers ELSE ARRAY(
      SELECT watcher FROM (
        SELECT unnest(ticket.watchers) EXCEPT SELECT unnest(change.unwatched) UNION SELECT unnest(change.watchers)
      ) AS now(watcher) ORDER BY watcher COLLATE "C") END`,
  },
  attachments: {
    type: 'integer',
    value: ({ attachments }) => attachments,
    updated: 'coalesce(ticket.attachments, 0) + coalesce(change.attachments, 0)',
  },
};

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** An array as PostgreSQL reads it from a text. */
function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll(/["\\]/g, '\\$&')}"`).join()}}`;
}

const names = Object.keys(columns);
const entries = Object.entries(columns);
const inserted = Object.values(columns).map(({ value, inserted: own = value }) => own);
/** Updates a batch from one JSON text: the driver takes longer to write twenty arrays than PostgreSQL takes to read the JSON. */
export const updateTickets = (changes: readonly [string, TicketChange][]): Sql => sql`
  UPDATE tickets AS ticket
     SET ${join(
       entries.map(([name, { updated }]) =>
         raw(`${name} = ${updated ?? `coalesce(change.${name}, ticket.${name})`}`),
       ),
       ', ',
     )}
    FROM json_to_recordset(${JSON.stringify(changes.map(updatedRow))}) AS change(
         ticket_id uuid, unresolved boolean, erased boolean, nobody boolean, unwatched text[], ${raw(entries.map(([name, { type }]) => `${name} ${type}`).join(', '))})
   WHERE ticket.ticket_id = change.ticket_id`;

/** Empties rows whose other events wait: what was put aside keeps no text from being erased. */
export const eraseTickets = (events: readonly RecordedEvent[]): Sql => sql`
  UPDATE tickets AS ticket
     SET title = '', description = NULL, location = NULL, requester = NULL, requester_words = NULL, resolution = ${raw(withoutNote)}, position = erased.position
    FROM unnest(${events.map(({ stream }) => ticketIdOf(stream))}::uuid[],
                ${events.map(({ position }) => String(position))}::bigint[]) AS erased(ticket_id, position)
   WHERE ticket.ticket_id = erased.ticket_id`;

export const upsertDepartures = (departures: readonly Departure[]): Sql => sql`
  INSERT INTO departures (ticket_id, establishment, position)
  SELECT * FROM unnest(${departures.map(({ ticketId }) => ticketId)}::uuid[],
                       ${departures.map(({ establishment }) => establishment)}::text[],
                       ${departures.map(({ position }) => String(position))}::bigint[])
      ON CONFLICT (ticket_id, establishment) DO UPDATE SET position = excluded.position`;

/** A ticket that left an establishment for another; the position is that of the last time it left. */
interface Departure {
  ticketId: string;
  establishment: string;
  position: bigint;
}

/** What a batch of events changes. */
export interface TicketChanges {
  /** The merged change of each ticket, by its id. */
  tickets: ReadonlyMap<string, TicketChange>;
  departures: readonly Departure[];
}

export const isActive = `status IN ('open', 'in-progress', 'waiting')`;

/**
 * The indexes of `tickets`. Each begins with the establishment, or can filter by it, since everyone reads only their own
 * establishments: a page is merged from the first rows of each. Active tickets have partial indexes of their own, some hundred
 * times smaller than those over all tickets.
 */
const indexes = [
  `(establishment, priority, opened_at, ticket_id) WHERE ${isActive}`,
  `(establishment, opened_at, ticket_id) WHERE ${isActive}`,
  // For counts by status: an index-only scan of 23 500 active tickets among a million takes 10 ms instead of 34.
  `(establishment, status) WHERE ${isActive}`,
  '(establishment, priority, opened_at, ticket_id)',
  '(establishment, opened_at, ticket_id)',
  '(establishment, position)',
  '(assignee, establishment, opened_at) WHERE assignee IS NOT NULL',
  '(team, establishment, opened_at) WHERE team IS NOT NULL',
  // The default order of a team's tickets: 5 ms instead of 40 where a team has had tens of thousands.
  '(team, establishment, priority, opened_at, ticket_id) WHERE team IS NOT NULL',
  'USING gin (requester_words) WHERE requester_words IS NOT NULL',
  'USING gin (watchers) WHERE watchers IS NOT NULL',
];

const texts = ['title', 'description', 'location', 'resolution', 'requester', 'requester_words'];

/** Every ticket as it is now, and the establishments it has left: what the desk lists, and what tablets take offline. */
export class TicketList implements Projection<TicketChanges> {
  readonly name = 'ticket-list';
  readonly version = 7;
  readonly streamPrefix = ticketStreams;
  readonly without = textsOfHistory;
  readonly erasedBy = 'TicketTextsErased' satisfies TicketEvent['type'];
  readonly schema = 'desk';
  readonly tables: readonly ProjectionTable[] = [
    {
      name: 'tickets',
      columns: {
        ticket_id: 'uuid NOT NULL',
        ...Object.fromEntries(
          Object.entries(columns).map(([name, { type, required }]) => [
            name,
            required ? `${type} NOT NULL` : type,
          ]),
        ),
      },
      primaryKey: ['ticket_id'],
      addedColumns: ['requester', 'requester_words', 'watchers', 'attachments'],
      texts,
      indexes,
      unsampled: texts,
    },
    {
      name: 'departures',
      columns: { ticket_id: 'uuid NOT NULL', establishment: 'text NOT NULL', position: 'bigint NOT NULL' },
      primaryKey: ['ticket_id', 'establishment'],
      indexes: ['(establishment, position)'],
    },
  ];

  fold(events: readonly RecordedEvent[]): TicketChanges {
    const changes = new Map<string, TicketChange>();
    const departures = new Map<string, Departure>();
    for (const recorded of events) {
      const { event, revision, position, recordedAt: updatedAt } = decode(recorded);
      const ticketId = ticketIdOf(recorded.stream);
      const later = changeOf(event, { revision, position, updatedAt });
      const earlier = changes.get(ticketId);
      changes.set(ticketId, earlier ? mergedChange(earlier, later) : later);
      if (event.type !== 'TicketTransferred') continue;
      const { establishment } = event.from;
      // A transfer between two sites of one establishment is no departure: the same people still read the ticket.
      if (establishment !== event.to.establishment)
        departures.set(`${ticketId} ${establishment}`, { ticketId, establishment, position });
    }
    return { tickets: changes, departures: [...departures.values()] };
  }

  async write({ tickets, departures }: TicketChanges, transaction: PoolClient): Promise<void> {
    const opened: [string, TicketChange][] = [];
    const changed: [string, TicketChange][] = [];
    for (const ticket of tickets) (isOpening(ticket) ? opened : changed).push(ticket);
    await insertRows(transaction, 'tickets', {
      columns: ['ticket_id', ...names],
      rows: opened,
      valuesOf: insertedRow,
    });
    await this.update(transaction, changed);
    await this.depart(transaction, departures);
  }

  async erase(events: readonly RecordedEvent[], transaction: PoolClient): Promise<void> {
    await transaction.query(statement(eraseTickets(events)));
  }

  private async depart(transaction: PoolClient, departures: readonly Departure[]): Promise<void> {
    if (departures.length === 0) return;
    await transaction.query(statement(upsertDepartures(departures), 'ticket-list-departures'));
  }

  private async update(transaction: PoolClient, changes: [string, TicketChange][]): Promise<void> {
    if (changes.length === 0) return;
    const { rowCount } = await transaction.query(statement(updateTickets(changes), 'ticket-list-update'));
    if (rowCount !== changes.length) throw new Error('an event of a ticket that was never opened');
  }
}

const insertedRow = ([ticketId, change]: readonly [string, TicketChange]): Value[] => [
  ticketId,
  ...inserted.map((value) => value(change)),
];

const updatedRow = ([ticketId, change]: readonly [string, TicketChange]): Record<string, unknown> => {
  const { unresolved, erased } = change;
  const nobody = change.requester === null;
  const unwatched = watchersIn(change, false);
  const row: Record<string, unknown> = { ticket_id: ticketId, unresolved, erased, nobody, unwatched };
  for (const [name, { value }] of entries) row[name] = value(change);
  return row;
};

const isOpening = ([, { openedAt }]: readonly [string, TicketChange]): boolean => openedAt !== undefined;
