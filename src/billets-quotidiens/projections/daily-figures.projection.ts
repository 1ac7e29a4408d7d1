import type { PoolClient } from 'pg';
import { join, raw, sql, statement, type Sql } from '../../platform/database/sql.js';
import { firstOfMonth } from '../../calendar/local-days.js';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import type { Projection, ProjectionTable } from '../../platform/projections/projection.js';
import { decodeEvent } from '../../tickets/domain/ticket.codec.js';
import { ticketStreams } from '../../tickets/domain/ticket.events.js';
import { confidentialTexts } from '../../tickets/domain/ticket-texts.js';
import { countsNothing, deltasOf } from './deltas.js';
import {
  backlogChange,
  backlogSigns,
  countedFigures,
  zeroCounts,
  type CountedFigure,
  type Counts,
} from '../figures.js';

/** The counts that a batch adds to one day of an establishment. */
interface DayChange {
  establishment: string;
  day: string;
  counts: Counts;
}

/** How a batch changes an establishment's backlog in a month, which is named by its first day. */
interface MonthChange {
  establishment: string;
  month: string;
  change: number;
}

export interface FiguresChange {
  days: DayChange[];
  months: MonthChange[];
}

export const columnOf: Record<CountedFigure, string> = {
  opened: 'opened',
  resolved: 'resolved',
  resolvedSameDay: 'resolved_same_day',
  reopened: 'reopened',
  cancelled: 'cancelled',
  merged: 'merged',
  transferredIn: 'transferred_in',
  transferredOut: 'transferred_out',
};
export const countColumns = countedFigures.map((figure) => columnOf[figure]);

export const upsertDays = (days: readonly DayChange[]): Sql => sql`
  INSERT INTO daily_figures AS known (establishment, day, ${raw(countColumns.join(', '))})
  SELECT * FROM unnest(${days.map(({ establishment }) => establishment)}::text[], ${days.map(({ day }) => day)}::date[], ${join(
    countedFigures.map((figure) => sql`${days.map(({ counts }) => counts[figure])}::integer[]`),
    ', ',
  )})
  ON CONFLICT (establishment, day) DO UPDATE
    SET ${raw(countColumns.map((column) => `${column} = known.${column} + excluded.${column}`).join(', '))}`;

export const upsertMonths = (months: readonly MonthChange[]): Sql => sql`
  INSERT INTO monthly_changes AS known (establishment, month, change)
  SELECT * FROM unnest(${months.map(({ establishment }) => establishment)}::text[], ${months.map(({ month }) => month)}::date[],
                       ${months.map(({ change }) => change)}::integer[])
  ON CONFLICT (establishment, month) DO UPDATE SET change = known.change + excluded.change`;

/** How much a row of counts changes the backlog, as SQL. */
export const changeOfCounts = countedFigures
  .filter((figure) => backlogSigns[figure] !== 0)
  .map((figure) => `${backlogSigns[figure] === 1 ? '+' : '-'} ${columnOf[figure]}`)
  .join(' ');

/**
 * Each establishment's counts by its own days, from which the figures of the daily bulletin are made. The changes of the backlog
 * are also summed by month: a backlog is a sum over all days since the first, and so takes as long in the tenth year as in the
 * first.
 */
export class DailyFigures implements Projection<FiguresChange> {
  readonly name = 'daily-figures';
  readonly version = 2;
  readonly streamPrefix = ticketStreams;
  readonly without = confidentialTexts;
  readonly schema = 'billets_quotidiens';
  /** One row for each day, and each month, of an establishment in which something was counted; a missing row counts zero. */
  readonly tables: readonly ProjectionTable[] = [
    {
      name: 'daily_figures',
      columns: {
        establishment: 'text NOT NULL',
        day: 'date NOT NULL',
        ...Object.fromEntries(countColumns.map((column) => [column, 'integer NOT NULL'])),
      },
      primaryKey: ['establishment', 'day'],
      indexes: ['(day)'],
    },
    {
      name: 'monthly_changes',
      columns: { establishment: 'text NOT NULL', month: 'date NOT NULL', change: 'integer NOT NULL' },
      primaryKey: ['establishment', 'month'],
    },
  ];

  fold(events: readonly RecordedEvent[]): FiguresChange {
    const changes = new Changes();
    for (const recorded of events) {
      // Skipped unread: decoding the JSON of events that count nothing takes as long as everything else.
      if (countsNothing(recorded.type)) continue;
      for (const { establishment, day, counts } of deltasOf(decodeEvent(recorded))) {
        const sums = changes.of(establishment, day).counts;
        for (const figure in counts) sums[figure as CountedFigure] += counts[figure as CountedFigure] ?? 0;
      }
    }
    return { days: changes.all, months: monthsOf(changes.all) };
  }

  async write({ days, months }: FiguresChange, transaction: PoolClient): Promise<void> {
    if (days.length === 0) return;
    await transaction.query(statement(upsertDays(days), 'daily-figures-upsert'));
    await transaction.query(statement(upsertMonths(months), 'monthly-changes-upsert'));
  }
}

const monthsOf = (days: readonly DayChange[]): MonthChange[] => {
  const months = new Map<string, MonthChange>();
  for (const { establishment, day, counts } of days) {
    const month = firstOfMonth(day);
    const key = `${month} ${establishment}`;
    const change = (months.get(key)?.change ?? 0) + backlogChange(counts);
    months.set(key, { establishment, month, change });
  }
  return [...months.values()];
};

class Changes {
  readonly all: DayChange[] = [];
  private readonly known = new Map<string, Map<string, DayChange>>();

  of(establishment: string, day: string): DayChange {
    let days = this.known.get(establishment);
    if (!days) this.known.set(establishment, (days = new Map<string, DayChange>()));
    let change = days.get(day);
    if (!change) {
      days.set(day, (change = { establishment, day, counts: zeroCounts() }));
      this.all.push(change);
    }
    return change;
  }
}
