import type { Pool } from 'pg';
import { StartRefused } from '../../../config/start-refused.js';
import { messageOf } from '../../../shared/message-of.js';
import { openPool } from './pool.js';

/**
 * Opens a pool and makes one connection, so that the pool is known to work; the schema is left as it is. Throws BadDatabaseUrl, and
 * StartRefused naming the setting when no connection can be made.
 */
export const connectPool = async (url: string, setting: string): Promise<Pool> => {
  const pool = openPool(url);
  try {
    (await pool.connect()).release();
    return pool;
  } catch (error) {
    await pool.end();
    const said = messageOf(error);
    const hint = said.includes('startup parameter')
      ? '; a pooler in between has to pass these on, and to do session pooling'
      : '';
    throw new StartRefused(`${setting}: no connection to PostgreSQL: ${said}${hint}`);
  }
};
