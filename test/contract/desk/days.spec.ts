import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import {
  done,
  expectProblem,
  openedTicket,
  pointersOf,
  type TicketBody,
} from '../../support/api/contract.js';
import { readFigures } from '../../support/figures/figures.js';
import { fiveZones, writeEstablishments } from '../../support/figures/five-zones.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { temporaryFolder } from '../../support/temporary-folder.js';
import { tokenOf } from '../../support/access/tokens.js';

interface List {
  items: TicketBody[];
  nextCursor: string | null;
  counts: Record<string, number>;
}

/** Instants around the midnights of all zones: every half hour from 02:15 to 08:45 UTC, on common days and on days of 23 and 25 hours. */
const nights = ['2026-03-08', '2026-03-09', '2026-05-15', '2026-05-16', '2026-11-01', '2026-11-02'];
const minutes = Array.from({ length: 14 }, (_, index) => 135 + index * 30);
const instants = nights.flatMap((day) =>
  minutes.map((minute) => new Date(Date.parse(day) + minute * 60_000).toISOString()),
);
const places: { establishment: string; site?: string; timeZone: string }[] = Object.entries(
  fiveZones,
).flatMap(([establishment, { timeZone, sites }]) => [
  { establishment, timeZone },
  ...Object.entries(sites).map(([site, zone]) => ({ establishment, site, timeZone: zone })),
]);
const codes = Object.keys(fiveZones);
const days = nights.flatMap((day) => [-1, 0].map((by) => dayOf(Date.parse(day) + by * 86_400_000, 'UTC')));

function dayOf(at: number | string, timeZone: string): string {
  return new Date(at).toLocaleDateString('en-CA', { timeZone });
}

describe('the days of the list of tickets', () => {
  let server: HostedServer;
  let client: Client;
  let position: string;
  beforeAll(async () => {
    const folder = await temporaryFolder();
    const establishments = await writeEstablishments(folder.path, fiveZones);
    server = await startHostedServer({ establishmentsFile: establishments });
    await folder.remove();
    client = await clientOf(server);
    await openAll();
  });
  afterAll(() => server.close());

  const openAll = async () => {
    const commands = instants.flatMap((occurredAt, index) =>
      places.map(({ establishment, site }, place) => ({
        ...{ commandId: randomUUID(), ticketId: randomUUID(), type: 'open', establishment, site },
        title: (index + place) % 3 === 0 ? 'Étiquettes pâles' : 'Imprimante muette',
        ...{ category: 'impression', priority: 'P3', occurredAt },
      })),
    );
    for (let first = 0; first < commands.length; first += 500) {
      const sent = { deviceId: 'tablette', commands: commands.slice(first, first + 500) };
      const { body } = await client.post<{ position: string; results: { status: string }[] }>(
        '/v1/sync',
        sent,
      );
      expect(new Set(body.results.map(({ status }) => status))).toEqual(new Set(['applied']));
      ({ position } = body);
    }
  };

  const list = async (query: string, by: Client = client): Promise<List> => {
    const { status, body } = await by.get<List>(`/v1/tickets?minPosition=${position}&counts=true&${query}`);
    expect([query, status]).toEqual([query, 200]);
    return body;
  };
  const countOf = async (query: string): Promise<number> =>
    Object.values((await list(query)).counts).reduce((sum, count) => sum + count, 0);

  it.each([undefined, 'site', 'reporting-zone'])(
    'give as many tickets as the figures count, for every establishment and day: basis %s',
    async (basis) => {
      const byBasis: { basis?: string } = basis === undefined ? {} : { basis };
      const range = { from: days[0]!, to: days.at(-1)!, minPosition: position, ...byBasis };
      const { days: figures } = await readFigures(client, range);
      for (const day of days) {
        for (const code of [...codes, undefined]) {
          const query = new URLSearchParams({
            ...{ openedFrom: day, openedTo: day },
            ...(basis === undefined ? {} : { basis }),
            ...(code === undefined ? {} : { establishment: code }),
          });
          const { establishments, total } = figures[day]!;
          const counted = code === undefined ? total.opened : (establishments[code]?.opened ?? 0);
          expect({ day, code, listed: await countOf(String(query)) }).toEqual({ day, code, listed: counted });
        }
      }
    },
  );

  it.each(['openedFrom', 'openedTo'])('can be bounded on one side: %s alone', async (bound) => {
    const day = '2026-05-15';
    const isWithin = (opened: string) => (bound === 'openedFrom' ? opened >= day : opened <= day);
    const expected = instants.flatMap((at) => places.filter(({ timeZone }) => isWithin(dayOf(at, timeZone))));
    expect(await countOf(`${bound}=${day}`)).toBe(expected.length);
  });

  it('can be combined with an instant', async () => {
    const to = '2026-05-16T06:00:00Z';
    const expected = instants
      .filter((at) => Date.parse(at) < Date.parse(to))
      .flatMap((at) => places.filter(({ timeZone }) => dayOf(at, timeZone) >= '2026-05-15'));
    expect(await countOf(`openedFrom=2026-05-15&openedTo=${to}`)).toBe(expected.length);
  });

  it.each([
    '',
    'q=etiquettes',
    'q=etiquettes&sort=age',
    'q=imprimante&sort=-priority',
    'sort=-age',
    'sort=updated',
  ])('give the same tickets in every order and page size, with a search and without: %s', async (query) => {
    const day = '2026-11-01';
    const wanted = query.includes('q=etiq')
      ? 'Étiquettes pâles'
      : query.includes('q=impr')
        ? 'Imprimante muette'
        : '';
    const opened = instants.flatMap((at, index) =>
      places
        .map((place, number) => ({
          ...place,
          at,
          title: (index + number) % 3 === 0 ? 'Étiquettes pâles' : 'Imprimante muette',
        }))
        .filter(({ timeZone, title }) => dayOf(at, timeZone) === day && title.startsWith(wanted)),
    );
    const shown: TicketBody[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: List = await list(
        `openedFrom=${day}&openedTo=${day}&limit=40&${query}${cursor && `&cursor=${cursor}`}`,
      );
      shown.push(...page.items);
      cursor = page.nextCursor;
    }
    const keyOf = (at: string, establishment: string, site?: string | null) =>
      `${new Date(at).toISOString()} ${establishment} ${site ?? ''}`;
    expect(shown.map((ticket) => keyOf(ticket.openedAt, ticket.establishment, ticket.site)).sort()).toEqual(
      opened.map(({ at, establishment, site }) => keyOf(at, establishment, site)).sort(),
    );
    expect(new Set(shown.map(({ ticketId }) => ticketId)).size).toBe(shown.length);
  });

  it('are those of the zone where a ticket was opened, also after a transfer to another zone', async () => {
    const late = '2026-06-10T03:30:00Z';
    const ticketId = await openedTicket(client, { establishment: 'ILES', occurredAt: late });
    const { headers } = await done(client, ticketId, 'transfer', {
      establishment: 'OUEST',
      site: 'PACIFIQUE',
    });
    position = headers.get('Position')!;
    const agent = new Client(server.url, await tokenOf('agent', ['OUEST']));
    const on = async (day: string) =>
      (await list(`openedFrom=${day}&openedTo=${day}`, agent)).items.map((ticket) => ticket.ticketId);
    expect([await on('2026-06-09'), await on('2026-06-10')]).toEqual([[], [ticketId]]);
  });

  it.each([
    ['openedFrom=2026-05-16&openedTo=2026-05-15', '?openedTo'],
    ['openedFrom=2026-05-16T00:00:00Z&openedTo=2026-05-15T19:59:00-04:00', '?openedTo'],
    ['openedFrom=2026-05-16&basis=utc', '?basis'],
  ])('are refused where they make no sense: %s', async (query, pointer) => {
    const problem = expectProblem(await client.get(`/v1/tickets?${query}`), 400, 'malformed');
    expect(pointersOf(problem)).toEqual([pointer]);
  });
});
