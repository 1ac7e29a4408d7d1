import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { Day } from '../../calendar/local-days.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { ReadReport, type Report, type ReportSums } from '../../reports/index.js';
import { Clock } from '../../shared/clock.js';
import type { Instant } from '../../shared/instant.js';

/** The figures of a day at all establishments by category, each counted as in the reports, whose totals are those of the day. */
export interface CategoryFigures {
  date: Day;
  position: string;
  /** When they were read: ages are as of then. */
  at: Instant;
  categories: readonly CategoryCounts[];
  /** How many tickets could not be counted; 0 where all were. */
  incomplete: number;
}

export interface CategoryCounts {
  category: string;
  opened: number;
  resolved: number;
  backlog: number;
}

/** The board does not wait longer for them: it is shown without, and with them as soon as they are there. */
const patienceMs = 2_000;

/** Reads the figures of a day by category for the board. */
@Injectable()
export class ReadCategories {
  private known: { date: Day; position: string; figures: Promise<CategoryFigures> } | undefined;

  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * The figures as known at this position at least, as far as the reports have come; undefined where they can't be read, or not
   * as soon as the board waits.
   */
  async readSoon(date: Day, position: string): Promise<CategoryFigures | undefined> {
    if (this.known?.date !== date || BigInt(this.known.position) < BigInt(position)) {
      this.known = { date, position, figures: this.read(date) };
    }
    const { known } = this;
    const late = new AbortController();
    try {
      const figures = await Promise.race([
        known.figures,
        sleep(patienceMs, undefined, { signal: late.signal }),
      ]);
      // Reports that were not as far yet are read again the next time.
      if (figures && BigInt(figures.position) < BigInt(position) && this.known === known)
        this.known = undefined;
      return figures;
    } catch (error) {
      // The board's own figures stand without them.
      this.logger.warn({ err: error }, 'the board has no figures by category for now');
      if (this.known === known) this.known = undefined;
      return undefined;
    } finally {
      late.abort();
    }
  }

  private async read(date: Day): Promise<CategoryFigures> {
    const at = this.clock.now();
    const [during, active] = await Promise.all([
      this.report('resolutions', date, at),
      this.report('ageing', date, at),
    ]);
    const incomplete = Math.max(during.incomplete, active.incomplete);
    const position = BigInt(during.position) < BigInt(active.position) ? during.position : active.position;
    return { date, position, at, categories: countsOf(during.groups, active.groups), incomplete };
  }

  private report(report: Report, date: Day, at: Instant) {
    return this.queries.execute(
      new ReadReport({ report, from: date, to: date, scope: 'all' }, { position: undefined, at }, 'category'),
    );
  }
}

/** Those with the most openings first; each category that any figure has. */
export const countsOf = (
  during: readonly Pick<ReportSums, 'key' | 'opened' | 'tickets'>[],
  active: readonly Pick<ReportSums, 'key' | 'tickets'>[],
): CategoryCounts[] => {
  const counts = new Map<string, CategoryCounts>();
  const add = (category: string | null, more: Partial<CategoryCounts>) => {
    if (category === null) throw new Error('every ticket has a category');
    const known = counts.get(category) ?? { category, opened: 0, resolved: 0, backlog: 0 };
    counts.set(category, { ...known, ...more });
  };
  for (const { key, opened, tickets } of during) add(key, { opened, resolved: tickets });
  for (const { key, tickets } of active) add(key, { backlog: tickets });
  return [...counts.values()].sort((a, b) => b.opened - a.opened || b.backlog - a.backlog);
};
