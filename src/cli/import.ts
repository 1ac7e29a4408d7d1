import { access } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { issueDevelopmentToken } from '../access/development-issuer.js';
import { readSettings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import { importFile, noCounts } from './import/import-file.js';
import { createProgress } from './import/progress.js';
import { Refusals } from './import/refusals.js';
import { RefusedBefore } from './import/refused-before.js';
import { logIdentity } from './import/server.js';
import { runCommand } from './run-command.js';

const usage =
  'npm run --silent import -- FILE.ndjson[.gz] [--url http://localhost:3000] [--batch 1000] [--token TOKEN] [--again]';
const mostCommands = 1000;

/** Sends a file of commands through the running server; ends with one JSON line of counts on standard output. */
await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'http://localhost:3000' },
      batch: { type: 'string', default: String(mostCommands) },
      token: { type: 'string' },
      again: { type: 'boolean', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new StartRefused(`expected one file; ${usage}`);
  if (!URL.canParse(values.url))
    throw new StartRefused(`--url: expected a URL, not ${JSON.stringify(values.url)}`);
  const batchSize = Number(values.batch);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > mostCommands) {
    throw new StartRefused(`--batch: expected 1 to ${mostCommands}, not ${JSON.stringify(values.batch)}`);
  }
  const token = values.token ?? (await ownToken());
  const refusedBefore = values.again ? undefined : await earlierRefusals(path, values.url);
  const progress = createProgress();
  const refusals = new Refusals();
  const counts = noCounts();
  try {
    await importFile(
      {
        path,
        url: values.url,
        token,
        batchSize,
        refusedBefore,
        onProgress: progress.show,
        onRefused: (line, result) => refusals.add(line, result),
      },
      counts,
    );
  } finally {
    progress.stop();
    process.stderr.write(refusals.summary(counts.refused, refusedBefore?.path));
    process.stdout.write(`${JSON.stringify(counts)}\n`);
  }
});

/** --again sends what was refused before, too. */
async function earlierRefusals(path: string, url: string): Promise<RefusedBefore> {
  const log = await logIdentity(url);
  await access(path).catch((error: unknown) => {
    throw new StartRefused(`${path} can't be read: ${(error as Error).message}`);
  });
  return RefusedBefore.of(path, log, readSettings(process.env).dataDir);
}

async function ownToken(): Promise<string> {
  const settings = readSettings(process.env);
  if (settings.oidc) throw new StartRefused(`--token: missing; expected a token of ${settings.oidc.issuer}`);
  return issueDevelopmentToken(
    { subject: 'import', roles: ['agent'], establishments: ['*'] },
    settings.production,
  );
}
