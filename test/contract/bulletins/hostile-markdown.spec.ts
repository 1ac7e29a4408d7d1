import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { expectProblem } from '../../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../../support/database/database.js';
import { hostileMarkdown } from '../../support/bulletins/hostile-markdown.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../../support/server/server-process.js';

jest.setTimeout(600_000);

let database: TestDatabase;
let server: ServerProcess;
let client: Client;
beforeAll(async () => {
  database = await createDatabase();
  server = await startServerProcess({ DATABASE_URL: database.url });
  client = await clientOf(server);
});
afterAll(async () => {
  await stopServerProcesses();
  await database.drop();
});

const write = async (date: string, bilan: string, more = {}): Promise<void> => {
  const body = { ticketDay: '2026-05-15', sections: { bilan, ...more } };
  expect((await client.send('PUT', `/v1/bulletins/${date}`, body)).status).toBe(201);
};
const printed = (date: string, format: string) =>
  client.get<unknown>(`/v1/bulletins/${date}?format=${format}`);

/** How many others are answered, one after the other, before this is. */
const answeredMeanwhile = async (work: Promise<unknown>): Promise<number> => {
  const state = { isPending: true };
  void work.finally(() => (state.isPending = false));
  let answered = 0;
  while (state.isPending) {
    expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
    answered += 1;
  }
  return answered;
};

describe('a bulletin', () => {
  it('is printed, in every form, whatever its text is made of', async () => {
    for (const [index, [what, text]] of Object.entries(hostileMarkdown).entries()) {
      const date = `2027-${String(1 + Math.floor(index / 28)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
      await write(date, text);
      for (const format of ['html', 'md', 'pdf']) {
        const { status } = await printed(date, format);
        expect([what, format, status]).toEqual([what, format, 200]);
      }
    }
  });

  it('that takes long to print keeps nobody waiting', async () => {
    await write('2028-01-01', `${hostileMarkdown.links}`);
    await write('2028-01-02', `${hostileMarkdown['a long word']}`);
    const both = Promise.all([printed('2028-01-01', 'pdf'), printed('2028-01-02', 'pdf')]);
    expect(await answeredMeanwhile(both)).toBeGreaterThan(10);
    // Whoever watches the server sees it where something holds the thread all the same.
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
  });

  it('that takes too long to print is refused in words, each time, and the next one is printed', async () => {
    // A font for every other letter.
    const costly = '↯a'.repeat(9_990);
    const faitsSaillants = Array.from({ length: 3 }, (_, at) => ({ text: `${at}${costly}` }));
    await write('2028-01-03', costly, { objectif: costly, faitsSaillants });
    for (let times = 0; times < 2; times += 1) {
      expectProblem(await printed('2028-01-03', 'pdf'), 422, 'too-costly-to-print');
    }
    await write('2028-01-04', 'Une semaine calme.');
    expect((await printed('2028-01-04', 'pdf')).status).toBe(200);
    expect((await printed('2028-01-04', 'xlsx')).status).toBe(200);
  });
});
