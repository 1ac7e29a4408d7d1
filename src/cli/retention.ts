import { parseArgs } from 'node:util';
import { StartRefused } from '../config/start-refused.js';
import { AdminApi, serverOptions } from './operations/admin-api.js';
import { runCommand } from './terminal/run-command.js';

const usage =
  'npm run --silent retention -- --dry-run [--policy closed:P2Y,cancelled:P1Y] [--list] [--url http://localhost:3000] [--token TOKEN]';

interface Due {
  rules: { status: string; period: string }[];
  due: number;
  held: number;
  counts: { establishment: string; status: string; tickets: number; held: number }[];
  tickets: { ticketId: string; establishment: string; status: string; endedAt: string }[];
}

/**
 * Tells what retention would erase now, by the running server's rules or by others: counts by establishment and status, one JSON line
 * each, then the sums. Nothing is erased here: the server does so by itself.
 */
await runCommand(usage, async () => {
  const { values } = parseArgs({
    options: {
      ...serverOptions,
      'dry-run': { type: 'boolean', default: false },
      policy: { type: 'string' },
      list: { type: 'boolean', default: false },
    },
  });
  if (!values['dry-run']) throw new StartRefused(`expected --dry-run: the server erases by itself; ${usage}`);
  const api = await AdminApi.at(values);
  const query = new URLSearchParams({ limit: values.list ? '500' : '0' });
  if (values.policy !== undefined) query.set('policy', values.policy);
  const { rules, due, held, counts, tickets } = await api.send<Due>(
    'GET',
    `/v1/admin/retention?${query.toString()}`,
  );
  for (const line of [...counts, ...tickets, { rules, due, held }])
    process.stdout.write(`${JSON.stringify(line)}\n`);
});
