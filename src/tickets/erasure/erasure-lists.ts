import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { selectErasures, selectHolds, type ErasurePage } from './erasure-statements.js';

export type HoldRow = Record<'ticket_id' | 'establishment' | 'actor' | 'reason' | 'position', string> & {
  at: Date;
};
export type ErasureRow = HoldRow & { basis: string };

/** What was erased and what must be kept, the newest first. */
@Injectable()
export class ErasureLists {
  constructor(private readonly pool: Pool) {}

  erasures(page: ErasurePage): Promise<ErasureRow[]> {
    return queryWithDeadline<ErasureRow>(this.pool, selectErasures(page));
  }

  holds(page: ErasurePage): Promise<HoldRow[]> {
    return queryWithDeadline<HoldRow>(this.pool, selectHolds(page));
  }
}
