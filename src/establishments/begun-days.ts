import { Injectable } from '@nestjs/common';
import { Clock } from '../shared/clock.js';
import { DomainError } from '../shared/problems/domain-error.js';
import { instant, type Instant } from '../shared/instant.js';
import type { Basis } from './basis.js';
import { Establishments } from './establishments.js';
import { localDay, startOfDay, type Day } from '../calendar/local-days.js';

/** Whose days: those of one establishment (by its code) or of all, cut by the midnights of the basis. */
export interface WhoseDays {
  establishment?: string | undefined;
  basis?: Basis | undefined;
}

/**
 * Knows which days have begun: a day that has not has no figures. A day of several establishments begins with the first of them. A day of
 * the whole network also begins where it is published, which may be ahead of every establishment.
 */
@Injectable()
export class BegunDays {
  constructor(
    private readonly establishments: Establishments,
    private readonly clock: Clock,
  ) {}

  hasBegun(day: Day, whose: WhoseDays = {}): boolean {
    return day <= this.newest(whose);
  }

  /** Throws `day-not-begun`. */
  assertBegun(day: Day, whose: WhoseDays = {}): void {
    if (this.hasBegun(day, whose)) return;
    throw new DomainError('day-not-begun', { members: { beginsAt: this.beginsAt(day, whose) } });
  }

  /** The newest day that has begun. */
  newest(whose: WhoseDays = {}): Day {
    const now = this.clock.now();
    return this.zones(whose).reduce((newest, zone) => {
      const day = localDay(now, zone);
      return day > newest ? day : newest;
    }, '');
  }

  beginsAt(day: Day, whose: WhoseDays = {}): Instant {
    return instant(Math.min(...this.zones(whose).map((zone) => startOfDay(day, zone))));
  }

  private zones({ establishment, basis }: WhoseDays): string[] {
    const { reportingTimeZone, timeZones } = this.establishments;
    if (basis === 'reporting-zone') return [reportingTimeZone];
    if (establishment === undefined) return [...timeZones, reportingTimeZone];
    const own = this.establishments.timeZonesOf(establishment);
    return own.length > 0 ? own : [reportingTimeZone];
  }
}
