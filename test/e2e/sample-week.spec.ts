import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf, type Answer } from '../support/api/client.js';
import { figureNames, readFigures, type DayFigures } from '../support/figures/figures.js';
import { runImport, startImport, type ImportRun } from '../support/cli/import-process.js';
import { foldSample } from '../support/figures/sample-fold.js';
import {
  expectedDates,
  expectedDays,
  sampleFile,
  sampleLines,
  sampleRange,
} from '../support/figures/sample-week.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { budgeted } from '../support/budget.js';

const lines = sampleLines();

interface SyncAnswer {
  position: string;
  results: { commandId: string; status: string }[];
}

interface FigurePage {
  items: { establishment: string; delta: number }[];
  nextCursor: string | null;
}

/** Sends commands one batch after the other; gives the status of each result and the position of the last answer. */
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

/**
 * How many commands are sent in small batches. A batch is a round trip and a flush to disk: 10 to 40 ms measured on two busy cores. So
 * small batches cover only a part of the week, compared with the naive fold, which is itself compared with the expected file.
 */
const inSevens = Math.min(lines.length, budgeted(1_050));
const oneByOne = budgeted(100);

describe('the naive fold', () => {
  it('gives the expected figures of the week', () => {
    expect(foldSample(lines.length).days).toEqual(expectedDays);
  });
});

interface Sent {
  client: Client;
  statuses: string[];
  position: string;
}

/** Tests that the server equals the naive fold after the first `length` commands, however they were sent. */
const itEqualsTheFold = (length: number, sent: () => Sent): void => {
  it('gives the expected figures of every day and establishment at once', async () => {
    const { client, position } = sent();
    const { dates, days } = await readFigures(client, { ...sampleRange, minPosition: position });
    expect(dates).toEqual(expectedDates);
    expect(days).toEqual(length === lines.length ? expectedDays : foldSample(length).days);
  });

  it('has every command answered like the naive fold', () => {
    expect(sent().statuses).toEqual(foldSample(length).statuses);
  });

  it('gives each day alone as it gives it in the range', async () => {
    const { client } = sent();
    const range = await client.get<{ items: { date: string }[] }>(
      `/v1/billets-quotidiens?from=${sampleRange.from}&to=${sampleRange.to}`,
    );
    for (const item of range.body.items) {
      const day = await client.get(`/v1/billets-quotidiens/${item.date}`);
      expect(day.body).toEqual({ ...item, knownAt: expect.any(String) });
    }
  });
};

describe.each([
  [7, inSevens],
  [1, oneByOne],
])('the sample week sent with %i commands a batch', (size, length) => {
  let server: HostedServer;
  let sent: Sent;

  beforeAll(async () => {
    server = await startHostedServer();
    const client = await clientOf(server);
    sent = { client, ...(await send(client, lines.slice(0, length), size)) };
  });
  afterAll(() => server.close());

  itEqualsTheFold(length, () => sent);
});

describe('the sample week sent in thirds, with 1000 commands a batch', () => {
  const third = Math.ceil(lines.length / 3);
  const lengths = [third, 2 * third, lines.length];
  let server: HostedServer;
  let client: Client;
  const statuses: string[] = [];
  const positions: string[] = [];
  const instants: string[] = [];

  beforeAll(async () => {
    server = await startHostedServer();
    client = await clientOf(server);
    for (let first = 0; first < lines.length; first += third) {
      const sent = await send(client, lines.slice(first, first + third), 1000);
      statuses.push(...sent.statuses);
      positions.push(sent.position);
      // The pauses make sure that the next third is recorded after the millisecond of this instant.
      await sleep(5);
      instants.push(new Date().toISOString());
      await sleep(5);
    }
  });
  afterAll(() => server.close());

  itEqualsTheFold(lines.length, () => ({ client, statuses, position: positions.at(-1)! }));

  it.each([0, 1, 2])('gives the figures as of each third, by position and by instant: %i', async (index) => {
    const { days } = foldSample(lengths[index]!);
    const asOfPosition = positions[index]!;
    expect((await readFigures(client, { ...sampleRange, asOfPosition })).days).toEqual(days);
    const asOf = instants[index]!;
    expect((await readFigures(client, { ...sampleRange, asOf })).days).toEqual(days);
  });

  it('gives the same figures by the reporting zone, since both establishments are in it', async () => {
    const { days } = await readFigures(client, { ...sampleRange, basis: 'reporting-zone' });
    expect(days).toEqual(expectedDays);
  });

  it('drills down to every figure of 15 May', async () => {
    const expected = expectedDays['2026-05-15']!;
    for (const figure of figureNames) {
      const found: { establishment: string; delta: number }[] = [];
      let next = '';
      for (;;) {
        const { status, body }: Answer<FigurePage> = await client.get(
          `/v1/billets-quotidiens/2026-05-15/tickets?figure=${figure}&limit=500${next}`,
        );
        expect(status).toBe(200);
        found.push(...body.items);
        if (body.nextCursor === null) break;
        next = `&cursor=${body.nextCursor}`;
      }
      for (const [code, figures] of Object.entries(expected.establishments)) {
        const of = found.filter(({ establishment }) => establishment === code);
        expect([figure, code, of.reduce((sum, { delta }) => sum + delta, 0)]).toEqual([
          ...[figure, code, figures[figure]],
        ]);
      }
    }
  });

  it('has at each midnight the backlog of the day that ends', async () => {
    for (const date of expectedDates) {
      const midnight = new Date(Date.parse(`${date}T04:00:00Z`) + 24 * 3_600_000 - 1).toISOString();
      const { body } = await client.get<{
        total: number;
        establishments: { code: string; backlog: number }[];
      }>(`/v1/backlog?at=${midnight}`);
      const { total, establishments } = expectedDays[date]!;
      expect([date, body.total]).toEqual([date, total.backlog]);
      for (const { code, backlog } of body.establishments) {
        expect([date, code, backlog]).toEqual([date, code, establishments[code]!.backlog]);
      }
    }
  });
});

describe('the sample week imported', () => {
  let server: HostedServer;
  let client: Client;
  let folder: TemporaryFolder;
  let first: ImportRun;
  let second: ImportRun;
  let afterFirst: Record<string, DayFigures>;

  beforeAll(async () => {
    server = await startHostedServer();
    client = await clientOf(server);
    folder = await temporaryFolder();
    const options = { url: server.url, dataDir: folder.path };
    first = await startImport(sampleFile, options).done;
    ({ days: afterFirst } = await readFigures(client, {
      ...sampleRange,
      minPosition: first.counts.position,
    }));
    second = await runImport(sampleFile, options);
  });
  afterAll(async () => {
    await server.close();
    await folder.remove();
  });

  it('ends with one line of counts and exit 0', () => {
    const { statuses } = foldSample(lines.length);
    const of = (status: string) => statuses.filter((found) => found === status).length;
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

  it('applies nothing the second time, and refuses the same commands', () => {
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

  it('leaves the figures unchanged the second time', async () => {
    const { position: minPosition } = second.counts;
    expect((await readFigures(client, { ...sampleRange, minPosition })).days).toEqual(expectedDays);
  });
});
