import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  ReadAgeing,
  type Ageing,
  type Behind,
  FiguresProgress,
  sourcesOfBoard,
  backlogChange,
  begunDay,
  ReadDailyFigures,
  ReadLastCountedDay,
  ReadSameHour,
  type DayFigures,
  type Figures,
  type Forecast,
} from '../../billets-quotidiens/index.js';
import { Establishments } from '../../establishments/index.js';
import { dayBefore, localDay, type Day } from '../../calendar/local-days.js';
import { ReportedTickets } from '../../reports/index.js';
import { Clock } from '../../shared/clock.js';
import { ReadCategories, type CategoryFigures } from './read-categories.js';
import type { Instant } from '../../shared/instant.js';
import { ReadForecast } from './forecast/read-forecast.js';

const shownDays = 14;

/** What the figures of the shown day are compared with. */
export interface Comparison {
  total: Figures;
  /** Yesterday up to the same hour, or the whole day before. */
  upTo: 'same-hour' | 'whole-yesterday' | 'whole-day-before';
}

/** The data of the board at one moment. */
export interface Board {
  today: DayFigures;
  /** Today; the last day with tickets while today has none. */
  shown: DayFigures;
  before: Comparison;
  /** The days of the chart, oldest first; the last is the shown one. */
  days: readonly DayFigures[];
  ageing: Ageing;
  /** The figures of the shown day by category; undefined where they are not known. */
  categories: CategoryFigures | undefined;
  /** Undefined while the figures are behind. */
  forecast: Forecast | undefined;
  /** Undefined where the figures are up to date. */
  behind: Behind | undefined;
}

/** Reads the board. Throws where PostgreSQL is unavailable. */
@Injectable()
export class ReadBoard {
  constructor(
    private readonly queries: QueryBus,
    private readonly categories: ReadCategories,
    private readonly progress: FiguresProgress,
    private readonly establishments: Establishments,
    private readonly clock: Clock,
    private readonly forecast: ReadForecast,
  ) {}

  async read(): Promise<Board> {
    const now = this.clock.now();
    const date = localDay(now, this.establishments.reportingTimeZone);
    // The lag is read first: events counted between the two readings make the figures newer than stated, never older.
    const behind = await this.progress.behind([...sourcesOfBoard, ReportedTickets]);
    const [days, ageing, forecast] = await Promise.all([
      this.daysTo(date),
      this.queries.execute(new ReadAgeing(now)),
      behind ? undefined : this.forecast.of(date),
    ]);
    const today = lastOf(days);
    const last = isEmpty(today) ? await this.queries.execute(new ReadLastCountedDay(date)) : undefined;
    if (last === undefined || last === date) {
      const [before, categories] = await Promise.all([
        this.sameHour(days, now),
        this.categories.readSoon(date, today.position),
      ]);
      return { today, shown: today, before, days, ageing, categories, forecast, behind };
    }
    const [until, categories] = await Promise.all([
      this.daysTo(last),
      this.categories.readSoon(last, today.position),
    ]);
    const before: Comparison = { total: lastOf(until, 2).total, upTo: 'whole-day-before' };
    return { today, shown: lastOf(until), before, days: until, ageing, categories, forecast, behind };
  }

  private async daysTo(date: Day): Promise<DayFigures[]> {
    const read = await this.queries.execute(new ReadDailyFigures(dayBefore(date, shownDays - 1), date));
    return read.map(begunDay);
  }

  /** Yesterday up to the same hour; the whole of it where that is not known at the position of today's figures. */
  private async sameHour(days: readonly DayFigures[], now: Instant): Promise<Comparison> {
    const { date, position } = lastOf(days);
    const counts = await this.queries.execute(new ReadSameHour(date, now, position));
    if (!counts) return { total: lastOf(days, 2).total, upTo: 'whole-yesterday' };
    const backlog = lastOf(days, 3).total.backlog + backlogChange(counts);
    return { total: { ...counts, backlog }, upTo: 'same-hour' };
  }
}

const lastOf = (days: readonly DayFigures[], back = 1): DayFigures => {
  const day = days.at(-back);
  if (!day) throw new Error('the board has its days');
  return day;
};

/** Whether nothing was counted on a day. */
const isEmpty = ({ total }: DayFigures): boolean => {
  const { backlog: _running, ...counts } = total;
  return Object.values(counts).every((count) => count === 0);
};
