import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientOf } from '../../support/api/client.js';
import { done, openedTicket } from '../../support/api/contract.js';
import { createMigratedDatabase, type TestDatabase } from '../../support/database/database.js';
import { startHostedServerOn } from '../../support/server/hosted-server.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createMigratedDatabase();
});
afterAll(() => database.drop());

it('the list that an older version made is read without what it lacks, and with it once it is made anew', async () => {
  const requester = { name: 'Marie Roy', contact: null };
  const first = await startHostedServerOn(database);
  const ticketId = await openedTicket(await clientOf(first), { requester: { name: 'Marie Roy' } });
  const { headers } = await done(await clientOf(first), ticketId, 'start');
  const newest = `minPosition=${headers.get('Position')}`;
  expect((await (await clientOf(first)).get(`/v1/tickets?${newest}`)).status).toBe(200);
  await first.close();
  // As the version before requesters left its rows behind.
  await database.query(`
    ALTER TABLE desk_ticket_list_1.tickets DROP COLUMN requester CASCADE, DROP COLUMN requester_words,
      DROP COLUMN watchers, DROP COLUMN attachments;
    CREATE VIEW desk.tickets AS SELECT * FROM desk_ticket_list_1.tickets;
    UPDATE projections.generations SET version = 5 WHERE name = 'ticket-list';
  `);

  // With the role «api» alone, rows are not made anew.
  const meanwhile = await startHostedServerOn(database, { roles: new Set(['api']) });
  const client = await clientOf(meanwhile);
  for (const path of ['/v1/tickets', '/v1/tickets?q=ordonnance', '/v1/sync/changes']) {
    const { status, body } = await client.get<{ items: object[] }>(path);
    expect([path, status, body.items]).toEqual([
      path,
      200,
      [expect.objectContaining({ requester: null, watchers: 0, attachments: 0 })],
    ]);
  }
  expect(await client.get('/v1/tickets?requester=roy')).toMatchObject({ status: 200, body: { items: [] } });
  await meanwhile.close();

  const upgraded = await startHostedServerOn(database);
  const agent = await clientOf(upgraded);
  const made = async () => {
    const { body } = await agent.get<{ items: object[] }>(`/v1/tickets?requester=roy&${newest}`);
    return body.items;
  };
  let items = await made();
  while (items.length === 0) items = await made();
  expect(items).toEqual([expect.objectContaining({ ticketId, requester })]);
  await upgraded.close();
});
