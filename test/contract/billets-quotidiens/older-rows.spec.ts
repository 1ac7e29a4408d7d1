import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { openedTicket } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const day = '2026-05-15';

let server: HostedServer;
let client: Client;
let position: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  await openedTicket(client, { occurredAt: `${day}T12:00:00Z` });
  await client.send('PUT', '/v1/bulletins/2026-05-17', { ticketDay: day, sections: { bilan: 'Calme.' } });
  position = (await client.post('/v1/bulletins/2026-05-17/publish')).headers.get('Position')!;
  await client.get(`/v1/bulletins/latest?minPosition=${position}`);
  const [shown] = await server.database.query<{ schema: string }>(
    `SELECT substring(view.definition FROM 'FROM ([a-z0-9_]+)\\.published_days') AS schema
       FROM pg_views AS view WHERE schemaname = 'billets_quotidiens' AND viewname = 'published_days'`,
  );
  // As the version before withdrawals made them, and until they are made anew.
  await server.database.query(`
    DROP VIEW billets_quotidiens.published_days;
    CREATE VIEW billets_quotidiens.published_days AS
      SELECT day, bulletin, revision, position, recorded_at FROM ${shown!.schema}.published_days`);
});
afterAll(() => server.close());

describe('published days whose rows an older version made', () => {
  it.each([
    [`/v1/billets-quotidiens/${day}`, { status: 'published', revision: 1 }],
    [`/v1/billets-quotidiens?from=${day}&to=${day}`, { items: [{ status: 'published' }] }],
    ['/v1/bulletins/latest', { date: '2026-05-17' }],
  ])('are read until they are made anew: %s', async (path, body) => {
    expect(await client.get(path)).toMatchObject({ status: 200, body });
  });

  it('are read as of a position and an instant, for a day’s page, and for the feed', async () => {
    const now = new Date().toISOString();
    for (const query of [`asOfPosition=${position}`, `asOf=${now}`]) {
      const { status, body } = await client.get(`/v1/billets-quotidiens/${day}?${query}`);
      expect([query, status, body]).toEqual([query, 200, expect.objectContaining({ status: 'published' })]);
    }
    const page = await client.get<string>(`/jours/${day}`);
    expect([page.status, page.body]).toEqual([200, expect.stringContaining('/bulletins/2026-05-17')]);
    const feed = await client.get<string>('/v1/bulletins/feed.atom');
    expect([feed.status, feed.body]).toEqual([200, expect.stringContaining('/bulletins/2026-05-17')]);
  });
});
