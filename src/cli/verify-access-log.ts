import { StartRefused } from '../config/start-refused.js';
import { verifyAccessChain } from '../access/index.js';
import { openOwnDatabase } from './operations/own-database.js';
import { createProgress } from './terminal/progress.js';
import { runCommand } from './terminal/run-command.js';
import { onStopSignal } from './terminal/stop-signals.js';

const usage = 'npm run --silent verify-access-log';

const reasons = {
  missing: 'the access is missing',
  changed: 'the access, or the hash stored with it, was changed',
  head: 'the head says something else than the newest access',
} as const;

/**
 * Computes the access log's hash chain anew, while the server goes on, and compares it with what is stored; one JSON line
 * `{position, hash}`. Exit 0: every access is as it was written.
 */
await runCommand(usage, async () => {
  const stopping = new AbortController();
  onStopSignal(() => stopping.abort(new StartRefused('interrupted: not all of the access log was verified')));
  const { pool, close } = await openOwnDatabase();
  const progress = createProgress('accesses');
  try {
    const { broken, position, hash } = await verifyAccessChain(pool, {
      signal: stopping.signal,
      onProgress: (at, of) => progress.show({ count: Number(at), done: Number(at), total: Number(of) }),
    }).finally(() => progress.stop());
    process.stdout.write(`${JSON.stringify({ position: String(position), hash })}\n`);
    if (broken) {
      throw new StartRefused(
        `the access log is not what was written: at position ${broken.position} ${reasons[broken.reason]}`,
      );
    }
  } finally {
    await close();
  }
});
