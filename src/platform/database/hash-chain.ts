import { hash as digest } from 'node:crypto';

/** A place in a chain of rows with the hash of everything up to it: SHA-256, as 64 hexadecimal digits. */
export interface ChainLink {
  position: bigint;
  hash: string;
}

/** The chain before the first row. */
export const chainStart: ChainLink = { position: 0n, hash: '0'.repeat(64) };

/** A row as its chain covers it: every field as the text that the database's digest is made of, the position first. */
export interface ChainedRow {
  position: string;
  content: readonly string[];
  hash: string;
}

/**
 * Where the rows are not what their chain says: one is missing, the rows up to here do not give the hash that is stored with this
 * one, or the head says something else than the newest row.
 */
interface BrokenLink {
  position: bigint;
  reason: 'missing' | 'changed' | 'head';
}

export interface ChainVerification extends ChainLink {
  broken?: BrokenLink;
}

export interface VerifyChainOptions {
  signal: AbortSignal;
  /** Where it is, and the position that it goes to. */
  onProgress?: (position: bigint, of: bigint) => void;
}

/** A chain of rows whose positions have no gaps. */
export interface ChainSource {
  readHead: () => Promise<ChainLink>;
  /** The rows after one position, up to another one, in order; some of them where there are many. */
  readPage: (after: bigint, until: bigint) => Promise<ChainedRow[]>;
}

// The separator can stand in none of the fields: no two rows have the same text.
const separator = '\x1e';

const nextLink = (previous: ChainLink, { position, content }: ChainedRow): ChainLink => {
  const both = Buffer.from(previous.hash + digest('sha256', content.join(separator)), 'hex');
  return { position: BigInt(position), hash: digest('sha256', both) };
};

/**
 * Reads all rows and computes their chain anew, outside of the database, up to the first row that does not hold, and to the head. What
 * is added meanwhile is verified where it comes before the head that is read first.
 */
export const verifyLinks = async (
  { readHead, readPage }: ChainSource,
  { signal, onProgress }: VerifyChainOptions,
): Promise<ChainVerification> => {
  const head = await readHead();
  let link = chainStart;
  while (link.position < head.position) {
    signal.throwIfAborted();
    const rows = await readPage(link.position, head.position);
    for (const row of rows.length > 0 ? rows : [undefined]) {
      const position = link.position + 1n;
      if (row?.position !== String(position)) return { ...link, broken: { position, reason: 'missing' } };
      const next = nextLink(link, row);
      if (next.hash !== row.hash) return { ...link, broken: { position, reason: 'changed' } };
      link = next;
    }
    onProgress?.(link.position, head.position);
  }
  if (link.hash === head.hash) return link;
  return { ...link, broken: { position: head.position, reason: 'head' } };
};
