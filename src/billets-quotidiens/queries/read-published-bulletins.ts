import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { raw, sql, type Sql } from '../../platform/database/sql.js';
import { waitForPosition } from '../../platform/positions.js';
import { Projections } from '../../platform/projections/projections.js';
import { PublishedDays, stands } from '../projections/published-days.projection.js';

/**
 * The dates of bulletins, newest first: by date, those that are published now; by change, those that were ever published, by their newest
 * publication or withdrawal. As of `minPosition` where it is given. Throws `position-not-reached`.
 */
export class ReadPublishedBulletins extends Query<string[]> {
  constructor(
    readonly newest: 'date' | 'change',
    readonly limit: number,
    readonly minPosition: string | undefined,
  ) {
    super();
  }
}

export const selectPublishedBulletins = ({
  newest,
  limit,
}: Pick<ReadPublishedBulletins, 'newest' | 'limit'>): Sql =>
  newest === 'date'
    ? sql`
  SELECT DISTINCT bulletin::text AS date FROM billets_quotidiens.published_days
   WHERE ${raw(stands())} ORDER BY date DESC LIMIT ${limit}::integer`
    : sql`
  SELECT bulletin::text AS date FROM billets_quotidiens.published_days
   GROUP BY bulletin ORDER BY max(greatest(recorded_at, withdrawn_at)) DESC LIMIT ${limit}::integer`;

@QueryHandler(ReadPublishedBulletins)
export class ReadPublishedBulletinsHandler implements IQueryHandler<ReadPublishedBulletins> {
  constructor(
    private readonly pool: Pool,
    private readonly projections: Projections,
  ) {}

  async execute(query: ReadPublishedBulletins): Promise<string[]> {
    await waitForPosition(query.minPosition, (position, timeoutMs) =>
      this.projections.waitForPositions([PublishedDays], position, timeoutMs),
    );
    const rows = await queryWithDeadline<{ date: string }>(this.pool, selectPublishedBulletins(query));
    return rows.map(({ date }) => date);
  }
}
