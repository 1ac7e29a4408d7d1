import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client, clientOf } from '../../support/api/client.js';
import { done, openedTicket, type CommandName, type TicketBody } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { budgeted } from '../../support/budget.js';

interface Page {
  items: TicketBody[];
  nextCursor: string | null;
}

let server: HostedServer;
let client: Client;
const tickets: string[] = [];
let position: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  for (let at = 0; at < 14; at += 1) {
    tickets.push(await openedTicket(client, { title: `Pagination ${at}`, priority: `P${1 + (at % 4)}` }));
  }
  ({ position } = (
    await client.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] })
  ).body);
});
afterAll(() => server.close());

const pageOf = async (query: string, cursor: string | null, minPosition: string): Promise<Page> => {
  const from = cursor === null ? '' : `&cursor=${cursor}`;
  const { status, body } = await client.get<Page>(`/v1/tickets?${query}&minPosition=${minPosition}${from}`);
  expect([query, status]).toEqual([query, 200]);
  return body;
};

interface Change {
  ticket: number;
  command: CommandName;
  body: Record<string, unknown>;
}
const change: fc.Arbitrary<Change> = fc
  .tuple(
    fc.nat(13),
    fc.oneof(
      fc.constantFrom('P1', 'P2', 'P3', 'P4').map((priority) => ['reprioritize', { priority }] as const),
      fc.constant(['note', { body: 'Pagination, encore' }] as const),
    ),
  )
  .map(([ticket, [command, body]]) => ({ ticket, command, body }));

describe('pages of tickets that change meanwhile', () => {
  it('show no ticket twice, and every unchanged ticket once', async () => {
    const sorts = ['priority', '-priority', 'updated', '-updated', 'age', '-age'];
    const walk = fc.record({
      sort: fc.constantFrom(...sorts),
      q: fc.constantFrom('', '&q=pagination'),
      limit: fc.integer({ min: 1, max: 5 }),
      between: fc.array(fc.array(change, { maxLength: 3 }), { minLength: 14, maxLength: 14 }),
    });
    await fc.assert(
      fc.asyncProperty(walk, async ({ sort, q, limit, between }) => {
        const query = `sort=${sort}&limit=${limit}${q}`;
        const shown: string[] = [];
        const changed = new Set<string>();
        let cursor: string | null = null;
        for (let page = 0; page === 0 || cursor !== null; page += 1) {
          const read: Page = await pageOf(query, cursor, position);
          shown.push(...read.items.map(({ ticketId }) => ticketId));
          cursor = read.nextCursor;
          for (const { ticket, command, body } of between[page] ?? []) {
            const { headers } = await done(client, tickets[ticket]!, command, body);
            // A command that changes nothing is answered with the position of an older event.
            position = String(Math.max(Number(position), Number(headers.get('Position'))));
            changed.add(tickets[ticket]!);
          }
        }
        expect([query, shown.length]).toEqual([query, new Set(shown).size]);
        const unchanged = tickets.filter((ticketId) => !changed.has(ticketId));
        expect(shown).toEqual(expect.arrayContaining(sort.endsWith('age') ? tickets : unchanged));
      }),
      { numRuns: budgeted(12) },
    );
  });
});
