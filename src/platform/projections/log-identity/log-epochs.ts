import { randomInt } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { withReadDeadline, readDeadlineMs } from '../../database/read-deadline.js';

/** Of a log that has never been found behind what was read of it. */
export const firstEpoch = '';

/** As SQL: the epoch that none follows. */
export const currentEpoch = `coalesce((SELECT epoch FROM projections.log_epochs AS newest
  WHERE NOT EXISTS (SELECT FROM projections.log_epochs AS later WHERE later.follows = newest.epoch)), '${firstEpoch}')`;

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
    const { rows } = await this.pool.query<{ epoch: string }>(
      withReadDeadline(readDeadlineMs, {
        name: 'log-epochs-current',
        text: `SELECT ${currentEpoch} AS epoch`,
      }),
    );
    return rows[0]?.epoch ?? firstEpoch;
  }

  /** Begins the epoch after one, unless someone else has: each restore is noticed by many. True where it was this call. */
  async begin(follows: string): Promise<boolean> {
    return beginEpoch(this.pool, follows);
  }
}

export const beginEpoch = async (client: Pool | PoolClient, follows: string): Promise<boolean> => {
  const { rowCount } = await client.query(
    'INSERT INTO projections.log_epochs (epoch, follows) VALUES ($1, $2) ON CONFLICT (follows) DO NOTHING',
    [newEpoch(), follows],
  );
  return rowCount === 1;
};
