import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOf } from '../../support/access/tokens.js';
import { Client, clientOf } from '../../support/api/client.js';
import {
  expectProblem,
  openedTicket,
  opening,
  pointersOf,
  ticketOf,
  type SyncBody,
} from '../../support/api/contract.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';

const nam = 'TREM 8451 1234';
const named = `Patiente ${nam}`;

let server: TestServer;
let client: Client;
let operator: Client;
beforeAll(async () => {
  server = await startTestServer();
  client = await clientOf(server);
  operator = new Client(server.url, await tokenOf('operator', []));
});
afterAll(() => server.close());

const sync = async (commands: object[]) =>
  (await client.post<SyncBody>('/v1/sync', { deviceId: 'nim-03', commands })).body.results;

describe('a health number in a field that stays in plain', () => {
  it('is refused at an opening, with its field, in both languages, and nothing is opened', async () => {
    const body = opening({ ticketId: randomUUID(), team: named });
    const refused = await client.post('/v1/tickets', body, { 'Accept-Language': 'fr' });
    expect(pointersOf(expectProblem(refused, 422, 'health-number-refused'))).toEqual(['/team']);
    expect(String(refused.body.detail)).toContain('sans le numéro');
    const english = await client.post('/v1/tickets', body, { 'Accept-Language': 'en' });
    expect(String(english.body.detail)).toContain('without the number');
    expect(JSON.stringify(refused.body)).not.toContain(nam);
    expectProblem(await client.get(`/v1/tickets/${String(body.ticketId)}`), 404, 'ticket-not-found');
    expect((await client.post('/v1/tickets', { ...body, team: 'mobile-nim-03' })).status).toBe(201);
  });

  it.each([
    [{ team: named }, ['/team']],
    [{ assignee: nam }, ['/assignee']],
    [{ team: 'TREM\u200b84511234', assignee: 'patiente-TREM84511234' }, ['/team', '/assignee']],
  ])('is refused at an assignment: %j', async (names, pointers) => {
    const ticketId = await openedTicket(client);
    const refused = await client.post(`/v1/tickets/${ticketId}/assign`, names);
    expect(pointersOf(expectProblem(refused, 422, 'health-number-refused'))).toEqual(pointers);
    expect(refused.body).toMatchObject({ ticket: { ticketId } });
  });

  it('is refused in a batch, without stopping the others', async () => {
    const ticketId = randomUUID();
    const results = await sync([
      { type: 'open', ...opening({ ticketId }) },
      { type: 'assign', commandId: randomUUID(), ticketId, assignee: nam },
      { type: 'open', ...opening({ ticketId: randomUUID(), team: named }) },
      { type: 'start', commandId: randomUUID(), ticketId },
    ]);
    expect(results.map(({ status }) => status)).toEqual(['applied', 'refused', 'refused', 'applied']);
    expect(results.map(({ problem }) => problem && pointersOf(problem as never))).toEqual([
      undefined,
      ['/commands/1/assignee'],
      ['/commands/2/team'],
      undefined,
    ]);
    expect((await ticketOf(client, ticketId)).assignee).toBeNull();
  });

  it('is refused for each ticket of a bulk command', async () => {
    const ticketIds = [await openedTicket(client), await openedTicket(client)];
    const call = { type: 'assign', ticketIds, team: named };
    const { results } = (await client.post<SyncBody>('/v1/tickets/bulk', call)).body;
    expect(results.map(({ status, problem }) => [status, pointersOf(problem as never)])).toEqual([
      ['refused', ['/team']],
      ['refused', ['/team']],
    ]);
  });

  it('is refused in a template, for its team and for those that it assigns to', async () => {
    const template = { name: 'Relance', team: named, commands: [{ type: 'assign', assignee: nam }] };
    const refused = await client.send('PUT', `/v1/templates/${randomUUID()}`, template);
    expect(pointersOf(expectProblem(refused, 422, 'health-number-refused')).sort()).toEqual([
      '/commands/0/assignee',
      '/team',
    ]);
  });

  it('is refused at the opening of one more ticket under an incident', async () => {
    const incident = await openedTicket(client);
    const refused = await client.post(`/v1/tickets/${incident}/me-too`, { team: named });
    expect(pointersOf(expectProblem(refused, 422, 'health-number-refused'))).toEqual(['/team']);
  });

  it('is refused in the reason and the basis of an erasure, and nothing is erased', async () => {
    const ticketId = await openedTicket(client, { title: 'Accès refusé' });
    const why = { reason: `Demande de ${nam}`, basis: named };
    const one = await operator.post(`/v1/admin/tickets/${ticketId}/erase`, why);
    const many = await operator.post('/v1/admin/erasures', { ...why, tickets: [ticketId] });
    for (const refused of [one, many])
      expect(pointersOf(expectProblem(refused, 422, 'health-number-refused'))).toEqual(['/reason', '/basis']);
    expect((await ticketOf(client, ticketId)).title).toBe('Accès refusé');
  });

  it('is refused in the reason of a legal hold, and of its end', async () => {
    const ticketId = await openedTicket(client);
    const path = `/v1/admin/tickets/${ticketId}/hold`;
    for (const method of ['PUT', 'DELETE'] as const) {
      const refused = await operator.send(method, path, { reason: named });
      expect(pointersOf(expectProblem(refused, 422, 'health-number-refused'))).toEqual(['/reason']);
    }
  });
  it('is nowhere in the log', async () => {
    const rows = await server.database.query(
      `SELECT type FROM event_store.events AS event WHERE event::text LIKE '%TREM%'`,
    );
    expect(rows).toEqual([]);
  });
});
