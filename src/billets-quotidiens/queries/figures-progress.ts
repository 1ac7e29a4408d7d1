import { Injectable } from '@nestjs/common';
import { EventStore } from '../../platform/event-store/event-store.js';
import { projectionStatuses } from '../../platform/projections/projection-status.js';
import { Projections } from '../../platform/projections/projections.js';
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
  private readonly name = new DailyFigures().name;

  constructor(
    private readonly projections: Projections,
    private readonly store: EventStore,
  ) {}

  /** True as soon as they include more than this position, false when `timeoutMs` pass first. */
  beyond(position: bigint, timeoutMs: number): Promise<boolean> {
    return this.projections.reach(DailyFigures, position + 1n, timeoutMs);
  }

  /** Throws where PostgreSQL is away. */
  async lag(): Promise<FiguresLag> {
    const statuses = await projectionStatuses(this.projections, this.store);
    const status = statuses.find(({ name }) => name === this.name);
    return { events: status?.lagEvents ?? null, seconds: status?.lagSeconds ?? null };
  }
}
