import { hostname } from 'node:os';
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { writeAccesses } from '../access/core.js';
import { StartRefused } from '../config/start-refused.js';
import { runLogCommand } from './log/log-command.js';
import { openLogAt, openOwnLog, type OpenLog } from './log/open-log.js';
import { openReadableLog } from './log/open-readable-log.js';
import { archiveOf, nothingWritten } from './log/written-archive.js';
import { writeOut } from './log/write-out.js';
import { ownAccount, recordedAsAccount } from './operations/recorded-as-account.js';
import { createProgress } from './terminal/progress.js';

const usage =
  'npm run --silent export-events -- [--from URL] [--out FILE.ndjson[.gz]|-] [--after POSITION] ' +
  '[--decrypt --reason TEXT]';

/** Writes the log as CloudEvents, one a line. Ends with one JSON line on standard error. */
await runLogCommand(usage, async ({ using, signal }) => {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      out: { type: 'string', default: '-' },
      after: { type: 'string', default: '0' },
      decrypt: { type: 'boolean', default: false },
      reason: { type: 'string', default: '' },
    },
  });
  const { from, out, after, decrypt, reason } = values;
  if (!/^\d{1,20}$/.test(after)) {
    throw new StartRefused(`--after: expected a position, in digits, not ${JSON.stringify(after)}`);
  }
  if (decrypt !== (reason.trim() !== '')) {
    throw new StartRefused(
      '--decrypt: expected with --reason and why, which is logged; neither without the other',
    );
  }
  const { store, pool } = await using(openLog(from, decrypt));
  if (decrypt) await logDecryption({ reason, out, after, log: await store.identity() }, pool);
  const written = nothingWritten();
  const progress = createProgress('events');
  // A progress bar in the middle of the lines would be of no use.
  const onProgress = out === '-' && process.stdout.isTTY ? () => undefined : progress.show;
  const archiveUntil = (ended: AbortSignal) =>
    archiveOf(store, { after: BigInt(after), signal: AbortSignal.any([signal, ended]), onProgress }, written);
  const whole = await writeOut(out, archiveUntil).finally(() => progress.stop());
  const { events, position, hash } = written;
  if (whole) process.stderr.write(`${JSON.stringify({ events, position: String(position), hash })}\n`);
});

/** As it stands in the log, texts encrypted; or as people wrote it. */
function openLog(from: string | undefined, decrypt: boolean): Promise<OpenLog> {
  if (decrypt) return openReadableLog(from);
  return from === undefined ? openOwnLog('read') : openLogAt(from, '--from', 'read');
}

/** Texts leave the place where they are kept: whoever looks for it later finds who did that, when and why. */
async function logDecryption(
  about: Record<'reason' | 'out' | 'after' | 'log', string>,
  pool?: Pool,
): Promise<void> {
  if (pool) {
    await writeAccesses(pool, [
      {
        at: new Date(),
        person: ownAccount(),
        roles: ['operator'],
        action: 'export',
        tickets: [],
        client: 'export-events',
        address: hostname(),
        purpose: about.reason.slice(0, 200),
        refused: false,
      },
    ]);
  }
  recordedAsAccount()('sensitive_read', { what: 'log-in-plain', ...about });
}
