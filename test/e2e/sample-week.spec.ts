import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client, clientOf } from '../support/client.js';
import { readFigures, type DayFigures } from '../support/figures.js';
import { runImport, type ImportRun } from '../support/import-process.js';
import { NaiveFigures, type NaiveCommand } from '../support/naive-figures.js';
import { expectedDates, expectedDays, sampleFile, sampleLines, sampleRange } from '../support/sample-week.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

jest.setTimeout(300_000);

const lines = sampleLines();

/** NIM and MCQ are all the week knows; both are cut by Montréal's midnights. */
const naive = (): NaiveFigures =>
  new NaiveFigures({
    NIM: { timeZone: 'America/Toronto', sites: {} },
    MCQ: { timeZone: 'America/Toronto', sites: {} },
  });

interface SyncAnswer {
  position: string;
  results: { commandId: string; status: string }[];
}

/** Sends commands one batch after the other, and gives back how each was answered and the last answer's position. */
const send = async (
  client: Client,
  commands: string[],
  size: number,
): Promise<{ statuses: string[]; position: string }> => {
  const statuses: string[] = [];
  let position = '0';
  for (let first = 0; first < commands.length; first += size) {
    const batch = commands.slice(first, first + size);
    const { status, body } = await client.post<SyncAnswer>(
      '/v1/sync',
      `{"deviceId":"test","commands":[${batch.join(',')}]}`,
    );
    if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
    statuses.push(...body.results.map((result) => result.status));
    ({ position } = body);
  }
  return { statuses, position };
};

/** What the naive fold makes of the commands: how each must be answered, and the figures. */
const folded = (commands: string[]): { statuses: string[]; days: Record<string, DayFigures> } => {
  const figures = naive();
  const now = Date.now();
  const statuses = commands.map((line) => figures.apply(JSON.parse(line) as NaiveCommand, now).status);
  return { statuses, days: figures.days(expectedDates) };
};

/**
 * One a batch is a round trip and a flush to disk for each command: 10 to 16 ms measured on two busy cores, three minutes and more
 * for the week. It goes as far as the second day, and is held to the naive fold, which is itself held to the expected file.
 */
const oneByOne = 1_500;

describe('the naive fold', () => {
  it('gives the expected figures of the week', () => {
    expect(folded(lines).days).toEqual(expectedDays);
  });
});

describe.each([
  [1000, lines.length],
  [7, lines.length],
  [1, oneByOne],
])('the sample week sent with %i commands a batch', (size, length) => {
  const commands = lines.slice(0, length);
  const expected = folded(commands);
  let server: TestServer;
  let client: Client;
  let sent: Awaited<ReturnType<typeof send>>;

  beforeAll(async () => {
    server = await startTestServer();
    client = await clientOf(server);
    sent = await send(client, commands, size);
  });
  afterAll(() => server.close());

  it('gives the expected figures of every day and establishment, at once', async () => {
    const { dates, days } = await readFigures(client, { ...sampleRange, minPosition: sent.position });
    expect(dates).toEqual(expectedDates);
    expect(days).toEqual(length === lines.length ? expectedDays : expected.days);
  });

  it('has every command answered as the naive fold answers it', () => {
    expect(sent.statuses).toEqual(expected.statuses);
  });

  it('gives each day by itself as it gives it in the range', async () => {
    const range = await client.get<{ items: { date: string }[] }>(
      `/v1/billets-quotidiens?from=${sampleRange.from}&to=${sampleRange.to}`,
    );
    for (const item of range.body.items) {
      const day = await client.get(`/v1/billets-quotidiens/${item.date}`);
      expect(day.body).toEqual({ ...item, knownAt: expect.any(String) });
    }
  });
});

describe('the sample week imported', () => {
  let server: TestServer;
  let client: Client;
  let folder: TemporaryFolder;
  let first: ImportRun;
  let second: ImportRun;
  let afterFirst: Record<string, DayFigures>;

  beforeAll(async () => {
    server = await startTestServer();
    client = await clientOf(server);
    folder = await temporaryFolder();
    const run = () => runImport(sampleFile, { url: server.url, dataDir: folder.path });
    first = await run();
    ({ days: afterFirst } = await readFigures(client, {
      ...sampleRange,
      minPosition: first.counts.position,
    }));
    second = await run();
  });
  afterAll(async () => {
    await server.close();
    await folder.remove();
  });

  it('ends with one line of counts and exit 0', () => {
    const { statuses } = folded(lines);
    const of = (status: string) => statuses.filter((one) => one === status).length;
    expect(first.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(first).toMatchObject({
      code: 0,
      counts: {
        applied: of('applied'),
        duplicate: of('duplicate'),
        unchanged: of('unchanged'),
        refused: of('refused'),
      },
    });
    expect(first.counts.position).toMatch(/^\d+$/);
  });

  it('gives the expected figures at once', () => {
    expect(afterFirst).toEqual(expectedDays);
  });

  it('applies nothing the second time, and refuses what it refused', () => {
    const { applied, duplicate, unchanged, refused, position } = first.counts;
    expect(second.code).toBe(0);
    expect(second.counts).toEqual({
      applied: 0,
      duplicate: applied + duplicate,
      unchanged,
      refused,
      position,
    });
  });

  it('gives the same figures after the second time', async () => {
    const { position: minPosition } = second.counts;
    expect((await readFigures(client, { ...sampleRange, minPosition })).days).toEqual(expectedDays);
  });
});
