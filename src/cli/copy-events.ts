import { parseArgs } from 'node:util';
import { StartRefused } from '../config/start-refused.js';
import type { Incoming } from './log/fill-log.js';
import { runLogCommand } from './log/log-command.js';
import { moveEvents } from './log/move-events.js';
import { openLogAt, openOwnLog } from './log/open-log.js';
import { readLog } from './log/read-log.js';
import { createProgress } from './terminal/progress.js';

const usage = 'npm run --silent copy-events -- [--from URL] --to URL';

/** Copies a log, as it is now, from one engine or database to another. Ends with one JSON line on standard output. */
await runLogCommand(usage, async ({ using, signal }) => {
  const { values } = parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } });
  const { from, to } = values;
  if (to === undefined) throw new StartRefused(`--to: missing; ${usage}`);
  const source = await using(from === undefined ? openOwnLog('read') : openLogAt(from, '--from', 'read'));
  const target = await using(openLogAt(to, '--to', 'write'));
  const until = await source.store.lastPosition();
  const progress = createProgress('events');

  async function* incoming(): AsyncGenerator<Incoming[], void> {
    let count = 0;
    for await (const batch of readLog(source.store, { until, signal })) {
      yield batch.map((event) => ({ event }));
      count += batch.length;
      progress.show({ count, done: Number(batch.at(-1)?.position ?? 0n), total: Number(until) });
    }
  }
  await moveEvents(target.store, incoming(), { mayHoldMore: false, signal, onFilled: () => progress.stop() });
});
