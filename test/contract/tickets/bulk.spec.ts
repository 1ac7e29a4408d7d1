import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf, codeOf } from '../../support/api/client.js';
import {
  command,
  done,
  expectProblem,
  historyOf,
  openedTicket,
  opening,
  pointersOf,
  ticketOf,
  type SyncResult,
  type TicketBody,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

interface BulkBody {
  commandId: string;
  position: string;
  results: SyncResult[];
}

const bulk = (body: Record<string, unknown>, by = client, headers?: Record<string, string>) =>
  by.post<BulkBody>('/v1/tickets/bulk', body, headers);
const severalOpened = (count: number): Promise<string[]> =>
  Promise.all(Array.from({ length: count }, () => openedTicket(client)));
const resolution = { code: 'fixed', note: 'Relancé' };

describe('one command for many tickets', () => {
  it.each([
    ['assign', { team: 'mobile-nim-03', assignee: 'alice' }, { team: 'mobile-nim-03', assignee: 'alice' }],
    ['recategorize', { category: 'pharmacie' }, { category: 'pharmacie' }],
    ['resolve', { resolution }, { status: 'resolved', resolution }],
    ['reprioritize', { priority: 'P1' }, { priority: 'P1' }],
    ['start', {}, { status: 'in-progress' }],
    ['hold', { reason: 'vendor' }, { status: 'waiting' }],
    ['cancel', { reason: 'Ouvert par erreur' }, { status: 'cancelled' }],
  ])('applies %s to each', async (type, fields, expected) => {
    const ticketIds = await severalOpened(3);
    const { status, body } = await bulk({ type, ticketIds, ...fields });
    expect(status).toBe(200);
    expect(body.results.map((result) => [result.ticketId, result.status, result.revision])).toEqual(
      ticketIds.map((ticketId) => [ticketId, 'applied', 2]),
    );
    for (const ticketId of ticketIds) expect(await ticketOf(client, ticketId)).toMatchObject(expected);
  });

  it('closes what is resolved, and refuses what is not', async () => {
    const [resolved, open] = (await severalOpened(2)) as [string, string];
    await done(client, resolved, 'resolve');
    const { body } = await bulk({ type: 'close', ticketIds: [resolved, open] });
    expect(body.results.map((result) => result.status)).toEqual(['applied', 'refused']);
    expect(await ticketOf(client, resolved)).toMatchObject({ status: 'closed' });
  });

  it('merges many into one', async () => {
    const [into, ...ticketIds] = await severalOpened(4);
    const { body } = await bulk({ type: 'merge', into, ticketIds: [...ticketIds, into] });
    expect(body.results.map((result) => result.status)).toEqual(['applied', 'applied', 'applied', 'refused']);
    expect(codeOf(body.results[3]!.problem)).toBe('merge-into-itself');
    for (const ticketId of ticketIds)
      expect(await ticketOf(client, ticketId)).toMatchObject({ status: 'merged', mergedInto: into });
  });

  it('decides for each ticket independently', async () => {
    const [open, resolved, cancelled] = (await severalOpened(3)) as [string, string, string];
    await done(client, resolved, 'resolve');
    await done(client, cancelled, 'cancel');
    const nothing = randomUUID();
    const ticketIds = [nothing, open, resolved, cancelled];
    const { body } = await bulk({ type: 'resolve', resolution, ticketIds });
    expect(body.results.map(({ status, problem }) => [status, codeOf(problem)])).toEqual([
      ['refused', 'ticket-not-found'],
      ['applied', undefined],
      ['unchanged', undefined],
      ['refused', 'ticket-cancelled'],
    ]);
  });

  it('is refused for tickets outside the caller’s establishments', async () => {
    const mine = await openedTicket(client);
    const theirs = await openedTicket(client, { establishment: 'MCQ' });
    const agent = new Client(server.url, await tokenOf('agent', ['NIM']));
    const { body } = await bulk({ type: 'resolve', resolution, ticketIds: [theirs, mine] }, agent);
    expect(body.results.map(({ status, problem }) => [status, codeOf(problem)])).toEqual([
      ['refused', 'ticket-not-found'],
      ['applied', undefined],
    ]);
  });

  it.each([
    ['by its commandId', (id: string) => ({ commandId: id }), () => ({})],
    ['by its Idempotency-Key', () => ({}), (id: string) => ({ 'Idempotency-Key': id })],
  ])('is applied once, recognized %s', async (_how, inBody, inHeaders) => {
    const id = randomUUID();
    const ticketIds = await severalOpened(3);
    const send = (body: Record<string, unknown>) => bulk({ ...inBody(id), ...body }, client, inHeaders(id));
    const first = await send({ type: 'assign', team: 'a', ticketIds: ticketIds.slice(0, 2) });
    const again = await send({ type: 'assign', team: 'a', ticketIds });
    expect(again.body.results.map(({ status }) => status)).toEqual(['duplicate', 'duplicate', 'applied']);
    expect(again.body.results.map(({ commandId }) => commandId).slice(0, 2)).toEqual(
      first.body.results.map(({ commandId }) => commandId),
    );
    const changed = await send({ type: 'assign', team: 'b', ticketIds });
    expect(changed.body.results.map(({ problem }) => [codeOf(problem), problem?.status])).toEqual(
      ticketIds.map(() => ['command-id-reused', 422]),
    );
    for (const ticketId of ticketIds) expect(await historyOf(client, ticketId)).toHaveLength(2);
  });

  it('may name 500 tickets', async () => {
    const commands = Array.from({ length: 500 }, () => opening({ type: 'open', ticketId: randomUUID() }));
    await client.post('/v1/sync', { deviceId: 'd', commands });
    const ticketIds = commands.map(({ ticketId }) => ticketId);
    const { body } = await bulk({ type: 'assign', team: 'a', ticketIds });
    expect(body.results.filter(({ status }) => status === 'applied')).toHaveLength(500);
  });

  it.each([
    [{ type: 'transfer', establishment: 'MCQ' }, '/type'],
    [{ type: 'resolve' }, '/resolution'],
    [{ type: 'assign' }, ''],
    [{ type: 'assign', team: 'a', colour: 'red' }, '/colour'],
    [{ type: 'assign', team: 'a', ticketId: randomUUID() }, '/ticketId'],
    [{ type: 'assign', team: 'a', ticketIds: [] }, '/ticketIds'],
    [{ type: 'assign', team: 'a', ticketIds: Array.from({ length: 501 }, () => randomUUID()) }, '/ticketIds'],
    [{ type: 'assign', team: 'a', ticketIds: ['x'] }, '/ticketIds/0'],
  ])('is refused as a whole where it is malformed: %j', async (changes, pointer) => {
    const problem = expectProblem(await bulk({ ticketIds: [randomUUID()], ...changes }), 400, 'malformed');
    expect(pointersOf(problem)).toEqual([pointer]);
  });
});

describe('a client that sends only Idempotency-Key', () => {
  const open = (key: string, body: Record<string, unknown>, by = client) =>
    by.post<TicketBody>('/v1/tickets', { ...body, commandId: undefined }, { 'Idempotency-Key': key });

  it('opens a ticket once', async () => {
    const key = `clé-${randomUUID()}`.replace('é', 'e');
    const body = opening();
    const first = await open(key, body);
    const again = await open(key, body);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expectProblem(await open(key, { ...body, title: 'Autre' }), 422, 'command-id-reused');
  });

  it('is told apart from another caller with the same key', async () => {
    const key = randomUUID();
    const body = opening();
    const otherCaller = new Client(server.url, await tokenOf('agent'));
    const [mine, theirs] = [await open(key, body), await open(key, body, otherCaller)];
    expect([mine.status, theirs.status]).toEqual([201, 201]);
    expect(mine.body.ticketId).not.toBe(theirs.body.ticketId);
  });

  it('has each command applied once, and other commands with the same key refused', async () => {
    const [ticketId, otherTicketId] = (await severalOpened(2)) as [string, string];
    const headers = { 'Idempotency-Key': randomUUID() };
    await command(client, ticketId, 'note', {}, headers);
    expect((await command(client, ticketId, 'note', {}, headers)).status).toBe(200);
    expect(await historyOf(client, ticketId)).toHaveLength(2);
    expectProblem(
      await command(client, ticketId, 'note', { body: 'Autre' }, headers),
      422,
      'command-id-reused',
    );
    expectProblem(await command(client, ticketId, 'start', {}, headers), 422, 'command-id-reused');
    expectProblem(await command(client, otherTicketId, 'note', {}, headers), 422, 'command-id-reused');
  });

  it('is recognized by the commandId where it sends both', async () => {
    const ticketId = await openedTicket(client);
    const headers = { 'Idempotency-Key': randomUUID() };
    await command(client, ticketId, 'note', { commandId: randomUUID() }, headers);
    await command(client, ticketId, 'note', { commandId: randomUUID() }, headers);
    expect(await historyOf(client, ticketId)).toHaveLength(3);
  });

  it.each(['x'.repeat(256), 'deux mots'])('is refused with a malformed key: %s', async (key) => {
    const problem = expectProblem(await open(key, opening()), 400, 'malformed');
    expect(pointersOf(problem)).toEqual(['Idempotency-Key']);
  });
});
