import type { Pool } from 'pg';
import type { Settings } from '../../config/settings.js';
import { StartRefused } from '../../config/start-refused.js';
import type { ChainVerification, VerifyChainOptions } from '../../platform/database/hash-chain.js';
import { createProgress } from '../terminal/progress.js';
import { onStopSignal } from '../terminal/stop-signals.js';
import { openRawDatabase } from './own-database.js';

interface HashChain<Verified extends ChainVerification> {
  verify: (pool: Pool, options: VerifyChainOptions) => Promise<Verified>;
  /** What it is called: `the log`, and of its entries one (`event`) and several (`events`). */
  name: string;
  entry: string;
  entries: string;
}

/**
 * Computes a hash chain of the server's database anew, while the server goes on, and compares it with what is stored; prints what was
 * verified as one JSON line. Then `after` can look at more of it. Needs no master key. Throws StartRefused where it was changed.
 */
export const verifyHashChain = async <Verified extends ChainVerification>(
  settings: Settings,
  { verify, name, entry, entries }: HashChain<Verified>,
  after: (pool: Pool) => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  const stopping = new AbortController();
  onStopSignal(() => stopping.abort(new StartRefused(`interrupted: not all of ${name} was verified`)));
  const { pool, close } = await openRawDatabase(settings);
  const progress = createProgress(entries);
  try {
    const { broken, ...verified } = await verify(pool, {
      signal: stopping.signal,
      onProgress: (position, of) =>
        progress.show({ count: Number(position), done: Number(position), total: Number(of) }),
    }).finally(() => progress.stop());
    process.stdout.write(`${JSON.stringify({ ...verified, position: String(verified.position) })}\n`);
    if (broken) {
      const reasons = {
        missing: `the ${entry} is missing`,
        changed: `the ${entry}, or the hash stored with it, was changed`,
        head: `the head says something else than the newest ${entry}`,
      };
      throw new StartRefused(
        `${name} is not what was written: at position ${broken.position} ${reasons[broken.reason]}; docs/operations.md says what to do`,
      );
    }
    await after(pool);
  } finally {
    await close();
  }
};
