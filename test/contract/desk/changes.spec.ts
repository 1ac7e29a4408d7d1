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
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let client: Client;
let team: Client;
beforeAll(async () => {
  server = await startHostedServer();
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

/** A device that applies every page of changes, and so holds the tickets it was told of. */
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

describe('the changes that a team’s device pulls', () => {
  it('are at first all active tickets, and the reference data to open others', async () => {
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

  it('are then only the tickets that changed, whatever their status', async () => {
    const [resolved, noted] = [await openedTicket(client), await openedTicket(client)];
    const first = await pull();
    await done(client, resolved, 'resolve');
    const second = await pull(first.cursor);
    expect([second.full, idsOf(second), second.tombstones, second.reference]).toEqual([
      false,
      [resolved],
      [],
      undefined,
    ]);
    expect(second.items[0]).toEqual(await ticketOf(client, resolved));
    const third = await pull(second.cursor);
    expect([idsOf(third), third.tombstones, third.more]).toEqual([[], [], false]);
    await done(client, noted, 'note');
    expect(idsOf(await pull(third.cursor))).toEqual([noted]);
    // The first cursor still gives both changes.
    expect(idsOf(await pull(first.cursor))).toEqual([resolved, noted]);
  });

  it('have tombstones for tickets transferred away or merged, and not for those that came back', async () => {
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
    // A change after the transfer is not sent to the former establishment.
    await done(client, away!, 'note');
    const third = await pull(second.cursor);
    expect([idsOf(third), third.tombstones]).toEqual([[], []]);
    const both = new Client(server.url, await tokenOf('agent', ['MCQ', 'NIM']));
    const whole = await pull((await pull(undefined, both)).cursor, both);
    expect([whole.items, whole.tombstones]).toEqual([[], []]);
  });

  it('are complete after small pages with changes in between', async () => {
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
    const byId = (a: TicketBody, b: TicketBody) => (a.ticketId < b.ticketId ? -1 : 1);
    expect(held.sort(byId)).toEqual([...fresh.tickets.values()].sort(byId));
  });

  it('start over in full when the team’s establishments change', async () => {
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

  it('continue from the same cursor after a rebuild', async () => {
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
  ])('are refused with %s', async (query, pointer) => {
    const problem = expectProblem(await team.get(`/v1/sync/changes?${query}`), 400, 'malformed');
    expect([...new Set(pointersOf(problem))]).toEqual([pointer]);
  });
});
