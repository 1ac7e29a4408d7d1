import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { sql, type Sql } from '../../platform/database/sql.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import type { Instant } from '../../shared/instant.js';
import { ActivitySpells } from '../projections/activity-spells.projection.js';
import { FigureEntries } from '../projections/figure-entries.projection.js';
import type { Figures } from '../figures.js';
import { instantBound } from '../as-of.js';
import { selectLastCounted } from '../sql/select-last-counted.js';

/**
 * The position of the last entry that had been counted at an instant; without an instant, the position up to which a figure and its
 * items are served.
 */
export class ReadKnownPosition extends Query<bigint> {
  constructor(
    readonly figure: keyof Figures,
    readonly at: Instant | undefined,
  ) {
    super();
  }
}

export const selectServedPosition = (names: readonly string[]): Sql =>
  sql`SELECT min(position) AS position FROM projections.served WHERE name = ANY (${names}::text[])`;

export const selectPositionAt = (at: Instant): Sql =>
  sql`SELECT (${selectLastCounted(instantBound(at))}) AS position`;

/** The read models that a figure and its drill-down are made of. */
export const sourcesOf = (figure: keyof Figures) =>
  figure === 'backlog' ? [FigureEntries, ActivitySpells] : [FigureEntries];

@QueryHandler(ReadKnownPosition)
export class ReadKnownPositionHandler implements IQueryHandler<ReadKnownPosition> {
  constructor(private readonly pool: Pool) {}

  async execute({ figure, at }: ReadKnownPosition): Promise<bigint> {
    const sources = sourcesOf(figure).map((type) => new type().name);
    const query = at === undefined ? selectServedPosition(sources) : selectPositionAt(at);
    const [row] = await queryWithDeadline<{ position: string | null }>(this.pool, query);
    return BigInt(row?.position ?? 0);
  }
}
