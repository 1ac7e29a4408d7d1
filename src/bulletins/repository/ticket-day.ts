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
import type { Cause, KnownFigures } from '../domain/bulletin.events.js';
import type { BrokenInvariant } from '../domain/bulletin.js';
import { brokenInvariants } from '../domain/invariants.js';

const pollMs = 20;

export interface FiguresCheck {
  figures: KnownFigures;
  broken: BrokenInvariant[];
}

/** The same of any day: without figures, and with nothing to be broken, where it has not begun. */
export type BooksAsKnown = Omit<FiguresCheck, 'figures'> & { figures: KnownFigures | undefined };

/** What a bulletin needs to know of the day whose tickets it tells of. */
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
  async figures(day: Day): Promise<KnownFigures | undefined> {
    return (await this.twoDays(day))?.today;
  }

  /**
   * The figures that include everything recorded so far, and what they break: waits for them a little. Throws `figures-behind`
   * where they lag longer, and `day-in-progress` where there are none.
   */
  async figuresCheck(day: Day): Promise<FiguresCheck> {
    if (!this.begun.hasBegun(day)) throw new DomainError('day-in-progress', { members: this.boundsOf(day) });
    await this.includeEverything(day);
    const { figures, broken } = await this.figuresCheckAsKnown(day);
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

  /** The same, once they had a moment to catch up. */
  behindSoon(): Promise<Behind | undefined> {
    return this.progress.behindSoon(sourcesOfBulletins);
  }

  /** The figures as they are known now, and what they break. */
  async figuresCheckAsKnown(day: Day): Promise<BooksAsKnown> {
    const found = await this.twoDays(day);
    if (!found) return { figures: undefined, broken: [] };
    const { today, previous, incomplete } = found;
    const transfers = await this.queries.execute(new ReadTransferBalance());
    return { figures: today, broken: brokenInvariants({ day: today, previous, transfers, incomplete }) };
  }

  /** Waits until the figures include the position; throws `position-not-reached` after 5 s. */
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

  /** One query, so that both days are known at one position. Undefined where the second one has not begun. */
  private async twoDays(
    day: Day,
  ): Promise<{ previous: KnownFigures; today: KnownFigures; incomplete: number } | undefined> {
    const [before, found] = await this.queries.execute(new ReadDailyFigures(dayBefore(day), day));
    if (found?.status === 'future') return undefined;
    const [previous, today] = [begunDay(before), begunDay(found)];
    return { previous: knownOf(previous), today: knownOf(today), incomplete: today.incomplete ?? 0 };
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
