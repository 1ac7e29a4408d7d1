import { parseArgs } from 'node:util';
import { StartRefused } from '../config/start-refused.js';
import { AdminApi, serverOptions } from './operations/admin-api.js';
import { runCommand } from './terminal/run-command.js';

const usage = 'npm run --silent dead-letters [-- retry ID|all] [--url http://localhost:3000] [--token TOKEN]';

interface DeadLetter {
  id: string;
}

/** Lists the dead letters of the projections, one JSON line each, or retries them. */
await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: serverOptions });
  const [verb = 'list', id, ...more] = positionals;
  const valid = (verb === 'list' && id === undefined) || (verb === 'retry' && id !== undefined);
  if (!valid || more.length > 0) throw new StartRefused(`expected nothing, or retry and an id; ${usage}`);
  const api = await AdminApi.at(values);
  const { items } = await api.send<{ items: DeadLetter[] }>('GET', '/v1/admin/dead-letters');
  if (verb === 'list') {
    for (const letter of items) process.stdout.write(`${JSON.stringify(letter)}\n`);
    return;
  }
  const ids = id === undefined || id === 'all' ? items.map((letter) => letter.id) : [id];
  for (const letterId of ids) await retry(api, letterId);
});

/** Retries one dead letter. Where it still fails, the program says so and goes on with the others, and exits with 1. */
async function retry(api: AdminApi, id: string): Promise<void> {
  try {
    const retried = await api.send('POST', `/v1/admin/dead-letters/${encodeURIComponent(id)}/retry`);
    process.stdout.write(`${JSON.stringify(retried)}\n`);
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    process.stderr.write(`${id}: ${error.message}\n`);
    process.exitCode = 1;
  }
}
