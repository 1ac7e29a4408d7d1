import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { bulletinStreamPrefix, openSigningKeys, SigningKeys, verifyPublications } from '../bulletins/core.js';
import { readSettings, type Settings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import { messageOf } from '../shared/message-of.js';
import { readLog } from './log/read-log.js';
import { openRawDatabase } from './operations/own-database.js';
import { recordedAsAccount } from './operations/recorded-as-account.js';
import { runCommand } from './terminal/run-command.js';
import { onStopSignal } from './terminal/stop-signals.js';

const usage = 'npm run --silent verify-bulletins [-- --keys bulletin-keys.json]';

const reasons = {
  invalid: 'its signature is not valid: what was published, or the signature, was changed',
  'unknown-key': 'it is signed by a key that is not among those given',
  unsigned: 'it is not signed, although an earlier publication is',
  log: 'the log up to its position is not the one that was signed; verify-log says where it was changed',
} as const;

/**
 * Verifies the signature of every publication in the server's log, and that the log still is the one that each was signed over; one JSON
 * line of counts. Exit 0: each is as it was published, or was published before there were signatures.
 */
await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { keys: { type: 'string' } } });
  const settings = readSettings(process.env);
  const keys = await keysFrom(values.keys, settings);
  const stopping = new AbortController();
  onStopSignal(() => stopping.abort(new StartRefused('interrupted: not every bulletin was verified')));
  const { log, close } = await openRawDatabase(settings);
  try {
    const until = await log.lastPosition();
    const { signal } = stopping;
    const batches = readLog(log, { until, signal, streamPrefix: bulletinStreamPrefix });
    const { unproven, ...counts } = await verifyPublications(batches, log, keys);
    process.stdout.write(`${JSON.stringify(counts)}\n`);
    for (const { date, revision, reason } of unproven) {
      process.stderr.write(`bulletin ${date}, revision ${revision}: ${reasons[reason]}\n`);
      process.exitCode = 1;
    }
  } finally {
    await close();
  }
});

async function keysFrom(file: string | undefined, settings: Settings): Promise<SigningKeys> {
  if (file === undefined) return openSigningKeys(settings, recordedAsAccount());
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new StartRefused(`--keys: ${file} can't be read: ${messageOf(error)}`);
  });
  return SigningKeys.fromKeySet(text, `--keys: ${file}`);
}
