import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  FiguresProgress,
  forecastOf,
  ReadDailyFigures,
  sourcesOfBulletins,
  usedDays,
  type DayFigures,
  type Forecast,
} from '../../../billets-quotidiens/index.js';
import { dayBefore, type Day } from '../../../calendar/local-days.js';

/** The history changes only by late events: reading it with each change of the board would cost more than the board. */
const keptMs = 60_000;

/** Reads the forecast of the openings; undefined while figures are behind, or lack something. */
@Injectable()
export class ReadForecast {
  private known: { today: Day; readAt: number; forecast: Forecast } | undefined;

  constructor(
    private readonly queries: QueryBus,
    private readonly progress: FiguresProgress,
  ) {}

  async of(today: Day): Promise<Forecast | undefined> {
    const readAt = performance.now();
    if (this.known?.today === today && readAt - this.known.readAt < keptMs) return this.known.forecast;
    if (await this.progress.behind(sourcesOfBulletins)) return undefined;
    // Yesterday may not be over everywhere: one day more.
    const days = await this.queries.execute(
      new ReadDailyFigures(dayBefore(today, usedDays + 1), dayBefore(today)),
    );
    const finished = finishedDays(days.flatMap((day) => (day.status === 'future' ? [] : [day])));
    if (finished.some(({ incomplete }) => incomplete !== undefined)) return undefined;
    const forecast = forecastOf(
      finished.map(({ total }) => total.opened),
      finished.at(-1)?.date ?? dayBefore(today),
    );
    this.known = { today, readAt, forecast };
    return forecast;
  }
}

/** The days that are over everywhere, from the first with tickets on: before it there was nothing to count. */
export const finishedDays = <Read extends Pick<DayFigures, 'status' | 'total'>>(
  days: readonly Read[],
): Read[] => {
  const over = days.filter(({ status }) => status !== 'in-progress');
  const first = over.findIndex(({ total }) => total.opened > 0);
  return first < 0 ? [] : over.slice(first);
};
