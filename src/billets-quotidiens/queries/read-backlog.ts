import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import { queryPrepared } from '../../platform/database/query-prepared.js';
import type { Instant } from '../../shared/instant.js';
import { priorities } from '../../tickets/domain/ticket.events.js';
import type { Priority } from '../../shared/vocabulary.js';
import { ActivitySpells, endedClasses, endless } from '../projections/activity-spells.projection.js';

/** The time since a ticket's first opening, in days of 24 hours; each class begins where the one before ends. */
export const ages = ['lt1d', 'd1to3', 'd3to7', 'gt7d'] as const;
export type Age = (typeof ages)[number];

interface EstablishmentBacklog {
  code: string;
  backlog: number;
  byPriority: Record<Priority, number>;
  byAge: Record<Age, number>;
}

/** The tickets that were active at an instant, by the events that had occurred until then, as they are known now. */
export interface Backlog {
  at: Instant;
  total: number;
  establishments: EstablishmentBacklog[];
  position: string;
  incomplete?: number;
}

/** The backlog at an instant, of one establishment (its code) or of all that have any. */
export class ReadBacklog extends Query<Backlog> {
  constructor(
    readonly at: Instant,
    readonly establishment?: string,
  ) {
    super();
  }
}

interface ActiveRow {
  position: string;
  incomplete: number;
  /** null in the only row of an answer without active tickets. */
  establishment: string | null;
  priority: Priority;
  age: Age;
  tickets: number;
}

const ageAt = (at: Sql): Sql => sql`
  CASE WHEN opened_at > ${at} - interval '24 hours' THEN 'lt1d'
       WHEN opened_at > ${at} - interval '72 hours' THEN 'd1to3'
       WHEN opened_at > ${at} - interval '168 hours' THEN 'd3to7'
       ELSE 'gt7d' END`;

/** The instant and the establishment of the query, as SQL for all parts of the statement. */
interface ActiveRange {
  at: Sql;
  /** NULL for all establishments. */
  establishment: Sql;
}

const { name } = new ActivitySpells();

/**
 * The beginning (UTC) of the month in which the oldest age class begins. Every spell that began before it has the oldest age, since
 * a ticket was opened no later than any of its spells began.
 */
const recentAt = (at: Sql): Sql =>
  sql`date_trunc('month', (${at} - interval '168 hours') AT TIME ZONE 'UTC')`;

/**
 * The spells that were active at the instant and ended after it, which an index finds class by class. Spells whose priority never
 * changed are counted from the index alone. OFFSET keeps the planner from reading all spells first and joining the classes then.
 */
const endedOf = ({ at, establishment }: ActiveRange, reprioritized: boolean, columns: string): Sql => sql`
  (VALUES ${raw(endedClasses)}) AS class(number, longest)
  CROSS JOIN LATERAL (
    SELECT ${raw(columns)}
      FROM billets_quotidiens.activity_spells
     WHERE reprioritized = ${raw(String(reprioritized))} AND length_class = class.number
       AND from_at > ${at} - class.longest AND from_at <= ${at}
       AND until_at > ${at} AND (${establishment} IS NULL OR establishment = ${establishment})
    OFFSET 0
  ) AS spell`;

const endlessOf = ({ at, establishment }: ActiveRange, reprioritized: boolean): Sql => sql`
      FROM billets_quotidiens.activity_spells
     WHERE reprioritized = ${raw(String(reprioritized))} AND length_class = ${raw(String(endless))}
       AND from_at <= ${at} AND (${establishment} IS NULL OR establishment = ${establishment})`;

/**
 * The tickets active at an instant, counted by establishment, priority and age; one row at least. Spells without an end are read
 * one by one where they began in the last weeks, and as sums by month where they began before. A ticket's priority is the last
 * recorded one of those that had occurred by the instant, as on the ticket itself.
 */
export const selectActive = (activeAt: Instant, code: string | undefined): Sql => {
  const range: ActiveRange = {
    at: sql`${shared(activeAt)}::timestamptz`,
    establishment: sql`${shared(code ?? null)}::text`,
  };
  const { at, establishment } = range;
  const [age, recent] = [ageAt(at), recentAt(at)];
  return sql`
  WITH active AS (
    SELECT establishment, priority, 'gt7d' AS age, sum(tickets) AS tickets
      FROM billets_quotidiens.open_spells
     WHERE from_month < ${recent} AND (${establishment} IS NULL OR establishment = ${establishment})
     GROUP BY 1, 2
     UNION ALL
    SELECT establishment, priority, ${age}, count(*)
      FROM (
        SELECT establishment, priority, opened_at ${endlessOf(range, false)} AND from_at >= ${recent} AT TIME ZONE 'UTC'
         UNION ALL
        SELECT spell.* FROM ${endedOf(range, false, 'establishment, priority, opened_at')}
      ) AS unchanged
     GROUP BY 1, 2, 3
     UNION ALL
    SELECT spell.establishment, coalesce(changed.priority, spell.priority), ${age}, 1
      FROM (
        SELECT ticket_id, establishment, priority, opened_at ${endlessOf(range, true)}
         UNION ALL
        SELECT spell.* FROM ${endedOf(range, true, 'ticket_id, establishment, priority, opened_at')}
      ) AS spell
      LEFT JOIN LATERAL (
        SELECT priority
          FROM billets_quotidiens.priority_changes AS change
         WHERE change.ticket_id = spell.ticket_id AND change.occurred_at <= ${at}
         ORDER BY change.position DESC
         LIMIT 1
      ) AS changed ON true
  )
  SELECT served.position, served.incomplete, counted.*
    FROM projections.served AS served
    LEFT JOIN (
      SELECT establishment, priority, age, sum(tickets)::integer AS tickets FROM active GROUP BY 1, 2, 3
    ) AS counted ON true
   WHERE served.name = ${name}::text`;
};

/** Reads `selectActive`. */
export const readActive = (
  pool: Pool,
  at: Instant,
  establishment: string | undefined,
): Promise<ActiveRow[]> => queryPrepared(pool, selectActive(at, establishment));

@QueryHandler(ReadBacklog)
export class ReadBacklogHandler implements IQueryHandler<ReadBacklog> {
  constructor(private readonly pool: Pool) {}

  async execute({ at, establishment }: ReadBacklog): Promise<Backlog> {
    const rows = await readActive(this.pool, at, establishment);
    const { position = '0', incomplete = 0 } = rows[0] ?? {};
    const found = new Map(establishment === undefined ? [] : [[establishment, none(establishment)]]);
    for (const row of rows) if (row.establishment !== null) add(found, row.establishment, row);
    const establishments = [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
    const total = establishments.reduce((sum, { backlog }) => sum + backlog, 0);
    return { at, total, establishments, position, ...(incomplete > 0 ? { incomplete } : {}) };
  }
}

const zeros = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

const none = (code: string): EstablishmentBacklog => ({
  code,
  backlog: 0,
  byPriority: zeros(priorities),
  byAge: zeros(ages),
});

const add = (
  found: Map<string, EstablishmentBacklog>,
  code: string,
  { priority, age, tickets }: Pick<ActiveRow, 'priority' | 'age' | 'tickets'>,
): void => {
  const sums = found.get(code) ?? none(code);
  sums.backlog += tickets;
  sums.byPriority[priority] += tickets;
  sums.byAge[age] += tickets;
  found.set(code, sums);
};
