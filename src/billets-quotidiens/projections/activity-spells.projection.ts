import type { PoolClient } from 'pg';
import { raw, sql, statement, type Sql } from '../../platform/database/sql.js';
import { firstOfMonth } from '../../calendar/local-days.js';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { insertRows, type Value } from '../../platform/projections/writing/insert-rows.js';
import type { Projection, ProjectionTable } from '../../platform/projections/projection.js';
import type { Instant } from '../../shared/instant.js';
import { decode } from '../../tickets/domain/ticket.codec.js';
import { ticketIdOf, ticketStreams } from '../../tickets/domain/ticket.events.js';
import { moveOf } from '../../tickets/domain/backlog-moves.js';
import { confidentialTexts } from '../../tickets/domain/ticket-texts.js';
import type { Priority } from '../../shared/vocabulary.js';
import { endAt, type Spell, type SpellEnd } from './spell.js';

export interface PriorityChange {
  ticketId: string;
  position: bigint;
  occurredAt: Instant;
  priority: Priority;
}

export interface SpellsChange {
  /** Spells that began in this batch; one that also ended in it has its end. */
  begun: Spell[];
  /** Ends of spells that began before this batch. */
  ended: { ticketId: string; until: SpellEnd }[];
  priorities: PriorityChange[];
}

/**
 * Counts spells by the keys of their sums. `open` says whether they count there: ended spells, and spells of tickets whose priority
 * has changed, are in no sum.
 */
const summed = (spells: string): Sql => sql`
  SELECT establishment, priority, date_trunc('month', from_at AT TIME ZONE 'UTC')::date::text AS month,
         NOT reprioritized AND until_at IS NULL AS open, count(*)::integer AS tickets
    FROM ${raw(spells)}
   GROUP BY 1, 2, 3, 4`;

interface Summed {
  establishment: string;
  priority: string;
  month: string;
  open: boolean;
  tickets: number;
}

export const endSpells = (ended: SpellsChange['ended']): Sql => sql`
  WITH ended AS (
    UPDATE activity_spells AS spell
       SET until_position = ended.position, until_day = ended.day, until_at = ended.at
      FROM unnest(${ended.map(({ ticketId }) => ticketId)}::uuid[], ${ended.map(({ until }) => String(until.position))}::bigint[],
             ${ended.map(({ until }) => until.day)}::date[], ${ended.map(({ until }) => until.occurredAt)}::timestamptz[]) AS ended(ticket_id, position, day, at)
     WHERE spell.ticket_id = ended.ticket_id AND spell.until_position IS NULL
    RETURNING establishment, spell.priority, reprioritized, from_at, NULL::timestamptz AS until_at
  )
  ${summed('ended')}`;

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

/** Inserts later spells of tickets. Priority and opening time are copied from the first spell: only the opening has them. */
export const beginSpells = (begun: readonly Spell[]): Sql => sql`
  WITH inserted AS (
    INSERT INTO activity_spells (ticket_id, from_revision, establishment, priority, reprioritized, opened_at, from_position,
           from_day, from_at, from_recorded_at, until_position, until_day, until_at)
    SELECT begun.ticket_id, begun.revision, begun.establishment, opening.priority, opening.reprioritized, opening.opened_at,
           begun.from_position, begun.from_day, begun.from_at, begun.from_recorded_at,
           begun.until_position, begun.until_day, begun.until_at
      FROM unnest(${begun.map(({ ticketId }) => ticketId)}::uuid[], ${begun.map(({ from }) => from.revision)}::integer[],
             ${begun.map(({ establishment }) => establishment)}::text[], ${begun.map(({ from }) => String(from.position))}::bigint[],
             ${begun.map(({ from }) => from.day)}::date[], ${begun.map(({ from }) => from.occurredAt)}::timestamptz[],
             ${begun.map(({ from }) => from.recordedAt)}::timestamptz[],
             ${begun.map(({ until }) => (until ? String(until.position) : null))}::bigint[],
             ${begun.map(({ until }) => until?.day ?? null)}::date[],
             ${begun.map(({ until }) => until?.occurredAt ?? null)}::timestamptz[]) AS begun(ticket_id, revision, establishment, from_position, from_day, from_at, from_recorded_at,
           until_position, until_day, until_at)
      JOIN activity_spells AS opening ON opening.ticket_id = begun.ticket_id AND opening.from_revision = 1
    RETURNING establishment, priority, reprioritized, from_at, until_at
  )
  ${summed('inserted')}`;

const priorityColumns = ['ticket_id', 'position', 'occurred_at', 'priority'];

/** Marks the spells of tickets whose priority changed: for these the priority has to be looked up in `priority_changes`. */
export const markReprioritized = (ticketIds: readonly string[]): Sql => sql`
  WITH marked AS (
    UPDATE activity_spells SET reprioritized = true WHERE ticket_id = ANY (${ticketIds}::uuid[]) AND NOT reprioritized
    RETURNING establishment, priority, false AS reprioritized, from_at, until_at
  )
  ${summed('marked')}`;

/** Adds to the sums of open spells. A row whose sum becomes zero is deleted, so that the rows do not depend on how events were batched. */
export const changeOpenSpells = (changes: readonly Summed[]): Sql => sql`
  MERGE INTO open_spells AS known
  USING unnest(${changes.map(({ establishment }) => establishment)}::text[], ${changes.map(({ priority }) => priority)}::text[],
               ${changes.map(({ month }) => month)}::date[], ${changes.map(({ tickets }) => tickets)}::integer[]) AS changed(establishment, priority, from_month, tickets)
     ON known.establishment = changed.establishment AND known.priority = changed.priority
    AND known.from_month = changed.from_month
  WHEN MATCHED AND known.tickets + changed.tickets = 0 THEN DELETE
  WHEN MATCHED THEN UPDATE SET tickets = known.tickets + changed.tickets
  WHEN NOT MATCHED THEN INSERT VALUES (changed.establishment, changed.priority, changed.from_month, changed.tickets)`;

/**
 * The classes of spells by their greatest length in hours; one class more for longer spells, and one for spells without an end. Of
 * a million tickets a few thousand are active at any instant, and a spell of at most 4 hours is only if it began within the 4
 * hours before. So an index finds the active spells by their beginnings, class by class; an index over both ends took three times
 * as long.
 */
const lengthsInHours = [4, 16, 64, 256, 1_024, 4_096, 16_384];
const ofAnyLength = '1000 years';
/** The class of spells without an end. */
export const endless = lengthsInHours.length + 1;

const classOfLength = `CASE WHEN until_at IS NULL THEN ${endless} ${lengthsInHours
  .map((hours, number) => `WHEN until_at - from_at <= interval '${hours} hours' THEN ${number}`)
  .join(' ')} ELSE ${lengthsInHours.length} END`;

/** The classes of ended spells as rows of a VALUES list: the class and its greatest length. */
export const endedClasses = [...lengthsInHours.map((hours) => `${hours} hours`), ofAnyLength]
  .map((maxLength, number) => `(${number}::smallint, interval '${maxLength}')`)
  .join(', ');

/** The year in which a spell began, by its own zone. */
export const yearOfSpell = 'extract(year FROM from_day)';

type OpeningSpell = Spell & { priority: Priority };
const isOpening = (spell: Spell): spell is OpeningSpell => spell.from.revision === 1;

/** When and at which establishment each ticket was active: gives the backlog of any instant, and of any day, ticket by ticket. */
export class ActivitySpells implements Projection<SpellsChange> {
  readonly name = 'activity-spells';
  readonly version = 4;
  readonly streamPrefix = ticketStreams;
  readonly without = confidentialTexts;
  readonly schema = 'billets_quotidiens';
  readonly tables: readonly ProjectionTable[] = [
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
        'USING gist (int8range(from_position, until_position)) WHERE until_position IS NOT NULL',
        `((${yearOfSpell}), from_position, from_day) WHERE until_at IS NULL`,
        `(establishment, (${yearOfSpell}), from_position, from_day) WHERE until_at IS NULL`,
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
    {
      // Counts of spells without an end whose priority never changed, by the month (UTC) in which they began.
      name: 'open_spells',
      columns: {
        establishment: 'text NOT NULL',
        priority: 'text NOT NULL',
        from_month: 'date NOT NULL',
        tickets: 'integer NOT NULL',
      },
      primaryKey: ['establishment', 'priority', 'from_month'],
    },
  ];

  fold(events: readonly RecordedEvent[]): SpellsChange {
    const change: SpellsChange = { begun: [], ended: [], priorities: [] };
    const open = new Map<string, Spell>();
    for (const recorded of events) {
      const { event, revision, position, recordedAt } = decode(recorded);
      const ticketId = ticketIdOf(recorded.stream);
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
    const openings = begun.filter(isOpening);
    const later = begun.filter((spell) => !isOpening(spell));
    const open = new OpenSpells();
    open.add(-1, await this.endSpells(ended, transaction));
    await insertRows(transaction, 'activity_spells', {
      columns: openingColumns,
      rows: openings,
      valuesOf: openingRow,
    });
    open.add(1, openings.map(summedOpening));
    open.add(1, await this.beginSpells(later, transaction));
    open.add(-1, await this.changePriorities(priorities, transaction));
    await open.write(transaction);
  }

  private async endSpells(ended: SpellsChange['ended'], transaction: PoolClient): Promise<Summed[]> {
    if (ended.length === 0) return [];
    const { rows } = await transaction.query<Summed>(statement(endSpells(ended), 'activity-spells-end'));
    if (ticketsOf(rows) !== ended.length) throw new Error('a ticket left a backlog that it was not in');
    return rows;
  }

  private async beginSpells(begun: Spell[], transaction: PoolClient): Promise<Summed[]> {
    if (begun.length === 0) return [];
    const { rows } = await transaction.query<Summed>(statement(beginSpells(begun), 'activity-spells-begin'));
    if (ticketsOf(rows) !== begun.length) throw new Error('an event of a ticket that was never opened');
    return rows;
  }

  private async changePriorities(changes: PriorityChange[], transaction: PoolClient): Promise<Summed[]> {
    if (changes.length === 0) return [];
    await insertRows(transaction, 'priority_changes', {
      columns: priorityColumns,
      rows: changes,
      valuesOf: (change) => [change.ticketId, change.position, change.occurredAt, change.priority],
    });
    const ticketIds = changes.map(({ ticketId }) => ticketId);
    const { rows } = await transaction.query<Summed>(statement(markReprioritized(ticketIds)));
    return rows;
  }
}

const ticketsOf = (rows: readonly Summed[]): number => rows.reduce((sum, { tickets }) => sum + tickets, 0);

const summedOpening = ({ establishment, priority, from, until }: OpeningSpell): Summed => ({
  establishment,
  priority,
  month: firstOfMonth(from.occurredAt.slice(0, 10)),
  open: until === undefined,
  tickets: 1,
});

/** Gathers how a batch changes the sums of spells without an end. */
class OpenSpells {
  private readonly changed = new Map<string, Summed>();

  add(sign: 1 | -1, spells: readonly Summed[]): void {
    for (const sum of spells) {
      if (!sum.open) continue;
      const key = `${sum.month} ${sum.priority} ${sum.establishment}`;
      const tickets = (this.changed.get(key)?.tickets ?? 0) + sign * sum.tickets;
      this.changed.set(key, { ...sum, tickets });
    }
  }

  async write(transaction: PoolClient): Promise<void> {
    const changes = [...this.changed.values()].filter(({ tickets }) => tickets !== 0);
    if (changes.length === 0) return;
    await transaction.query(statement(changeOpenSpells(changes), 'open-spells-change'));
  }
}
