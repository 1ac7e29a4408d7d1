import { hash as digest } from 'node:crypto';
import type { Pool } from 'pg';
import { sql, statement, type Sql } from '../../database/sql.js';

/** A place in the log with the hash of everything up to it: SHA-256, as 64 hexadecimal digits. */
export interface ChainLink {
  position: bigint;
  hash: string;
}

/** The chain before the first event. */
const chainStart: ChainLink = { position: 0n, hash: '0'.repeat(64) };

/** An event as the chain covers it: every text as it is stored. */
interface ChainedRow {
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

const separator = '\x1e';

/** The link after another one; the same as `event_store.chain` of log-chain.migration.ts, computed outside of the database. */
const nextLink = (previous: ChainLink, row: ChainedRow): ChainLink => {
  const { position, recorded_at_ms, stream, revision, event_id, type, data, metadata } = row;
  const content = [position, recorded_at_ms, stream, revision, event_id, type, data, metadata].join(
    separator,
  );
  const both = Buffer.from(previous.hash + digest('sha256', content), 'hex');
  return { position: BigInt(position), hash: digest('sha256', both) };
};

/**
 * Where the log is not what its chain says: an event is missing, the events up to here do not give the hash that is stored with this
 * one, or the head says something else than the newest event.
 */
interface BrokenLink {
  position: bigint;
  reason: 'missing' | 'changed' | 'head';
}

export interface ChainVerification extends ChainLink {
  events: number;
  broken?: BrokenLink;
}

export interface VerifyChainOptions {
  signal: AbortSignal;
  /** Where it is, and the position that it goes to. */
  onProgress?: (position: bigint, of: bigint) => void;
}

const pageSize = 2_000;

/**
 * Reads the whole log and computes its chain anew, up to the first event that does not hold, and to the head. What is appended
 * meanwhile is verified too where it comes before the head that is read at the end.
 */
export const verifyChain = async (
  pool: Pool,
  { signal, onProgress }: VerifyChainOptions,
): Promise<ChainVerification> => {
  const head = await readHead(pool);
  let link = chainStart;
  while (link.position < head.position) {
    signal.throwIfAborted();
    const rows = await readPage(pool, link.position, head.position);
    for (const row of rows.length > 0 ? rows : [undefined]) {
      const expected = link.position + 1n;
      if (row?.position !== String(expected))
        return brokenAt(link, { position: expected, reason: 'missing' });
      const next = nextLink(link, row);
      if (next.hash !== row.hash) return brokenAt(link, { position: expected, reason: 'changed' });
      link = next;
    }
    onProgress?.(link.position, head.position);
  }
  return link.hash === head.hash
    ? { ...link, events: Number(link.position) }
    : brokenAt(link, { position: head.position, reason: 'head' });
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

const brokenAt = (link: ChainLink, broken: BrokenLink): ChainVerification => ({
  ...link,
  events: Number(link.position),
  broken,
});

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
  const { rows } = await pool.query<ChainedRow>(
    statement(selectChainedRows(after, until), 'event-store-read-chain'),
  );
  return rows;
};
