import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { confidential } from '../boot/event-log.js';
import { isKurrentUrl } from '../config/kurrent-url.js';
import { readSettings, type KeySettings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import { openKeys, openKeysIfUsed, type OpenKeys } from '../keys/core.js';
import { encryptLog, erasedIn, verifyEncryption, type Encryption } from './log/encrypt-log.js';
import { runLogCommand } from './log/log-command.js';
import { openEmbedded, openLogAt, openOwnLog, type OpenLog } from './log/open-log.js';
import { recordedAsAccount } from './operations/recorded-as-account.js';
import { createProgress } from './terminal/progress.js';

const usage = 'npm run --silent encrypt-log -- [--from URL] --to URL|FOLDER';

/**
 * Copies a log of before texts were encrypted into a new one in which they are: of the same engine, in another database, or in another
 * DATA_DIR. The source is left as it is. Ends with one JSON line on standard output, after all was decrypted and compared.
 */
await runLogCommand(usage, async ({ using, signal }) => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const { from, to } = values;
  if (to === undefined) throw new StartRefused(`--to: missing; ${usage}`);
  const source = await using(from === undefined ? openOwnLog('read') : openLogAt(from, '--from', 'read'));
  const target = await using(
    isFolder(to) ? openEmbedded(resolve(to), 'write') : openLogAt(to, '--to', 'write'),
  );
  const opened: OpenKeys[] = [];
  try {
    const keys = await keysFor(target, to);
    opened.push(keys);
    const older = await keysOf(source);
    if (older) opened.push(older);
    const encryption = {
      source: older ? confidential(source.store, older) : source.store,
      target: target.store,
      keys,
    };
    process.stdout.write(`${JSON.stringify(await encrypted(encryption, signal))}\n`);
  } finally {
    for (const keys of opened) await keys.close();
  }
});

async function encrypted(encryption: Encryption, signal: AbortSignal) {
  const { source, target, keys } = encryption;
  const until = await source.lastPosition();
  const erased = await erasedIn(source, { until, signal });
  // Before anything else: an earlier run may have copied texts that were erased since.
  const record = recordedAsAccount();
  for (const ticketId of await keys.keys.destroy([...erased]))
    record('sensitive_delete', { what: 'ticket-key', ticketId });
  const filling = createProgress('events');
  const restored = await encryptLog(encryption, {
    ...{ until, erased, signal },
    onProgress: filling.show,
  }).finally(filling.stop);
  const verifying = createProgress('events verified');
  const options = { until, erased, signal, onProgress: verifying.show };
  const { events, hash } = await verifyEncryption(encryption, options).finally(verifying.stop);
  if ((await source.lastPosition()) !== until) {
    throw new StartRefused(
      'the source has gone on meanwhile: stop what writes to it, and run the same command again',
    );
  }
  return { events, restored, hash, position: String(await target.lastPosition()) };
}

function isFolder(to: string): boolean {
  return !isKurrentUrl(to) && !/^postgres(?:ql)?:/.test(to);
}

/** Where the server on the new log will look for them: in KEYS_DATABASE_URL, else in the database that the log is in. */
function keysFor({ url, ownerUrl }: OpenLog, to: string): Promise<OpenKeys> {
  const settings = readSettings(process.env);
  const databaseUrl = settings.keys.databaseUrl ?? url;
  if (databaseUrl === undefined) {
    throw new StartRefused(
      'KEYS_DATABASE_URL: missing; expected where the server on the new log will have the keys',
    );
  }
  const own = isFolder(to)
    ? { databaseUrl: undefined, dataDir: resolve(to) }
    : { databaseUrl: url ?? databaseUrl };
  const keys = keysSettings(settings.keys, { databaseUrl, ownerUrl });
  return openKeys({ ...settings, ...own, keys }, { record: recordedAsAccount() });
}

/** What was written since the upgrade is encrypted already, with keys beside the source. */
function keysOf({ url, ownerUrl }: OpenLog): Promise<OpenKeys | undefined> {
  const settings = readSettings(process.env);
  const databaseUrl = settings.keys.databaseUrl ?? url ?? settings.databaseUrl;
  if (databaseUrl === undefined) return Promise.resolve(undefined);
  const keys = keysSettings(settings.keys, { databaseUrl, ownerUrl });
  return openKeysIfUsed({ ...settings, keys }, { record: recordedAsAccount() });
}

/** The settings of keys that stand in a database: beside a log its owner is theirs, too. */
function keysSettings(
  keys: KeySettings,
  { databaseUrl, ownerUrl }: { databaseUrl: string; ownerUrl: string | undefined },
): KeySettings {
  return {
    ...keys,
    databaseUrl,
    migrationsUrl: keys.databaseUrl === undefined ? ownerUrl : keys.migrationsUrl,
  };
}
