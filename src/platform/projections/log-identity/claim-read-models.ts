import type { Pool } from 'pg';
import { StartRefused } from '../../../config/start-refused.js';
import { placeOf } from '../../database/connections/place.js';
import { sql, statement, type Sql } from '../../database/sql.js';
import { inTransaction } from '../../database/transaction.js';
import type { EventStore } from '../../event-store/event-store.js';
import { beginEpoch, currentEpoch } from './log-epochs.js';

/** `moved`: whether the database was restored, promoted or moved since it was used last. */
export interface Claimed {
  moved: boolean;
}

export const claimLog = (identity: string): Sql => sql`
  INSERT INTO projections.projected_log (identity) VALUES (${identity})
      ON CONFLICT (only_one) DO UPDATE SET identity = excluded.identity
         WHERE NOT EXISTS (SELECT FROM projections.generations WHERE position > 0)`;

export const selectClaimedLog = (): Sql => sql`SELECT identity FROM projections.projected_log`;

export const insertPlace = (place: string): Sql =>
  sql`INSERT INTO projections.log_place (place) VALUES (${place}) ON CONFLICT (only_one) DO NOTHING`;

export const lockPlace = (): Sql =>
  sql`SELECT place, ${currentEpoch} AS epoch FROM projections.log_place FOR UPDATE OF log_place`;

export const movePlace = (place: string): Sql => sql`UPDATE projections.log_place SET place = ${place}`;

/**
 * Binds a database's read models to the log that they are made from, since their positions mean nothing in any other log.
 * Throws StartRefused when the read models were made from another log already.
 */
export const claimReadModels = async (pool: Pool, store: EventStore): Promise<Claimed> => {
  const identity = await store.identity();
  await pool.query(statement(claimLog(identity)));
  const { rows } = await pool.query<{ identity: string }>(statement(selectClaimedLog()));
  const [claimed] = rows;
  if (claimed?.identity === identity) return noticeMove(pool);
  throw new StartRefused(
    `EVENT_STORE_URL: what this PostgreSQL holds was made from another log (${claimed?.identity}) than the one to be used now (${identity}); ` +
      'lead DATABASE_URL, or DATA_DIR, to an empty database, where it is made anew, or set EVENT_STORE_URL back to what it was',
  );
};

/** Begins a new epoch of the log when the database has moved: it may lack events that clients were told of at the old place. */
const noticeMove = async (pool: Pool): Promise<Claimed> => {
  const place = await placeOf(pool);
  return inTransaction(pool, async (client) => {
    await client.query(statement(insertPlace(place)));
    const { rows } = await client.query<{ place: string; epoch: string }>(statement(lockPlace()));
    const [before] = rows;
    if (!before || before.place === place) return { moved: false };
    await client.query(statement(movePlace(place)));
    return { moved: await beginEpoch(client, before.epoch) };
  });
};
