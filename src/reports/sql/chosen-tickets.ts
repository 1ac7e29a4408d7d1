import type { Scope } from '../../access/index.js';
import { empty, join, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { Instant } from '../../shared/instant.js';
import type { Category } from '../../shared/vocabulary.js';
import { daysOfSpell, positionsOfSpell } from '../projections/reported-tickets.projection.js';
import type { Part, Report, Selection } from '../report.js';

/** The end of a day in a time zone. */
export interface ZoneEnd {
  timeZone: string;
  at: Instant;
}

/** What was known, and when: ages are measured at the end of the day, or then where that is earlier. */
export interface Known {
  /** Undefined for everything that is served. */
  position: bigint | undefined;
  at: Instant;
  /** The ends of the last day in the zones of today's establishments. */
  ends: readonly ZoneEnd[];
}

/** What the tickets of a report are narrowed to. */
export interface Narrowing {
  /** null: those without a team. */
  team?: string | null;
  category?: Category;
  part?: Part;
  /** The codes of the establishments that the tickets are at now. */
  nowAt?: Scope;
}

export const millisecondsPerDay = 86_400_000;

/** The ages from which on each class but the youngest begins, in days of 24 hours. */
export const ageBounds = { d1to3: 1, d3to7: 3, gt7d: 7 } as const;

/** That a row was known from one position until another. */
const knownRow = (known: Known, row: string): Sql => {
  const own = raw(row);
  if (known.position === undefined) return sql`${own}.until_position IS NULL`;
  const at = sql`${String(known.position)}::bigint`;
  return sql`${own}.from_position <= ${at} AND (${own}.until_position IS NULL OR ${own}.until_position > ${at})`;
};

const knownBy = (known: Known, column: string): Sql =>
  known.position === undefined
    ? sql`${raw(column)} IS NOT NULL`
    : sql`${raw(column)} <= ${String(known.position)}::bigint`;

const within = (scope: Scope, column: string): Sql =>
  scope === 'all' ? empty : sql` AND ${raw(column)} = ANY (${scope}::text[])`;

const millisecondsOf = (interval: Sql): Sql => sql`(extract(epoch FROM ${interval}) * 1000)::bigint`;

/**
 * Adds a ticket's team and category, as they were known, to each row. OFFSET 0 makes the planner read them by the ticket's id: it would
 * read all tickets for many rows.
 */
const withTicket = (known: Known, rows: Sql): Sql => sql`
  SELECT one.*, ticket.team, ticket.category
    FROM (${rows}) AS one
   CROSS JOIN LATERAL (
     SELECT team, category FROM reports.versions AS version
      WHERE version.ticket_id = one.ticket_id AND ${knownRow(known, 'version')}
     OFFSET 0
   ) AS ticket`;

const opened = ({ from, to, scope }: Selection, known: Known): Sql => sql`
  SELECT ticket_id, opened_position AS position, opened_establishment AS establishment, opened_day AS day, opened_at,
         opened_at AS began_at, responded_at AS ended_at, team, category,
         ${millisecondsOf(sql`responded_at - opened_at`)} AS duration
    FROM reports.versions AS version
   WHERE opened_day BETWEEN ${from}::date AND ${to}::date AND ${knownRow(known, 'version')}
         ${within(scope, 'opened_establishment')}`;

const resolved = ({ from, to, scope }: Selection, known: Known): Sql => sql`
  SELECT ticket_id, position, establishment, resolved_day AS day, opened_at, opened_at AS began_at, resolved_at AS ended_at,
         ${millisecondsOf(sql`resolved_at - opened_at`)} AS duration
    FROM reports.resolutions AS resolution
   WHERE resolved_day BETWEEN ${from}::date AND ${to}::date AND ${knownBy(known, 'position')}${within(scope, 'establishment')}`;

const reopened = ({ from, to, scope }: Selection, known: Known): Sql => sql`
  SELECT ticket_id, position, establishment, resolved_day AS day, opened_at, resolved_at AS began_at, undone.reopened_at AS ended_at,
         ${millisecondsOf(sql`undone.reopened_at - resolved_at`)} AS duration
    FROM reports.resolutions AS resolution
   CROSS JOIN LATERAL (
     SELECT CASE WHEN ${knownBy(known, 'reopened_position')} THEN reopened_at END AS reopened_at
   ) AS undone
   WHERE resolved_day BETWEEN ${from}::date AND ${to}::date AND ${knownBy(known, 'position')}${within(scope, 'establishment')}`;

/**
 * The spells at the end of a day, as they were known at a position: those that lasted beyond it, and those whose end was recorded after
 * the position.
 */
const spells = ({ to }: Selection, { position }: Known): Sql => {
  const day = sql`${shared(to)}::date`;
  const lasting = sql`SELECT * FROM reports.spells AS spell WHERE ${daysOfSpell} @> ${day}`;
  if (position === undefined) return lasting;
  const at = sql`${shared(String(position))}::bigint`;
  return sql`${lasting} AND from_position <= ${at}
      UNION ALL
     SELECT * FROM reports.spells AS spell
      WHERE ${positionsOfSpell} @> ${at} AND from_day <= ${day} AND NOT ${daysOfSpell} @> ${day}`;
};

const active = (selection: Selection, known: Known): Sql => sql`
  SELECT ticket_id, from_position AS position, establishment, ${selection.to}::date AS day, opened_at, opened_at AS began_at,
         measured.at AS ended_at, ${millisecondsOf(sql`greatest(measured.at - opened_at, '0')`)} AS duration
    FROM (${spells(selection, known)}) AS spell
    LEFT JOIN unnest(${known.ends.map(({ timeZone }) => timeZone)}::text[], ${known.ends.map(({ at }) => at)}::timestamptz[])
           AS zone(name, ends_at) ON zone.name = spell.time_zone
   CROSS JOIN LATERAL (
     SELECT least(${known.at}::timestamptz,
                  coalesce(zone.ends_at, (${selection.to}::date + 1)::timestamp AT TIME ZONE spell.time_zone)) AS at
   ) AS measured
   WHERE true${within(selection.scope, 'establishment')}`;

const sources: Record<Report, (selection: Selection, known: Known) => Sql> = {
  ...{ responses: opened, resolutions: resolved, reopened, ageing: active },
};

const days = (count: number): Sql => raw(String(count * millisecondsPerDay));

const partConditions: Record<Part, Sql> = {
  ...{ answered: sql`duration IS NOT NULL`, unanswered: sql`duration IS NULL` },
  ...{ reopened: sql`duration IS NOT NULL`, kept: sql`duration IS NULL` },
  lt1d: sql`duration < ${days(ageBounds.d1to3)}`,
  d1to3: sql`duration >= ${days(ageBounds.d1to3)} AND duration < ${days(ageBounds.d3to7)}`,
  d3to7: sql`duration >= ${days(ageBounds.d3to7)} AND duration < ${days(ageBounds.gt7d)}`,
  gt7d: sql`duration >= ${days(ageBounds.gt7d)}`,
};

const conditionsOf = ({ team, category, part, nowAt = 'all' }: Narrowing): Sql[] => [
  ...(team === undefined ? [] : [team === null ? sql`team IS NULL` : sql`team = ${team}`]),
  ...(category === undefined ? [] : [sql`category = ${category}`]),
  ...(part === undefined ? [] : [partConditions[part]]),
  ...(nowAt === 'all'
    ? []
    : [
        sql`EXISTS (
          SELECT FROM reports.versions AS now
           WHERE now.ticket_id = chosen.ticket_id AND now.until_position IS NULL AND now.establishment = ANY (${nowAt}::text[]))`,
      ]),
];

/**
 * What a report counts, a row each: the ticket, the event that it is counted for, where and on which day, and the duration in
 * milliseconds, which is NULL where the ticket waits for its end. The team and the category are read only where they are asked for.
 */
export const chosenTickets = (
  selection: Selection,
  known: Known,
  { narrowing = {}, withNames }: { narrowing?: Narrowing; withNames: boolean },
): Sql => {
  const rows = sources[selection.report](selection, known);
  const named = withNames || narrowing.team !== undefined || narrowing.category !== undefined;
  const whole = named && selection.report !== 'responses' ? withTicket(known, rows) : rows;
  const conditions = conditionsOf(narrowing);
  if (conditions.length === 0) return whole;
  return sql`SELECT * FROM (${whole}) AS chosen WHERE ${join(conditions, ' AND ')}`;
};
