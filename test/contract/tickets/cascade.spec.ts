import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { EventStore, EventStoreUnavailable } from '../../../src/platform/event-store/event-store.js';
import { referenceOf } from '../../../src/shared/ticket-reference.js';
import { Client, clientOf } from '../../support/api/client.js';
import {
  ago,
  command,
  commandBodies,
  done,
  expectProblem,
  historyOf,
  openedTicket,
  opening,
  ticketOf,
  type SyncResult,
  type TicketBody,
} from '../../support/api/contract.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';
import { tokenOf } from '../../support/access/tokens.js';
import { until } from '../../support/projections/projections.js';
import { budgeted } from '../../support/budget.js';

let server: TestServer;
let client: Client;
let team: Client;
beforeAll(async () => {
  server = await startTestServer();
  client = await clientOf(server);
  team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
});
afterAll(() => server.close());

type Cascaded = SyncResult & { cascade?: SyncResult[] };
type Resolved = TicketBody & {
  children?: { ticketId: string; title: string; status: string }[];
  cascade?: SyncResult[];
};

const end = async (): Promise<string> =>
  (await client.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] })).body.position;

/** Waits until it is known which tickets are under which: an answer waits for that only shortly. */
const relationsKnown = async (): Promise<void> => {
  const newest = BigInt(await end());
  await until('the relations are known', async () => {
    const { body } = await client.get<{ items: { name: string; position: string }[] }>(
      '/v1/admin/projections',
    );
    const relations = body.items.find(({ name }) => name === 'ticket-relations');
    return relations !== undefined && BigInt(relations.position) >= newest;
  });
};

const family = async (size: number, changes: Record<string, unknown> = {}) => {
  const parent = await openedTicket(client, { title: 'Panne générale' });
  const children: string[] = [];
  for (let count = 0; count < size; count += 1) {
    const child = await openedTicket(client, changes);
    await done(client, child, 'link', { to: parent, relation: 'parent' });
    children.push(child);
  }
  await relationsKnown();
  return { parent, children };
};

const resolve = (parent: string, changes: Record<string, unknown> = {}, by = client) =>
  by.post<Resolved>(`/v1/tickets/${parent}/resolve`, { ...commandBodies.resolve, ...changes });
const statusPairs = (results: readonly SyncResult[] | undefined) =>
  results?.map(({ ticketId, status }) => [ticketId, status]);
const statusesOf = (tickets: readonly string[]) =>
  Promise.all(tickets.map(async (ticketId) => (await ticketOf(client, ticketId)).status));
describe('resolving a parent', () => {
  it('lists its children that are still active, and leaves them unchanged', async () => {
    const { parent, children } = await family(5);
    const [open, started, resolved, cancelled, merged] = children as [string, string, string, string, string];
    await done(client, started, 'start');
    await done(client, resolved, 'resolve');
    await done(client, cancelled, 'cancel');
    await done(client, merged, 'merge', { into: parent });
    const { body } = await resolve(parent);
    expect(body.children).toEqual([
      { ticketId: open, reference: referenceOf(open), title: 'Ordonnance introuvable', status: 'open' },
      {
        ticketId: started,
        reference: referenceOf(started),
        title: 'Ordonnance introuvable',
        status: 'in-progress',
      },
    ]);
    expect(body.cascade).toBeUndefined();
    expect(await statusesOf(children)).toEqual(['open', 'in-progress', 'resolved', 'cancelled', 'merged']);
    // Sent again, the resolution lists the children again.
    expect((await resolve(parent)).body.children).toEqual(body.children);
  });

  it('lists nothing where no child is active', async () => {
    const { parent } = await family(0);
    const { body } = await resolve(parent);
    expect(body).toEqual(await ticketOf(client, parent));
  });

  it('lists and resolves only children that the caller has access to', async () => {
    const { parent, children } = await family(2);
    await done(client, children[1]!, 'transfer');
    expect((await resolve(parent, {}, team)).body.children?.map(({ ticketId }) => ticketId)).toEqual([
      children[0],
    ]);
    const { status, body } = await resolve(parent, { cascade: true }, team);
    expect([status, statusPairs(body.cascade)]).toEqual([200, [[children[0], 'applied']]]);
    expect(await statusesOf(children)).toEqual(['resolved', 'open']);
  });
});

describe('resolving with cascade', () => {
  it('resolves the children at the parent’s time, and gives a result for each', async () => {
    const { parent, children } = await family(4);
    const [open, resolved, cancelled, late] = children as [string, string, string, string];
    await done(client, resolved, 'resolve');
    await done(client, cancelled, 'cancel');
    await done(client, late, 'cancel', { occurredAt: ago(120) });
    await done(client, late, 'reopen', { occurredAt: ago(60) });
    const occurredAt = ago(600);
    const { status, headers, body } = await resolve(parent, { cascade: true, occurredAt });
    expect([status, body.status, body.children]).toEqual([200, 'resolved', undefined]);
    expect(statusPairs(body.cascade)).toEqual([
      [open, 'applied'],
      [resolved, 'unchanged'],
      [late, 'refused'],
    ]);
    expect(body.cascade![2]!.problem!.type).toMatch(/superseded$/);
    const child = await ticketOf(client, open);
    expect(child).toMatchObject({ status: 'resolved', resolvedAt: occurredAt, resolution: body.resolution });
    expect(headers.get('Position')).toBe((await historyOf(client, open)).at(-1)!.position);
    expect(await statusesOf([cancelled, late])).toEqual(['cancelled', 'open']);
  });

  it('changes nothing when it is sent again, whatever happened since', async () => {
    const { parent, children } = await family(3);
    const body = { commandId: randomUUID(), cascade: true };
    const first = await resolve(parent, body);
    expect(statusPairs(first.body.cascade)).toEqual(children.map((child) => [child, 'applied']));
    await done(client, children[1]!, 'reopen');
    const later = await openedTicket(client);
    await done(client, later, 'link', { to: parent, relation: 'parent' });
    const position = await end();
    const again = await resolve(parent, body);
    expect([again.status, statusPairs(again.body.cascade)]).toEqual([
      200,
      children.map((child) => [child, 'duplicate']),
    ]);
    expect(await end()).toBe(position);
    expect(await statusesOf([...children, later])).toEqual(['resolved', 'open', 'resolved', 'open']);
    expectProblem(await resolve(parent, { ...body, cascade: false }), 422, 'command-id-reused');
  });

  it('resolves the children of a parent that was already resolved, and no grandchildren', async () => {
    const { parent, children } = await family(1);
    const grandchild = await openedTicket(client);
    await done(client, grandchild, 'link', { to: children[0], relation: 'parent' });
    await done(client, parent, 'resolve');
    const { body } = await resolve(parent, { cascade: true });
    expect(statusPairs(body.cascade)).toEqual([[children[0], 'applied']]);
    expect((await ticketOf(client, grandchild)).status).toBe('open');
  });

  it('changes no child where the parent is refused', async () => {
    const { parent, children } = await family(1);
    const stale = await command(client, parent, 'resolve', { cascade: true }, { 'If-Match': '"9"' });
    expectProblem(stale, 412, 'version-mismatch');
    await done(client, parent, 'cancel');
    expectProblem(await resolve(parent, { cascade: true }), 409, 'ticket-cancelled');
    expect(await statusesOf(children)).toEqual(['open']);
  });

  it('ends in the same state when it is interrupted anywhere and sent again', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 4 }),
        fc.nat({ max: 5 }),
        fc.boolean(),
        async (size, appends, timed) => {
          const { parent, children } = await family(size);
          const body = { commandId: randomUUID(), cascade: true, ...(timed ? { occurredAt: ago(300) } : {}) };
          const store = server.app.get(EventStore);
          const append = store.append.bind(store);
          let left = appends;
          const broken = jest.spyOn(store, 'append').mockImplementation((request) => {
            left -= 1;
            return left < 0 ? Promise.reject(new EventStoreUnavailable('test')) : append(request);
          });
          const first = await resolve(parent, body).finally(() => broken.mockRestore());
          expect(first.status).toBe(appends > size ? 200 : 503);
          const second = await resolve(parent, body);
          expect([second.status, second.body.cascade!.map(({ ticketId }) => ticketId)]).toEqual([
            200,
            children,
          ]);
          const { resolvedAt } = await ticketOf(client, parent);
          for (const child of children) {
            expect(await ticketOf(client, child)).toMatchObject({
              status: 'resolved',
              resolvedAt,
              revision: 3,
            });
          }
          const position = await end();
          const third = await resolve(parent, body);
          expect(statusPairs(third.body.cascade)).toEqual(children.map((child) => [child, 'duplicate']));
          expect(await end()).toBe(position);
        },
      ),
      { numRuns: budgeted(10) },
    ));
});

describe('a cascade among other commands', () => {
  it('keeps its place in the order of a batch', async () => {
    const [parent, child] = [randomUUID(), randomUUID()];
    const numbered = (type: string, ticketId: string, changes: Record<string, unknown> = {}) => ({
      ...{ type, ticketId, commandId: randomUUID() },
      ...changes,
    });
    const commands = [
      numbered('open', parent, opening()),
      numbered('open', child, opening()),
      numbered('link', child, { to: parent, relation: 'parent' }),
      numbered('resolve', parent, { ...commandBodies.resolve, cascade: true }),
      numbered('reopen', child, commandBodies.reopen),
      numbered('note', child, commandBodies.note),
    ];
    const batch = { deviceId: 'tablette', commands };
    const send = () => client.post<{ results: Cascaded[] }>('/v1/sync', batch);
    const { status, body } = await send();
    expect([status, body.results.map((result) => result.status)]).toEqual([
      200,
      commands.map(() => 'applied'),
    ]);
    expect(statusPairs(body.results[3]!.cascade)).toEqual([[child, 'applied']]);
    const types = ['TicketOpened', 'TicketLinked', 'TicketResolved', 'TicketReopened', 'NoteAdded'];
    expect((await historyOf(client, child)).map(({ type }) => type)).toEqual(types);
    const again = (await send()).body.results;
    expect(again.map((result) => result.status)).toEqual(commands.map(() => 'duplicate'));
    expect(statusPairs(again[3]!.cascade)).toEqual([[child, 'duplicate']]);
    expect((await historyOf(client, child)).map(({ type }) => type)).toEqual(types);
  });

  it('has results for each ticket in bulk', async () => {
    const families = [await family(2), await family(1)];
    const ticketIds = families.map(({ parent }) => parent);
    const body = {
      ...commandBodies.resolve,
      type: 'resolve',
      commandId: randomUUID(),
      cascade: true,
      ticketIds,
    };
    for (const status of ['applied', 'duplicate']) {
      const answer = await client.post<{ results: Cascaded[] }>('/v1/tickets/bulk', body);
      expect(
        answer.body.results.map((result) => [result.ticketId, result.status, statusPairs(result.cascade)]),
      ).toEqual(
        families.map(({ parent, children }) => [parent, status, children.map((child) => [child, status])]),
      );
    }
  });
});

describe('a merged ticket', () => {
  interface History {
    mergedFrom: { ticketId: string; title: string; position: string; actor: string; sentence: string }[];
  }
  const readHistory = async (ticketId: string, by: Client): Promise<History> => {
    const path = `/v1/tickets/${ticketId}/history?minPosition=${await end()}`;
    const { status, body } = await by.get<History>(path);
    expect(status).toBe(200);
    return body;
  };

  it('is listed in the history of its target, and keeps its own history', async () => {
    const [into, merged, elsewhere] = [
      await openedTicket(client),
      await openedTicket(client, { title: 'Doublon' }),
      await openedTicket(client, { establishment: 'MCQ', title: 'Ailleurs' }),
    ];
    await done(client, merged, 'merge', { into });
    await done(client, elsewhere, 'merge', { into });
    const { mergedFrom } = await readHistory(into, client);
    expect(mergedFrom.map(({ ticketId, title }) => [ticketId, title])).toEqual([
      [merged, 'Doublon'],
      [elsewhere, 'Ailleurs'],
    ]);
    const own = await historyOf(client, merged);
    expect(own.map(({ type }) => type)).toEqual(['TicketOpened', 'TicketMerged']);
    expect(mergedFrom[0]).toMatchObject({
      position: own[1]!.position,
      sentence: 'test:agent+producer+operator a fusionné le billet «Doublon» dans celui-ci.',
    });
    const theirs = await readHistory(into, team);
    expect(theirs.mergedFrom.map(({ ticketId }) => ticketId)).toEqual([merged]);
    expect((await readHistory(merged, team)).mergedFrom).toEqual([]);
  });
});
