import { access } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readSettings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import { encodingNamed, utf8, type Encoding } from './import/encoding.js';
import { EarlierAnswers } from './import/earlier-answers.js';
import { importFile, zeroImportCounts } from './import/import-file.js';
import { Refusals } from './import/refusals.js';
import { fetchLogIdentity } from './import/retry.js';
import { ownToken } from './operations/own-token.js';
import { createProgress } from './terminal/progress.js';
import { UnreadableLine } from './import/read-lines.js';
import { runCommand } from './terminal/run-command.js';

const usage =
  'npm run --silent import -- FILE.ndjson[.gz] [--url http://localhost:3000] [--batch 1000] [--token TOKEN] [--encoding utf-8] [--again]';
const maxCommands = 1000;

/** Sends a file of commands through the running server. Ends with one JSON line of counts on standard output. */
await runCommand(usage, async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      url: { type: 'string', default: 'http://localhost:3000' },
      batch: { type: 'string', default: String(maxCommands) },
      token: { type: 'string' },
      encoding: { type: 'string', default: utf8.name },
      again: { type: 'boolean', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new StartRefused(`expected one file; ${usage}`);
  if (!URL.canParse(values.url))
    throw new StartRefused(`--url: expected a URL, not ${JSON.stringify(values.url)}`);
  const batchSize = Number(values.batch);
  if (!Number.isInteger(batchSize) || batchSize < 1 || batchSize > maxCommands) {
    throw new StartRefused(`--batch: expected 1 to ${maxCommands}, not ${JSON.stringify(values.batch)}`);
  }
  const encoding = encodingNamed(values.encoding);
  const token =
    values.token ?? (await ownToken({ subject: 'import', roles: ['agent'], establishments: ['*'] }));
  const earlier = values.again ? undefined : await earlierAnswers(path, values.url, encoding);
  const progress = createProgress('commands');
  const refusals = new Refusals();
  const counts = zeroImportCounts();
  try {
    await importFile(
      {
        path,
        url: values.url,
        token,
        batchSize,
        encoding,
        earlier,
        onProgress: progress.show,
        onRefused: (line, result) => refusals.add(line, result),
      },
      counts,
    );
  } catch (error) {
    throw error instanceof UnreadableLine ? withAdvice(error) : error;
  } finally {
    progress.stop();
    process.stderr.write(refusals.summary(counts.refused, earlier?.refusedFile));
    process.stdout.write(`${JSON.stringify(counts)}\n`);
  }
});

/** The error of an unreadable line, with what was sent before it and what to do. */
function withAdvice({ line, message }: UnreadableLine): StartRefused {
  const sent = line === 1 ? 'nothing was sent' : `the lines before it were sent, nothing from it on was`;
  return new StartRefused(
    `${message}; ${sent}. Say what the file is written in (--encoding windows-1252 for most old Windows programs, macintosh, utf-16le, …), or write it in UTF-8; then import it again: nothing is applied twice`,
  );
}

/**
 * The answers of earlier runs, for the log that the server writes to. Not read with --again, which also sends what came to nothing
 * before.
 */
async function earlierAnswers(path: string, url: string, encoding: Encoding): Promise<EarlierAnswers> {
  const log = await fetchLogIdentity(url);
  await access(path).catch((error: unknown) => {
    throw new StartRefused(`${path} can't be read: ${(error as Error).message}`);
  });
  return EarlierAnswers.of(path, { server: encoding, log, dataDir: readSettings(process.env).dataDir });
}
