import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { readSettings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import type { ChainLink } from '../platform/database/hash-chain.js';
import { readLink, verifyChain } from '../platform/event-store/postgres/log-chain.js';
import { verifyHashChain } from './operations/verify-hash-chain.js';
import { runCommand } from './terminal/run-command.js';

const usage = 'npm run --silent verify-log [-- --holds POSITION:HASH …]';

/**
 * Verifies the log's hash chain; one JSON line `{position, hash, events}`. Exit 0: every event is as it was written, and the chain holds
 * each link that `--holds` names, as an earlier run gave it.
 */
await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { holds: { type: 'string', multiple: true, default: [] } } });
  const expected = values.holds.map(linkOf);
  const settings = readSettings(process.env);
  if (settings.eventStoreUrl !== undefined) {
    throw new StartRefused('EVENT_STORE_URL: the chain is kept in PostgreSQL; a log in KurrentDB has none');
  }
  const log = { verify: verifyChain, name: 'the log', entry: 'event', entries: 'events' };
  await verifyHashChain(settings, log, async (pool) => {
    for (const link of expected) await refuseUnlessHeld(pool, link);
  });
});

async function refuseUnlessHeld(pool: Pool, { position, hash }: ChainLink): Promise<void> {
  const found = await readLink(pool, position);
  if (found?.hash === hash) return;
  throw new StartRefused(
    `the log does not hold ${position}:${hash}: it has ${found?.hash ?? 'no event'} there`,
  );
}

function linkOf(text: string): ChainLink {
  const [, position, hash] = /^(\d{1,18}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (position === undefined || hash === undefined) {
    throw new StartRefused(
      `--holds: expected a position, a colon and the hash of 64 digits there, not ${JSON.stringify(text)}`,
    );
  }
  return { position: BigInt(position), hash };
}
