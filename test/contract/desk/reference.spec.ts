import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { referenceOf } from '../../../src/shared/ticket-reference.js';
import { tokenOf } from '../../support/access/tokens.js';
import { Client, clientOf } from '../../support/api/client.js';
import {
  done,
  openedTicket,
  opening,
  ticketOf,
  type SyncBody,
  type TicketBody,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface List {
  items: TicketBody[];
  nextCursor: string | null;
  counts?: Record<string, number>;
}

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

const now = async (): Promise<string> =>
  (await client.post<SyncBody>('/v1/sync', { deviceId: 'now', commands: [] })).body.position;

const list = async (query: string, by: Client = client): Promise<List> => {
  const { status, body } = await by.get<List>(`/v1/tickets?minPosition=${await now()}&${query}`);
  expect([query, status]).toEqual([query, 200]);
  return body;
};
const search = (q: string, more = '', by: Client = client): Promise<List> =>
  list(`q=${encodeURIComponent(q)}${more}`, by);
const idsOf = ({ items }: List): string[] => items.map(({ ticketId }) => ticketId);

/** Opens a ticket with this id, as a tablet does. */
const openedAs = async (ticketId: string, changes: Record<string, unknown> = {}): Promise<string> => {
  const command = { type: 'open', ticketId, occurredAt: new Date().toISOString(), ...opening(changes) };
  const { body } = await client.post<SyncBody>('/v1/sync', { deviceId: 'tablet', commands: [command] });
  expect(body.results).toMatchObject([{ status: 'applied', ticketId }]);
  return ticketId;
};

/** An id with the same last 40 bits. */
const namesake = (ticketId: string): string => `${randomUUID().slice(0, 26)}${ticketId.slice(26)}`;

const allPages = async (query: string): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const page: List = await list(`${query}${cursor === null ? '' : `&cursor=${cursor}`}`);
    ids.push(...idsOf(page));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return ids;
};

describe('the reference of a ticket', () => {
  it('is told wherever the ticket is', async () => {
    const parent = await openedTicket(client);
    const child = await openedTicket(client);
    await done(client, child, 'link', { to: parent, relation: 'parent' });
    const merged = await openedTicket(client);
    await done(client, merged, 'merge', { into: parent });
    const reference = referenceOf(parent);
    expect(await ticketOf(client, parent)).toMatchObject({ reference });
    expect(await search(reference)).toMatchObject({ items: [{ reference }] });
    const changes = await client.get<{ items: TicketBody[] }>('/v1/sync/changes?limit=500');
    expect(changes.body.items.find(({ ticketId }) => ticketId === parent)).toMatchObject({ reference });
    const history = await client.get(`/v1/tickets/${parent}/history?minPosition=${await now()}`);
    expect(history.body).toMatchObject({ reference, mergedFrom: [{ reference: referenceOf(merged) }] });
    const resolved = await done(client, parent, 'resolve');
    expect(resolved.body).toMatchObject({ reference, children: [{ reference: referenceOf(child) }] });
  });
});

describe('searching for a reference', () => {
  it.each([
    ['as it is written', 'a39e283bf536', 'KRM3-QX9P'],
    ['without its dash, in small letters', 'a39e283bf537', 'krm3qx9q'],
    ['with a space', 'a39e283bf538', ' KRM3 QX9R '],
    ['with letters for digits', '000000400001', 'ooo4–oOol'],
  ])('finds its ticket, %s', async (_how, end, typed) => {
    const ticketId = await openedAs(`${randomUUID().slice(0, 24)}${end}`);
    expect(idsOf(await search(typed))).toEqual([ticketId]);
  });

  it('finds it before the tickets in whose texts it stands, and each once, page by page', async () => {
    const ticketId = await openedTicket(client, { occurredAt: '2025-01-02T12:00:00Z' });
    const reference = referenceOf(ticketId);
    const mention = { description: `Voir aussi ${reference}` };
    const mentioning = [await openedTicket(client, mention), await openedTicket(client, mention)];
    await done(client, ticketId, 'note', { body: `C’est le ${reference}` });
    const query = `q=${reference}&counts=true`;
    const [first, ...others] = await allPages(`${query}&limit=1`);
    expect(first).toBe(ticketId);
    expect(others.sort()).toEqual(mentioning.sort());
    expect((await list(query)).counts).toMatchObject({ open: 3 });
  });

  it.each(['age', '-age', 'priority', '-updated'])('finds it in the order by %s, too', async (sort) => {
    const ticketId = await openedTicket(client);
    expect(idsOf(await search(referenceOf(ticketId), `&sort=${sort}`))).toEqual([ticketId]);
  });

  it('finds every ticket that has it', async () => {
    const ticketId = await openedTicket(client);
    const other = await openedAs(namesake(ticketId));
    expect(idsOf(await search(referenceOf(ticketId))).sort()).toEqual([ticketId, other].sort());
  });

  it('finds only what the filter lets pass, and what the reader may see', async () => {
    const ticketId = await openedTicket(client, { establishment: 'MCQ', priority: 'P1' });
    const reference = referenceOf(ticketId);
    expect(idsOf(await search(reference, '&priority=P1'))).toEqual([ticketId]);
    expect(idsOf(await search(reference, '&priority=P2'))).toEqual([]);
    const elsewhere = new Client(server.url, await tokenOf('agent', ['NIM']));
    expect(idsOf(await search(reference, '', elsewhere))).toEqual([]);
    const team = new Client(server.url, await tokenOf('mobile-team', ['MCQ']));
    expect(idsOf(await search(reference, '', team))).toEqual([ticketId]);
  });

  it('finds a ticket whose texts were erased, and none by them', async () => {
    const word = 'Quetzalcoatlus';
    const ticketId = await openedTicket(client, { title: word });
    await done(client, ticketId, 'note', { body: `${word} noté`, internal: true });
    const operator = new Client(server.url, await tokenOf('operator', []));
    const erasure = await operator.post(`/v1/admin/tickets/${ticketId}/erase`, {
      reason: 'Demande',
      basis: 'Loi 25',
    });
    expect(erasure.status).toBe(200);
    const found = await search(referenceOf(ticketId));
    expect(found.items).toMatchObject([{ ticketId, title: '' }]);
    expect(idsOf(await search(word))).toEqual([]);
  });

  it('finds words of eight letters that could be references, too', async () => {
    const ticketId = await openedTicket(client, { title: 'Impossible d’imprimer' });
    expect(idsOf(await search('imprimer'))).toContain(ticketId);
  });
});
