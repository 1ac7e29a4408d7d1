import { empty, raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import { endedClasses, yearOfSpell } from '../projections/activity-spells.projection.js';
import type { CountedFigure, Figures } from '../figures.js';

/** A day bounded by the midnights of one zone for all places, whatever their own zones. */
export interface ZoneDay {
  timeZone: string;
  start: Instant;
  /** The next day's start. */
  end: Instant;
}

export interface FigureItemsSelection {
  figure: keyof Figures;
  day: Day;
  /** The code of an establishment; undefined for all. */
  establishment: string | undefined;
  /** The position as of which the figure is read. */
  knownAt: bigint;
  /** Undefined for the days of each site's own zone. */
  zone?: ZoneDay | undefined;
}

/** The selection as SQL for all parts of a statement. */
interface SelectionSql {
  /** The position as of which the figure is read. */
  known: Sql;
  day: Sql;
  /** NULL for all establishments. */
  establishment: Sql;
}

/** A page of items, in the order of their positions, after the position at which the page before ended. */
export interface ItemsPage {
  after: bigint;
  limit: number;
}

/** A page as SQL for all parts of a statement. */
interface PageSql {
  after: Sql;
  /** One more than the page holds, which shows that there is a next page. */
  limit: Sql;
}

export const pageSql = ({ after, limit }: ItemsPage): PageSql => ({
  after: sql`${shared(String(after))}::bigint`,
  limit: sql`${shared(limit + 1)}::integer`,
});

export const knownPosition = (knownAt: bigint): Sql => sql`${shared(String(knownAt))}::bigint`;

/** The beginning of a statement, which defines `items`: the items of a figure, or those of them that may be on a page. */
export const figureItems = (selection: FigureItemsSelection, page?: ItemsPage): Sql => {
  const { figure, day, establishment = null, knownAt, zone } = selection;
  const parameters: SelectionSql = {
    known: knownPosition(knownAt),
    day: sql`${shared(day)}::date`,
    establishment: sql`${shared(establishment)}::text`,
  };
  if (figure === 'backlog') {
    const endOfDay = zone ? byZone(parameters, zone) : bySite(parameters);
    return activeItems(parameters, endOfDay, page && pageSql(page));
  }
  return countedItems(
    parameters,
    zone ? entriesByZone(figure, parameters, zone) : entriesBySite(figure, parameters),
  );
};

/**
 * The condition that an entry counts in a figure of the day. By the sites' own days, these are all entries with the figure's name.
 * By the days of one zone, an opening and a resolution that were on two days may be on one: the cohort may then include tickets
 * that it does not include by the sites' days.
 */
export const countsIn = (figure: CountedFigure, entry: string, zone?: ZoneDay): Sql => {
  const own = raw(entry);
  const isFigure = sql`${own}.figure = ${raw(`'${figure}'`)}`;
  if (!zone) return isFigure;
  const within = (time: string) =>
    sql`${own}.${raw(time)} >= ${zone.start}::timestamptz AND ${own}.${raw(time)} < ${zone.end}::timestamptz`;
  return figure === 'resolvedSameDay'
    ? sql`${own}.figure IN ('resolvedSameDay', 'resolvedAnotherDay') AND ${within('opened_at')} AND ${within('occurred_at')}`
    : sql`${isFigure} AND ${within('occurred_at')}`;
};

const entriesBySite = (figure: CountedFigure, { day }: SelectionSql): Sql => sql`
    SELECT *
      FROM billets_quotidiens.figure_entries AS entry
     WHERE time_zone = ANY (ARRAY(
             SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_figures WHERE day = ${day}))
       AND day = ${day} AND ${countsIn(figure, 'entry')}`;

/** The entries of a day of one zone. Places in that zone have the same day; elsewhere an entry's day is at most two days off. */
const entriesByZone = (figure: CountedFigure, { day }: SelectionSql, zone: ZoneDay): Sql => {
  const timeZone = sql`${shared(zone.timeZone)}::text`;
  return sql`
    SELECT *
      FROM billets_quotidiens.figure_entries AS entry
     WHERE time_zone = ${timeZone} AND day = ${day} AND ${countsIn(figure, 'entry', zone)}
     UNION ALL
    SELECT *
      FROM billets_quotidiens.figure_entries AS entry
     WHERE time_zone = ANY (ARRAY(
             SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_figures
              WHERE day BETWEEN ${day} - 2 AND ${day} + 2 AND time_zone <> ${timeZone}))
       AND day BETWEEN ${day} - 2 AND ${day} + 2 AND ${countsIn(figure, 'entry', zone)}`;
};

/**
 * Defines `items` as the entries of a figure of a day, as known at a position, of one establishment or all. The day's entries are
 * materialized first: otherwise the planner scans the whole log by position and hopes to meet the wanted entries soon, which took
 * 2 s for three of them among a million events. Now 50 entries take 20 ms on a cold cache.
 */
const countedItems = ({ known, establishment }: SelectionSql, entries: Sql): Sql => sql`
  WITH counted AS MATERIALIZED (${entries}
  ), items AS (
    SELECT * FROM counted WHERE position <= ${known} AND (${establishment} IS NULL OR establishment = ${establishment})
  )`;

/** The end of a day as SQL: the instants between which it lies, and the conditions that a spell began before and ended after it. */
interface EndOfDay {
  earliest: Sql;
  latest: Sql;
  /** The last day on which such a spell can have begun, by its own zone. */
  lastDay: Sql;
  begun: Sql;
  ended: Sql;
}

/** The end of a day by each spell's own zone. In every zone the end of a day lies within these 28 hours. */
const bySite = ({ day }: SelectionSql): EndOfDay => ({
  earliest: sql`(${day} + 1)::timestamp AT TIME ZONE 'UTC' - interval '15 hours'`,
  latest: sql`(${day} + 1)::timestamp AT TIME ZONE 'UTC' + interval '13 hours'`,
  lastDay: day,
  begun: sql`from_day <= ${day}`,
  ended: sql`until_day > ${day}`,
});

/** The end of a day by one zone: the instant at which the zone's day ends. Elsewhere it may be two days later. */
const byZone = ({ day }: SelectionSql, { end }: ZoneDay): EndOfDay => {
  const at = sql`${shared(end)}::timestamptz`;
  return {
    ...{ earliest: at, latest: at, lastDay: sql`${day} + 2` },
    begun: sql`from_at < ${at} AND from_day <= ${day} + 2`,
    ended: sql`until_at >= ${at}`,
  };
};

/**
 * Defines `items` as the tickets active at the end of the day, each with the event that put it into the backlog; of a page, no more than
 * may be on it. A spell whose end was recorded after the position had no end as of that position.
 */
const activeItems = (selection: SelectionSql, endOfDay: EndOfDay, page: PageSql | undefined): Sql => {
  const { known } = selection;
  const { earliest, latest, begun, ended } = endOfDay;
  const establishment = ofEstablishment(selection);
  const after = page ? sql`AND from_position > ${page.after}` : empty;
  return sql`
  WITH around AS (
    SELECT ${earliest} AS earliest, ${latest} AS latest
  ), items AS (
    SELECT ticket_id, establishment, from_position AS position, from_at AS occurred_at, from_recorded_at AS recorded_at,
           1 AS delta
      FROM (
        SELECT spell.*
          FROM around, (VALUES ${raw(endedClasses)}) AS class(number, longest), (VALUES (false), (true)) AS changed(priority)
         CROSS JOIN LATERAL (
           SELECT *
             FROM billets_quotidiens.activity_spells
            WHERE reprioritized = changed.priority AND length_class = class.number
              AND from_at >= around.earliest - class.longest AND from_at <= around.latest
              AND until_at >= around.earliest
           OFFSET 0
         ) AS spell
         WHERE until_position <= ${known} AND ${ended}
         UNION ALL
        SELECT * FROM billets_quotidiens.activity_spells
         WHERE int8range(from_position, until_position) @> ${known} AND until_position IS NOT NULL
      ) AS spell
     WHERE ${begun} ${after} ${establishment}
     UNION ALL
    SELECT ticket_id, establishment, from_position, from_at, from_recorded_at, 1
      FROM ${endless(selection, endOfDay, page)} AS spell
  )`;
};

/**
 * The spells without an end. There are the more of them the longer the log is, since some tickets are never resolved: a page has the
 * first of each year, in the order of an index, and so costs the same whatever comes before or after it.
 */
const endless = (selection: SelectionSql, { lastDay, begun }: EndOfDay, page: PageSql | undefined): Sql => {
  const establishment = ofEstablishment(selection);
  const some = sql`billets_quotidiens.activity_spells WHERE until_at IS NULL ${establishment}`;
  const known = sql`from_position <= ${selection.known} AND ${begun}`;
  if (!page) return sql`(SELECT * FROM ${some} AND ${known})`;
  return sql`(
        SELECT spell.*
          FROM generate_series(
                 (SELECT ${yearBegun} FROM ${some} ORDER BY ${yearBegun} LIMIT 1), extract(year FROM ${lastDay})
               ) AS begun(year)
         CROSS JOIN LATERAL (
           SELECT * FROM ${some} AND ${yearBegun} = begun.year AND ${known} AND from_position > ${page.after}
            ORDER BY from_position LIMIT ${page.limit}
         ) AS spell
      )`;
};

const yearBegun = raw(yearOfSpell);

const ofEstablishment = ({ establishment }: SelectionSql): Sql =>
  sql`AND (${establishment} IS NULL OR establishment = ${establishment})`;
