import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { queryWithDeadline } from '../../../platform/database/query-with-deadline.js';
import { instant, isAfter, type Instant } from '../../../shared/instant.js';
import { AccessLog } from '../access-log.js';
import {
  selectAccesses,
  selectAlerts,
  type AccessFilter,
  type AccessPlace,
  type AccessRow,
} from '../storage/access-statements.js';

export interface AccessPage {
  rows: AccessRow[];
  /** Where the next page begins; undefined on the last one. */
  next: AccessPlace | undefined;
}

const alertsForMs = 7 * 24 * 3_600_000;
const maxAlerts = 20;

/** The access log as auditors read it, the newest first. What this process has shown until then is in it. */
@Injectable()
export class ReadAccesses {
  constructor(
    private readonly pool: Pool,
    private readonly log: AccessLog,
  ) {}

  async page(
    filter: AccessFilter,
    { after, limit }: { after: AccessPlace | undefined; limit: number },
  ): Promise<AccessPage> {
    await this.log.flushInTime();
    const query = selectAccesses(filter, { after, limit: limit + 1 });
    const found = await queryWithDeadline<AccessRow>(this.pool, query);
    const rows = found.slice(0, limit);
    const last = found.length > limit ? rows.at(-1) : undefined;
    return { rows, next: last && { at: instant(last.at), position: last.position } };
  }

  /** The newest alerts of a week. */
  alerts(now: Instant): Promise<AccessRow[]> {
    return queryWithDeadline<AccessRow>(this.pool, selectAlerts(isAfter(now, -alertsForMs), maxAlerts));
  }
}
