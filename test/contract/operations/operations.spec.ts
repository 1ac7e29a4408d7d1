import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DailyFigures } from '../../../src/billets-quotidiens/projections/daily-figures.projection.js';
import { Client, clientOf, codeOf, type ProblemBody } from '../../support/api/client.js';
import { PlainBrowser, type Jar } from '../../support/access/session.js';
import { createProjectionBed, until, type ProjectionBed } from '../../support/projections/projections.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { TicketHistories } from '../../support/tickets/ticket-histories.js';
import { tokenOf } from '../../support/access/tokens.js';

const maxLagSeconds = 0.2;
const projections = '/v1/admin/projections';
const deadLetters = '/v1/admin/dead-letters';
const daily = new DailyFigures();

let server: HostedServer;
let bed: ProjectionBed;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer({ readyMaxLagSeconds: maxLagSeconds });
  bed = await createProjectionBed(server.database.url);
  client = await clientOf(server);
  await bed.store.append(new TicketHistories(1).take(1)[0]!);
});
afterAll(async () => {
  await bed.close();
  await server.close();
});

/** Locks the serving generation of the daily figures: until the returned function is called, its rows are neither written nor replaced. */
const holdServed = async (): Promise<() => Promise<void>> => {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let held: () => void = () => undefined;
  const holding = new Promise<void>((resolve) => (held = resolve));
  const transaction = bed.transaction(async (query) => {
    await query(
      `SELECT FROM projections.generations WHERE name = 'daily-figures' AND state = 'serving' FOR UPDATE`,
    );
    held();
    await released;
  });
  await holding;
  return async () => {
    release();
    await transaction;
  };
};

/** Releases the lock of the running test, whether it passes or fails. */
let letGo: (() => Promise<void>) | undefined;
afterEach(async () => {
  await letGo?.();
  letGo = undefined;
});

const caughtUp = () =>
  until('the projection has caught up', async () => {
    const { body } = await client.get<{ state: string; lagEvents: number }>(`${projections}/daily-figures`);
    return body.state === 'following' && body.lagEvents === 0 && body;
  });

const status = {
  ...{ name: 'daily-figures', version: daily.version, generation: 1, state: 'following', position: '1' },
  ...{ lagEvents: 0, lagSeconds: 0, rate: expect.any(Number), batchSize: expect.any(Number) },
  ...{
    leader: expect.stringMatching(/^.+:\d+:[0-9a-f]{8}$/),
    epoch: '1',
    lastError: null,
    failingSince: null,
    incomplete: 0,
  },
  ...{ verification: null, rebuild: null },
};

describe('the state of the projections', () => {
  it('lists every projection, and gives each alone', async () => {
    await caughtUp();
    const all = await client.get<{ items: { name: string }[] }>(projections);
    expect(all.status).toBe(200);
    expect(all.body.items.find(({ name }) => name === status.name)).toEqual(status);
    const { body } = await client.get(`${projections}/daily-figures`);
    expect(body).toEqual(status);
  });

  it('answers 404 for a projection that does not exist', async () => {
    const answers = await Promise.all([
      client.get(`${projections}/weekly-figures`),
      client.post(`${projections}/weekly-figures/rebuild`),
      client.send('DELETE', `${projections}/weekly-figures/rebuild`, undefined),
    ]);
    expect(answers.map(({ status: code, body }) => [code, codeOf(body)])).toEqual(
      Array(3).fill([404, 'projection-not-found']),
    );
  });

  it('is for operators only', async () => {
    const producer = new Client(server.url, await tokenOf('producer'));
    const answers = await Promise.all([
      producer.get(projections),
      producer.get(deadLetters),
      producer.post(`${projections}/daily-figures/rebuild`),
      producer.post(`${deadLetters}/1/retry`),
    ]);
    expect(answers.map(({ status: code }) => code)).toEqual([403, 403, 403, 403]);
  });

  it('is in the metrics', async () => {
    await caughtUp();
    const { body, headers } = await client.get<string>('/metrics');
    expect(headers.get('Content-Type')).toContain('text/plain');
    const values = Object.fromEntries(
      body
        .split('\n')
        .filter((line) => line.startsWith('projection_') || line.startsWith('event_store_'))
        .map((line) => line.split(' ') as [string, string]),
    );
    const gauge = (name: string) => values[`projection_${name}{projection="daily-figures"}`];
    expect(values.event_store_position).toBe('1');
    expect(['position', 'lag_events', 'lag_seconds', 'epoch', 'led', 'failing'].map(gauge)).toEqual([
      ...['1', '0', '0', '1', '1', '0'],
    ]);
    expect(gauge('incomplete_tickets')).toBe('0');
    expect(gauge('events_per_second')).toMatch(/^[\d.e-]+$/);
    expect(gauge('batch_size')).toMatch(/^\d+$/);
    // Without a rebuild, there is no sample of its position.
    expect(gauge('rebuild_position')).toBeUndefined();
  });
});

describe('readiness', () => {
  it('is lost while a projection lags beyond the limit, and names that projection', async () => {
    await caughtUp();
    expect(await client.get('/health/ready')).toMatchObject({
      status: 200,
      body: { projections: { 'daily-figures': { status: 'ok', state: 'following', incomplete: 0 } } },
    });
    letGo = await holdServed();
    await bed.store.append(new TicketHistories(2).take(1)[0]!);
    const unready = await until('it is not ready', async () => {
      const answer = await client.get<{ projections: Record<string, { status: string }> }>('/health/ready');
      // On a busy machine another projection may lag beyond the limit for a moment, so this one is checked by name.
      return answer.status === 503 && answer.body.projections['daily-figures']?.status !== 'ok' && answer;
    });
    expect(unready.headers.get('Retry-After')).toBe('1');
    expect(unready.body).toMatchObject({
      status: 'unavailable',
      database: { status: 'ok' },
      projections: {
        'daily-figures': {
          status: 'unavailable',
          position: '1',
          lagEvents: 1,
          lagSeconds: expect.any(Number),
          error: expect.stringContaining(String(maxLagSeconds)),
        },
      },
    });
    await letGo();
    letGo = undefined;
    await until('it is ready again', async () => (await client.get('/health/ready')).status === 200);
  });
});

describe('a rebuild', () => {
  const rebuild = `${projections}/daily-figures/rebuild`;
  const cancel = () => client.send<ProblemBody>('DELETE', rebuild, undefined);

  it('reports its progress, excludes a second one, and can be cancelled', async () => {
    await caughtUp();
    letGo = await holdServed();
    const begun = await client.post(rebuild);
    expect(begun).toMatchObject({
      status: 202,
      body: {
        generation: 1,
        rebuild: {
          ...{ generation: 2, version: daily.version, startedAt: expect.any(String), position: '0', of: '2' },
          ...{ lastError: null, incomplete: 0 },
        },
      },
    });
    const second = await client.post<ProblemBody>(rebuild);
    expect([second.status, codeOf(second.body)]).toEqual([409, 'rebuild-under-way']);
    expect(await cancel()).toMatchObject({ status: 200, body: { generation: 1, rebuild: null } });
    const again = await cancel();
    expect([again.status, codeOf(again.body)]).toEqual([409, 'no-rebuild']);
  });

  it('reports the differences from the old rows once it is done', async () => {
    await caughtUp();
    expect((await client.post(rebuild)).status).toBe(202);
    const { body } = await until('the new rows are served', async () => {
      const answer = await client.get<{ generation: number }>(`${projections}/daily-figures`);
      return answer.body.generation === 3 && answer;
    });
    expect(body).toMatchObject({ rebuild: null, verification: { position: '2', different: 0, first: [] } });
  });

  it('gives the new rows the indexes of the old ones', async () => {
    const indexesOf = async (generation: number): Promise<string[]> => {
      const schema = `desk_ticket_list_${generation}`;
      const rows = await bed.query<{ definition: string }>(
        `SELECT replace(indexdef, schemaname, '') AS definition FROM pg_indexes WHERE schemaname = $1 ORDER BY 1`,
        [schema],
      );
      return rows.map(({ definition }) => definition);
    };
    const before = await indexesOf(1);
    expect(before.length).toBeGreaterThan(5);
    expect((await client.post(`${projections}/ticket-list/rebuild`)).status).toBe(202);
    await until('the new rows are served', async () => {
      const { body } = await client.get<{ generation: number }>(`${projections}/ticket-list`);
      return body.generation === 2;
    });
    expect(await indexesOf(2)).toEqual(before);
  });
});

describe('dead letters', () => {
  it('are listed, and can be retried', async () => {
    const stream = `ticket-${randomUUID()}`;
    const { events } = new TicketHistories(3).take(1)[0]!;
    const { position } = await bed.store.append({
      ...{ stream, expectedRevision: 0 },
      events: [{ ...events[0]!, id: randomUUID(), type: 'TicketVanished' }],
    });
    await caughtUp();
    const { body } = await client.get<{ items: { id: string; projection: string }[] }>(deadLetters);
    const deadLetter = body.items.find(({ projection }) => projection === 'daily-figures');
    expect(deadLetter).toEqual({
      ...{ id: expect.stringMatching(/^\d+$/), projection: 'daily-figures', generation: 3, stream },
      ...{ revision: 1, position: String(position), eventType: 'TicketVanished', waiting: 0 },
      ...{ error: expect.stringContaining('TicketVanished'), attempts: 4, failedAt: expect.any(String) },
    });
    const retried = await client.post<ProblemBody>(`${deadLetters}/${deadLetter!.id}/retry`);
    expect([retried.status, codeOf(retried.body)]).toEqual([409, 'still-failing']);
    expect(retried.body.error).toContain('TicketVanished');
    expect(await client.get('/metrics')).toMatchObject({
      body: expect.stringContaining('projection_incomplete_tickets{projection="daily-figures"} 1'),
    });
  });

  it.each([
    ['where there is none with that id', '999999', 404, 'dead-letter-not-found'],
    ['where the id is malformed', 'x', 400, 'malformed'],
  ])('can’t be retried %s', async (_, id, code, problem) => {
    const { status: answered, body } = await client.post<ProblemBody>(`${deadLetters}/${id}/retry`);
    expect([answered, codeOf(body)]).toEqual([code, problem]);
  });
});

describe('the page of operators', () => {
  const browser = new PlainBrowser(() => server.url);
  const ours = { 'Sec-Fetch-Site': 'same-origin' };
  let jar: Jar;
  beforeAll(async () => {
    ({ jar } = await browser.signedIn('operator'));
  });
  const page = async (path: string) => (await browser.send(jar, path)).text();
  const send = (path: string, headers: Record<string, string> = ours) =>
    browser.send(jar, path, { method: 'POST', body: new URLSearchParams({}), headers });

  it('is where they begin, and shows every projection, what is put aside and the event loop', async () => {
    expect((await browser.send(jar, '/')).headers.get('Location')).toBe('/exploitation');
    const text = await page('/exploitation');
    const { body } = await client.get<{ items: { name: string }[] }>(projections);
    for (const { name } of body.items) expect(text).toContain(`<code>${name}</code`);
    expect(text).toMatch(/TicketVanished <code title="[0-9a-f-]{36}" data-ticket=/);
    expect(text).toMatch(/\d+\u00A0ms de retard au plus/);
  });

  it('says what the server does by itself: when it did, when it does again, and that other servers tell of their own', async () => {
    const jobsOn = (text: string) =>
      Object.fromEntries(
        [...text.matchAll(/<tr data-job="([a-z-]+)">(.*?)<\/tr>/gs)].map(([, name = '', row = '']) => [
          name,
          [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) =>
            cell
              .replace(/<[^>]*>/g, '')
              .replace(/\s+/g, ' ')
              .trim(),
          ),
        ]),
      );
    const jobs = await until('the keys were swept', async () => {
      const found = jobsOn(await page('/exploitation?lang=en'));
      return found['key-sweeper']?.[0] === 'Done' && found;
    });
    expect(Object.keys(jobs)).toEqual([
      ...['retention', 'key-sweeper', 'attachment-sweeper', 'quarantine', 'merge-sweeper', 'clock-watch'],
    ]);
    expect(jobs.retention).toEqual(['Off', 'none yet', '–', 'none']);
    expect(jobs['key-sweeper']).toEqual([
      ...['Done', expect.stringMatching(/\d{4}/), expect.stringMatching(/\d{4}/), 'none'],
    ]);
    expect(await page('/exploitation?lang=en')).toContain('others tell of their own');
    const { body: metrics } = await client.get<string>('/metrics');
    expect(metrics).toMatch(/^job_last_done_seconds\{job="key-sweeper"\} \d+/m);
    expect(metrics).toMatch(/^job_next_run_seconds\{job="key-sweeper"\} \d+/m);
    expect(metrics).toMatch(/^job_failures\{job="clock-watch"\} 0$/m);
    expect(metrics).not.toMatch(/^job_last_run_seconds\{job="retention"/m);
  });

  it('retries what is put aside, and says what came of it', async () => {
    const [, retry = ''] = /action="(\/exploitation\/dead-letters\/\d+\/retry)"/.exec(
      await page('/exploitation'),
    )!;
    expect((await send(retry)).headers.get('Location')).toBe('/exploitation?done=still-failing');
    expect(await page('/exploitation?done=still-failing&lang=en')).toContain('still can’t be applied');
  });

  it('begins a rebuild after asking, and for its own form only', async () => {
    const rebuild = '/exploitation/projections/published-days/rebuild';
    expect(await page(rebuild)).toContain(`action="${rebuild}"`);
    expect((await send(rebuild, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(401);
    expect((await send(rebuild)).headers.get('Location')).toBe('/exploitation?done=rebuilding');
    await until('the new rows are served', async () => {
      const { body } = await client.get<{ generation: number }>(`${projections}/published-days`);
      return body.generation === 2;
    });
    expect((await browser.send(jar, '/exploitation/projections/nichts/rebuild')).status).toBe(404);
    expect((await send('/exploitation/projections/published-days/cancel')).status).toBe(409);
  });
});
