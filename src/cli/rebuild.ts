import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { StartRefused } from '../config/start-refused.js';
import { AdminApi, serverOptions } from './operations/admin-api.js';
import { createProgress } from './terminal/progress.js';
import { runCommand } from './terminal/run-command.js';

const usage = 'npm run --silent rebuild -- NAME [--cancel] [--url http://localhost:3000] [--token TOKEN]';
const pollMs = 300;

interface Projection {
  generation: number;
  verification: { rows: number; different: number; first: unknown[] } | null;
  rebuild: {
    generation: number;
    position: string;
    of: string | null;
    rate: number;
    lastError: string | null;
  } | null;
}

/**
 * Has the running server rebuild a projection's rows, and follows it until the new rows are served. Ends with one JSON line. Ctrl-C only
 * stops following: the rebuild goes on.
 */
await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { ...serverOptions, cancel: { type: 'boolean', default: false } },
  });
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0) throw new StartRefused(`expected one projection; ${usage}`);
  const api = await AdminApi.at(values);
  const path = `/v1/admin/projections/${encodeURIComponent(name)}`;
  if (values.cancel) {
    await api.send('DELETE', `${path}/rebuild`);
    process.stdout.write(`${JSON.stringify({ projection: name, cancelled: true })}\n`);
    return;
  }
  const { rebuild } = await api.send<Projection>('POST', `${path}/rebuild`);
  const ended = await followRebuild(() => api.send<Projection>('GET', path));
  const { generation, verification } = ended;
  if (rebuild && generation < rebuild.generation)
    throw new StartRefused(`the rebuild of ${name} was cancelled`);
  const { rows, different, first } = verification ?? {};
  process.stdout.write(`${JSON.stringify({ projection: name, generation, rows, different, first })}\n`);
});

async function followRebuild(poll: () => Promise<Projection>): Promise<Projection> {
  const progress = createProgress('events');
  try {
    for (;;) {
      const now = await poll();
      if (!now.rebuild) return now;
      const { position, of, lastError } = now.rebuild;
      progress.show({ count: Number(position), done: Number(position), total: Number(of ?? 0) });
      if (lastError !== null) process.stderr.write(`it can't go on, and tries again: ${lastError}\n`);
      await sleep(pollMs);
    }
  } finally {
    progress.stop();
  }
}
