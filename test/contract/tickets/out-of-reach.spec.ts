import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf, codeOf } from '../../support/api/client.js';
import {
  ago,
  command,
  done,
  naming,
  opening,
  type CommandName,
  type SyncBody,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

const secret = 'Chambre 214';

let server: HostedServer;
let client: Client;
let agent: Client;
let elsewhere: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  agent = new Client(server.url, await tokenOf('agent', ['NIM']));
  // The same person after their establishment was changed from NIM to MCQ.
  elsewhere = new Client(server.url, await tokenOf('agent', ['MCQ']));
});
afterAll(() => server.close());

const opened = async (by: Client, changes: Record<string, unknown> = {}) => {
  const body = opening({ title: secret, description: secret, occurredAt: ago(3600), ...changes });
  const answer = await by.post<{ ticketId: string }>('/v1/tickets', body);
  expect(answer.status).toBe(201);
  return { body, ticketId: answer.body.ticketId };
};

const reference = (ticketId: string) => ({ ticketId, revision: expect.any(Number) });
const resolution = { code: 'fixed', note: secret };
const repeatable: [CommandName, object][] = [
  ['note', { body: secret }],
  ['assign', {}],
  ['start', {}],
  ['hold', { note: secret }],
  ['requester', {}],
  ['watch', {}],
  ['recategorize', {}],
  ['reprioritize', {}],
  ['resolve', { resolution }],
  ['cancel', { reason: secret }],
  ['link', {}],
  ['merge', {}],
];

describe('the answer to a command about a ticket that another establishment has now', () => {
  it('has only the id and the revision for the person who transferred it, also when it is sent again', async () => {
    const { ticketId } = await opened(agent);
    const transfer = { commandId: randomUUID() };
    const first = await done(agent, ticketId, 'transfer', transfer);
    expect(first.body).toEqual({ ticketId, revision: 2 });
    expect([first.headers.get('ETag'), first.headers.get('Position')]).toEqual([
      '"2"',
      expect.stringMatching(/^\d+$/),
    ]);
    const again = await done(agent, ticketId, 'transfer', transfer);
    expect([again.body, again.headers.get('ETag')]).toEqual([{ ticketId, revision: 2 }, '"2"']);
  });

  it('has the whole ticket for a person of both establishments', async () => {
    const { ticketId } = await opened(client);
    const { body } = await done(client, ticketId, 'transfer');
    expect(body).toMatchObject({ title: secret, establishment: 'MCQ' });
  });

  it.each(repeatable)('has only the id and the revision where %s is sent again', async (name, changes) => {
    const { ticketId } = await opened(agent);
    const { ticketId: otherTicketId } = await opened(agent);
    const body = { ...changes, ...naming(name, otherTicketId), commandId: randomUUID() };
    await done(agent, ticketId, name, body);
    const again = await command(elsewhere, ticketId, name, body);
    expect([again.status, again.body]).toEqual([200, reference(ticketId)]);
  });

  it.each(['link', 'merge'] as const)(
    'has the whole ticket where %s names another ticket that was transferred since',
    async (name) => {
      const { ticketId } = await opened(agent);
      const { ticketId: target } = await opened(agent);
      const body = { ...naming(name, target), commandId: randomUUID() };
      await done(agent, ticketId, name, body);
      await done(agent, target, 'transfer');
      const again = await done(agent, ticketId, name, body);
      expect(again.body).toMatchObject({ ticketId, title: secret });
    },
  );

  it('has only the id and the revision where the opening is sent again, by its commandId or its Idempotency-Key', async () => {
    const { body, ticketId } = await opened(agent);
    const again = await elsewhere.post('/v1/tickets', body);
    expect([again.status, again.body]).toEqual([200, { ticketId, revision: 1 }]);
    const { commandId: _none, ...keyed } = opening({ title: secret });
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await agent.post<{ ticketId: string }>('/v1/tickets', keyed, key);
    const second = await elsewhere.post('/v1/tickets', keyed, key);
    expect([second.status, second.body]).toEqual([200, reference(first.body.ticketId)]);
  });

  it('has only statuses and ids in a batch and in bulk, whether applied, repeated or refused', async () => {
    const { body, ticketId } = await opened(agent);
    const commands = [
      { type: 'open', ...body },
      { type: 'transfer', commandId: randomUUID(), ticketId, establishment: 'MCQ' },
      { type: 'note', commandId: randomUUID(), ticketId, body: 'x' },
      { type: 'close', commandId: randomUUID(), ticketId },
      { type: 'open', ...opening({ ticketId }) },
    ];
    for (const status of ['applied', 'duplicate']) {
      const answer = await agent.post<SyncBody>('/v1/sync', { deviceId: 'poste', commands });
      const { results } = answer.body;
      expect(results.slice(0, 2)).toEqual([
        { commandId: body.commandId, status: 'duplicate', ticketId, revision: 1 },
        { commandId: commands[1]!.commandId, status, ticketId, revision: 2 },
      ]);
      expect(results.slice(2).map(({ problem }) => codeOf(problem))).toEqual([
        ...['ticket-not-found', 'ticket-not-found', 'id-taken'],
      ]);
      expect(JSON.stringify(answer.body)).not.toContain(secret);
    }
    const { ticketId: own } = await opened(agent);
    const bulk = { commandId: randomUUID(), type: 'resolve', resolution, ticketIds: [own] };
    await agent.post('/v1/tickets/bulk', bulk);
    const again = await elsewhere.post<SyncBody>('/v1/tickets/bulk', bulk);
    expect(again.body.results).toEqual([
      { ...reference(own), commandId: expect.any(String), status: 'duplicate' },
    ]);
  });

  it('has only the ids and revisions of the children where a cascade is sent again', async () => {
    const { ticketId: parent } = await opened(agent);
    const { ticketId: child } = await opened(agent);
    await done(agent, child, 'link', { to: parent, relation: 'parent' });
    const body = { commandId: randomUUID(), resolution, cascade: true };
    await done(agent, parent, 'resolve', body);
    const again = await command(elsewhere, parent, 'resolve', body);
    expect(again.status).toBe(200);
    expect(again.body).toEqual({
      ...reference(parent),
      cascade: [{ ...reference(child), commandId: expect.any(String), status: 'duplicate' }],
    });
    expect(JSON.stringify(again.body)).not.toContain(secret);
  });
});
