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

/** The read models that the figures of days, and all that is told beside them, are made of. */
export const sourcesOfDays: readonly ProjectionType[] = [DailyFigures, FigureEntries, PublishedDays];
/** Those of a bulletin. */
export const sourcesOfBulletins: readonly ProjectionType[] = [DailyFigures];
/** Those of the board: the figures of the last days, and what is active by age. */
export const sourcesOfBoard: readonly ProjectionType[] = [DailyFigures, ActivitySpells];

/** What waits no longer than this while somebody counts is on its way: a few milliseconds are no news. */
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

  /** True as soon as they include more than this position, false when `timeoutMs` pass first. */
  beyond(position: bigint, timeoutMs: number): Promise<boolean> {
    return this.projections.waitForPosition(DailyFigures, position + 1n, timeoutMs);
  }

  /**
   * How far what is made of these read models is behind the log; undefined where it is not. It is, when something in the log is not
   * counted yet and either nobody counts or the oldest of it has waited for more than a second; when the log can't be read it may
   * be. Of several read models the one that is farthest behind tells. Throws where PostgreSQL is away.
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

  /** The same, once they had a moment to include what is in the log. */
  async behindSoon(types: readonly ProjectionType[] = sourcesOfDays): Promise<Behind | undefined> {
    await this.include(types, catchUpMs);
    return this.behind(types);
  }

  /** Whether they include, in time, everything that is in the log. */
  private async include(types: readonly ProjectionType[], timeoutMs: number): Promise<boolean> {
    const end = await this.store.lastPosition().catch(() => undefined);
    return end !== undefined && this.projections.reachAll(types, end, timeoutMs);
  }
}

const isBehind = ({ leader, lagEvents, lagSeconds }: ProjectionStatus): boolean =>
  lagEvents !== 0 && (leader === null || lagSeconds === null || lagSeconds > toleratedSeconds);

/** null where one of them is not known. */
const farthest = (lags: readonly (number | null)[]): number | null =>
  lags.reduce<number | null>(
    (max, lag) => (max === null || lag === null ? null : Math.max(max, lag)),
    lags.length === 0 ? null : 0,
  );
