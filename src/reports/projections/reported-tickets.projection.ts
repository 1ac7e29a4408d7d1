import type { PoolClient } from 'pg';
import { raw, sql, statement, type Sql } from '../../platform/database/sql.js';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { insertRows, type Value } from '../../platform/projections/writing/insert-rows.js';
import type { Projection, ProjectionTable } from '../../platform/projections/projection.js';
import { instant } from '../../shared/instant.js';
import type { Category } from '../../shared/vocabulary.js';
import { decode } from '../../tickets/domain/ticket.codec.js';
import { ticketIdOf, ticketStreams } from '../../tickets/domain/ticket.events.js';
import { confidentialTexts } from '../../tickets/domain/ticket-texts.js';
import { effectOf } from './effects.js';
import {
  openedBefore,
  rowChanges,
  type ReportedResolution,
  type ReportedSpell,
  type RowChanges,
  type LifeStep,
  type TicketState,
  type Version,
} from './reported-life.js';

interface Column<Row> {
  type: string;
  value: (row: Row) => Value;
}
type Columns<Row> = Readonly<Record<string, Column<Row>>>;

const versionColumns: Columns<Version> = {
  ticket_id: { type: 'uuid NOT NULL', value: ({ ticketId }) => ticketId },
  from_position: { type: 'bigint NOT NULL', value: ({ from }) => from },
  until_position: { type: 'bigint', value: ({ until }) => until },
  recorded_at: { type: 'timestamptz NOT NULL', value: ({ recordedAt }) => recordedAt },
  opened_position: { type: 'bigint NOT NULL', value: ({ openedPosition }) => openedPosition },
  opened_day: { type: 'date NOT NULL', value: ({ openedDay }) => openedDay },
  opened_at: { type: 'timestamptz NOT NULL', value: ({ openedAt }) => openedAt },
  opened_establishment: { type: 'text NOT NULL', value: ({ openedEstablishment }) => openedEstablishment },
  establishment: { type: 'text NOT NULL', value: ({ establishment }) => establishment },
  team: { type: 'text', value: ({ team }) => team },
  category: { type: 'text NOT NULL', value: ({ category }) => category },
  responded_at: { type: 'timestamptz', value: ({ respondedAt }) => respondedAt },
};

const resolutionColumns: Columns<ReportedResolution> = {
  ticket_id: { type: 'uuid NOT NULL', value: ({ ticketId }) => ticketId },
  position: { type: 'bigint NOT NULL', value: ({ position }) => position },
  establishment: { type: 'text NOT NULL', value: ({ establishment }) => establishment },
  resolved_day: { type: 'date NOT NULL', value: ({ resolvedDay }) => resolvedDay },
  resolved_at: { type: 'timestamptz NOT NULL', value: ({ resolvedAt }) => resolvedAt },
  opened_at: { type: 'timestamptz NOT NULL', value: ({ openedAt }) => openedAt },
  reopened_position: { type: 'bigint', value: ({ reopened }) => reopened?.position },
  reopened_at: { type: 'timestamptz', value: ({ reopened }) => reopened?.at },
};

const spellColumns: Columns<ReportedSpell> = {
  ticket_id: { type: 'uuid NOT NULL', value: ({ ticketId }) => ticketId },
  from_position: { type: 'bigint NOT NULL', value: ({ from }) => from.position },
  until_position: { type: 'bigint', value: ({ until }) => until?.position },
  establishment: { type: 'text NOT NULL', value: ({ establishment }) => establishment },
  time_zone: { type: 'text NOT NULL', value: ({ timeZone }) => timeZone },
  opened_at: { type: 'timestamptz NOT NULL', value: ({ openedAt }) => openedAt },
  from_day: { type: 'date NOT NULL', value: ({ from }) => from.day },
  until_day: { type: 'date', value: ({ until }) => until?.day },
};

const typesOf = <Row>(columns: Columns<Row>): Record<string, string> =>
  Object.fromEntries(Object.entries(columns).map(([name, { type }]) => [name, type]));

const insertInto = async <Row>(
  transaction: PoolClient,
  table: string,
  columns: Columns<Row>,
  rows: readonly Row[],
): Promise<void> => {
  const values = Object.values(columns).map(({ value }) => value);
  await insertRows(transaction, table, {
    columns: Object.keys(columns),
    rows,
    valuesOf: (row) => values.map((value) => value(row)),
  });
};

interface StateRow {
  ticket_id: string;
  opened_position: string;
  opened_day: string;
  opened_at: Date;
  opened_establishment: string;
  establishment: string;
  team: string | null;
  category: Category;
  responded_at: Date | null;
}

export const selectStates = (ticketIds: readonly string[]): Sql => sql`
  SELECT ticket_id, opened_position, opened_day::text AS opened_day, opened_at, opened_establishment, establishment, team, category,
         responded_at
    FROM versions
   WHERE ticket_id = ANY (${ticketIds}::uuid[]) AND until_position IS NULL`;

export const closeVersions = (closed: RowChanges['closed']): Sql => sql`
  UPDATE versions AS version
     SET until_position = closed.position
    FROM unnest(${closed.map(({ ticketId }) => ticketId)}::uuid[],
                ${closed.map(({ until }) => String(until))}::bigint[]) AS closed(ticket_id, position)
   WHERE version.ticket_id = closed.ticket_id AND version.until_position IS NULL`;

export const reopenResolutions = (reopened: RowChanges['reopened']): Sql => sql`
  UPDATE resolutions AS resolution
     SET reopened_position = reopened.position, reopened_at = reopened.at
    FROM unnest(${reopened.map(({ ticketId }) => ticketId)}::uuid[],
                ${reopened.map(({ position }) => String(position))}::bigint[],
                ${reopened.map(({ at }) => at)}::timestamptz[]) AS reopened(ticket_id, position, at)
   WHERE resolution.ticket_id = reopened.ticket_id AND resolution.reopened_position IS NULL`;

/** Where a place's zone was changed meanwhile, a day could end before it began: no range of days may. */
export const endReportedSpells = (ended: RowChanges['ended']): Sql => sql`
  UPDATE spells AS spell
     SET until_position = ended.position, until_day = greatest(spell.from_day, ended.day)
    FROM unnest(${ended.map(({ ticketId }) => ticketId)}::uuid[],
                ${ended.map(({ until }) => String(until.position))}::bigint[],
                ${ended.map(({ until }) => until.day)}::date[]) AS ended(ticket_id, position, day)
   WHERE spell.ticket_id = ended.ticket_id AND spell.until_position IS NULL`;

/** The days at whose ends a spell's ticket was active, and the positions at which its end was not known. */
export const daysOfSpell = raw('daterange(from_day, until_day)');
export const positionsOfSpell = raw('int8range(from_position, until_position)');

/**
 * What reports count: each ticket as it was known from one position to another, each resolution with the reopening that undid it, and
 * when each ticket was active where. So a report as of any position is read from rows, and durations are compared one by one.
 */
export class ReportedTickets implements Projection<readonly LifeStep[]> {
  readonly name = 'reported-tickets';
  readonly version = 1;
  readonly streamPrefix = ticketStreams;
  readonly without = confidentialTexts;
  readonly schema = 'reports';
  readonly tables: readonly ProjectionTable[] = [
    {
      name: 'versions',
      columns: typesOf(versionColumns),
      primaryKey: ['ticket_id', 'from_position'],
      indexes: [
        '(opened_day) WHERE until_position IS NULL',
        '(opened_day, from_position)',
        '(from_position)',
        '(recorded_at, from_position)',
      ],
    },
    {
      name: 'resolutions',
      columns: typesOf(resolutionColumns),
      primaryKey: ['ticket_id', 'position'],
      indexes: ['(resolved_day)'],
    },
    {
      name: 'spells',
      columns: typesOf(spellColumns),
      primaryKey: ['ticket_id', 'from_position'],
      indexes: [`USING gist (${daysOfSpell.sql})`, `USING gist (${positionsOfSpell.sql})`],
    },
  ];

  fold(events: readonly RecordedEvent[]): LifeStep[] {
    return events.flatMap((recorded): LifeStep[] => {
      const { event, position, recordedAt } = decode(recorded);
      const effect = effectOf(event);
      if (Object.keys(effect).length === 0) return [];
      const ticketId = ticketIdOf(recorded.stream);
      return [{ ticketId, position, occurredAt: event.occurredAt, recordedAt, effect }];
    });
  }

  async write(steps: readonly LifeStep[], transaction: PoolClient): Promise<void> {
    if (steps.length === 0) return;
    const known = await this.states(openedBefore(steps), transaction);
    const { versions, closed, resolutions, reopened, spells, ended } = rowChanges(steps, known);
    const update = async (rows: readonly unknown[], query: Sql, name: string): Promise<void> => {
      if (rows.length === 0) return;
      const { rowCount } = await transaction.query(statement(query, name));
      if (rowCount !== rows.length) throw new Error('an event of a ticket without the one that precedes it');
    };
    await update(closed, closeVersions(closed), 'reported-versions-close');
    await update(reopened, reopenResolutions(reopened), 'reported-resolutions-reopen');
    await update(ended, endReportedSpells(ended), 'reported-spells-end');
    await insertInto(transaction, 'versions', versionColumns, versions);
    await insertInto(transaction, 'resolutions', resolutionColumns, resolutions);
    await insertInto(transaction, 'spells', spellColumns, spells);
  }

  private async states(
    ticketIds: readonly string[],
    transaction: PoolClient,
  ): Promise<Map<string, TicketState>> {
    if (ticketIds.length === 0) return new Map();
    const { rows } = await transaction.query<StateRow>(
      statement(selectStates(ticketIds), 'reported-states-select'),
    );
    return new Map(rows.map((row) => [row.ticket_id, stateOf(row)]));
  }
}

const stateOf = (row: StateRow): TicketState => ({
  openedPosition: BigInt(row.opened_position),
  openedDay: row.opened_day,
  openedAt: instant(row.opened_at),
  openedEstablishment: row.opened_establishment,
  establishment: row.establishment,
  team: row.team,
  category: row.category,
  respondedAt: row.responded_at && instant(row.responded_at),
});
