import type { Pool } from 'pg';
import {
  verifyLinks,
  type ChainedRow,
  type ChainLink,
  type ChainVerification,
  type VerifyChainOptions,
} from '../../../platform/database/hash-chain.js';
import { statement } from '../../../platform/database/sql.js';
import { selectAccessHead, selectChainedAccesses } from './access-statements.js';

const pageSize = 2_000;

/** Computes the access log's chain anew, as `audit.append_accesses` makes it, and compares it with what is stored. */
export const verifyAccessChain = (pool: Pool, options: VerifyChainOptions): Promise<ChainVerification> =>
  verifyLinks(
    { readHead: () => readHead(pool), readPage: (after, until) => readPage(pool, after, until) },
    options,
  );

const readHead = async (pool: Pool): Promise<ChainLink> => {
  const { rows } = await pool.query<{ position: string; hash: string }>(statement(selectAccessHead()));
  const [head] = rows;
  if (!head) throw new Error('audit.access_head has no row');
  return { position: BigInt(head.position), hash: head.hash };
};

type Row = Record<'position' | 'at_ms' | 'person' | 'roles' | 'action' | 'ticket_ids', string> &
  Record<'establishments' | 'count' | 'client' | 'address' | 'purpose' | 'refused' | 'hash', string>;

const readPage = async (pool: Pool, after: bigint, until: bigint): Promise<ChainedRow[]> => {
  const { rows } = await pool.query<Row>(statement(selectChainedAccesses(after, until, pageSize)));
  return rows.map((row) => ({
    position: row.position,
    content: [
      ...[row.position, row.at_ms, row.person, row.roles, row.action, row.ticket_ids, row.establishments],
      ...[row.count, row.client, row.address, row.purpose, row.refused],
    ],
    hash: row.hash,
  }));
};
