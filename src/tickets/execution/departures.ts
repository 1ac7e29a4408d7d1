import { Injectable } from '@nestjs/common';
import { EventStore } from '../../platform/event-store/event-store.js';
import { maxWaitMs } from '../../platform/positions.js';
import { Projections } from '../../platform/projections/projections.js';

/**
 * Transfers are answered once what is read no longer has the ticket at the establishment that it left. Lists and searches are read from
 * rows, which are a moment behind the log; where they are further behind, an answer does not wait for them for ever.
 */
@Injectable()
export class Departures {
  constructor(
    private readonly store: EventStore,
    private readonly projections: Projections,
  ) {}

  /** `position`: that of the transfer, or undefined where only the log knows. */
  async untilUnlisted(position?: bigint): Promise<void> {
    await this.projections.waitForEveryPosition(position ?? (await this.store.lastPosition()), maxWaitMs);
  }
}
