import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { waitForPosition } from '../../platform/positions.js';
import { Projections } from '../../platform/projections/projections.js';
import { TicketErasures } from './ticket-erasures.projection.js';
import { selectErasures, selectHolds, type ErasurePage } from './erasure-statements.js';

export type HoldRow = Record<'ticket_id' | 'establishment' | 'actor' | 'reason' | 'position', string> & {
  at: Date;
};
export type ErasureRow = HoldRow & { basis: string };

/** What was erased and what must be kept, the newest first. */
@Injectable()
export class ErasureLists {
  constructor(
    private readonly pool: Pool,
    private readonly projections: Projections,
  ) {}

  /** Waits until the lists include the position. Throws `position-not-reached`. */
  include(minPosition: string | undefined): Promise<void> {
    return waitForPosition(minPosition, (position, timeoutMs) =>
      this.projections.waitForPosition(TicketErasures, position, timeoutMs),
    );
  }

  erasures(page: ErasurePage): Promise<ErasureRow[]> {
    return queryWithDeadline<ErasureRow>(this.pool, selectErasures(page));
  }

  holds(page: ErasurePage): Promise<HoldRow[]> {
    return queryWithDeadline<HoldRow>(this.pool, selectHolds(page));
  }
}
