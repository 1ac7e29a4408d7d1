import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf } from '../support/api/client.js';
import { logShape, type LogShape } from '../support/database/embedded-database.js';
import { readFigures, type DayFigures } from '../support/figures/figures.js';
import { freePort } from '../support/network/free-port.js';
import { runImport, startImport, type ImportRun } from '../support/cli/import-process.js';
import { foldSample } from '../support/figures/sample-fold.js';
import { sampleLines, sampleRange } from '../support/figures/sample-week.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';
import { budgeted } from '../support/budget.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

/** How many commands of the sample week are imported: three batches, and the whole week in the long run. */
const length = Math.min(sampleLines().length, budgeted(3_000));
const expected = foldSample(length);
const countOf = (status: string) => expected.statuses.filter((found) => found === status).length;
/** The counts of a run without a kill. */
const complete = {
  applied: countOf('applied'),
  duplicate: countOf('duplicate'),
  unchanged: countOf('unchanged'),
  refused: countOf('refused'),
};

let folder: TemporaryFolder;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(async () => {
  await stopServerProcesses();
  await folder.remove();
});

/** A random moment for a kill: a position of the log, and a delay after it is reached. */
const randomMoment = () => ({
  position: 200 + Math.floor(Math.random() * 0.85 * complete.applied),
  delayMs: Math.floor(Math.random() * 150),
});
type Moment = ReturnType<typeof randomMoment>;

const waitForMoment = async ({ url }: ServerProcess, { position, delayMs }: Moment): Promise<void> => {
  for (;;) {
    const health = (await (await fetch(new URL('/health/ready', url))).json()) as {
      eventStore: { position?: string };
    };
    if (Number(health.eventStore.position ?? 0) >= position) break;
    await sleep(10);
  }
  await sleep(delayMs);
};

const figuresOf = async (server: ServerProcess, run: ImportRun): Promise<Record<string, DayFigures>> => {
  const client = await clientOf(server);
  return (await readFigures(client, { ...sampleRange, minPosition: run.counts.position })).days;
};

const wholeLog: LogShape = {
  events: complete.applied,
  first: '1',
  last: String(complete.applied),
  head: String(complete.applied),
  brokenStreams: 0,
};

/** The kills of a server and its import, and at last of a server whose import then has to go on by itself. */
const moments = Array.from({ length: budgeted(2) }, randomMoment).sort((a, b) => a.position - b.position);

describe('an import whose server is killed, with it or alone', () => {
  let dataDir: string;
  let file: string;
  let server: ServerProcess;
  let last: ImportRun;
  let again: ImportRun;

  beforeAll(async () => {
    dataDir = join(folder.path, 'killed');
    file = join(folder.path, 'week.ndjson');
    await writeFile(file, `${sampleLines().slice(0, length).join('\n')}\n`);
    console.info(`killed at ${JSON.stringify(moments)}`);
    const settings = { DATA_DIR: dataDir, PORT: String(await freePort()) };
    server = await startServerProcess(settings);
    for (const moment of moments.slice(0, -1)) {
      const running = startImport(file, { url: server.url, dataDir });
      await waitForMoment(server, moment);
      await Promise.all([server.kill('SIGKILL'), running.kill()]);
      server = await startServerProcess(settings);
    }
    const running = startImport(file, { url: server.url, dataDir });
    await waitForMoment(server, moments.at(-1)!);
    await server.kill('SIGKILL');
    server = await startServerProcess(settings);
    last = await running.done;
    again = await runImport(file, { url: server.url, dataDir });
  });
  afterAll(() => server.kill('SIGTERM'));

  it('continues by itself once the server is there again', () => {
    const { applied, duplicate, unchanged, refused } = complete;
    expect(last).toMatchObject({ code: 0, counts: { unchanged, refused } });
    // What was sent before a kill is sent twice: commands already applied are then counted as duplicates.
    expect(last.counts.applied + last.counts.duplicate).toBe(applied + duplicate);
  });

  it('gives the expected figures', async () => {
    expect(await figuresOf(server, last)).toEqual(expected.days);
  });

  it('leaves a log without a gap, with every event once', async () => {
    expect(await logShape(dataDir)).toEqual(wholeLog);
  });

  it('leaves nothing to apply, and refuses the same commands as without a kill', () => {
    const { applied, duplicate, unchanged, refused } = complete;
    expect(again).toMatchObject({
      code: 0,
      counts: { applied: 0, duplicate: applied + duplicate, unchanged, refused },
    });
  });
});
