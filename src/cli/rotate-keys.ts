import { parseArgs } from 'node:util';
import { readSettings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import { addMasterKey, rotateKeys } from '../keys/core.js';
import { openOwnDatabase } from './operations/own-database.js';
import { recordedAsAccount } from './operations/recorded-as-account.js';
import { createProgress } from './terminal/progress.js';
import { runCommand } from './terminal/run-command.js';
import { onStopSignal } from './terminal/stop-signals.js';

const usage = 'npm run --silent rotate-keys [-- --new]';

/**
 * Wraps the keys of the texts with the current master key, while the server runs; `--new` makes one first, where it is in a file. Ends with
 * one JSON line. After any accident: the same command without --new.
 */
await runCommand(usage, async () => {
  const { values } = parseArgs({ options: { new: { type: 'boolean', default: false } } });
  const record = recordedAsAccount();
  const file = values.new ? await addMasterKey(readSettings(process.env), record) : undefined;
  const stopping = new AbortController();
  onStopSignal(() => stopping.abort(new StartRefused('interrupted: run it again, without --new, to go on')));
  const { keys, close } = await openOwnDatabase();
  const progress = createProgress('keys');
  try {
    const rotation = await rotateKeys(keys, {
      ...{ signal: stopping.signal, record },
      onProgress: (count, total) => progress.show({ count, done: count, total }),
    });
    progress.stop();
    process.stdout.write(`${JSON.stringify(rotation)}\n`);
    if (file !== undefined) {
      process.stderr.write(`${file} holds the older keys too: take them out once no backup needs them\n`);
    }
  } finally {
    progress.stop();
    await close();
  }
});
