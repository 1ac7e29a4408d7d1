import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../platform/event-store/event-store.js';
import { insertRows, type Value } from '../platform/projections/insert-rows.js';
import type { Projection, Table } from '../platform/projections/projection.js';
import type { Instant } from '../shared/instant.js';
import { decode } from '../tickets/ticket.codec.js';
import { ticketStreams, type Priority } from '../tickets/ticket.events.js';
import { endAt, moveOf, type Spell, type SpellEnd } from './activity-spells.js';

export interface PriorityChange {
  ticketId: string;
  position: bigint;
  occurredAt: Instant;
  priority: Priority;
}

export interface SpellsChange {
  /** Begun in this batch; those that ended in it, too, are whole. */
  begun: Spell[];
  /** Ends of spells that were begun before this batch. */
  ended: { ticketId: string; until: SpellEnd }[];
  priorities: PriorityChange[];
}

const given = (types: readonly string[]): string =>
  types.map((type, index) => `$${index + 1}::${type}[]`).join(', ');

const end = `
  UPDATE activity_spells AS spell
     SET until_position = ended.position, until_day = ended.day, until_at = ended.at
    FROM unnest(${given(['uuid', 'bigint', 'date', 'timestamptz'])}) AS ended(ticket_id, position, day, at)
   WHERE spell.ticket_id = ended.ticket_id AND spell.until_position IS NULL`;

const openingColumns = [
  ...[
    'ticket_id',
    'from_revision',
    'establishment',
    'priority',
    'reprioritized',
    'opened_at',
    'from_position',
  ],
  ...['from_day', 'from_at', 'from_recorded_at', 'until_position', 'until_day', 'until_at'],
];

const openingRow = ({ ticketId, establishment, priority, from, until }: Spell): Value[] => [
  ...[ticketId, from.revision, establishment, priority, false, from.occurredAt, from.position],
  ...[from.day, from.occurredAt, from.recordedAt, until?.position, until?.day, until?.occurredAt],
];

/** What only the opening tells is taken from it: it is the first event of its stream. */
const begin = `
  INSERT INTO activity_spells (ticket_id, from_revision, establishment, priority, reprioritized, opened_at, from_position,
         from_day, from_at, from_recorded_at, until_position, until_day, until_at)
  SELECT begun.ticket_id, begun.revision, begun.establishment, opening.priority, opening.reprioritized, opening.opened_at,
         begun.from_position, begun.from_day, begun.from_at, begun.from_recorded_at,
         begun.until_position, begun.until_day, begun.until_at
    FROM unnest(${given([
      ...['uuid', 'integer', 'text', 'bigint', 'date', 'timestamptz', 'timestamptz'],
      ...['bigint', 'date', 'timestamptz'],
    ])}) AS begun(ticket_id, revision, establishment, from_position, from_day, from_at, from_recorded_at,
         until_position, until_day, until_at)
    JOIN activity_spells AS opening ON opening.ticket_id = begun.ticket_id AND opening.from_revision = 1`;

const insertPriorities = `
  INSERT INTO priority_changes (ticket_id, position, occurred_at, priority)
  SELECT * FROM unnest(${given(['uuid', 'bigint', 'timestamptz', 'text'])})`;

/** Says where a change of priority has to be looked for. */
const markReprioritized = `
  UPDATE activity_spells SET reprioritized = true WHERE ticket_id = ANY ($1::uuid[]) AND NOT reprioritized`;

/**
 * Spells of a length, at most, in hours; the last class are those that are longer, and those that have no end. Of a million tickets
 * a few thousand are active at any instant: a spell of at most 4 hours only where it began within the 4 hours before. So an index
 * finds them by their beginnings, class by class; one over both ends of the time took three times as long.
 */
const lengthsInHours = [4, 16, 64, 256, 1_024, 4_096, 16_384];
const ofAnyLength = '1000 years';

const classOfLength = `CASE ${lengthsInHours
  .map((hours, number) => `WHEN until_at - from_at <= interval '${hours} hours' THEN ${number}`)
  .join(' ')} ELSE ${lengthsInHours.length} END`;

/** As rows of a VALUES list: each class, and the greatest length in it. */
export const lengthClasses = [...lengthsInHours.map((hours) => `${hours} hours`), ofAnyLength]
  .map((longest, number) => `(${number}::smallint, interval '${longest}')`)
  .join(', ');

const isOpening = ({ from }: Spell): boolean => from.revision === 1;

/** From when to when each ticket was active where: the backlog of any instant, and of any day, ticket by ticket. */
export class ActivitySpells implements Projection<SpellsChange> {
  readonly name = 'activity-spells';
  readonly version = 2;
  readonly streamPrefix = ticketStreams;
  readonly schema = 'billets_quotidiens';
  readonly tables: readonly Table[] = [
    {
      name: 'activity_spells',
      columns: {
        ticket_id: 'uuid NOT NULL',
        from_revision: 'integer NOT NULL',
        establishment: 'text NOT NULL',
        priority: 'text NOT NULL',
        reprioritized: 'boolean NOT NULL',
        opened_at: 'timestamptz NOT NULL',
        from_position: 'bigint NOT NULL',
        from_day: 'date NOT NULL',
        from_at: 'timestamptz NOT NULL',
        from_recorded_at: 'timestamptz NOT NULL',
        until_position: 'bigint',
        until_day: 'date',
        until_at: 'timestamptz',
        length_class: `smallint NOT NULL GENERATED ALWAYS AS (${classOfLength}) STORED`,
      },
      primaryKey: ['ticket_id', 'from_revision'],
      indexes: [
        '(reprioritized, length_class, from_at) INCLUDE (until_at, establishment, priority, opened_at)',
        'USING gist (int8range(from_position, until_position))',
      ],
    },
    {
      name: 'priority_changes',
      columns: {
        ticket_id: 'uuid NOT NULL',
        position: 'bigint NOT NULL',
        occurred_at: 'timestamptz NOT NULL',
        priority: 'text NOT NULL',
      },
      primaryKey: ['ticket_id', 'position'],
    },
  ];

  fold(events: readonly RecordedEvent[]): SpellsChange {
    const change: SpellsChange = { begun: [], ended: [], priorities: [] };
    const open = new Map<string, Spell>();
    for (const recorded of events) {
      const { event, revision, position, recordedAt } = decode(recorded);
      const ticketId = recorded.stream.slice(ticketStreams.length);
      const { out, into } = moveOf(event);
      if (out) {
        const until = endAt(out, event, { revision, position, recordedAt });
        const spell = open.get(ticketId);
        if (spell) spell.until = until;
        else change.ended.push({ ticketId, until });
        open.delete(ticketId);
      }
      if (into) {
        const from = endAt(into, event, { revision, position, recordedAt });
        const spell: Spell = { ticketId, establishment: into.establishment, from };
        if (event.type === 'TicketOpened') spell.priority = event.priority;
        change.begun.push(spell);
        open.set(ticketId, spell);
      }
      if (event.type === 'TicketReprioritized') {
        change.priorities.push({
          ticketId,
          position,
          occurredAt: event.occurredAt,
          priority: event.priority,
        });
      }
    }
    return change;
  }

  async write({ begun, ended, priorities }: SpellsChange, transaction: PoolClient): Promise<void> {
    await this.endSpells(ended, transaction);
    await insertRows(transaction, 'activity_spells', openingColumns, begun.filter(isOpening), openingRow);
    await this.beginSpells(
      begun.filter((spell) => !isOpening(spell)),
      transaction,
    );
    await this.changePriorities(priorities, transaction);
  }

  private async endSpells(ended: SpellsChange['ended'], transaction: PoolClient): Promise<void> {
    if (ended.length === 0) return;
    const { rowCount } = await transaction.query({
      name: 'activity-spells-end',
      text: end,
      values: [
        ended.map(({ ticketId }) => ticketId),
        ended.map(({ until }) => String(until.position)),
        ended.map(({ until }) => until.day),
        ended.map(({ until }) => until.occurredAt),
      ],
    });
    if (rowCount !== ended.length) throw new Error('a ticket left a backlog that it was not in');
  }

  private async beginSpells(begun: Spell[], transaction: PoolClient): Promise<void> {
    if (begun.length === 0) return;
    const { rowCount } = await transaction.query({
      name: 'activity-spells-begin',
      text: begin,
      values: [
        begun.map(({ ticketId }) => ticketId),
        begun.map(({ from }) => from.revision),
        begun.map(({ establishment }) => establishment),
        begun.map(({ from }) => String(from.position)),
        begun.map(({ from }) => from.day),
        begun.map(({ from }) => from.occurredAt),
        begun.map(({ from }) => from.recordedAt),
        begun.map(({ until }) => (until ? String(until.position) : null)),
        begun.map(({ until }) => until?.day ?? null),
        begun.map(({ until }) => until?.occurredAt ?? null),
      ],
    });
    if (rowCount !== begun.length) throw new Error('an event of a ticket that was never opened');
  }

  private async changePriorities(changes: PriorityChange[], transaction: PoolClient): Promise<void> {
    if (changes.length === 0) return;
    const ticketIds = changes.map(({ ticketId }) => ticketId);
    await transaction.query(insertPriorities, [
      ticketIds,
      changes.map(({ position }) => String(position)),
      changes.map(({ occurredAt }) => occurredAt),
      changes.map(({ priority }) => priority),
    ]);
    await transaction.query(markReprioritized, [ticketIds]);
  }
}
