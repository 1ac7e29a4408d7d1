import { raw, shared, sql, type Sql } from '../../platform/database/sql.js';
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
  position: Sql;
  recordedAt: Sql;
  /** Which publications were known. */
  published: Sql;
}

/** The days and the establishment asked for, as they stand in all parts of a statement. */
export interface FiguresRange {
  from: Sql;
  to: Sql;
  /** NULL: all. */
  establishment: Sql;
}

export const figuresRange = (from: Day, to: Day, establishment: string | undefined): FiguresRange => ({
  from: sql`${shared(from)}::date`,
  to: sql`${shared(to)}::date`,
  establishment: sql`${shared(establishment ?? null)}::text`,
});

/** What is served now is known now. */
export const servedNow: Omit<Known, 'name'> = {
  position: raw('served.position'),
  recordedAt: raw('served.recorded_at'),
  published: raw('position <= served.position'),
};

const quoted = raw(countedFigures.map((figure) => `"${figure}"`).join(', '));

/** The columns of a day's counts, where there are none. */
const noColumns = raw(countedFigures.map(() => 'NULL::integer').join(', '));
const noCounts = raw(countedFigures.map((figure) => `NULL::integer AS "${figure}"`).join(', '));
const counts = raw(countedFigures.map((figure) => `${columnOf[figure]} AS "${figure}"`).join(', '));
const sums = raw(countColumns.map((column) => `sum(${column})::integer AS ${column}`).join(', '));
const change = raw(changeOfCounts);

/**
 * A KnownRow, then what `counted` selects (`establishment`, `day`, `change` and the counts by their names), of a range.
 * In one statement, so that the figures and the position they are known at come from one snapshot.
 */
export const withKnown = (
  { name, position, recordedAt, published }: Known,
  range: FiguresRange,
  counted: Sql,
): Sql => sql`
  SELECT ${position} AS position, ${recordedAt} AS recorded_at, served.incomplete,
         (${selectPublished(range, published)}) AS published, NULL AS establishment, NULL AS day, NULL::integer AS change,
         ${noCounts}
    FROM projections.served
   WHERE served.name = ${name}::text
   UNION ALL
  SELECT NULL, NULL, NULL, NULL, establishment, day, change, ${quoted}
    FROM (${counted}) AS counted`;

/**
 * Of `days`, counts by establishment and day: those of each day of the range, and what days before do to the backlog, together;
 * with them `earlier`, changes of which no day is told. Of one establishment, or of all.
 * Apart, since what is asked of the days before is less, and they are more.
 */
export const sumByDay = ({ from, to, establishment }: FiguresRange, days: Sql, earlier: Sql): Sql => sql`
  SELECT establishment, day::text AS day, change, ${counts}
    FROM (
      SELECT establishment, day, sum(${change})::integer AS change,
             ${sums}
        FROM ${days} AS counts
       WHERE day >= ${from} AND day <= ${to} AND (${establishment} IS NULL OR establishment = ${establishment})
       GROUP BY 1, 2
    ) AS asked
   UNION ALL
  SELECT establishment, NULL, sum(change)::integer, ${noColumns}
    FROM (
      SELECT establishment, ${change} AS change FROM ${days} AS counts WHERE day < ${from}
       UNION ALL
      ${earlier}
    ) AS changes
   WHERE ${establishment} IS NULL OR establishment = ${establishment}
   GROUP BY 1`;
