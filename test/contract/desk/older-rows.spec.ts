import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { done, openedTicket, type TicketBody } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
let ticketId: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  ticketId = await openedTicket(client, { title: 'Écran sarrasin' });
  await openedTicket(client, { establishment: 'MCQ' });
  const position = (await done(client, ticketId, 'note')).headers.get('Position');
  await client.get(`/v1/tickets?minPosition=${position}`);
  const [shown] = await server.database.query<{ schema: string }>(
    `SELECT substring(view.definition FROM 'FROM ([a-z0-9_]+)\\.tickets') AS schema
       FROM pg_views AS view WHERE schemaname = 'desk' AND viewname = 'tickets'`,
  );
  // As the version before attachments made them, and until they are made anew.
  await server.database.query(`
    DROP VIEW desk.tickets;
    CREATE VIEW desk.tickets AS
      SELECT ticket_id, establishment, site, title, description, category, priority, location, status, team, assignee, opened_at,
             opened_day, resolved_at, resolution, merged_into, links, updated_at, revision, position
        FROM ${shown!.schema}.tickets`);
});
afterAll(() => server.close());

describe('tickets whose rows an older version made', () => {
  it.each(['/v1/tickets?establishment=NIM', '/v1/tickets?q=sarrasin', '/v1/sync/changes'])(
    'are read until they are made anew, with what is counted since then: %s',
    async (path) => {
      const { status, body } = await client.get<Record<string, unknown>>(path);
      expect(status).toBe(200);
      const items = (
        (body.items ?? body.tickets ?? body.changes) as (TicketBody & { ticket?: TicketBody })[]
      ).map((item) => item.ticket ?? item);
      expect(items).toContainEqual(
        expect.objectContaining({ ticketId, title: 'Écran sarrasin', revision: 2, attachments: 0 }),
      );
    },
  );
});
