import { parseArgs } from 'node:util';
import { StartRefused } from '../config/start-refused.js';
import type { Projection } from '../platform/projections/projection.js';
import {
  NotComparable,
  verifyProjection,
  type Verification,
} from '../platform/projections/verification/verify.js';
import { projections as types } from '../boot/registry.js';
import { openOwnDatabase } from './operations/own-database.js';
import { createProgress } from './terminal/progress.js';
import { runCommand } from './terminal/run-command.js';
import { onStopSignal } from './terminal/stop-signals.js';

const usage = 'npm run --silent verify [-- NAME …]';

/**
 * Folds the whole log once more and compares the result with the served rows, row by row, while the server goes on. Prints one JSON line
 * for each projection. Exits with 0 where all are the same.
 */
await runCommand(usage, async () => {
  const { positionals } = parseArgs({ allowPositionals: true, options: {} });
  const requested = chosen(positionals);
  const stopping = new AbortController();
  onStopSignal(() => stopping.abort(new StartRefused('interrupted: nothing was compared')));
  const { pool, store, close } = await openOwnDatabase();
  try {
    for (const projection of requested) {
      const progress = createProgress('events');
      const onProgress = (position: bigint, of: bigint) =>
        progress.show({ count: Number(position), done: Number(position), total: Number(of) });
      const verification = await verifyProjection(projection, {
        store,
        pool,
        signal: stopping.signal,
        onProgress,
      })
        .catch((error: unknown) => {
          throw error instanceof NotComparable ? new StartRefused(error.message) : error;
        })
        .finally(() => progress.stop());
      report(verification);
    }
  } finally {
    await close();
  }
});

function chosen(names: readonly string[]): Projection[] {
  const all = types.map((type) => new type());
  const unknown = names.find((name) => !all.some((projection) => projection.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name).join(', ');
    throw new StartRefused(`expected one of ${known}, not ${JSON.stringify(unknown)}; ${usage}`);
  }
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

function report({ first, ...verification }: Verification): void {
  process.stdout.write(`${JSON.stringify(verification)}\n`);
  if (verification.different === 0) return;
  process.exitCode = 1;
  for (const difference of first) process.stderr.write(`${JSON.stringify(difference)}\n`);
  process.stderr.write(
    `${verification.projection} differs from its log in ${verification.different} rows; rebuild it: npm run --silent rebuild -- ${verification.projection}\n`,
  );
}
