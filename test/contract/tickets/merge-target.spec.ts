import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EventStore, EventStoreUnavailable } from '../../../src/platform/event-store/event-store.js';
import { Client, clientOf } from '../../support/api/client.js';
import {
  ago,
  command,
  done,
  expectProblem,
  historyOf,
  openedTicket,
  pointersOf,
  ticketOf,
  type CommandName,
  type SyncBody,
} from '../../support/api/contract.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startTestServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

const after = async (...names: CommandName[]): Promise<string> => {
  const ticketId = await openedTicket(client);
  for (const name of names) await done(client, ticketId, name, { occurredAt: ago(1800) });
  return ticketId;
};
const typesOf = async (ticketId: string) => (await historyOf(client, ticketId)).map(({ type }) => type);
const statusesOf = (tickets: string[]) =>
  Promise.all(tickets.map(async (id) => (await ticketOf(client, id)).status));

describe('merging into a ticket that is not active', () => {
  it.each<[string, CommandName[], boolean | undefined]>([
    ['resolved', ['resolve'], undefined],
    ['resolved', ['resolve'], false],
    ['closed', ['resolve', 'close'], undefined],
    ['closed', ['resolve', 'close'], true],
    ['cancelled', ['cancel'], undefined],
    ['cancelled', ['cancel'], true],
  ])(
    'is refused where the target is %s (%j, reopenTarget %j), and nothing changes',
    async (status, names, reopenTarget) => {
      const [source, into] = [await openedTicket(client), await after(...names)];
      const answer = await command(client, source, 'merge', { into, reopenTarget });
      const problem = expectProblem(answer, 409, 'merge-target-not-active');
      expect(pointersOf(problem)).toEqual(['/into']);
      expect(problem).toMatchObject({ ticket: { ticketId: source, status: 'open' } });
      expect(await statusesOf([source, into])).toEqual(['open', status]);
    },
  );

  it('is refused in a batch and in bulk as well', async () => {
    const [source, into] = [await openedTicket(client), await after('cancel')];
    const merge = { type: 'merge', commandId: randomUUID(), ticketId: source, into };
    const batch = await client.post<SyncBody>('/v1/sync', { deviceId: 'poste', commands: [merge] });
    const bulk = await client.post<SyncBody>('/v1/tickets/bulk', {
      type: 'merge',
      into,
      ticketIds: [source],
    });
    for (const { body } of [batch, bulk]) {
      expect(body.results[0]).toMatchObject({
        status: 'refused',
        problem: { type: '/problems/merge-target-not-active' },
      });
    }
  });
});

describe('merging into a resolved ticket with reopenTarget', () => {
  it('reopens the target at the time of the merge, and merges', async () => {
    const [source, into] = [await openedTicket(client), await after('resolve')];
    const occurredAt = ago(600);
    const { body } = await done(client, source, 'merge', { into, reopenTarget: true, occurredAt });
    expect(body).toMatchObject({ ticketId: source, status: 'merged', mergedInto: into });
    const reopened = (await historyOf(client, into)).at(-1);
    expect(reopened).toMatchObject({ type: 'TicketReopened', occurredAt, actor: expect.any(String) });
    expect(await ticketOf(client, into)).toMatchObject({ status: 'open' });
  });

  it('does not reopen a target that is active', async () => {
    const [source, into] = [await openedTicket(client), await after('start')];
    await done(client, source, 'merge', { into, reopenTarget: true });
    expect(await typesOf(into)).toEqual(['TicketOpened', 'WorkStarted']);
  });

  it('reopens nothing where the merge is sent again, whatever happened since', async () => {
    const [source, into] = [await openedTicket(client), await after('resolve')];
    const merge = { commandId: randomUUID(), into, reopenTarget: true };
    await done(client, source, 'merge', merge);
    await done(client, into, 'resolve');
    await done(client, source, 'merge', merge);
    await done(client, source, 'merge', { into, reopenTarget: true });
    expect(await typesOf(into)).toEqual([
      'TicketOpened',
      'TicketResolved',
      'TicketReopened',
      'TicketResolved',
    ]);
  });

  it('continues after an interruption when it is sent again, without a second reopening', async () => {
    const [source, into] = [await openedTicket(client), await after('resolve')];
    const merge = { commandId: randomUUID(), into, reopenTarget: true };
    const store = server.app.get(EventStore);
    const append = store.append.bind(store);
    const appending = jest.spyOn(store, 'append').mockImplementation((request) => {
      if (request.stream === `ticket-${source}`) throw new EventStoreUnavailable('it is away');
      return append(request);
    });
    expectProblem(await command(client, source, 'merge', merge), 503, 'unavailable');
    expect(await statusesOf([source, into])).toEqual(['open', 'open']);
    appending.mockRestore();
    await done(client, source, 'merge', merge);
    expect(await typesOf(into)).toEqual(['TicketOpened', 'TicketResolved', 'TicketReopened']);
    expect(await statusesOf([source, into])).toEqual(['merged', 'open']);
  });

  it.each<[string, CommandName[], string]>([
    ['the ticket is cancelled', ['cancel'], 'ticket-cancelled'],
    ['the ticket is resolved', ['resolve'], 'ticket-resolved'],
    ['the ticket is merged elsewhere', ['merge'], 'ticket-merged'],
  ])('reopens nothing where the merge is refused: %s', async (_what, names, code) => {
    const [source, into] = [await openedTicket(client), await after('resolve')];
    const elsewhere = await openedTicket(client);
    for (const name of names) await done(client, source, name, name === 'merge' ? { into: elsewhere } : {});
    expectProblem(await command(client, source, 'merge', { into, reopenTarget: true }), 409, code);
    expect(await statusesOf([into])).toEqual(['resolved']);
  });

  it('reopens nothing where If-Match names an older revision', async () => {
    const [source, into] = [await after('start'), await after('resolve')];
    const answer = await command(
      client,
      source,
      'merge',
      { into, reopenTarget: true },
      { 'If-Match': '"1"' },
    );
    expectProblem(answer, 412, 'version-mismatch');
    expect(await statusesOf([source, into])).toEqual(['in-progress', 'resolved']);
  });

  it('is refused as superseded where the target was resolved after the merge happened', async () => {
    const [source, into] = [await openedTicket(client), await after('resolve')];
    const late = { into, reopenTarget: true, occurredAt: ago(2400) };
    const problem = expectProblem(await command(client, source, 'merge', late), 409, 'superseded');
    expect(pointersOf(problem)).toEqual(['/into']);
    expect(await statusesOf([source, into])).toEqual(['open', 'resolved']);
  });

  it('is refused where the target is another establishment’s, and does not reopen it', async () => {
    const into = await openedTicket(client, { establishment: 'MCQ' });
    await done(client, into, 'resolve');
    const agent = new Client(server.url, await tokenOf('agent', ['NIM']));
    const source = await openedTicket(agent);
    const answer = await command(agent, source, 'merge', { into, reopenTarget: true });
    expectProblem(answer, 409, 'merge-target-not-found');
    expect(await statusesOf([into])).toEqual(['resolved']);
  });

  it('reopens the target once for many tickets, in a batch and in bulk', async () => {
    const into = await after('resolve');
    const ticketIds = await Promise.all(Array.from({ length: 4 }, () => openedTicket(client)));
    const bulk = await client.post<SyncBody>('/v1/tickets/bulk', {
      ...{ type: 'merge', into, reopenTarget: true, ticketIds: ticketIds.slice(0, 2) },
    });
    expect(bulk.body.results.map(({ status }) => status)).toEqual(['applied', 'applied']);
    const commands = ticketIds.slice(2).map((ticketId) => ({
      ...{ type: 'merge', commandId: randomUUID(), ticketId, into, reopenTarget: true },
    }));
    const { body } = await client.post<SyncBody>('/v1/sync', { deviceId: 'poste', commands });
    expect(body.results.map(({ status }) => status)).toEqual(['applied', 'applied']);
    expect(await typesOf(into)).toEqual(['TicketOpened', 'TicketResolved', 'TicketReopened']);
  });
});
