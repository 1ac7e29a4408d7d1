import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { done, openedTicket } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface Revision {
  revision: number;
  total: { figure: string; by: number }[];
  changes: {
    establishment: string;
    figure: string;
    by: number;
    events: { ticketId: string; type: string; position: string; delta: number }[];
  }[];
}

const path = '/v1/bulletins/2026-05-17';
const ticketDay = '2026-05-15';
const at = (day: string, time: string) => ({ occurredAt: `${day}T${time}:00-04:00` });

let server: HostedServer;
let client: Client;
let revision: Revision;
let tickets: Record<'sameDay' | 'dayAfter' | 'moved' | 'backAgain' | 'before' | 'after', string>;

const open = (day: string, time: string, establishment = 'NIM') =>
  openedTicket(client, { establishment, ...at(day, time) });

beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  const backAgain = await open(ticketDay, '08:00');
  await done(client, backAgain, 'resolve', at(ticketDay, '09:00'));
  const moved = await open(ticketDay, '08:00');
  await client.send('PUT', path, { ticketDay, sections: {} });
  expect((await client.post(`${path}/publish`)).status).toBe(200);

  const sameDay = await open(ticketDay, '10:00');
  await done(client, sameDay, 'resolve', at(ticketDay, '11:00'));
  const dayAfter = await open(ticketDay, '10:00', 'MCQ');
  await done(client, dayAfter, 'resolve', at('2026-05-16', '11:00'));
  await done(client, moved, 'transfer', at(ticketDay, '12:00'));
  await done(client, backAgain, 'reopen', at(ticketDay, '13:00'));
  const before = await open('2026-05-13', '10:00', 'OUT');
  await done(client, before, 'note', at(ticketDay, '14:00'));
  const after = await open('2026-05-16', '10:00');
  // Over before the day began: its two events cancel each other out in the backlog, and explain nothing.
  const over = await open('2026-05-13', '10:00', 'OUT');
  await done(client, over, 'resolve', at('2026-05-14', '11:00'));
  tickets = { sameDay, dayAfter, moved, backAgain, before, after };

  expect((await client.post(`${path}/revise`)).status).toBe(200);
  const { body } = await client.get<{ items: Revision[] }>(`${path}/revisions`);
  expect(body.items.map((item) => item.revision)).toEqual([1, 2]);
  revision = body.items[1]!;
});
afterAll(() => server.close());

const changed = () =>
  revision.changes.map(({ establishment, figure, by }) => `${establishment} ${figure} ${by}`);

describe('a revision', () => {
  it('says by how much each figure of each establishment changed', () => {
    expect(changed()).toEqual([
      'MCQ opened 1',
      'MCQ transferredIn 1',
      'MCQ backlog 2',
      'NIM opened 1',
      'NIM resolved 1',
      'NIM reopened 1',
      'NIM transferredOut 1',
      'OUT backlog 1',
    ]);
    expect(revision.total).toEqual(
      [
        ['opened', 2, 4],
        ['resolved', 1, 2],
        ['reopened', 0, 1],
        ['transferredIn', 0, 1],
        ['transferredOut', 0, 1],
        ['backlog', 1, 4],
      ].map(([figure, from, to]) => ({ figure, from, to, by: Number(to) - Number(from) })),
    );
  });

  it('has events whose deltas add up to each change', () => {
    for (const { figure, by, events } of revision.changes) {
      expect([figure, events.reduce((sum, { delta }) => sum + delta, 0)]).toEqual([figure, by]);
    }
  });

  it('lists exactly the new events of tickets that count on the day or in its backlog', () => {
    const events = revision.changes.flatMap((change) => change.events);
    const named = new Set(events.map(({ ticketId, type }) => `${ticketId} ${type}`));
    expect([...named].sort()).toEqual(
      [
        `${tickets.sameDay} TicketOpened`,
        `${tickets.sameDay} TicketResolved`,
        `${tickets.dayAfter} TicketOpened`,
        `${tickets.moved} TicketTransferred`,
        `${tickets.backAgain} TicketReopened`,
        `${tickets.before} TicketOpened`,
      ].sort(),
    );
  });

  it('is not repeated while no further event arrives', async () => {
    const { headers } = await client.get(path);
    const again = await client.post(`${path}/revise`);
    expect([again.status, again.headers.get('ETag')]).toEqual([200, headers.get('ETag')]);
  });
});
