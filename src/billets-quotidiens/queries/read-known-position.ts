import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Instant } from '../../shared/instant.js';

/** The position of the last thing that was counted at an instant; of all that a projection has come to, where no instant is given. */
export class ReadKnownPosition extends Query<bigint> {
  constructor(
    readonly projection: string,
    readonly at: Instant | undefined,
  ) {
    super();
  }
}

const selectServed = 'SELECT position FROM projections.served WHERE name = $1';

const selectAt = `
  WITH parted AS (
    SELECT min(first_position) AS first, max(last_position) AS last
      FROM billets_quotidiens.recorded_figures
     WHERE first_recorded_at <= $1 AND last_recorded_at > $1
  )
  SELECT greatest(
    (SELECT max(last_position) FROM billets_quotidiens.recorded_figures WHERE last_recorded_at <= $1),
    (SELECT max(entry.position)
       FROM billets_quotidiens.figure_entries AS entry
      WHERE entry.position BETWEEN (SELECT first FROM parted) AND (SELECT last FROM parted)
        AND entry.recorded_at <= $1)
  ) AS position`;

@QueryHandler(ReadKnownPosition)
export class ReadKnownPositionHandler implements IQueryHandler<ReadKnownPosition> {
  constructor(private readonly database: DataSource) {}

  async execute({ projection, at }: ReadKnownPosition): Promise<bigint> {
    const [text, parameter] = at === undefined ? [selectServed, projection] : [selectAt, at];
    const [row] = await this.database.query<{ position: string | null }[]>(text, [parameter]);
    return BigInt(row?.position ?? 0);
  }
}
