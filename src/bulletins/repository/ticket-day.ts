import { Injectable } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  behindMember,
  type Behind,
  FiguresProgress,
  sourcesOfBulletins,
  definitionsVersion,
  ReadFigureCauses,
  begunDay,
  ReadDailyFigures,
  type DayFigures,
  ReadTransferBalance,
} from '../../billets-quotidiens/index.js';
import { BegunDays, Establishments } from '../../establishments/index.js';
import { dayBefore, endOfDay, type Day } from '../../calendar/local-days.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { waitForPosition } from '../../platform/positions.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { instant, type Instant } from '../../shared/instant.js';
import type { Cause, Contents, KnownFigures } from '../domain/bulletin.events.js';
import type { BrokenInvariant } from '../domain/bulletin.js';
import { brokenInvariants } from '../domain/invariants.js';

const pollMs = 20;

export interface FiguresCheck {
  figures: KnownFigures;
  broken: BrokenInvariant[];
}

/** The check of any day; where the day has not begun, there are no figures and no broken invariants. */
export type AnyDayCheck = Omit<FiguresCheck, 'figures'> & { figures: KnownFigures | undefined };

/** Whose figures are read: of a bulletin's ticket day, and of the week before it where it has a chart. */
type Told = Pick<Contents, 'ticketDay' | 'weekChart'>;

const weekDays = 7;

/** Reads the figures of a bulletin's ticket day, and checks them. */
@Injectable()
export class TicketDay {
  constructor(
    private readonly queries: QueryBus,
    private readonly establishments: Establishments,
    private readonly store: EventStore,
    private readonly begun: BegunDays,
    private readonly progress: FiguresProgress,
  ) {}

  /** The figures as they are known now; undefined where the day has not begun. */
  async figures(told: Told): Promise<KnownFigures | undefined> {
    return (await this.days(told))?.today;
  }

  /**
   * The figures with everything recorded so far, and the invariants they break. It waits up to 5 s for the figures to catch up.
   * Throws `figures-behind` where they take longer, and `day-in-progress` where the day has not begun.
   */
  async figuresCheck(told: Told): Promise<FiguresCheck> {
    const { ticketDay: day } = told;
    if (!this.begun.hasBegun(day)) throw new DomainError('day-in-progress', { members: this.boundsOf(day) });
    await this.includeEverything(day);
    const { figures, broken } = await this.figuresCheckAsKnown(told);
    if (!figures) throw new Error('a day that has begun has its figures');
    return { figures, broken };
  }

  private async includeEverything(day: Day): Promise<void> {
    try {
      await this.waitForPosition(day, String(await this.store.lastPosition()));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'position-not-reached') throw error;
      throw new DomainError('figures-behind', { members: behindMember(await this.behind()) });
    }
  }

  /** How far the figures are behind the log; undefined where they are not. */
  behind(): Promise<Behind | undefined> {
    return this.progress.behind(sourcesOfBulletins);
  }

  /** The same, after waiting up to a second for the figures to catch up. */
  behindSoon(): Promise<Behind | undefined> {
    return this.progress.behindSoon(sourcesOfBulletins);
  }

  /** The figures as they are known now, and the invariants they break. */
  async figuresCheckAsKnown(told: Told): Promise<AnyDayCheck> {
    const found = await this.days(told);
    if (!found) return { figures: undefined, broken: [] };
    const { today, previous, incomplete } = found;
    const transfers = await this.queries.execute(new ReadTransferBalance());
    return { figures: today, broken: brokenInvariants({ day: today, previous, transfers, incomplete }) };
  }

  /** Waits until the figures include a position. Throws `position-not-reached` after 5 s. */
  async waitForPosition(day: Day, minPosition: string | undefined): Promise<void> {
    await waitForPosition(minPosition, async (position, timeoutMs) => {
      const deadline = performance.now() + timeoutMs;
      for (;;) {
        const [known] = await this.queries.execute(new ReadDailyFigures(day, day));
        if (BigInt(known?.position ?? 0) >= position) return true;
        if (performance.now() >= deadline) return false;
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    });
  }

  causes(day: Day, after: KnownFigures, upTo: KnownFigures): Promise<Cause[]> {
    return this.queries.execute(new ReadFigureCauses(day, BigInt(after.position), BigInt(upTo.position)));
  }

  private boundsOf(day: Day): { beginsAt: Instant; endsAt: Instant } {
    return { beginsAt: this.begun.beginsAt(day), endsAt: this.endsAt(day) };
  }

  /** When the day is over at the last establishment. */
  endsAt(day: Day): Instant {
    return instant(Math.max(...this.establishments.timeZones.map((zone) => endOfDay(day, zone))));
  }

  /** The ticket day and the day before, by one query, so that all is known at one position; undefined where the day has not begun. */
  private async days({
    ticketDay,
    weekChart,
  }: Told): Promise<{ previous: KnownFigures; today: KnownFigures; incomplete: number } | undefined> {
    const first = dayBefore(ticketDay, weekChart ? weekDays - 1 : 1);
    const found = await this.queries.execute(new ReadDailyFigures(first, ticketDay));
    if (found.at(-1)?.status === 'future') return undefined;
    const days = found.map(begunDay);
    const [before, last] = days.slice(-2);
    if (!before || !last) throw new Error('a range of days has its days');
    const week = days.map(({ date, total: { opened, resolved } }) => ({ date, opened, resolved }));
    return {
      previous: knownOf(before),
      today: { ...knownOf(last), ...(weekChart ? { week } : {}) },
      incomplete: last.incomplete ?? 0,
    };
  }
}

const knownOf = ({ timeZone, total, establishments, position, knownAt }: DayFigures): KnownFigures => ({
  timeZone,
  total,
  establishments,
  position,
  knownAt,
  definitionsVersion,
});
