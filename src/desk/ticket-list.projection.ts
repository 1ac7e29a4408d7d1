import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../platform/event-store/event-store.js';
import type { Projection } from '../platform/projections/projection.js';
import { decode } from '../tickets/ticket.codec.js';
import { ticketStreams } from '../tickets/ticket.events.js';
import { changeOf, merged, type TicketChange } from './ticket-change.js';

/** A column, how a change gives its value, and what it becomes in an UPDATE: unless told, null leaves it as it is. */
interface Column {
  type: string;
  required?: true;
  value: (change: TicketChange) => unknown;
  updated?: string;
}

/** A team or a person that was taken away is written as an empty text, which is nobody's name. */
const orEmpty = (name: string | null | undefined) => (name === null ? '' : name);
const takenAway = (column: string) => `nullif(coalesce(change.${column}, ticket.${column}), '')`;
const unlessUnresolved = (column: string) =>
  `CASE WHEN change.unresolved THEN change.${column} ELSE coalesce(change.${column}, ticket.${column}) END`;

const columns: Readonly<Record<string, Column>> = {
  establishment: { type: 'text', required: true, value: ({ at }) => at?.establishment },
  site: {
    type: 'text',
    value: ({ at }) => at?.site,
    updated: 'CASE WHEN change.establishment IS NULL THEN ticket.site ELSE change.site END',
  },
  title: { type: 'text', required: true, value: ({ title }) => title },
  description: { type: 'text', value: ({ description }) => description },
  category: { type: 'text', required: true, value: ({ category }) => category },
  priority: { type: 'text', required: true, value: ({ priority }) => priority },
  location: { type: 'text', value: ({ location }) => location },
  status: { type: 'text', required: true, value: ({ status }) => status },
  team: { type: 'text', value: ({ team }) => orEmpty(team), updated: takenAway('team') },
  assignee: { type: 'text', value: ({ assignee }) => orEmpty(assignee), updated: takenAway('assignee') },
  opened_at: { type: 'timestamptz', required: true, value: ({ openedAt }) => openedAt },
  resolved_at: {
    type: 'timestamptz',
    value: ({ resolved }) => resolved?.at,
    updated: unlessUnresolved('resolved_at'),
  },
  resolution: {
    type: 'jsonb',
    value: ({ resolved }) => resolved?.resolution,
    updated: unlessUnresolved('resolution'),
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
};

const names = Object.keys(columns);
const entries = Object.entries(columns);
/** One text for a batch: the driver would take longer to write twenty arrays than PostgreSQL takes to read this. */
const change = `json_to_recordset($1) AS change(
  ticket_id uuid, unresolved boolean, ${Object.entries(columns)
    .map(([name, { type }]) => `${name} ${type}`)
    .join(', ')})`;

const insert = `
  INSERT INTO tickets (ticket_id, ${names.join(', ')})
  SELECT ticket_id, ${names.map((name) => (['team', 'assignee'].includes(name) ? `nullif(${name}, '')` : name)).join(', ')}
    FROM ${change}`;

const update = `
  UPDATE tickets AS ticket
     SET ${Object.entries(columns)
       .map(([name, { updated }]) => `${name} = ${updated ?? `coalesce(change.${name}, ticket.${name})`}`)
       .join(', ')}
    FROM ${change}
   WHERE ticket.ticket_id = change.ticket_id`;

/** What a batch comes to, by the ticket's id. */
export type TicketChanges = ReadonlyMap<string, TicketChange>;

/** Every ticket as it is now: what the desk lists. */
export class TicketList implements Projection<TicketChanges> {
  readonly name = 'ticket-list';
  readonly version = 1;
  readonly streamPrefix = ticketStreams;
  readonly schema = 'desk';
  readonly tables = [
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
    },
  ];

  fold(events: readonly RecordedEvent[]): TicketChanges {
    const changes = new Map<string, TicketChange>();
    for (const recorded of events) {
      const { event, revision, position, recordedAt: updatedAt } = decode(recorded);
      const ticketId = recorded.stream.slice(ticketStreams.length);
      const later = changeOf(event, { revision, position, updatedAt });
      const earlier = changes.get(ticketId);
      changes.set(ticketId, earlier ? merged(earlier, later) : later);
    }
    return changes;
  }

  async write(changes: TicketChanges, transaction: PoolClient): Promise<void> {
    const all = [...changes];
    await this.apply(transaction, 'insert', insert, all.filter(isOpening));
    await this.apply(
      transaction,
      'update',
      update,
      all.filter((one) => !isOpening(one)),
    );
  }

  private async apply(
    transaction: PoolClient,
    name: string,
    statement: string,
    changes: readonly (readonly [string, TicketChange])[],
  ): Promise<void> {
    if (changes.length === 0) return;
    const { rowCount } = await transaction.query({
      name: `ticket-list-${name}`,
      text: statement,
      values: [JSON.stringify(changes.map(rowOf))],
    });
    if (rowCount !== changes.length) throw new Error('an event of a ticket that was never opened');
  }
}

const rowOf = ([ticketId, change]: readonly [string, TicketChange]): Record<string, unknown> => {
  const row: Record<string, unknown> = { ticket_id: ticketId, unresolved: change.unresolved };
  for (const [name, { value }] of entries) row[name] = value(change);
  return row;
};

const isOpening = ([, { openedAt }]: readonly [string, TicketChange]): boolean => openedAt !== undefined;
