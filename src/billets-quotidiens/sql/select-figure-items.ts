import { raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { Day } from '../../calendar/local-days.js';
import type { Instant } from '../../shared/instant.js';
import { endedClasses } from '../projections/activity-spells.projection.js';
import type { CountedFigure, Figures } from '../figures.js';

/** A day cut by one zone's midnights, whatever the place's own. */
export interface ZoneDay {
  timeZone: string;
  start: Instant;
  /** The next day's start. */
  end: Instant;
}

export interface FigureItemsSelection {
  figure: keyof Figures;
  day: Day;
  /** A code; undefined: all. */
  establishment: string | undefined;
  /** As it was known there. */
  knownAt: bigint;
  /** Undefined: by each site's own midnights. */
  zone?: ZoneDay | undefined;
}

/** What was asked for, as it stands in all parts of a statement. */
interface Asked {
  /** The position as of which it was known. */
  known: Sql;
  day: Sql;
  /** NULL: all. */
  establishment: Sql;
}

export const knownPosition = (knownAt: bigint): Sql => sql`${shared(String(knownAt))}::bigint`;

/** `items`, the beginning of a statement: what makes up a figure. */
export const figureItems = (selection: FigureItemsSelection): Sql => {
  const { figure, day, establishment = null, knownAt, zone } = selection;
  const asked: Asked = {
    known: knownPosition(knownAt),
    day: sql`${shared(day)}::date`,
    establishment: sql`${shared(establishment)}::text`,
  };
  if (figure === 'backlog') return activeItems(asked, zone ? byZone(zone) : bySite(asked));
  return countedItems(asked, zone ? entriesByZone(figure, asked, zone) : entriesBySite(figure, asked));
};

/**
 * Whether an entry counts in a figure of the day: of those of a site's own day all that have its name. Where zones' days are cut
 * anew, what was on two days may be on one: a cohort may have what it did not have.
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

const entriesBySite = (figure: CountedFigure, { day }: Asked): Sql => sql`
    SELECT *
      FROM billets_quotidiens.figure_entries AS entry
     WHERE time_zone = ANY (ARRAY(
             SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_figures WHERE day = ${day}))
       AND day = ${day} AND ${countsIn(figure, 'entry')}`;

/** In the zone itself, its days are those of its places; anywhere else they are named at most two days apart. */
const entriesByZone = (figure: CountedFigure, { day }: Asked, zone: ZoneDay): Sql => {
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
 * `items`: the entries of a figure of a day, as they were known at a position, of one establishment or all. The day's
 * entries first: else the planner walks the whole log by position, in the hope of meeting what is wanted soon (2 s for three of
 * them, among a million events; now 50 take 20 ms on a cold cache).
 */
const countedItems = ({ known, establishment }: Asked, entries: Sql): Sql => sql`
  WITH counted AS MATERIALIZED (${entries}
  ), items AS (
    SELECT * FROM counted WHERE position <= ${known} AND (${establishment} IS NULL OR establishment = ${establishment})
  )`;

/** The end of a day as SQL: between which instants it lies, and whether a spell began before it and ended after it. */
interface EndOfDay {
  earliest: Sql;
  latest: Sql;
  begun: Sql;
  ended: Sql;
}

/** By each spell's own days, cut where it was. Whatever the zone, the end of a day lies within the 28 hours looked at. */
const bySite = ({ day }: Asked): EndOfDay => ({
  earliest: sql`(${day} + 1)::timestamp AT TIME ZONE 'UTC' - interval '15 hours'`,
  latest: sql`(${day} + 1)::timestamp AT TIME ZONE 'UTC' + interval '13 hours'`,
  begun: sql`from_day <= ${day}`,
  ended: sql`until_day > ${day}`,
});

/** By the instant that a zone's day ends at. */
const byZone = ({ end }: ZoneDay): EndOfDay => {
  const at = sql`${shared(end)}::timestamptz`;
  return { earliest: at, latest: at, begun: sql`from_at < ${at}`, ended: sql`until_at >= ${at}` };
};

/**
 * `items`: the tickets active at the end of the day, each with what put it there. Spells that are known to have ended only now
 * were open then.
 */
const activeItems = (
  { known, establishment }: Asked,
  { earliest, latest, begun, ended }: EndOfDay,
): Sql => sql`
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
         WHERE int8range(from_position, until_position) @> ${known}
      ) AS spell
     WHERE ${begun} AND from_position <= ${known}
       AND (${establishment} IS NULL OR establishment = ${establishment})
  )`;
