import { randomInt } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { queryWithDeadline } from '../../database/query-with-deadline.js';
import { raw, sql, statement, type Sql } from '../../database/sql.js';

/** The epoch of a log that has never gone back. */
export const firstEpoch = '';

/** SQL for the current epoch: the epoch that no other follows. */
export const currentEpoch = sql`coalesce((SELECT epoch FROM projections.log_epochs AS newest
  WHERE NOT EXISTS (SELECT FROM projections.log_epochs AS later WHERE later.follows = newest.epoch)), ${raw(`'${firstEpoch}'`)})`;

export const selectEpoch = (): Sql => sql`SELECT ${currentEpoch} AS epoch`;

export const insertEpoch = (epoch: string, follows: string): Sql => sql`
  INSERT INTO projections.log_epochs (epoch, follows) VALUES (${epoch}, ${follows}) ON CONFLICT (follows) DO NOTHING`;

/** A random number of nine digits: an epoch that was begun after the backup and is lost with the restore must not be used again. */
const newEpoch = (): string => String(randomInt(100_000_000, 1_000_000_000));

/**
 * The epochs of the log. A new epoch begins when the log is found to have gone back: whatever clients know of an earlier epoch may be
 * of a history that is lost, whatever position it names.
 */
export class LogEpochs {
  constructor(private readonly pool: Pool) {}

  /** The current epoch, in decimal digits; `firstEpoch` until the log has gone back. */
  async current(): Promise<string> {
    const rows = await queryWithDeadline<{ epoch: string }>(this.pool, selectEpoch(), {
      name: 'log-epochs-current',
    });
    return rows[0]?.epoch ?? firstEpoch;
  }

  /** Begins the epoch that follows another, unless someone else has: many processes notice the same restore. True if this call began it. */
  async begin(follows: string): Promise<boolean> {
    return beginEpoch(this.pool, follows);
  }
}

export const beginEpoch = async (client: Pool | PoolClient, follows: string): Promise<boolean> => {
  const { rowCount } = await client.query(statement(insertEpoch(newEpoch(), follows)));
  return rowCount === 1;
};
