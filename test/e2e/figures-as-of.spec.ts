import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { clientOf, type Client } from '../support/client.js';
import { difference, mistakes } from '../support/figure-differences.js';
import { readFigures, type DayFigures } from '../support/figures.js';
import { fiveZones, writeEstablishments } from '../support/five-zones.js';
import { NaiveFigures } from '../support/naive-figures.js';
import { present, range, requestsOf, scenarios, type Request } from '../support/random-commands.js';
import { startTestServer, type TestServer } from '../support/server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

jest.setTimeout(240_000);

const reportingZone = 'America/Toronto';
const mostCommandsARun = 120;
const looksBackARun = 4;
const toleratedSkewMs = 2 * 60_000;

type Days = Record<string, DayFigures>;

/** How things stood after some request, as the naive fold has it. */
interface Then {
  position: string;
  site: Days;
  zone: Days;
}

describe('the figures as they were known, of random commands over five zones', () => {
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

  it('are those of the log up to there, by the sites’ days and by the reporting zone’s', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(mostCommandsARun), async (scenario) => {
        const naive = new NaiveFigures(fiveZones);
        // One database serves all runs, so a run is judged by what it added.
        const start = position;
        const requests = requestsOf(scenario, fiveZones);
        const every = Math.ceil(requests.length / looksBackARun);
        const states: Then[] = [];
        for (const [index, request] of requests.entries()) {
          await send(naive, request);
          const looked = index % every === 0 || index === requests.length - 1;
          if (looked) {
            states.push({ position, site: naive.days(dates), zone: naive.days(dates, reportingZone) });
          }
        }
        for (const basis of ['site', 'zone'] as const) {
          const before = await asOf(start, basis);
          for (const then of states) {
            const known = difference(await asOf(then.position, basis), before);
            expect(mistakes(known, then[basis])).toEqual([]);
          }
          const now = difference(await figures({ minPosition: position }, basis), before);
          expect(mistakes(now, states.at(-1)![basis])).toEqual([]);
        }
      }),
      { numRuns: 8, interruptAfterTimeLimit: 90_000 },
    );
  });

  const figures = async (asked: object, basis: 'site' | 'zone'): Promise<Days> => {
    const parameters = { ...range, ...asked, ...(basis === 'zone' ? { basis: 'reporting-zone' } : {}) };
    return (await readFigures(client, parameters)).days;
  };
  const asOf = (asOfPosition: string, basis: 'site' | 'zone') => figures({ asOfPosition }, basis);

  const send = async (naive: NaiveFigures, { commands, skewMs = 0 }: Request): Promise<void> => {
    const sentAt = new Date(present + skewMs).toISOString();
    const { status, body } = await client.post<{ position: string }>('/v1/sync', {
      ...{ deviceId: 'appareil', sentAt, commands },
    });
    expect(status).toBe(200);
    if (BigInt(body.position) > BigInt(position)) ({ position } = body);
    const corrected = Math.abs(skewMs) > toleratedSkewMs ? skewMs : 0;
    for (const command of commands) naive.apply(command, present, corrected);
  };
});
