import { Injectable } from '@nestjs/common';
import { EventStore } from '../../platform/event-store/event-store.js';
import {
  projectionStatuses,
  type ProjectionStatus,
} from '../../platform/projections/status/projection-status.js';
import type { ProjectionType } from '../../platform/projections/projection.js';
import { Projections } from '../../platform/projections/projections.js';
import { ActivitySpells } from '../projections/activity-spells.projection.js';
import { DailyFigures } from '../projections/daily-figures.projection.js';
import { FigureEntries } from '../projections/figure-entries.projection.js';
import { PublishedDays } from '../projections/published-days.projection.js';
import type { Behind } from './behind.js';

/** The read models behind the figures of days and what is answered with them. */
export const sourcesOfDays: readonly ProjectionType[] = [DailyFigures, FigureEntries, PublishedDays];
/** The read models behind a bulletin. */
export const sourcesOfBulletins: readonly ProjectionType[] = [DailyFigures];
/** The read models behind the board: the figures of the last days, and the active tickets by age. */
export const sourcesOfBoard: readonly ProjectionType[] = [DailyFigures, ActivitySpells];

/** The lag that is not reported while a projection runs: being a few milliseconds behind is normal. */
const toleratedSeconds = 1;
/** How long a page on which people decide waits for the newest events. */
const catchUpMs = 1_000;

/** How far the served figures have come. */
@Injectable()
export class FiguresProgress {
  constructor(
    private readonly projections: Projections,
    private readonly store: EventStore,
  ) {}

  /** Resolves to true as soon as the figures include an event after this position, to false when `timeoutMs` pass first. */
  beyond(position: bigint, timeoutMs: number): Promise<boolean> {
    return this.projections.waitForNext(DailyFigures, position, timeoutMs);
  }

  /**
   * How far the slowest of these read models is behind the log; undefined where all are up to date. A read model is behind when an
   * event is not counted yet and either no process runs its projection or the event has waited for more than a second. Where the
   * log can't be read, the read models may be behind, and the lag is null. Throws where PostgreSQL is unavailable.
   */
  async behind(types: readonly ProjectionType[] = sourcesOfDays): Promise<Behind | undefined> {
    if (await this.include(types, 0)) return undefined;
    const names = types.map((type) => new type().name);
    const statuses = await projectionStatuses(this.projections, this.store, names);
    if (statuses.length === names.length && !statuses.some(isBehind)) return undefined;
    return {
      events: farthest(statuses.map(({ lagEvents }) => lagEvents)),
      seconds: farthest(statuses.map(({ lagSeconds }) => lagSeconds)),
    };
  }

  /** The same, after waiting up to a second for the read models to include what is in the log. */
  async behindSoon(types: readonly ProjectionType[] = sourcesOfDays): Promise<Behind | undefined> {
    await this.include(types, catchUpMs);
    return this.behind(types);
  }

  /** Whether the read models include, within the timeout, everything that is in the log; false where the log can't be read. */
  private async include(types: readonly ProjectionType[], timeoutMs: number): Promise<boolean> {
    const end = await this.store.lastPosition().catch(() => undefined);
    return end !== undefined && this.projections.waitForPositions(types, end, timeoutMs);
  }
}

const isBehind = ({ leader, lagEvents, lagSeconds }: ProjectionStatus): boolean =>
  lagEvents !== 0 && (leader === null || lagSeconds === null || lagSeconds > toleratedSeconds);

/** The greatest lag; null where one of the lags is not known. */
const farthest = (lags: readonly (number | null)[]): number | null =>
  lags.reduce<number | null>(
    (max, lag) => (max === null || lag === null ? null : Math.max(max, lag)),
    lags.length === 0 ? null : 0,
  );
