import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { openedTicket } from '../../support/api/contract.js';
import { createMigratedDatabase, type TestDatabase } from '../../support/database/database.js';
import { startHostedServerOn, type ServerInHost } from '../../support/server/hosted-server.js';

const day = '2026-05-15';

let database: TestDatabase;
let server: ServerInHost;
let client: Client;
let position: string;
beforeAll(async () => {
  database = await createMigratedDatabase();
  const older = await startHostedServerOn(database);
  client = await clientOf(older);
  await openedTicket(client, { occurredAt: `${day}T12:00:00Z` });
  await client.send('PUT', '/v1/bulletins/2026-05-17', { ticketDay: day, sections: { bilan: 'Calme.' } });
  position = (await client.post('/v1/bulletins/2026-05-17/publish')).headers.get('Position')!;
  await client.get(`/v1/bulletins/latest?minPosition=${position}`);
  await older.close();
  // As the version before withdrawals left its rows behind; with the role «api» alone, they are not made anew.
  await database.query(`
    ALTER TABLE projection_published_days_1.published_days DROP COLUMN withdrawn_position CASCADE, DROP COLUMN withdrawn_at;
    CREATE VIEW billets_quotidiens.published_days AS SELECT * FROM projection_published_days_1.published_days;
    UPDATE projections.generations SET version = 2 WHERE name = 'published-days'`);
  server = await startHostedServerOn(database, { roles: new Set(['api']) });
  client = await clientOf(server);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

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
