import { Injectable } from '@nestjs/common';
import { EventStore } from '../../platform/event-store/event-store.js';
import { projectionStatuses } from '../../platform/projections/projection-status.js';
import { Projections } from '../../platform/projections/projections.js';
import { ActivitySpells } from '../activity-spells.projection.js';
import { DailyFigures } from '../daily-figures.projection.js';

/** How far the figures are behind the log. */
export interface FiguresLag {
  /** null where positions don't count events, or the log can't be read. */
  events: number | null;
  /** null where the log can't be read. */
  seconds: number | null;
}

/** How far the served figures have come. */
@Injectable()
export class FiguresProgress {
  private readonly names = [DailyFigures, ActivitySpells].map((type) => new type().name);

  constructor(
    private readonly projections: Projections,
    private readonly store: EventStore,
  ) {}

  /** True as soon as they include more than this position, false when `timeoutMs` pass first. */
  beyond(position: bigint, timeoutMs: number): Promise<boolean> {
    return this.projections.reach(DailyFigures, position + 1n, timeoutMs);
  }

  /** Of the figures and of the backlog by age: of the one that is farther behind. Throws where PostgreSQL is away. */
  async lag(): Promise<FiguresLag> {
    const statuses = await projectionStatuses(this.projections, this.store);
    const found = this.names.map((name) => statuses.find((status) => status.name === name));
    return {
      events: farthest(found.map((status) => status?.lagEvents ?? null)),
      seconds: farthest(found.map((status) => status?.lagSeconds ?? null)),
    };
  }
}

/** null where one of them is not known. */
const farthest = (lags: readonly (number | null)[]): number | null =>
  lags.reduce((most, lag) => (most === null || lag === null ? null : Math.max(most, lag)));
