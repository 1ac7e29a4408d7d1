import { randomInt } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { queryWithDeadline } from '../../database/query-with-deadline.js';
import { raw, sql, statement, type Sql } from '../../database/sql.js';

/** Of a log that has never been found behind what was read of it. */
export const firstEpoch = '';

/** As SQL: the epoch that none follows. */
export const currentEpoch = sql`coalesce((SELECT epoch FROM projections.log_epochs AS newest
  WHERE NOT EXISTS (SELECT FROM projections.log_epochs AS later WHERE later.follows = newest.epoch)), ${raw(`'${firstEpoch}'`)})`;

export const selectEpoch = (): Sql => sql`SELECT ${currentEpoch} AS epoch`;

export const insertEpoch = (epoch: string, follows: string): Sql => sql`
  INSERT INTO projections.log_epochs (epoch, follows) VALUES (${epoch}, ${follows}) ON CONFLICT (follows) DO NOTHING`;

/** In nine digits: an epoch that is forgotten, because it was begun after the backup that was restored, is not given again. */
const newEpoch = (): string => String(randomInt(100_000_000, 1_000_000_000));

/**
 * The epochs of the log. Another begins when the log is found to have gone back: whatever was told of an earlier one may be of a
 * history that is lost, whatever position it names.
 */
export class LogEpochs {
  constructor(private readonly pool: Pool) {}

  /** The epoch it is, in decimal digits; `firstEpoch` until the log has gone back. */
  async current(): Promise<string> {
    const rows = await queryWithDeadline<{ epoch: string }>(this.pool, selectEpoch(), {
      name: 'log-epochs-current',
    });
    return rows[0]?.epoch ?? firstEpoch;
  }

  /** Begins the epoch after one, unless someone else has: each restore is noticed by many. True where it was this call. */
  async begin(follows: string): Promise<boolean> {
    return beginEpoch(this.pool, follows);
  }
}

export const beginEpoch = async (client: Pool | PoolClient, follows: string): Promise<boolean> => {
  const { rowCount } = await client.query(statement(insertEpoch(newEpoch(), follows)));
  return rowCount === 1;
};
