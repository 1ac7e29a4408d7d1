import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { expectProblem, opening, pointersOf, type SyncBody } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

type Command = Record<string, unknown>;
interface Moment {
  position: string;
  occurredAt: string;
  recordedAt: string;
}
interface Item extends Moment {
  ticketId: string;
  establishment: string;
  delta: number;
  undoneBy?: Moment;
}
interface Page {
  items: Item[];
  nextCursor: string | null;
  position: string;
}
interface Day {
  total: Record<string, number>;
  establishments: { code: string; name: string; opened: number }[];
  position: string;
  knownAt: string;
  status: string;
  lateEvents?: { afterClose: number; afterPublication?: number };
}

let server: HostedServer;
let client: Client;
let position: string;
const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()];
const resolution = { code: 'fixed', note: 'x' };

/** The position and instant after each of the two batches below: the figures of 15 May differ between them. */
let known: { position: string; at: string }[];

const send = async (...commands: Command[]): Promise<void> => {
  const sent = commands.map((command) => ({ commandId: randomUUID(), ...command }));
  const { body } = await client.post<SyncBody>('/v1/sync', { deviceId: 'test', commands: sent });
  expect(body.results.map(({ problem }) => problem)).toEqual(sent.map(() => undefined));
  ({ position } = body);
};
const opened = (ticketId: string, occurredAt: string, place: Command = {}): Command => ({
  ...opening({ ticketId, occurredAt, ...place }),
  type: 'open',
});

beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  await send(
    opened(a, '2026-05-15T08:00:00-04:00'),
    opened(b, '2026-05-15T09:00:00-04:00', { establishment: 'MCQ' }),
    { type: 'resolve', ticketId: a, resolution, occurredAt: '2026-05-15T12:00:00-04:00' },
  );
  await sleep(5);
  const first = { position, at: new Date().toISOString() };
  await sleep(5);
  await send(
    { type: 'reopen', ticketId: a, reason: 'x', occurredAt: '2026-05-15T13:00:00-04:00' },
    { type: 'reprioritize', ticketId: a, priority: 'P1', occurredAt: '2026-05-16T08:00:00-04:00' },
    { type: 'transfer', ticketId: a, establishment: 'MCQ', occurredAt: '2026-05-17T08:00:00-04:00' },
    opened(c, '2026-05-15T10:00:00-04:00'),
  );
  known = [first, { position, at: new Date().toISOString() }];
});
afterAll(() => server.close());

const read = async <Body>(path: string): Promise<Body> => {
  const { status, body } = await client.get<Body>(
    `${path}${path.includes('?') ? '&' : '?'}minPosition=${position}`,
  );
  expect([path, status]).toEqual([path, 200]);
  return body;
};
const day = (query = '') => read<Day>(`/v1/billets-quotidiens/2026-05-15${query}`);
const page = (query: string) => read<Page>(`/v1/billets-quotidiens/2026-05-15/tickets?${query}`);

describe('figures as of a position or an instant', () => {
  it('are the same by position and by instant', async () => {
    const [then] = known;
    const byPosition = await day(`?asOfPosition=${then!.position}`);
    const byInstant = await day(`?asOf=${then!.at}`);
    expect(byPosition).toMatchObject({
      total: { opened: 2, resolved: 1, resolvedSameDay: 1, reopened: 0, backlog: 1 },
      position: then!.position,
    });
    expect(byInstant).toMatchObject({ total: byPosition.total, position: then!.position, knownAt: then!.at });
    expect((await day()).total).toMatchObject({ opened: 3, resolvedSameDay: 0, reopened: 1, backlog: 3 });
  });

  it('are the current figures at the newest position', async () => {
    const { total, establishments } = await day();
    expect(await day(`?asOfPosition=${position}`)).toMatchObject({ total, establishments });
    expect(await day(`?asOf=${known[1]!.at}`)).toMatchObject({ total, establishments });
  });

  it('are zero before the first event, for one establishment too', async () => {
    for (const query of [
      '?asOfPosition=0',
      '?asOf=2020-01-01T00:00:00Z',
      '?asOfPosition=0&establishment=NIM',
    ]) {
      expect(await day(query)).toMatchObject({ total: { opened: 0, backlog: 0 }, position: '0' });
    }
  });

  it('have the status that the day had then', async () => {
    const during = await day('?asOf=2026-05-15T15:00:00Z');
    expect([during.status, (await day()).status]).toEqual(['in-progress', 'closed']);
  });

  it('have the status published from the publication on, though nothing was counted since', async () => {
    const at = async () => {
      await sleep(5);
      const now = new Date().toISOString();
      await sleep(5);
      return now;
    };
    await client.send('PUT', '/v1/bulletins/2026-05-22', { ticketDay: '2026-05-16', sections: {} });
    const before = await at();
    expect((await client.post('/v1/bulletins/2026-05-22/publish')).status).toBe(200);
    const status = async (asOf: string) => {
      const path = `/v1/billets-quotidiens/2026-05-16?asOf=${asOf}`;
      const { status, revision } = await read<Day & { revision: number }>(path);
      return [status, revision];
    };
    expect([await status(before), await status(await at())]).toEqual([
      ['closed', 0],
      ['published', 1],
    ]);
  });

  it.each([
    ['asOfPosition', '999999999'],
    ['asOfPosition', '9999999999999999999'],
    ['asOf', '9000-01-01T00:00:00Z'],
  ])('of the future are refused: %s=%s', async (name, value) => {
    for (const path of ['', '/tickets']) {
      const query = `${path === '' ? '' : 'figure=opened&'}${name}=${value}`;
      const answer = await client.get(`/v1/billets-quotidiens/2026-05-15${path}?${query}`);
      expect(pointersOf(expectProblem(answer, 422, 'not-known-yet'))).toEqual([`?${name}`]);
    }
  });

  it.each([
    'asOf=hier',
    'asOf=2026-05-15T08:00:00',
    'asOf=0000-01-01T00:00:00Z',
    'asOfPosition=-1',
    'asOfPosition=1&asOf=2026-05-16T00:00:00Z',
    'basis=lune',
  ])('are refused with a malformed query: %s', async (query) => {
    expectProblem(await client.get(`/v1/billets-quotidiens/2026-05-15?${query}`), 400, 'malformed');
  });
});

describe('a figure', () => {
  it('drills down to its events', async () => {
    const { items, nextCursor } = await page('figure=opened');
    expect(items.map(({ ticketId, establishment, delta }) => [ticketId, establishment, delta])).toEqual([
      [a, 'NIM', 1],
      [b, 'MCQ', 1],
      [c, 'NIM', 1],
    ]);
    expect(items[0]).toEqual({
      ticketId: a,
      establishment: 'NIM',
      position: expect.stringMatching(/^\d+$/),
      occurredAt: '2026-05-15T12:00:00.000Z',
      recordedAt: expect.stringMatching(/Z$/),
      delta: 1,
    });
    expect(nextCursor).toBeNull();
  });

  it('of one establishment drills down to its events only', async () => {
    expect((await page('figure=opened&establishment=MCQ')).items.map(({ ticketId }) => ticketId)).toEqual([
      b,
    ]);
  });

  it('names the event that undid each event', async () => {
    const [reopening] = (await page('figure=reopened')).items;
    const { position, occurredAt, recordedAt } = reopening!;
    const [resolved] = (await page('figure=resolved')).items;
    expect(resolved).toMatchObject({ ticketId: a, delta: 1, undoneBy: { position, occurredAt, recordedAt } });
    const cohort = (await page('figure=resolvedSameDay')).items;
    expect(cohort.map(({ delta, undoneBy }) => [delta, undoneBy?.position])).toEqual([
      [1, position],
      [-1, undefined],
    ]);
    const then = await page(`figure=resolvedSameDay&asOfPosition=${known[0]!.position}`);
    expect(then.items.map(({ delta, undoneBy }) => [delta, undoneBy])).toEqual([[1, undefined]]);
    expect((await page(`figure=resolvedSameDay&asOf=${known[0]!.at}`)).items).toEqual(then.items);
  });

  it('backlog drills down to each ticket, with the event that last made it active there', async () => {
    const left = async (query: string) =>
      (await page(`figure=backlog${query}`)).items.map(({ ticketId, establishment, occurredAt }) => [
        ...[ticketId, establishment, occurredAt.slice(11, 16)],
      ]);
    expect(await left('')).toEqual([
      [b, 'MCQ', '13:00'],
      [a, 'NIM', '17:00'],
      [c, 'NIM', '14:00'],
    ]);
    expect(await left(`&asOfPosition=${known[0]!.position}`)).toEqual([[b, 'MCQ', '13:00']]);
  });

  it('keeps the position of its first page on all pages', async () => {
    const first = await page('figure=opened&limit=1');
    await send(opened(randomUUID(), '2026-05-15T11:00:00-04:00'));
    const rest = await page(`figure=opened&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ ticketId }) => ticketId)).toEqual([a, b, c]);
    expect(rest.position).toBe(first.position);
  });

  it.each(['', 'figure=lune', 'figure=opened&limit=0', 'figure=opened&limit=501', 'figure=opened&cursor=x'])(
    'is refused with a malformed query: %s',
    async (query) => {
      const answer = await client.get(`/v1/billets-quotidiens/2026-05-15/tickets?${query}`);
      expectProblem(answer, 400, 'malformed');
    },
  );
});

describe('the backlog', () => {
  const none = { P1: 0, P2: 0, P3: 0, P4: 0 };
  const ageless = { lt1d: 0, d1to3: 0, d3to7: 0, gt7d: 0 };
  const backlog = (at: string, query = '') => read<{ total: number }>(`/v1/backlog?at=${at}${query}`);

  it('at an instant is broken down by establishment, priority and age', async () => {
    expect(await backlog('2026-05-16T12:00:00Z', '&establishment=NIM')).toEqual({
      at: '2026-05-16T12:00:00.000Z',
      total: 3,
      establishments: [
        {
          ...{ code: 'NIM', backlog: 3 },
          byPriority: { ...none, P1: 1, P2: 2 },
          byAge: { ...ageless, lt1d: 2, d1to3: 1 },
        },
      ],
      position: expect.stringMatching(/^\d+$/),
    });
  });

  it('moves with the ticket, whose age counts from its first opening', async () => {
    expect(await backlog('2026-05-22T11:59:59.999Z')).toMatchObject({
      establishments: [
        { code: 'MCQ', backlog: 2, byPriority: { P1: 1, P2: 1 }, byAge: { d3to7: 2 } },
        { code: 'NIM', backlog: 2 },
      ],
    });
    expect(await backlog('2026-05-22T12:00:00Z')).toMatchObject({
      establishments: [{ code: 'MCQ', byAge: { d3to7: 1, gt7d: 1 } }, { code: 'NIM' }],
    });
  });

  it('is zero for an establishment that has none', async () => {
    expect(await backlog('2026-05-14T12:00:00Z', '&establishment=CUSM')).toMatchObject({
      total: 0,
      establishments: [{ code: 'CUSM', backlog: 0, byPriority: none, byAge: ageless }],
    });
    expect(await backlog('2026-05-14T12:00:00Z')).toMatchObject({ total: 0, establishments: [] });
  });

  it('excludes a ticket between its resolution and its reopening', async () => {
    const totals = ['15:59:59.999', '16:00:00', '16:59:59.999', '17:00:00'].map((time) =>
      backlog(`2026-05-15T${time}Z`, '&establishment=NIM').then(({ total }) => total),
    );
    expect(await Promise.all(totals)).toEqual([3, 2, 2, 3]);
  });

  it('of the future is refused', async () => {
    const answer = await client.get('/v1/backlog?at=9000-01-01T00:00:00Z');
    expect(pointersOf(expectProblem(answer, 422, 'not-known-yet'))).toEqual(['?at']);
    expectProblem(await client.get('/v1/backlog'), 400, 'malformed');
    expectProblem(
      await client.get('/v1/backlog?at=2026-05-16T00:00:00Z&establishment=X'),
      ...([422, 'unknown-establishment'] as const),
    );
  });
});

describe('late events', () => {
  it('are counted on their day, each once', async () => {
    const lateOn = async (query: string) => (await read<Day>(`/v1/billets-quotidiens/${query}`)).lateEvents;
    const before = (await lateOn('2026-05-15'))!.afterClose;
    await send(opened(randomUUID(), '2026-05-15T20:00:00-04:00', { establishment: 'CUSM' }));
    expect(await lateOn('2026-05-15')).toEqual({ afterClose: before + 1 });
    // A transfer counts at two establishments, and is one late event.
    expect(await lateOn('2026-05-17')).toEqual({ afterClose: 1 });
    expect(await lateOn('2026-05-17?establishment=MCQ')).toEqual({ afterClose: 1 });
    expect(await lateOn('2026-05-21')).toBeUndefined();
  });

  it('are also counted from the publication on, where there is one', async () => {
    const draft = { ticketDay: '2026-05-18', sections: {} };
    const late = async (query = '') =>
      (await read<Day>(`/v1/billets-quotidiens/2026-05-18${query}`)).lateEvents;
    await send(opened(randomUUID(), '2026-05-18T08:00:00-04:00'));
    await client.send('PUT', '/v1/bulletins/2026-05-20', draft);
    expect((await client.post('/v1/bulletins/2026-05-20/publish')).status).toBe(200);
    const ticketId = randomUUID();
    await send(
      opened(ticketId, '2026-05-18T09:00:00-04:00'),
      { type: 'transfer', ticketId, establishment: 'MCQ', occurredAt: '2026-05-18T10:00:00-04:00' },
      opened(randomUUID(), '2026-05-19T09:00:00-04:00'),
    );
    expect(await late()).toEqual({ afterClose: 3, afterPublication: 2 });
    expect(await late('?establishment=MCQ')).toEqual({ afterClose: 1, afterPublication: 1 });
  });

  it('are only those recorded after the end of their day', async () => {
    await send(opened(randomUUID(), new Date().toISOString(), { establishment: 'SLSJ' }));
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/Toronto' }).format(new Date());
    const { lateEvents } = await read<Day>(`/v1/billets-quotidiens/${today}?establishment=SLSJ`);
    expect(lateEvents).toBeUndefined();
  });
});

describe('by the reporting zone', () => {
  it('a day lasts from midnight to midnight of that zone, wherever the ticket is', async () => {
    const islands = { establishment: 'ILES' };
    const ticketId = randomUUID();
    // 23:30 on the islands and 22:30 in Montréal; then 00:30 and 23:30: two days on the islands, one in Montréal.
    await send(opened(ticketId, '2026-07-02T02:30:00Z', islands), {
      ...{ type: 'resolve', ticketId, resolution, occurredAt: '2026-07-02T03:30:00Z' },
    });
    const on = async (date: string, basis: string) =>
      (await read<Day>(`/v1/billets-quotidiens/${date}?establishment=ILES&basis=${basis}`)).total;
    expect(await on('2026-07-01', 'site')).toMatchObject({
      opened: 1,
      resolved: 0,
      resolvedSameDay: 0,
      backlog: 1,
    });
    expect(await on('2026-07-02', 'site')).toMatchObject({ opened: 0, resolved: 1, backlog: 0 });
    expect(await on('2026-07-01', 'reporting-zone')).toMatchObject({
      ...{ opened: 1, resolved: 1, resolvedSameDay: 1, backlog: 0 },
    });
  });

  it('the cohort and the backlog of a day drill down to the events within its midnights', async () => {
    const ticketId = randomUUID();
    // All on 8 July in Montréal; on the islands the clock passes midnight after the opening.
    await send(
      opened(ticketId, '2026-07-09T02:30:00Z', { establishment: 'ILES' }),
      { type: 'resolve', ticketId, resolution, occurredAt: '2026-07-09T03:15:00Z' },
      { type: 'reopen', ticketId, reason: 'x', occurredAt: '2026-07-09T03:30:00Z' },
    );
    const items = async (figure: string, basis: string) => {
      const query = `figure=${figure}&establishment=ILES&basis=${basis}`;
      const path = `/v1/billets-quotidiens/2026-07-08/tickets?${query}`;
      const { items } = await read<Page>(path);
      return items.map(({ occurredAt, delta, undoneBy }) => [
        ...[occurredAt.slice(11, 16), delta, undoneBy?.occurredAt.slice(11, 16)],
      ]);
    };
    expect(await items('resolvedSameDay', 'reporting-zone')).toEqual([
      ['03:15', 1, '03:30'],
      ['03:30', -1, undefined],
    ]);
    expect(await items('resolvedSameDay', 'site')).toEqual([]);
    expect(await items('backlog', 'reporting-zone')).toEqual([['03:30', 1, undefined]]);
    expect(await items('backlog', 'site')).toEqual([['02:30', 1, undefined]]);
  });

  it('8 March has 23 hours and 1 November has 25, for the islands too', async () => {
    for (const [from, hours] of [
      ['2026-03-08T00:00:00-05:00', 24],
      ['2026-11-01T00:00:00-04:00', 26],
    ] as const) {
      await send(
        ...Array.from({ length: hours }, (_, hour) =>
          opened(randomUUID(), new Date(Date.parse(from) + hour * 3_600_000).toISOString(), {
            establishment: 'ILES',
          }),
        ),
      );
    }
    const on = async (date: string) =>
      (await read<Day>(`/v1/billets-quotidiens/${date}?establishment=ILES&basis=reporting-zone`)).total
        .opened;
    expect([await on('2026-03-08'), await on('2026-03-09')]).toEqual([23, 1]);
    expect([await on('2026-11-01'), await on('2026-11-02')]).toEqual([25, 1]);
  });

  it('every figure of the days around a clock change drills down to its events, as of then and now', async () => {
    const changes = ['2026-03-08T04:00:00Z', '2026-11-01T03:00:00Z'];
    const from = position;
    for (const midnight of changes) {
      // From three hours before the islands' midnight to the day after.
      const at = (hours: number) => new Date(Date.parse(midnight) + hours * 3_600_000).toISOString();
      const moves = (ticketId: string, hours: number, step: number): Command[] => [
        opened(ticketId, at(hours), { establishment: 'ILES' }),
        { type: 'resolve', ticketId, resolution, occurredAt: at(hours + step) },
        { type: 'reopen', ticketId, reason: 'x', occurredAt: at(hours + 2 * step) },
        { type: 'transfer', ticketId, establishment: 'MCQ', occurredAt: at(hours + 3 * step) },
        { type: 'transfer', ticketId, establishment: 'ILES', occurredAt: at(hours + 4 * step) },
        { type: 'cancel', ticketId, reason: 'x', occurredAt: at(hours + 5 * step) },
      ];
      for (const hours of [-3, -0.5, 0, 0.5, 1, 22, 23.5, 24, 24.5]) {
        await send(...moves(randomUUID(), hours, 0.25), ...moves(randomUUID(), hours, 1));
      }
      await send(opened(randomUUID(), at(0.5), { establishment: 'ILES' }));
    }
    const middle = String((BigInt(from) + BigInt(position)) / 2n);
    for (const date of ['2026-03-07', '2026-03-08', '2026-03-09', '2026-10-31', '2026-11-01', '2026-11-02']) {
      for (const asOf of [
        `asOfPosition=${position}`,
        `asOfPosition=${middle}`,
        `asOf=${new Date().toISOString()}`,
      ]) {
        const query = `basis=reporting-zone&${asOf}`;
        const { total, establishments } = await read<Day>(`/v1/billets-quotidiens/${date}?${query}`);
        const {
          code: _code,
          name: _name,
          ...ofIslands
        } = establishments.find(({ code }) => code === 'ILES')!;
        const drilled = async (of: string) => {
          const sums: Record<string, number> = {};
          for (const figure of Object.keys(total)) {
            const path = `/v1/billets-quotidiens/${date}/tickets?figure=${figure}&limit=500&${query}${of}`;
            sums[figure] = (await read<Page>(path)).items.reduce((sum, { delta }) => sum + delta, 0);
          }
          return sums;
        };
        expect([date, asOf, await drilled('')]).toEqual([date, asOf, total]);
        expect([date, asOf, await drilled('&establishment=ILES')]).toEqual([date, asOf, ofIslands]);
      }
    }
  });
});
