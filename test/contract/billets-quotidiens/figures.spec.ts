import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { expectProblem, opening, pointersOf, type SyncBody } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const names = [
  ...(['opened', 'resolved', 'resolvedSameDay', 'reopened', 'cancelled', 'merged'] as const),
  ...(['transferredIn', 'transferredOut', 'backlog'] as const),
];
type Figures = Record<(typeof names)[number], number>;
interface Day {
  date: string;
  timeZone: string;
  total: Figures;
  establishments: (Figures & { code: string; name: string })[];
  position: string;
  knownAt: string;
  status: string;
  revision: number;
}

const none = Object.fromEntries(names.map((name) => [name, 0])) as Figures;
const counts = (some: Partial<Figures>): Figures => ({ ...none, ...some });

let server: HostedServer;
let client: Client;
/** The position of the last event sent so far: figures read with it include them all. */
let position: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  await sendTheStory();
});
afterAll(() => server.close());

type Command = Record<string, unknown>;

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
const resolution = { code: 'fixed', note: 'x' };

/** Events of two days in May at NIM and MCQ that touch every figure. */
const sendTheStory = async (): Promise<void> => {
  const [a, b, c, d, e] = Array.from({ length: 5 }, () => randomUUID()) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const mcq = { establishment: 'MCQ' };
  await send(
    opened(a, '2026-05-15T08:00:00-04:00'),
    opened(b, '2026-05-15T09:00:00-04:00'),
    opened(c, '2026-05-15T10:00:00-04:00'),
    opened(d, '2026-05-15T10:00:00-04:00', mcq),
    opened(e, '2026-05-15T23:59:59.999-04:00', mcq),
    { type: 'resolve', ticketId: a, resolution, occurredAt: '2026-05-15T12:00:00-04:00' },
    { type: 'reopen', ticketId: a, reason: 'x', occurredAt: '2026-05-15T13:00:00-04:00' },
    { type: 'resolve', ticketId: a, resolution, occurredAt: '2026-05-15T14:00:00-04:00' },
    { type: 'resolve', ticketId: b, resolution, occurredAt: '2026-05-16T00:00:00-04:00' },
    { type: 'transfer', ticketId: c, ...mcq, occurredAt: '2026-05-15T15:00:00-04:00' },
    { type: 'merge', ticketId: d, into: c, occurredAt: '2026-05-16T10:00:00-04:00' },
    { type: 'cancel', ticketId: e, reason: 'x', occurredAt: '2026-05-16T10:00:00-04:00' },
    { type: 'reopen', ticketId: a, reason: 'x', occurredAt: '2026-05-16T10:00:00-04:00' },
  );
};

const read = async <Body>(path: string): Promise<Body> => {
  const url = `/v1/billets-quotidiens${path}${path.includes('?') ? '&' : '?'}minPosition=${position}`;
  const { status, body } = await client.get<Body>(url);
  expect([path, status]).toEqual([path, 200]);
  return body;
};
const day = (date: string, query = '') => read<Day>(`/${date}${query}`);
const range = async (from: string, to: string, query = '') =>
  (await read<{ items: Day[] }>(`?from=${from}&to=${to}${query}`)).items;

const of = ({ establishments }: Day, code: string): Partial<Figures> => {
  const {
    code: _code,
    name: _name,
    ...figures
  } = establishments.find((establishment) => establishment.code === code)!;
  return figures;
};

describe('a day', () => {
  it('has the contract’s fields, and no other', async () => {
    const figures = await day('2026-05-15');
    expect(figures).toEqual({
      date: '2026-05-15',
      timeZone: 'America/Toronto',
      total: expect.anything(),
      establishments: expect.any(Array),
      position: expect.stringMatching(/^\d+$/),
      knownAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      status: 'closed',
      revision: 0,
      // Beyond the contract: present only where there are late events. Everything happened in May and is recorded now.
      lateEvents: { afterClose: 9 },
    });
    expect(BigInt(figures.position)).toBeGreaterThanOrEqual(BigInt(position));
    expect(Object.keys(figures.total).sort()).toEqual([...names].sort());
    for (const establishment of figures.establishments) {
      expect(Object.keys(establishment).sort()).toEqual(['code', 'name', ...names].sort());
      expect(Object.values(establishment).filter((value) => typeof value === 'number' && value < 0)).toEqual(
        [],
      );
    }
  });

  it('counts what happened where it happened', async () => {
    const friday = await day('2026-05-15');
    expect(of(friday, 'NIM')).toEqual(
      counts({ opened: 3, resolved: 2, resolvedSameDay: 1, reopened: 1, transferredOut: 1, backlog: 1 }),
    );
    expect(of(friday, 'MCQ')).toEqual(counts({ opened: 2, transferredIn: 1, backlog: 3 }));
    expect(friday.establishments.find(({ code }) => code === 'NIM')?.name).toBe(
      "CIUSSS du Nord-de-l'Île-de-Montréal",
    );
    const saturday = await day('2026-05-16');
    expect(of(saturday, 'NIM')).toEqual(counts({ resolved: 1, reopened: 1, backlog: 1 }));
    expect(of(saturday, 'MCQ')).toEqual(counts({ merged: 1, cancelled: 1, backlog: 1 }));
    expect(saturday.total).toEqual(counts({ resolved: 1, reopened: 1, merged: 1, cancelled: 1, backlog: 2 }));
  });

  it('before the first event has zeros', async () => {
    expect(await day('1970-01-01')).toMatchObject({ total: none, status: 'closed' });
  });

  it('long after the last event keeps the backlog', async () => {
    expect((await day('2026-06-30')).total).toEqual(counts({ backlog: 2 }));
  });
});

describe('a range', () => {
  it('has an item for every day, the empty ones too', async () => {
    const items = await range('2026-05-13', '2026-05-19');
    expect(items.map(({ date }) => date)).toEqual(
      [13, 14, 15, 16, 17, 18, 19].map((date) => `2026-05-${date}`),
    );
    expect(items.map(({ total }) => total.opened)).toEqual([0, 0, 5, 0, 0, 0, 0]);
    expect(items.map(({ total }) => total.backlog)).toEqual([0, 0, 4, 2, 2, 2, 2]);
  });

  it('gives each day as it is given alone', async () => {
    const items = await range('2026-05-13', '2026-05-17');
    for (const item of items) expect(item).toEqual(await day(item.date));
  });

  it('of one day is that day', async () => {
    expect(await range('2026-05-15', '2026-05-15')).toEqual([await day('2026-05-15')]);
  });

  it('adds up: the total is the sum of the establishments, and the backlog follows from the flow', async () => {
    let backlog = (await day('2026-05-14')).total.backlog;
    for (const { total, establishments } of await range('2026-05-15', '2026-05-20')) {
      for (const name of names) {
        expect(total[name]).toBe(establishments.reduce((sum, figures) => sum + figures[name], 0));
      }
      const { reopened, transferredIn, resolved, cancelled, merged, transferredOut } = total;
      backlog += total.opened + reopened + transferredIn - resolved - cancelled - merged - transferredOut;
      expect(total.backlog).toBe(backlog);
    }
  });

  it('may be a leap year long, and no longer', async () => {
    expect(await range('2028-01-01', '2028-12-31')).toHaveLength(366);
    const answer = await client.get('/v1/billets-quotidiens?from=2028-01-01&to=2029-01-01');
    expectProblem(answer, 400, 'malformed');
  });

  it.each([
    ['1970-01-01', '2099-12-31'],
    ['0000-01-01', '0150-12-31'],
  ])('that is far too long is refused without being enumerated: %s to %s', async (from, to) => {
    const started = Date.now();
    const answer = await client.get(`/v1/billets-quotidiens?from=${from}&to=${to}`);
    expectProblem(answer, 400, 'malformed');
    // Enumerating the days took 30 µs each: 90 s for the longest range, with every other request waiting.
    expect(Date.now() - started).toBeLessThan(500);
  });
});

describe('one establishment', () => {
  it.each(['NIM', 'nim', "Nord-de-l'Île-de-Montréal", 'nord–de–l’ile–de–montreal'])(
    'is found by its code, its name or an alias: %s',
    async (name) => {
      const query = `?establishment=${encodeURIComponent(name)}`;
      const friday = await day('2026-05-15', query);
      expect(friday.establishments.map(({ code }) => code)).toEqual(['NIM']);
      expect(friday.total).toEqual(of(friday, 'NIM'));
      expect(of(friday, 'NIM')).toEqual(of(await day('2026-05-15'), 'NIM'));
    },
  );

  it('can be selected in a range too', async () => {
    const items = await range('2026-05-15', '2026-05-16', '&establishment=MCQ');
    expect(items.map(({ total }) => total.backlog)).toEqual([3, 1]);
  });

  it('without any ticket has zeros', async () => {
    expect((await day('2026-05-15', '?establishment=CUSM')).total).toEqual(none);
  });

  it('that does not exist is refused as unknown-establishment', async () => {
    for (const path of ['/2026-05-15?', '?from=2026-05-15&to=2026-05-16&']) {
      const answer = await client.get(`/v1/billets-quotidiens${path}establishment=CHEZ-NOUS`);
      const problem = expectProblem(answer, 422, 'unknown-establishment');
      expect(pointersOf(problem)).toEqual(['?establishment']);
    }
  });
});

describe('a query that can’t be understood', () => {
  const noDays = [
    ...['2026-5-15', '2026-02-30', '2025-02-29', '15-05-2026', 'hier', '20260515', '2026-05-15T00:00:00Z'],
    ...['10000-01-01', '-2026-05-15', '2026-05', '__proto__'],
  ];
  it.each([...noDays, '0000-01-01', '1969-12-31', '9999-01-01'])('is refused: the day %s', async (date) => {
    expectProblem(await client.get(`/v1/billets-quotidiens/${date}`), 400, 'malformed');
  });

  it.each(noDays)('is refused: a range from or to %s', async (date) => {
    const from = await client.get(`/v1/billets-quotidiens?from=${date}&to=2026-05-16`);
    expectProblem(from, 400, 'malformed');
    expectProblem(await client.get(`/v1/billets-quotidiens?from=2026-05-16&to=${date}`), 400, 'malformed');
  });

  it.each([
    '',
    '?from=2026-05-15',
    '?to=2026-05-15',
    '?from=2026-05-16&to=2026-05-15',
    '?from=2026-05-15&from=2026-05-14&to=2026-05-16',
  ])('is refused: the range %s', async (query) => {
    expectProblem(await client.get(`/v1/billets-quotidiens${query}`), 400, 'malformed');
  });

  it.each(['asOf=2026-05-15T12:00:00Z', 'asOfPosition=1'])(
    'is not answered as if the parameter were absent: %s',
    async (parameter) => {
      const now = await day('2026-05-15');
      const { status, body } = await client.get<Day>(`/v1/billets-quotidiens/2026-05-15?${parameter}`);
      expect(status === 400 || body.position !== now.position).toBe(true);
    },
  );
});

/** The calendar day in a zone, as YYYY-MM-DD. */
const today = (timeZone: string, at = new Date()): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(at);
const daysFrom = (date: string, days: number): string => {
  const at = new Date(`${date}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
};

describe('the status of a day', () => {
  it('is in progress until the day is over everywhere', async () => {
    // Toronto is the last of the zones to end its day, and an hour behind the first to begin it.
    const now = today('America/Toronto');
    const statuses = (await range(daysFrom(now, -2), daysFrom(now, 2))).map(({ status }) => status);
    const midnightPassed = today('America/Toronto') !== now;
    expect(statuses.slice(0, 2)).toEqual(['closed', 'closed']);
    if (midnightPassed) return;
    expect([statuses[2], statuses[4]]).toEqual(['in-progress', 'future']);
    expect(['in-progress', 'future']).toContain(statuses[3]);
  });
});

describe('the day of a ticket', () => {
  const openedOn = async (establishment: string, dates: string[]): Promise<Record<string, number>> => {
    const [from, to] = [dates[0]!, dates.at(-1)!];
    const items = await range(from, to, `&establishment=${establishment}`);
    return Object.fromEntries(items.map(({ date, total }) => [date, total.opened]));
  };

  it('is cut by the zone of its establishment', async () => {
    // Halifax is an hour ahead of Toronto: 23:30 there is 22:30 here.
    await send(
      opened(randomUUID(), '2026-06-02T02:30:00Z', { establishment: 'ILES' }),
      opened(randomUUID(), '2026-06-02T03:00:00Z', { establishment: 'ILES' }),
      opened(randomUUID(), '2026-06-02T03:30:00Z', { establishment: 'CUSM' }),
      opened(randomUUID(), '2026-06-02T04:00:00Z', { establishment: 'CUSM' }),
    );
    expect(await openedOn('ILES', ['2026-06-01', '2026-06-02'])).toEqual({
      '2026-06-01': 1,
      '2026-06-02': 1,
    });
    expect(await openedOn('CUSM', ['2026-06-01', '2026-06-02'])).toEqual({
      '2026-06-01': 1,
      '2026-06-02': 1,
    });
  });

  it('is cut by the zone of its site before that of its establishment', async () => {
    // Blanc-Sablon keeps UTC−4 all year; Toronto, its establishment’s zone, is at UTC−5 in winter.
    const site = { establishment: 'CNORD', site: 'BLANC-SABLON' };
    await send(
      opened(randomUUID(), '2026-01-21T04:30:00Z', site),
      opened(randomUUID(), '2026-01-21T04:30:00Z', { establishment: 'CNORD' }),
      opened(randomUUID(), '2026-01-21T03:59:59.999Z', site),
    );
    expect(await openedOn('CNORD', ['2026-01-20', '2026-01-21'])).toEqual({
      '2026-01-20': 2,
      '2026-01-21': 1,
    });
  });

  it('has 23 hours on 8 March and 25 on 1 November', async () => {
    const hours = async (from: string, count: number) => {
      const start = Date.parse(from);
      const times = Array.from({ length: count }, (_, hour) =>
        new Date(start + hour * 3_600_000).toISOString(),
      );
      await send(...times.map((time) => opened(randomUUID(), time, { establishment: 'LAV' })));
    };
    await hours('2026-03-08T00:00:00-05:00', 24);
    await hours('2026-11-01T00:00:00-04:00', 26);
    expect(await openedOn('LAV', ['2026-03-07', '2026-03-08', '2026-03-09'])).toEqual({
      '2026-03-07': 0,
      '2026-03-08': 23,
      '2026-03-09': 1,
    });
    expect(await openedOn('LAV', ['2026-10-31', '2026-11-01', '2026-11-02'])).toEqual({
      '2026-10-31': 0,
      '2026-11-01': 25,
      '2026-11-02': 1,
    });
  });

  it('of a transfer is each establishment’s own', async () => {
    const ticketId = randomUUID();
    // 23:30 in Toronto is already tomorrow on the islands.
    await send(
      opened(ticketId, '2026-07-01T12:00:00Z', { establishment: 'ME' }),
      { type: 'transfer', ticketId, establishment: 'ILES', occurredAt: '2026-07-02T03:30:00Z' },
      { type: 'resolve', ticketId, resolution, occurredAt: '2026-07-02T03:45:00Z' },
    );
    const [first, second] = await range('2026-07-01', '2026-07-02');
    expect(of(first!, 'ME')).toEqual(
      counts({ opened: 1, transferredOut: 1, resolvedSameDay: 1, backlog: 0 }),
    );
    expect(of(second!, 'ILES')).toMatchObject({ transferredIn: 1, resolved: 1, resolvedSameDay: 0 });
  });

  it('of a late event is the day it happened, and every later backlog includes it', async () => {
    const before = await range('2026-05-15', '2026-05-17', '&establishment=NIM');
    await send(opened(randomUUID(), '2026-05-16T08:00:00-04:00'));
    const after = await range('2026-05-15', '2026-05-17', '&establishment=NIM');
    const changes = after.map(({ total }, index) => {
      const earlier = before[index]!.total;
      return [total.opened - earlier.opened, total.backlog - earlier.backlog];
    });
    expect(changes).toEqual([
      [0, 0],
      [1, 1],
      [0, 1],
    ]);
  });
});
