import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  ReadAgeing,
  type Ageing,
  type Behind,
  FiguresProgress,
  sourcesOfBoard,
  begunDay,
  ReadDailyFigures,
  type DayFigures,
} from '../../billets-quotidiens/index.js';
import { Establishments } from '../../establishments/index.js';
import { dayBefore, localDay } from '../../calendar/local-days.js';
import { Clock } from '../../shared/clock.js';

const shownDays = 14;

/** The data of the board at one moment. */
export interface Board {
  today: DayFigures;
  yesterday: DayFigures;
  /** The days of the chart, oldest first; the last is today. */
  days: readonly DayFigures[];
  ageing: Ageing;
  /** Undefined where the figures are up to date. */
  behind: Behind | undefined;
}

/** Reads the board. Throws where PostgreSQL is unavailable. */
@Injectable()
export class ReadBoard {
  constructor(
    private readonly queries: QueryBus,
    private readonly progress: FiguresProgress,
    private readonly establishments: Establishments,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<Board> {
    const date = localDay(this.clock.now(), this.establishments.reportingTimeZone);
    // The lag is read first: events counted between the two readings make the figures newer than stated, never older.
    const behind = await this.progress.behind(sourcesOfBoard);
    const [read, ageing] = await Promise.all([
      this.queries.execute(new ReadDailyFigures(dayBefore(date, shownDays - 1), date)),
      this.queries.execute(new ReadAgeing(this.clock.now())),
    ]);
    const days = read.map(begunDay);
    return { today: begunDay(days.at(-1)), yesterday: begunDay(days.at(-2)), days, ageing, behind };
  }
}
