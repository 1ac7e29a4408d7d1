import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  FiguresProgress,
  ReadDailyFigures,
  sourcesOfBulletins,
} from '../../../../billets-quotidiens/index.js';
import { dayBefore, type Day } from '../../../../calendar/local-days.js';
import { ReadCategoryDays, ReportedTickets, type CategoryDayRow } from '../../../../reports/index.js';
import { insightsOf, referenceDays, type CountsByCategory, type Insight } from './insight.js';

/** Reads what the figures of a ticket day say; nothing while it is not over everywhere, or while figures are behind the log. */
@Injectable()
export class ReadInsights {
  constructor(
    private readonly queries: QueryBus,
    private readonly progress: FiguresProgress,
  ) {}

  async of(ticketDay: Day): Promise<Insight[]> {
    if (await this.progress.behind([...sourcesOfBulletins, ReportedTickets])) return [];
    const from = dayBefore(ticketDay, referenceDays);
    const [days, rows] = await Promise.all([
      this.queries.execute(new ReadDailyFigures(from, ticketDay)),
      this.queries.execute(new ReadCategoryDays(from, ticketDay)),
    ]);
    const byDay = categoriesByDay(rows);
    const counted = days.flatMap((day) =>
      day.status === 'future' ? [] : [{ ...day, categories: byDay.get(day.date) ?? {} }],
    );
    const last = counted.at(-1);
    const isOver = last?.date === ticketDay && last.status !== 'in-progress' && last.incomplete === undefined;
    return isOver ? insightsOf(counted) : [];
  }
}

const categoriesByDay = (rows: readonly CategoryDayRow[]): Map<Day, CountsByCategory> => {
  const days = new Map<Day, CountsByCategory>();
  for (const { figure, day, category, tickets } of rows) {
    const counts = days.get(day) ?? {};
    counts[category] = { ...counts[category], [figure]: tickets };
    days.set(day, counts);
  }
  return days;
};
