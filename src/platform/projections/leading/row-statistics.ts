import type { Pool } from 'pg';
import { analyzeTables } from '../rebuild/generation-tables.js';
import type { Projection } from '../projection.js';

/** Below it, any plan will do. */
const minPosition = 1_000n;

/**
 * What PostgreSQL knows of a projection's rows, as they grow. It looks at them by itself once a minute: within that a log that is imported,
 * or caught up with from the beginning, fills tables that it still takes for empty, and reads them row by row for each row of another.
 */
export class RowStatistics {
  private knownAt: bigint;

  /** `position`: where the projection stood when it began, which PostgreSQL has had the time to look at. */
  constructor(
    private readonly projection: Projection,
    private readonly schema: string,
    private readonly pool: Pool,
    position: bigint,
  ) {
    this.knownAt = position;
  }

  /** To be called with each position that the rows have come to: has PostgreSQL look whenever it has doubled. */
  async keepUp(position: bigint): Promise<void> {
    if (position < minPosition || position < 2n * this.knownAt) return;
    // Without them reads are slower, and no less right: PostgreSQL looks by itself later.
    await this.renew(position).catch(() => undefined);
  }

  /** Has PostgreSQL look at the rows now, which have come to a position. */
  async renew(position: bigint): Promise<void> {
    this.knownAt = position;
    await analyzeTables(this.pool, this.schema, this.projection.tables);
  }
}
