import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientOf } from '../support/api/client.js';
import { logShape, type LogShape } from '../support/database/embedded-database.js';
import { readFigures, type DayFigures } from '../support/figures/figures.js';
import { freePort } from '../support/network/free-port.js';
import { runImport, startImport, type ImportRun } from '../support/cli/import-process.js';
import { expectedDays, sampleFile, sampleRange } from '../support/figures/sample-week.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';
import { budgeted } from '../support/budget.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

/** The counts of a run without a kill; sample-week.spec.ts expects the same of the naive fold. */
const complete = { applied: 16_373, duplicate: 160, unchanged: 0, refused: 6 };

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
  position: 200 + Math.floor(Math.random() * 14_000),
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

describe('a server and an import killed in the middle, again and again', () => {
  const moments = Array.from({ length: budgeted(2) }, randomMoment).sort((a, b) => a.position - b.position);
  let dataDir: string;
  let server: ServerProcess;
  let last: ImportRun;
  let again: ImportRun;

  beforeAll(async () => {
    dataDir = join(folder.path, 'killed');
    console.info(`killed at ${JSON.stringify(moments)}`);
    for (const moment of moments) {
      server = await startServerProcess({ DATA_DIR: dataDir });
      const running = startImport(sampleFile, { url: server.url, dataDir });
      await waitForMoment(server, moment);
      await Promise.all([server.kill('SIGKILL'), running.kill()]);
    }
    server = await startServerProcess({ DATA_DIR: dataDir });
    last = await startImport(sampleFile, { url: server.url, dataDir }).done;
    again = await runImport(sampleFile, { url: server.url, dataDir });
  });
  afterAll(() => server.kill('SIGTERM'));

  it('give the expected figures when the import is run again', async () => {
    expect(last.code).toBe(0);
    expect(await figuresOf(server, last)).toEqual(expectedDays);
  });

  it('leave a log without a gap, with every event once', async () => {
    expect(await logShape(dataDir)).toEqual(wholeLog);
  });

  it('leave nothing to apply, and refuse the same commands as without a kill', () => {
    const { applied, duplicate, unchanged, refused } = complete;
    expect(last.counts).toMatchObject({ unchanged, refused });
    expect(last.counts.applied + last.counts.duplicate).toBe(applied + duplicate);
    expect(again).toMatchObject({
      code: 0,
      counts: { applied: 0, duplicate: applied + duplicate, unchanged, refused },
    });
  });
});

describe('an import whose server is killed and started again', () => {
  let dataDir: string;
  let server: ServerProcess;
  let run: ImportRun;

  beforeAll(async () => {
    dataDir = join(folder.path, 'restarted');
    const settings = { DATA_DIR: dataDir, PORT: String(await freePort()) };
    const moment = randomMoment();
    console.info(`killed at ${JSON.stringify(moment)}`);
    server = await startServerProcess(settings);
    const running = startImport(sampleFile, { url: server.url, dataDir });
    await waitForMoment(server, moment);
    await server.kill('SIGKILL');
    server = await startServerProcess(settings);
    run = await running.done;
  });
  afterAll(() => server.kill('SIGTERM'));

  it('continues by itself', () => {
    const { applied, duplicate, unchanged, refused } = complete;
    expect(run).toMatchObject({ code: 0, counts: { unchanged, refused } });
    // The batch that the kill interrupted is sent twice: commands already applied are then counted as duplicates.
    expect(run.counts.applied + run.counts.duplicate).toBe(applied + duplicate);
  });

  it('gives the expected figures', async () => {
    expect(await figuresOf(server, run)).toEqual(expectedDays);
  });

  it('leaves a log without a gap, with every event once', async () => {
    expect(await logShape(dataDir)).toEqual(wholeLog);
  });
});
