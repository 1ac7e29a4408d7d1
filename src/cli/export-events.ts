import { parseArgs } from 'node:util';
import { StartRefused } from '../config/start-refused.js';
import { runLogCommand } from './log/log-command.js';
import { openLogAt, openOwnLog } from './log/open-log.js';
import { archiveOf, nothingWritten } from './log/written-archive.js';
import { writeOut } from './log/write-out.js';
import { createProgress } from './terminal/progress.js';

const usage = 'npm run --silent export-events -- [--from URL] [--out FILE.ndjson[.gz]|-] [--after POSITION]';

/** Writes the log as CloudEvents, one a line. Ends with one JSON line on standard error. */
await runLogCommand(usage, async ({ using, signal }) => {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      out: { type: 'string', default: '-' },
      after: { type: 'string', default: '0' },
    },
  });
  const { from, out, after } = values;
  if (!/^\d{1,20}$/.test(after)) {
    throw new StartRefused(`--after: expected a position, in digits, not ${JSON.stringify(after)}`);
  }
  const { store } = await using(from === undefined ? openOwnLog('read') : openLogAt(from, '--from', 'read'));
  const written = nothingWritten();
  const progress = createProgress('events');
  // A progress bar in the middle of the lines would be of no use.
  const onProgress = out === '-' && process.stdout.isTTY ? () => undefined : progress.show;
  const archive = archiveOf(store, { after: BigInt(after), signal, onProgress }, written);
  const whole = await writeOut(out, archive).finally(() => progress.stop());
  const { events, position, hash } = written;
  if (whole) process.stderr.write(`${JSON.stringify({ events, position: String(position), hash })}\n`);
});
