import { arrayText } from '../../platform/database/array-text.js';
import { raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import type { WrappedKey } from '../master-keys/master-key.js';

/** Told to every process: when keys are destroyed, with the id of each; with nothing when there is a new master key. */
export const keysChannel = 'keys_changed';

const columns = raw('ticket_id AS id, master_key_id AS "masterKeyId", wrapped');

export const selectKeys = (ids: readonly string[]): Sql =>
  sql`SELECT ${columns} FROM keys.ticket_keys WHERE ticket_id = ANY (${arrayText(ids)}::text[])`;

/**
 * Keeps keys of tickets that have none. Its commit is waited for: an event that was encrypted with a key that a crash took back could
 * never be read, and the log's own repeated append would still record it.
 */
export const insertKeys = (keys: readonly WrappedKey[]): Sql => sql`
  INSERT INTO keys.ticket_keys (ticket_id, master_key_id, wrapped)
  SELECT made.*
    FROM unnest(${arrayText(keys.map(({ id }) => id))}::text[],
                ${arrayText(keys.map(({ masterKeyId }) => masterKeyId))}::text[],
                ${arrayText(keys.map(({ wrapped }) => wrapped))}::text[]) AS made
      ON CONFLICT (ticket_id) DO NOTHING
  RETURNING ticket_id AS id`;

export const destroyKeys = (ids: readonly string[]): Sql => sql`
  WITH gone AS (
    INSERT INTO keys.ticket_keys AS known (ticket_id, master_key_id, destroyed_at)
    SELECT id, '', clock_timestamp() FROM unnest(${ids}::text[]) AS id
        ON CONFLICT (ticket_id) DO UPDATE SET wrapped = NULL, destroyed_at = clock_timestamp()
     WHERE known.destroyed_at IS NULL
    RETURNING ticket_id AS id)
  SELECT id, pg_notify(${keysChannel}, id) FROM gone`;

/** Two ranges, each of which the index holds: an inequality would have PostgreSQL read the whole table. */
const isOther = (masterKeyId: string): Sql => {
  const current = shared(masterKeyId);
  return sql`wrapped IS NOT NULL AND (master_key_id < ${current} OR master_key_id > ${current})`;
};

export const selectOtherKeys = (masterKeyId: string, limit: number): Sql =>
  sql`SELECT ${columns} FROM keys.ticket_keys WHERE ${isOther(masterKeyId)} LIMIT ${limit}`;

export const countOtherKeys = (masterKeyId: string): Sql =>
  sql`SELECT count(*)::integer AS count FROM keys.ticket_keys WHERE ${isOther(masterKeyId)}`;

export const replaceKeys = (before: readonly WrappedKey[], after: readonly WrappedKey[]): Sql => sql`
  UPDATE keys.ticket_keys AS known SET master_key_id = made.master_key_id, wrapped = made.wrapped
    FROM unnest(${after.map(({ id }) => id)}::text[], ${before.map(({ wrapped }) => wrapped)}::text[],
                ${after.map(({ masterKeyId }) => masterKeyId)}::text[],
                ${after.map(({ wrapped }) => wrapped)}::text[]) AS made(id, before, master_key_id, wrapped)
   WHERE known.ticket_id = made.id AND known.wrapped = made.before
  RETURNING 1`;

/** From one to the next, without reading all that is between. */
export const selectMasterKeysInUse = (): Sql => sql`
  WITH RECURSIVE used(id) AS (
    (SELECT min(master_key_id) FROM keys.ticket_keys WHERE wrapped IS NOT NULL)
    UNION ALL
    SELECT (SELECT min(master_key_id) FROM keys.ticket_keys WHERE wrapped IS NOT NULL AND master_key_id > used.id)
      FROM used WHERE used.id IS NOT NULL)
  SELECT id FROM used WHERE id IS NOT NULL`;

export const announceMasterKey = (): Sql => sql`SELECT pg_notify(${keysChannel}, '')`;

export const selectCheckValues = (): Sql =>
  sql`SELECT id AS "masterKeyId", check_value AS wrapped FROM keys.master_keys ORDER BY id`;

export const insertCheckValue = ({ masterKeyId, wrapped }: Omit<WrappedKey, 'id'>): Sql =>
  sql`INSERT INTO keys.master_keys (id, check_value) VALUES (${masterKeyId}, ${wrapped}) ON CONFLICT DO NOTHING RETURNING 1`;

export const deleteCheckValuesBut = (ids: readonly string[]): Sql =>
  sql`DELETE FROM keys.master_keys WHERE id <> ALL (${ids}::text[])`;
