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

/** `items`, the beginning of a statement: what makes up a figure. A caller's own parameters follow the values. */
export const selectFigureItems = (asked: FigureItemsSelection): { text: string; values: unknown[] } => {
  const { figure, day, establishment = null, knownAt, zone } = asked;
  const known = String(knownAt);
  if (figure !== 'backlog') {
    return zone
      ? {
          text: countedItems(entriesByZone(figure)),
          values: [known, day, establishment, zone.timeZone, zone.start, zone.end],
        }
      : { text: countedItems(entriesBySite(figure)), values: [known, day, establishment] };
  }
  return zone
    ? { text: activeItems(byZone), values: [known, zone.end, establishment] }
    : { text: activeItems(bySite), values: [known, day, establishment] };
};

/**
 * Whether an entry counts in a figure of the day: of those of a site's own day all that have its name. Where zones' days are cut
 * anew, between $5 and $6, what was on two days may be on one: a cohort may have what it did not have.
 */
export const countsIn = (figure: CountedFigure, entry: string, zoned: boolean): string => {
  if (!zoned) return `${entry}.figure = '${figure}'`;
  const within = (time: string) =>
    `${entry}.${time} >= $5::timestamptz AND ${entry}.${time} < $6::timestamptz`;
  return figure === 'resolvedSameDay'
    ? `${entry}.figure IN ('resolvedSameDay', 'resolvedAnotherDay') AND ${within('opened_at')} AND ${within('occurred_at')}`
    : `${entry}.figure = '${figure}' AND ${within('occurred_at')}`;
};

const entriesBySite = (figure: CountedFigure): string => `
    SELECT *
      FROM billets_quotidiens.figure_entries AS entry
     WHERE time_zone = ANY (ARRAY(
             SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_figures WHERE day = $2))
       AND day = $2 AND ${countsIn(figure, 'entry', false)}`;

/** In the zone itself, $4, its days are those of its places; anywhere else they are named at most two days apart. */
const entriesByZone = (figure: CountedFigure): string => `
    SELECT *
      FROM billets_quotidiens.figure_entries AS entry
     WHERE time_zone = $4 AND day = $2::date AND ${countsIn(figure, 'entry', true)}
     UNION ALL
    SELECT *
      FROM billets_quotidiens.figure_entries AS entry
     WHERE time_zone = ANY (ARRAY(
             SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_figures
              WHERE day BETWEEN $2::date - 2 AND $2::date + 2 AND time_zone <> $4))
       AND day BETWEEN $2::date - 2 AND $2::date + 2 AND ${countsIn(figure, 'entry', true)}`;

/**
 * `items`: the entries of a figure of a day, $2, as they were known at a position, $1, of one establishment or all, $3. The day's
 * entries first: else the planner walks the whole log by position, in the hope of meeting what is wanted soon (2 s for three of
 * them, among a million events; now 50 take 20 ms on a cold cache).
 */
const countedItems = (entries: string): string => `
  WITH counted AS MATERIALIZED (${entries}
  ), items AS (
    SELECT * FROM counted WHERE position <= $1::bigint AND ($3::text IS NULL OR establishment = $3)
  )`;

/** The end of a day as SQL: between which instants it lies, and whether a spell began before it and ended after it. */
interface EndOfDay {
  earliest: string;
  latest: string;
  begun: string;
  ended: string;
}

/** By each spell's own days, cut where it was. Whatever the zone, the end of a day lies within the 28 hours looked at. */
const bySite: EndOfDay = {
  earliest: `($2::date + 1)::timestamp AT TIME ZONE 'UTC' - interval '15 hours'`,
  latest: `($2::date + 1)::timestamp AT TIME ZONE 'UTC' + interval '13 hours'`,
  begun: 'from_day <= $2::date',
  ended: 'until_day > $2::date',
};

/** By the instant that a zone's day ends at. */
const byZone: EndOfDay = {
  earliest: '$2::timestamptz',
  latest: '$2::timestamptz',
  begun: 'from_at < $2::timestamptz',
  ended: 'until_at >= $2::timestamptz',
};

/**
 * `items`: the tickets active at the end of the day, each with what put it there. Spells that are known to have ended only now
 * were open then.
 */
const activeItems = ({ earliest, latest, begun, ended }: EndOfDay): string => `
  WITH around AS (
    SELECT ${earliest} AS earliest, ${latest} AS latest
  ), items AS (
    SELECT ticket_id, establishment, from_position AS position, from_at AS occurred_at, from_recorded_at AS recorded_at,
           1 AS delta
      FROM (
        SELECT spell.*
          FROM around, (VALUES ${endedClasses}) AS class(number, longest), (VALUES (false), (true)) AS changed(priority)
         CROSS JOIN LATERAL (
           SELECT *
             FROM billets_quotidiens.activity_spells
            WHERE reprioritized = changed.priority AND length_class = class.number
              AND from_at >= around.earliest - class.longest AND from_at <= around.latest
              AND until_at >= around.earliest
           OFFSET 0
         ) AS spell
         WHERE until_position <= $1::bigint AND ${ended}
         UNION ALL
        SELECT * FROM billets_quotidiens.activity_spells
         WHERE int8range(from_position, until_position) @> $1::bigint
      ) AS spell
     WHERE ${begun} AND from_position <= $1::bigint
       AND ($3::text IS NULL OR establishment = $3)
  )`;
