import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { clientOf, type Answer, type Client } from '../support/api/client.js';
import { difference, mistakes } from '../support/figures/figure-differences.js';
import { figureNames, readFigures, type DayAnswer, type DayFigures } from '../support/figures/figures.js';
import { fiveZones, writeEstablishments } from '../support/figures/five-zones.js';
import { NaiveFigures } from '../support/figures/naive-figures.js';
import { present, range, requestsOf, scenarios, type Request } from '../support/tickets/random-commands.js';
import { startTestServer, type TestServer } from '../support/server/server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { budgeted } from '../support/budget.js';

const reportingZone = 'America/Toronto';
const maxCommandsPerRun = 120;
const checksPerRun = 4;
const toleratedSkewMs = 2 * 60_000;
const device = 'appareil';

type Days = Record<string, DayFigures>;

/** The position after a request, and the figures of the naive fold at that point, by the sites' days and the reporting zone's. */
interface State {
  position: string;
  site: Days;
  zone: Days;
}

const maxDaysDrilled = 8;
/** A day within a month that has events, with earlier months that have events too. */
const middleDay = '2026-10-31';

interface Item {
  establishment: string;
  position: string;
  delta: number;
}

interface BacklogAnswer {
  total: number;
  establishments: {
    code: string;
    backlog: number;
    byPriority: Record<string, number>;
    byAge: Record<string, number>;
  }[];
}

const sumsOf = (items: readonly Item[]): Map<string, number> => {
  const sums = new Map<string, number>();
  for (const { establishment, delta } of items) {
    sums.set(establishment, (sums.get(establishment) ?? 0) + delta);
  }
  return sums;
};

/** Counts by priority and age: `{ OUEST: ['P2 lt1d'] }` becomes `{ 'OUEST P2': 1, 'OUEST lt1d': 1 }`. */
const tallied = (activeThen: Record<string, string[]>): Record<string, number> => {
  const tallies: Record<string, number> = {};
  for (const [code, tickets] of Object.entries(activeThen)) {
    for (const name of tickets.flatMap((ticket) => ticket.split(' '))) {
      tallies[`${code} ${name}`] = (tallies[`${code} ${name}`] ?? 0) + 1;
    }
  }
  return tallies;
};

/** At most `max` items at equal distances, from the first on. */
const spread = <Item>(all: readonly Item[], max: number): Item[] => {
  const every = Math.ceil(all.length / max);
  return all.filter((_, index) => index % every === 0);
};

const minusAll = (after: Record<string, number>, before: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, count]): [string, number] => [name, count - (before[name] ?? 0)])
      .filter(([, count]) => count !== 0),
  );

describe('the figures as of any position, of random commands over five zones', () => {
  let server: TestServer;
  let client: Client;
  let folder: TemporaryFolder;
  let position = '0';
  let dates: string[];

  beforeAll(async () => {
    jest.spyOn(Date, 'now').mockReturnValue(present);
    folder = await temporaryFolder();
    server = await startTestServer({ establishmentsFile: await writeEstablishments(folder.path, fiveZones) });
    client = await clientOf(server);
    ({ dates } = await readFigures(client, range));
  });
  afterAll(async () => {
    await server.close();
    await folder.remove();
    jest.restoreAllMocks();
  });

  it('are those of the log up to that position, by the sites’ days and by the reporting zone’s', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(maxCommandsPerRun), async (scenario) => {
        const naive = new NaiveFigures(fiveZones);
        // One database serves all runs, so a run is checked by the figures it added.
        const start = position;
        const requests = requestsOf(scenario, fiveZones);
        const every = Math.ceil(requests.length / checksPerRun);
        const states: State[] = [];
        for (const [index, request] of requests.entries()) {
          await send(naive, request);
          const isChecked = index % every === 0 || index === requests.length - 1;
          if (isChecked) {
            states.push({ position, site: naive.days(dates), zone: naive.days(dates, reportingZone) });
          }
        }
        for (const basis of ['site', 'zone'] as const) {
          const before = await asOf(start, basis);
          for (const then of states) {
            const all = await asOf(then.position, basis);
            expect(mistakes(difference(all, before), then[basis])).toEqual([]);
            // A range that starts in the middle takes its earlier backlog from the sums of months.
            const later = await figures({ asOfPosition: then.position, from: middleDay }, basis);
            expect(later).toEqual(
              Object.fromEntries(Object.entries(all).filter(([day]) => day >= middleDay)),
            );
          }
          const now = difference(await figures({ minPosition: position }, basis), before);
          expect(mistakes(now, states.at(-1)![basis])).toEqual([]);
        }
      }),
      { numRuns: budgeted(5), interruptAfterTimeLimit: budgeted(60_000) },
    );
  });

  it.each(['site', 'reporting-zone'])(
    'drill down to events whose deltas add up to them, now and as of the middle, by %s',
    async (basis) => {
      const middle = String(BigInt(position) / 2n);
      let compared = 0;
      for (const asOfPosition of [position, middle]) {
        const answers = await daysAsOf(asOfPosition, basis);
        const busy = answers.filter(({ total }) => figureNames.some((name) => total[name] > 0));
        for (const { date, total, establishments } of spread(busy, maxDaysDrilled)) {
          for (const figure of figureNames) {
            const found = await drilled(date, figure, { asOfPosition, basis });
            const sums = sumsOf(found);
            expect([date, figure, found.reduce((sum, { delta }) => sum + delta, 0)]).toEqual([
              ...[date, figure, total[figure]],
            ]);
            const by = establishments.map((establishment) => [establishment.code, establishment[figure]]);
            expect(by.map(([code]) => [code, sums.get(String(code)) ?? 0])).toEqual(by);
            compared += found.length;
          }
        }
      }
      expect(compared).toBeGreaterThan(20);
    },
  );

  it('have the backlog of a naive count at any instant', async () => {
    await fc.assert(
      fc.asyncProperty(
        scenarios(maxCommandsPerRun),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }),
        async (scenario, shares) => {
          const naive = new NaiveFigures(fiveZones);
          // Instants of the scenario's events, and those a millisecond before: where intervals begin and end.
          const requests = requestsOf(scenario, fiveZones);
          const times = requests
            .flatMap(({ commands }) => commands.flatMap(({ occurredAt }) => Date.parse(occurredAt ?? '')))
            .filter((at) => at <= present);
          const instants = shares.flatMap((share) => {
            const at = times[Math.floor(share * (times.length - 1))] ?? present;
            return [at, at - 1, Math.min(at + Math.floor(share * 9) * 86_400_000, present)];
          });
          const before = await Promise.all(instants.map((at) => backlogAt(at)));
          for (const request of requests) await send(naive, request);
          for (const [index, at] of instants.entries()) {
            const added = minusAll(await backlogAt(at), before[index]!);
            expect([at, added]).toEqual([at, tallied(naive.activeAt(at))]);
          }
        },
      ),
      { numRuns: budgeted(5), interruptAfterTimeLimit: budgeted(60_000) },
    );
  });

  const daysAsOf = async (asOfPosition: string, basis: string): Promise<DayAnswer[]> => {
    const query = new URLSearchParams({ ...range, asOfPosition, basis }).toString();
    const { body } = await client.get<{ items: DayAnswer[] }>(`/v1/billets-quotidiens?${query}`);
    // A day that has not begun has no figures.
    return body.items.filter(({ status }) => status !== 'future');
  };

  /** Every item of a figure, read page by page. */
  const drilled = async (date: string, figure: string, filter: Record<string, string>): Promise<Item[]> => {
    const query = new URLSearchParams({ figure, limit: '7', ...filter }).toString();
    const found: Item[] = [];
    let path: string | undefined = `/v1/billets-quotidiens/${date}/tickets?${query}`;
    while (path !== undefined) {
      const answer: Answer<{ items: Item[]; nextCursor: string | null }> = await client.get(path);
      const { status, body, headers } = answer;
      expect([path, status]).toEqual([path, 200]);
      found.push(...body.items);
      const link = headers.get('Link');
      path = /^<(.+)>; rel="next"$/.exec(link ?? '')?.[1];
      expect([link === null, path === undefined]).toEqual(Array(2).fill(body.nextCursor === null));
    }
    expect(new Set(found.map((item) => item.position)).size).toBe(found.length);
    return found;
  };

  const backlogAt = async (at: number): Promise<Record<string, number>> => {
    const query = `at=${new Date(at).toISOString()}&minPosition=${position}`;
    const { status, body } = await client.get<BacklogAnswer>(`/v1/backlog?${query}`);
    expect(status).toBe(200);
    const sum = (counts: Record<string, number>) =>
      Object.values(counts).reduce((all, count) => all + count, 0);
    for (const { backlog, byPriority, byAge } of body.establishments) {
      expect([sum(byPriority), sum(byAge)]).toEqual([backlog, backlog]);
    }
    expect(body.total).toBe(body.establishments.reduce((all, { backlog }) => all + backlog, 0));
    return Object.fromEntries(
      body.establishments.flatMap(({ code, byPriority, byAge }) =>
        Object.entries({ ...byPriority, ...byAge })
          .filter(([, tickets]) => tickets > 0)
          .map(([name, tickets]) => [`${code} ${name}`, tickets]),
      ),
    );
  };

  const figures = async (query: object, basis: 'site' | 'zone'): Promise<Days> => {
    const parameters = { ...range, ...query, ...(basis === 'zone' ? { basis: 'reporting-zone' } : {}) };
    return (await readFigures(client, parameters)).days;
  };
  const asOf = (asOfPosition: string, basis: 'site' | 'zone') => figures({ asOfPosition }, basis);

  const send = async (naive: NaiveFigures, { commands, skewMs = 0 }: Request): Promise<void> => {
    const sentAt = new Date(present + skewMs).toISOString();
    const { status, body } = await client.post<{ position: string }>('/v1/sync', {
      ...{ deviceId: device, sentAt, commands },
    });
    expect(status).toBe(200);
    if (BigInt(body.position) > BigInt(position)) ({ position } = body);
    const corrected = Math.abs(skewMs) > toleratedSkewMs ? skewMs : 0;
    naive.applyAll(commands, present, corrected, device);
  };
});
