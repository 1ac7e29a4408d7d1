import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { expectProblem, openedTicket, ticketOf } from '../../support/api/contract.js';
import { until } from '../../support/projections/projections.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

/** What whoever may write to the table could do. */
const tamper = async (change: string): Promise<void> => {
  await server.database.query(`
    BEGIN;
    ALTER TABLE event_store.events DISABLE TRIGGER append_only;
    ${change};
    ALTER TABLE event_store.events ENABLE TRIGGER append_only;
    COMMIT`);
};

interface Letters {
  items: { projection: string; error: string }[];
}

it('a text that was moved here from another ticket is read by nobody, and put aside when it is folded again', async () => {
  const [one, other, untouched] = [
    await openedTicket(client, { title: 'Premier' }),
    await openedTicket(client, { title: 'Deuxième' }),
    await openedTicket(client, { title: 'Troisième' }),
  ];
  await tamper(`
    UPDATE event_store.events SET data = jsonb_set(data::jsonb, '{title}',
             (SELECT data::jsonb -> 'title' FROM event_store.events WHERE stream = 'ticket-${one}' AND revision = 1))::json
     WHERE stream = 'ticket-${other}' AND revision = 1`);
  expectProblem(await client.get(`/v1/tickets/${other}`), 500, 'internal-error');
  expect(await ticketOf(client, one)).toMatchObject({ title: 'Premier' });

  await client.post('/v1/admin/projections/ticket-list/rebuild');
  const letters = async () => (await client.get<Letters>('/v1/admin/dead-letters')).body.items;
  await until('it is put aside', async () => (await letters()).length > 0);
  const [letter] = await letters();
  expect(letter!.error).toMatch(/title was changed, or moved here from elsewhere/);
  expect(JSON.stringify(await letters())).not.toMatch(/Premier|Deuxième/);
  expect(await ticketOf(client, untouched)).toMatchObject({ title: 'Troisième' });
});
