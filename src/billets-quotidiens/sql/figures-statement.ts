import { raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { Day } from '../../calendar/local-days.js';
import { changeOfCounts, columnOf, countColumns } from '../projections/daily-figures.projection.js';
import { countedFigures, type Counts } from '../figures.js';
import { selectPublished, stoodAt } from '../projections/published-days.projection.js';

/** The first row of an answer: the position and time the figures are known at, and the published revisions of the requested days. */
export interface HeaderRow {
  /** The position of the last counted entry; null where nothing was counted, or where the request itself names the position. */
  position: string | null;
  recorded_at: Date | null;
  /** How many tickets have events that could not be counted yet. */
  incomplete: number;
  published: Record<Day, number> | null;
  establishment: null;
}

/** The counts of one day of an establishment, and how much they change its backlog. */
export interface DayRow extends Counts {
  establishment: string;
  day: Day;
  change: number;
}

/** How much the days before the requested ones change an establishment's backlog; there may be several such rows to add up. */
interface BeforeRow {
  establishment: string;
  day: null;
  change: number;
}

export type CountedRow = DayRow | BeforeRow;

/** The SQL expressions of a statement's first row. */
export interface HeaderColumns {
  /** The name of the projection. */
  name: string;
  position: Sql;
  recordedAt: Sql;
  /** The condition that a publication was known. */
  published: Sql;
}

/** The requested days and establishment, as SQL for all parts of a statement. */
export interface FiguresRange {
  from: Sql;
  to: Sql;
  /** NULL for all establishments. */
  establishment: Sql;
}

export const figuresRange = (from: Day, to: Day, establishment: string | undefined): FiguresRange => ({
  from: sql`${shared(from)}::date`,
  to: sql`${shared(to)}::date`,
  establishment: sql`${shared(establishment ?? null)}::text`,
});

/** The first row of the figures as they are known now: those of the served generation. */
export const servedNow: Omit<HeaderColumns, 'name'> = {
  position: raw('served.position'),
  recordedAt: raw('served.recorded_at'),
  published: sql`position <= served.position AND ${stoodAt({ position: raw('served.position') })}`,
};

const quoted = raw(countedFigures.map((figure) => `"${figure}"`).join(', '));

/** NULL for each column of counts, in rows that have none. */
const noColumns = raw(countedFigures.map(() => 'NULL::integer').join(', '));
const noCounts = raw(countedFigures.map((figure) => `NULL::integer AS "${figure}"`).join(', '));
const counts = raw(countedFigures.map((figure) => `${columnOf[figure]} AS "${figure}"`).join(', '));
const sums = raw(countColumns.map((column) => `sum(${column})::integer AS ${column}`).join(', '));
const change = raw(changeOfCounts);

/**
 * A HeaderRow, then the rows of `counted` (`establishment`, `day`, `change` and the counts by their names) for a range. It is one
 * statement, so that the figures and the position they are known at come from one snapshot.
 */
export const withHeader = (
  { name, position, recordedAt, published }: HeaderColumns,
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
 * Sums `days`, counts by establishment and day, of one establishment or of all: a row for each day of the range, and a row with the
 * backlog change of all days before it, which includes `earlier`, changes without a day. The two parts are separate: there are more
 * days before, and of those only the change is needed.
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
