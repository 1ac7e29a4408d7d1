import type { Pool } from 'pg';
import {
  chainStart,
  verifyLinks,
  type ChainedRow,
  type ChainLink,
  type ChainVerification,
  type VerifyChainOptions,
} from '../../database/hash-chain.js';
import { sql, statement, type Sql } from '../../database/sql.js';

/** An event as the chain covers it: every text as it is stored. */
interface EventRow {
  position: string;
  recorded_at_ms: string;
  stream: string;
  revision: number;
  event_id: string;
  type: string;
  data: string;
  metadata: string;
  hash: string;
}

const pageSize = 2_000;

/** Computes the log's chain anew, as `event_store.chain` of log-chain.migration.ts makes it, and compares it with what is stored. */
export const verifyChain = async (
  pool: Pool,
  options: VerifyChainOptions,
): Promise<ChainVerification & { events: number }> => {
  const verified = await verifyLinks(
    { readHead: () => readHead(pool), readPage: (after, until) => readPage(pool, after, until) },
    options,
  );
  return { ...verified, events: Number(verified.position) };
};

export const selectLink = (position: bigint): Sql => sql`
  SELECT encode(hash, 'hex') AS hash FROM event_store.events WHERE position = ${String(position)}`;

/** The link at a position; undefined beyond the log's end. */
export const readLink = async (pool: Pool, position: bigint): Promise<ChainLink | undefined> => {
  if (position === 0n) return chainStart;
  const { rows } = await pool.query<{ hash: string }>(
    statement(selectLink(position), 'event-store-read-link'),
  );
  return rows.map(({ hash }) => ({ position, hash }))[0];
};

const readHead = async (pool: Pool): Promise<ChainLink> => {
  const { rows } = await pool.query<{ position: string; hash: string }>(
    `SELECT position, encode(hash, 'hex') AS hash FROM event_store.head`,
  );
  const [head] = rows;
  if (!head) throw new Error('event_store.head has no row');
  return { position: BigInt(head.position), hash: head.hash };
};

/** The events after one position, up to another one, as the chain covers them. */
export const selectChainedRows = (after: bigint, until: bigint): Sql => sql`
  SELECT position::text, (extract(epoch FROM recorded_at) * 1000)::bigint::text AS recorded_at_ms, stream, revision,
         event_id::text, type, data::text, metadata::text, encode(hash, 'hex') AS hash
    FROM event_store.events
   WHERE position > ${String(after)} AND position <= ${String(until)}
   ORDER BY events.position
   LIMIT ${pageSize}`;

const readPage = async (pool: Pool, after: bigint, until: bigint): Promise<ChainedRow[]> => {
  const { rows } = await pool.query<EventRow>(
    statement(selectChainedRows(after, until), 'event-store-read-chain'),
  );
  return rows.map(({ hash, position, ...row }) => {
    const { recorded_at_ms, stream, revision, event_id, type, data, metadata } = row;
    const content = [position, recorded_at_ms, stream, String(revision), event_id, type, data, metadata];
    return { position, content, hash };
  });
};
