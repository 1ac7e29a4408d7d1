import { parseArgs } from 'node:util';
import { readSettings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import type { ChainLink } from '../platform/database/hash-chain.js';
import { readLink, verifyChain } from '../platform/event-store/postgres/log-chain.js';
import { openRawDatabase } from './operations/own-database.js';
import { createProgress } from './terminal/progress.js';
import { runCommand } from './terminal/run-command.js';
import { onStopSignal } from './terminal/stop-signals.js';

const usage = 'npm run --silent verify-log [-- --holds POSITION:HASH …]';

const reasons = {
  missing: 'the event is missing',
  changed: 'the event, or the hash stored with it, was changed',
  head: 'the head says something else than the newest event',
} as const;

/**
 * Computes the log's hash chain anew, while the server goes on, and compares it with what is stored; one JSON line
 * `{position, hash, events}`. Exit 0: every event is as it was written, and the chain holds each link that `--holds` names, as an
 * earlier run gave it.
 */
await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { holds: { type: 'string', multiple: true, default: [] } } });
  const expected = values.holds.map(linkOf);
  const settings = readSettings(process.env);
  if (settings.eventStoreUrl !== undefined) {
    throw new StartRefused('EVENT_STORE_URL: the chain is kept in PostgreSQL; a log in KurrentDB has none');
  }
  const stopping = new AbortController();
  onStopSignal(() => stopping.abort(new StartRefused('interrupted: not all of the log was verified')));
  const { pool, close } = await openRawDatabase(settings);
  const progress = createProgress('events');
  try {
    const { broken, ...verified } = await verifyChain(pool, {
      signal: stopping.signal,
      onProgress: (position, of) =>
        progress.show({ count: Number(position), done: Number(position), total: Number(of) }),
    }).finally(() => progress.stop());
    process.stdout.write(`${JSON.stringify({ ...verified, position: String(verified.position) })}\n`);
    if (broken) {
      throw new StartRefused(
        `the log is not what was written: at position ${broken.position} ${reasons[broken.reason]}; docs/operations.md says what to do`,
      );
    }
    for (const link of expected) {
      const found = await readLink(pool, link.position);
      if (found?.hash === link.hash) continue;
      throw new StartRefused(
        `the log does not hold ${link.position}:${link.hash}: it has ${found?.hash ?? 'no event'} there`,
      );
    }
  } finally {
    await close();
  }
});

function linkOf(text: string): ChainLink {
  const [, position, hash] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (position === undefined || hash === undefined) {
    throw new StartRefused(
      `--holds: expected a position, a colon and the hash of 64 digits there, not ${JSON.stringify(text)}`,
    );
  }
  return { position: BigInt(position), hash };
}
