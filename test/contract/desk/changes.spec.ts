import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import {
  done,
  expectProblem,
  openedTicket,
  pointersOf,
  ticketOf,
  type TicketBody,
} from '../../support/api/contract.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: TestServer;
let client: Client;
let team: Client;
beforeAll(async () => {
  server = await startTestServer();
  client = await clientOf(server);
  team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
});
afterAll(() => server.close());

interface Changes {
  full: boolean;
  items: TicketBody[];
  tombstones: { ticketId: string; reason: string; mergedInto: string | null }[];
  cursor: string;
  more: boolean;
  reference?: { establishments: { code: string; sites: object[] }[]; categories: string[] };
}

const now = async (): Promise<string> =>
  (await client.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] })).body.position;

const pull = async (cursor?: string, by = team, limit = 500): Promise<Changes> => {
  const more = cursor === undefined ? '' : `&cursor=${cursor}`;
  const path = `/v1/sync/changes?minPosition=${await now()}&limit=${limit}${more}`;
  const { status, body } = await by.get<Changes>(path);
  expect(status).toBe(200);
  return body;
};
const idsOf = ({ items }: Changes): string[] => items.map(({ ticketId }) => ticketId);

/** What a device holds after all that was told. */
class Device {
  readonly tickets = new Map<string, TicketBody>();
  cursor: string | undefined;

  async pullAll(by = team, limit = 500): Promise<void> {
    for (let more = true; more;) {
      const changes = await pull(this.cursor, by, limit);
      if (changes.full) this.tickets.clear();
      for (const ticket of changes.items) this.tickets.set(ticket.ticketId, ticket);
      for (const { ticketId } of changes.tombstones) this.tickets.delete(ticketId);
      ({ cursor: this.cursor, more } = changes);
    }
  }
}

describe('what a team takes along', () => {
  it('is at first its active tickets, as they are, and what it needs to write others', async () => {
    const [open, waiting, resolved] = [
      await openedTicket(client),
      await openedTicket(client),
      await openedTicket(client),
    ];
    const theirs = await openedTicket(client, { establishment: 'MCQ' });
    await done(client, waiting, 'hold');
    await done(client, resolved, 'resolve');
    const first = await pull();
    expect(first.full).toBe(true);
    expect(idsOf(first)).toEqual(expect.arrayContaining([open, waiting]));
    expect(idsOf(first)).not.toContain(resolved);
    expect(idsOf(first)).not.toContain(theirs);
    expect(first.items.find(({ ticketId }) => ticketId === waiting)).toEqual(await ticketOf(client, waiting));
    expect(first.reference!.categories).toContain('ordonnances');
    const cnord = first.reference!.establishments.find(({ code }) => code === 'CNORD');
    expect(cnord!.sites.length).toBeGreaterThan(0);
  });

  it('is then what changed, whatever its status, and nothing else', async () => {
    const [one, other] = [await openedTicket(client), await openedTicket(client)];
    const first = await pull();
    await done(client, one, 'resolve');
    const second = await pull(first.cursor);
    expect([second.full, idsOf(second), second.tombstones, second.reference]).toEqual([
      false,
      [one],
      [],
      undefined,
    ]);
    expect(second.items[0]).toEqual(await ticketOf(client, one));
    const third = await pull(second.cursor);
    expect([idsOf(third), third.tombstones, third.more]).toEqual([[], [], false]);
    await done(client, other, 'note');
    expect(idsOf(await pull(third.cursor))).toEqual([other]);
    // The old cursor still tells of both.
    expect(idsOf(await pull(first.cursor))).toEqual([one, other]);
  });

  it('loses what was transferred away or merged, and gets back what comes back', async () => {
    const [away, merged, into, forth] = await Promise.all(
      Array.from({ length: 4 }, () => openedTicket(client)),
    );
    const first = await pull();
    await done(client, away!, 'transfer');
    await done(client, merged!, 'merge', { into });
    await done(client, forth!, 'transfer');
    await done(client, forth!, 'transfer', { establishment: 'NIM' });
    const second = await pull(first.cursor);
    expect(second.tombstones).toEqual([
      { ticketId: away, reason: 'transferred', mergedInto: null },
      { ticketId: merged, reason: 'merged', mergedInto: into },
    ]);
    expect(idsOf(second)).toEqual([forth]);
    // Elsewhere nothing more is told of it.
    await done(client, away!, 'note');
    const third = await pull(second.cursor);
    expect([idsOf(third), third.tombstones]).toEqual([[], []]);
    const both = new Client(server.url, await tokenOf('agent', ['MCQ', 'NIM']));
    const whole = await pull((await pull(undefined, both)).cursor, both);
    expect([whole.items, whole.tombstones]).toEqual([[], []]);
  });

  it('is whole after small pages with changes in between', async () => {
    const tickets = await Promise.all(Array.from({ length: 8 }, () => openedTicket(client)));
    const device = new Device();
    let page = await pull(undefined, team, 2);
    const keep = (changes: Changes) => {
      for (const ticket of changes.items) device.tickets.set(ticket.ticketId, ticket);
      for (const { ticketId } of changes.tombstones) device.tickets.delete(ticketId);
      device.cursor = changes.cursor;
    };
    keep(page);
    for (const [index, command] of (
      ['resolve', 'note', 'transfer', 'cancel', 'start', 'hold'] as const
    ).entries()) {
      await done(client, tickets[index]!, command);
      page = await pull(device.cursor, team, 2);
      expect(page.full).toBe(false);
      keep(page);
    }
    await device.pullAll(team, 2);
    const fresh = new Device();
    await fresh.pullAll(team);
    const active = ['open', 'in-progress', 'waiting'];
    const held = [...device.tickets.values()].filter(({ status }) => active.includes(status));
    const byId = (one: TicketBody, other: TicketBody) => (one.ticketId < other.ticketId ? -1 : 1);
    expect(held.sort(byId)).toEqual([...fresh.tickets.values()].sort(byId));
  });

  it('begins anew where the team’s establishments are others now', async () => {
    const theirs = await openedTicket(client, { establishment: 'MCQ' });
    const { cursor } = await pull();
    const more = new Client(server.url, await tokenOf('mobile-team', ['NIM', 'MCQ']));
    const again = await pull(cursor, more);
    expect([again.full, idsOf(again).includes(theirs), again.reference !== undefined]).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('goes on after a rebuild where it stood', async () => {
    const before = await openedTicket(client);
    const { cursor } = await pull();
    expect((await client.post('/v1/admin/projections/ticket-list/rebuild')).status).toBe(202);
    const rebuilt = async () => {
      const { body } = await client.get<{ state?: string; rebuild?: unknown }>(
        '/v1/admin/projections/ticket-list',
      );
      return !JSON.stringify(body).includes('building');
    };
    while (!(await rebuilt())) await new Promise((resolve) => setTimeout(resolve, 50));
    const nothing = await pull(cursor);
    expect([nothing.full, nothing.items, nothing.tombstones]).toEqual([false, [], []]);
    await done(client, before, 'note');
    expect(idsOf(await pull(cursor))).toEqual([before]);
  });

  it.each([
    ['cursor=x', '?cursor'],
    [`cursor=${Buffer.from('{"after":"1"}').toString('base64url')}`, '?cursor'],
    ['limit=501', '?limit'],
    ['since=1', '?since'],
  ])('refuses %s', async (query, pointer) => {
    const problem = expectProblem(await team.get(`/v1/sync/changes?${query}`), 400, 'malformed');
    expect([...new Set(pointersOf(problem))]).toEqual([pointer]);
  });
});
