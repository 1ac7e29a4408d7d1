import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { AsOfResolver, type AsOfRequest } from '../../billets-quotidiens/index.js';
import { endOfDay, type Day } from '../../calendar/local-days.js';
import { Establishments } from '../../establishments/index.js';
import type { Sql } from '../../platform/database/sql.js';
import { queryPrepared } from '../../platform/database/query-prepared.js';
import { Clock } from '../../shared/clock.js';
import { instant, type Instant } from '../../shared/instant.js';
import { ReportedTickets } from '../projections/reported-tickets.projection.js';
import { selectPositionByInstant, selectRecordedAt, selectReportedPosition } from '../sql/select-known.js';
import type { ZoneEnd } from '../sql/chosen-tickets.js';

/** The position and the instant that a report is known at; the position is undefined for everything that is served. */
export interface KnownAt {
  position: bigint | undefined;
  at: Instant;
}

const beforeAnything = instant(0);

/** Says what reports know: now, or at an earlier time. */
@Injectable()
export class KnownOfReports {
  constructor(
    private readonly pool: Pool,
    private readonly resolver: AsOfResolver,
    private readonly establishments: Establishments,
    private readonly clock: Clock,
  ) {}

  /** Waits until reports include what the request asks for. Throws `not-known-yet`. */
  async of(request: AsOfRequest): Promise<KnownAt> {
    const asOf = await this.resolver.waitForPosition([ReportedTickets], request);
    if (!asOf) return { position: undefined, at: this.clock.now() };
    if ('position' in asOf) return { position: asOf.position, at: await this.recordedAt(asOf.position) };
    const found = await this.one<{ position: string }>(selectPositionByInstant(asOf.instant));
    return { position: BigInt(found?.position ?? 0), at: asOf.instant };
  }

  /** The same with a position, so that a later page can be read as of it. */
  async at(request: AsOfRequest): Promise<KnownAt & { position: bigint }> {
    const { position, at } = await this.of(request);
    if (position !== undefined) return { position, at };
    const served = await this.one<{ position: string }>(selectReportedPosition());
    return { position: BigInt(served?.position ?? 0), at };
  }

  endsOf(day: Day): ZoneEnd[] {
    return this.establishments.timeZones.map((timeZone) => ({
      timeZone,
      at: instant(endOfDay(day, timeZone)),
    }));
  }

  private async recordedAt(position: bigint): Promise<Instant> {
    const found = await this.one<{ recorded_at: Date }>(selectRecordedAt(position));
    return found ? instant(found.recorded_at) : beforeAnything;
  }

  private async one<Row extends object>(query: Sql): Promise<Row | undefined> {
    const [row] = await queryPrepared<Row>(this.pool, query);
    return row;
  }
}
