import type { Day } from '../../calendar/local-days.js';
import { changeOfCounts, columnOf, countColumns } from '../projections/daily-figures.projection.js';
import { countedFigures, type Counts } from '../figures.js';
import { selectPublished } from '../projections/published-days.projection.js';

/** The first row of an answer: how far what is counted is known, and which of the days asked for were published, as which revision. */
export interface KnownRow {
  /** Of the last thing that was counted, as far as it was not asked for itself; null where nothing was. */
  position: string | null;
  recorded_at: Date | null;
  /** Tickets of which something could not be counted yet. */
  incomplete: number;
  published: Record<Day, number> | null;
  establishment: null;
}

/** The counts of one establishment's day, and what they do to its backlog. */
export interface DayRow extends Counts {
  establishment: string;
  day: Day;
  change: number;
}

/** What days before the first one asked for do to an establishment's backlog; it may come in parts. */
interface BeforeRow {
  establishment: string;
  day: null;
  change: number;
}

export type CountedRow = DayRow | BeforeRow;

/** How a statement tells what its first row does, as SQL. */
export interface Known {
  /** The projection's. */
  name: string;
  position: string;
  recordedAt: string;
  /** Which publications were known. */
  published: string;
}

/** What is served now is known now. */
export const servedNow: Omit<Known, 'name'> = {
  position: 'served.position',
  recordedAt: 'served.recorded_at',
  published: 'position <= served.position',
};

const quoted = countedFigures.map((figure) => `"${figure}"`).join(', ');

/** The columns of a day's counts, where there are none. */
const noColumns = countedFigures.map(() => 'NULL::integer').join(', ');

/**
 * A KnownRow, then what `counted` selects (`establishment`, `day`, `change` and the counts by their names), of days from $2 to $3.
 * In one statement, so that the figures and the position they are known at come from one snapshot.
 */
export const withKnown = ({ name, position, recordedAt, published }: Known, counted: string): string => `
  SELECT ${position} AS position, ${recordedAt} AS recorded_at, served.incomplete,
         (${selectPublished(published)}) AS published, NULL AS establishment, NULL AS day, NULL::integer AS change,
         ${countedFigures.map((figure) => `NULL::integer AS "${figure}"`).join(', ')}
    FROM projections.served
   WHERE served.name = ${name}
   UNION ALL
  SELECT NULL, NULL, NULL, NULL, establishment, day, change, ${quoted}
    FROM (${counted}) AS counted`;

/**
 * Of `days`, counts by establishment and day: those of each day from the first one asked for, $2, to the last, $3, and what days
 * before do to the backlog, together; with them `earlier`, changes of which no day is told. Of one establishment, $4, or of all.
 * Apart, since what is asked of the days before is less, and they are more.
 */
export const sumByDay = (days: string, earlier: string): string => `
  SELECT establishment, day::text AS day, change, ${countedFigures
    .map((figure) => `${columnOf[figure]} AS "${figure}"`)
    .join(', ')}
    FROM (
      SELECT establishment, day, sum(${changeOfCounts})::integer AS change,
             ${countColumns.map((column) => `sum(${column})::integer AS ${column}`).join(', ')}
        FROM ${days} AS counts
       WHERE day >= $2 AND day <= $3 AND ($4::text IS NULL OR establishment = $4)
       GROUP BY 1, 2
    ) AS asked
   UNION ALL
  SELECT establishment, NULL, sum(change)::integer, ${noColumns}
    FROM (
      SELECT establishment, ${changeOfCounts} AS change FROM ${days} AS counts WHERE day < $2
       UNION ALL
      ${earlier}
    ) AS changes
   WHERE $4::text IS NULL OR establishment = $4
   GROUP BY 1`;
