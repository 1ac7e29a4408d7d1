import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  FiguresProgress,
  ReadDailyFigures,
  sourcesOfBulletins,
} from '../../../../billets-quotidiens/index.js';
import { dayBefore, type Day } from '../../../../calendar/local-days.js';
import { insightsOf, referenceDays, type Insight } from './insight.js';

/** Reads what the figures of a ticket day say; nothing while it is not over everywhere, or while figures are behind the log. */
@Injectable()
export class ReadInsights {
  constructor(
    private readonly queries: QueryBus,
    private readonly progress: FiguresProgress,
  ) {}

  async of(ticketDay: Day): Promise<Insight[]> {
    if (await this.progress.behind(sourcesOfBulletins)) return [];
    const days = await this.queries.execute(
      new ReadDailyFigures(dayBefore(ticketDay, referenceDays), ticketDay),
    );
    const counted = days.flatMap((day) => (day.status === 'future' ? [] : [day]));
    const last = counted.at(-1);
    const isOver = last?.date === ticketDay && last.status !== 'in-progress' && last.incomplete === undefined;
    return isOver ? insightsOf(counted) : [];
  }
}
