import type { Pool } from 'pg';
import { StartRefused } from '../../config/start-refused.js';
import type { EventStore } from '../event-store/event-store.js';

/**
 * Holds the read models of a database to the log they are made from: what position they have come to is said of that one only.
 * Throws StartRefused where something was made from another log already.
 */
export const claimReadModels = async (pool: Pool, store: EventStore): Promise<void> => {
  const identity = await store.identity();
  await pool.query(
    `INSERT INTO projections.projected_log (identity) VALUES ($1)
         ON CONFLICT (only_one) DO UPDATE SET identity = excluded.identity
            WHERE NOT EXISTS (SELECT FROM projections.generations WHERE position > 0)`,
    [identity],
  );
  const { rows } = await pool.query<{ identity: string }>('SELECT identity FROM projections.projected_log');
  const [claimed] = rows;
  if (claimed?.identity === identity) return;
  throw new StartRefused(
    `EVENT_STORE_URL: what this PostgreSQL holds was made from another log (${claimed?.identity}) than the one to be used now (${identity}); ` +
      'lead DATABASE_URL, or DATA_DIR, to an empty database, where it is made anew, or set EVENT_STORE_URL back to what it was',
  );
};
