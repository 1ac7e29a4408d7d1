import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOfPerson } from '../../support/access/tokens.js';
import { Client, clientOf, type Answer } from '../../support/api/client.js';
import { expectProblem, historyOf, openedTicket } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface Viewers {
  others: string[];
  seconds: number;
}

let server: HostedServer;
/** Another process on the same database. */
let beside: HostedServer;
let all: Client;
beforeAll(async () => {
  server = await startHostedServer();
  beside = await startHostedServer({ databaseUrl: server.database.url });
  all = await clientOf(server);
});
afterAll(async () => {
  await beside.close();
  await server.close();
});

const agent = async (name: string, { at = server, establishments = ['NIM'] } = {}): Promise<Client> =>
  new Client(at.url, await tokenOfPerson(name, 'agent', establishments));
const look = (by: Client, ticketId: string, viewerId: string): Promise<Answer<Viewers>> =>
  by.send<Viewers>('PUT', `/v1/tickets/${ticketId}/viewers/${viewerId}`, undefined);
const leave = (by: Client, ticketId: string, viewerId: string) =>
  by.send('DELETE', `/v1/tickets/${ticketId}/viewers/${viewerId}`, undefined);
const othersFor = async (by: Client, ticketId: string, viewerId: string): Promise<string[]> => {
  const { status, body } = await look(by, ticketId, viewerId);
  expect(status).toBe(200);
  return body.others;
};

describe('who looks at a ticket', () => {
  it('is told to the others who look, by any process, and each is one however many pages they have', async () => {
    const ticketId = await openedTicket(all);
    const [marie, bruno] = [await agent('Marie Roy'), await agent('Bruno', { at: beside })];
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
    const alone = await look(marie, ticketId, first);
    expect([alone.status, alone.body]).toEqual([200, { others: [], seconds: 45 }]);
    expect(await othersFor(marie, ticketId, second)).toEqual([]);
    expect(await othersFor(bruno, ticketId, third)).toEqual(['Marie Roy']);
    expect(await othersFor(marie, ticketId, first)).toEqual(['Bruno']);
    await leave(marie, ticketId, first);
    expect(await othersFor(bruno, ticketId, third)).toEqual(['Marie Roy']);
    await leave(marie, ticketId, second);
    expect(await othersFor(bruno, ticketId, third)).toEqual([]);
  });

  it('looks at one ticket with one page: at another one, they look no more at the first', async () => {
    const [one, other] = [await openedTicket(all), await openedTicket(all)];
    const [marie, bruno] = [await agent('Marie Roy'), await agent('Bruno')];
    const page = randomUUID();
    await look(marie, one, page);
    await look(marie, other, page);
    expect(await othersFor(bruno, one, randomUUID())).toEqual([]);
    // What was said of the first comes late.
    await leave(marie, one, page);
    expect(await othersFor(bruno, other, randomUUID())).toEqual(['Marie Roy']);
  });

  it('looks no more once their page says nothing', async () => {
    const ticketId = await openedTicket(all);
    const page = randomUUID();
    await look(await agent('Marie Roy'), ticketId, page);
    await server.database.query(
      `UPDATE tickets.viewers SET until = now() - interval '1 s' WHERE viewer_id = '${page}'`,
    );
    expect(await othersFor(await agent('Bruno'), ticketId, randomUUID())).toEqual([]);
    const kept = await server.database.query(`SELECT FROM tickets.viewers WHERE viewer_id = '${page}'`);
    expect(kept).toEqual([]);
  });

  it('is nobody else: a page that is somebody’s is neither moved nor ended by another person', async () => {
    const [ticketId, other] = [await openedTicket(all), await openedTicket(all)];
    const [marie, bruno] = [await agent('Marie Roy'), await agent('Bruno')];
    const page = randomUUID();
    await look(marie, ticketId, page);
    await look(bruno, other, page);
    await leave(bruno, ticketId, page);
    expect(await othersFor(bruno, ticketId, randomUUID())).toEqual(['Marie Roy']);
  });

  it('is told to nobody who may not read the ticket, which looks unknown', async () => {
    const ticketId = await openedTicket(all);
    const foreign = await agent('Claire', { establishments: ['MCQ'] });
    await look(await agent('Marie Roy'), ticketId, randomUUID());
    const answer = await look(foreign, ticketId, randomUUID());
    const unknown = await look(foreign, randomUUID(), randomUUID());
    expectProblem(answer, 404, 'ticket-not-found');
    expectProblem(unknown, 404, 'ticket-not-found');
    expect(await othersFor(await agent('Bruno'), ticketId, randomUUID())).toEqual(['Marie Roy']);
  });

  it('leaves no trace: no event, nothing in the access log, and a table that no backup of the log has', async () => {
    const ticketId = await openedTicket(all);
    const before = await historyOf(all, ticketId);
    const logged = () =>
      server.database.query<{ count: string }>(`SELECT count(*) FROM audit.accesses WHERE person = 'Muette'`);
    await look(await agent('Muette'), ticketId, randomUUID());
    await look(await agent('Muette'), ticketId, randomUUID());
    expect(await historyOf(all, ticketId)).toEqual(before);
    expect(await logged()).toEqual([{ count: '0' }]);
    const [table] = await server.database.query<{ relpersistence: string }>(
      `SELECT relpersistence FROM pg_class WHERE oid = 'tickets.viewers'::regclass`,
    );
    expect(table?.relpersistence).toBe('u');
  });
});
