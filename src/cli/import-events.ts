import { parseArgs } from 'node:util';
import { StartRefused } from '../config/start-refused.js';
import { runLogCommand } from './log/log-command.js';
import { moveEvents } from './log/move-events.js';
import { openLogAt, openOwnLog } from './log/open-log.js';
import { readArchive } from './log/read-archive.js';
import { createProgress } from './terminal/progress.js';
import { readLines } from './import/read-lines.js';

const usage = 'npm run --silent import-events -- FILE.ndjson[.gz]|- [--to URL]';

/** Imports an archive into an empty log, or into one that holds the events before it. Ends with one JSON line on standard output. */
await runLogCommand(usage, async ({ using, signal }) => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { to: { type: 'string' } } });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new StartRefused(`expected one file; ${usage}`);
  const source = await readLines(path);
  const { store } = await using(
    values.to === undefined ? openOwnLog('write') : openLogAt(values.to, '--to', 'write'),
  );
  const progress = createProgress('events');
  const incoming = readArchive(source, progress.show);
  await moveEvents(store, incoming, { mayHoldMore: true, signal, onFilled: () => progress.stop() });
});
