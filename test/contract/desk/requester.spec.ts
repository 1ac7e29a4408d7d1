import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import {
  command,
  done,
  expectProblem,
  historyOf,
  openedTicket,
  opening,
  pointersOf,
  ticketOf,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface Page {
  items: { ticketId: string; requester: { name: string; contact: string | null } | null }[];
}

let server: HostedServer;
let client: Client;
let position: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

const lacroix = { name: 'Dre Hélène Lacroix-Roy', contact: '418 555-0142, poste 3' };

/** The tickets that a query finds, once it sees what was written last. */
const found = async (query: string): Promise<Page['items']> => {
  const { status, body } = await client.get<Page>(`/v1/tickets?${query}&minPosition=${position}`);
  expect(status).toBe(200);
  return body.items;
};
const idsOf = (items: Page['items']) => items.map(({ ticketId }) => ticketId);

describe('who asked for help', () => {
  let ticketId: string;
  beforeAll(async () => {
    await openedTicket(client);
    ticketId = await openedTicket(client, { requester: lacroix });
    position = (await done(client, ticketId, 'start')).headers.get('Position')!;
  });

  it('is in the ticket as it was written, and masked in lists where it reaches a person', async () => {
    expect((await ticketOf(client, ticketId)).requester).toEqual(lacroix);
    const listed = (await found('status=active')).find((item) => item.ticketId === ticketId);
    expect(listed!.requester!.name).toBe(lacroix.name);
    expect(listed!.requester!.contact).not.toContain('555-0142');
  });

  it.each([
    ['requester=lacroix', 1],
    ['requester=HELENE', 1],
    ['requester=roy+helene', 1],
    ['requester=lacroix+tremblay', 0],
    ['requester=lacr', 0],
    ['q=lacroix', 1],
    ['q=lacroix&requester=roy', 1],
    ['q=418+555-0142', 1],
    ['status=resolved&requester=lacroix', 0],
  ])('finds the ticket: %s', async (query, expected) => {
    expect(idsOf(await found(query))).toEqual(expected === 1 ? [ticketId] : []);
  });

  it.each(['requester=', 'requester=%20', 'requester=%E2%80%A6', `requester=${'x'.repeat(121)}`])(
    'is not looked for by no word, nor by too many: %s',
    async (query) => {
      expectProblem(await client.get(`/v1/tickets?${query}`), 400, 'malformed');
    },
  );
});

describe('the command that says who asked for help', () => {
  it('replaces the whole, is answered the same again, and takes it away by null', async () => {
    const ticketId = await openedTicket(client, { requester: lacroix });
    const change = { commandId: randomUUID(), requester: { name: 'Samir Côté' } };
    const first = await done(client, ticketId, 'requester', change);
    expect(first.body.requester).toEqual({ name: 'Samir Côté', contact: null });
    expect((await done(client, ticketId, 'requester', change)).body).toEqual(first.body);
    const { body, headers } = await done(client, ticketId, 'requester', { requester: null });
    expect(body).toMatchObject({ requester: null, revision: 3 });
    position = headers.get('Position')!;
    expect(await found('requester=samir')).toEqual([]);
    expect(idsOf(await found('requester=lacroix'))).not.toContain(ticketId);
    const history = await historyOf(client, ticketId);
    expect(history.map(({ sentence }) => sentence).slice(1)).toEqual([
      expect.stringContaining('a changé qui a demandé le billet, de «Dre Hélène Lacroix-Roy» à «Samir Côté»'),
      expect.stringContaining('a retiré du billet le nom de qui l’a demandé'),
    ]);
  });

  it.each<[object, string]>([
    [{}, '/requester'],
    [{ requester: {} }, '/requester/name'],
    [{ requester: { name: '' } }, '/requester/name'],
    [{ requester: { name: 'x'.repeat(121) } }, '/requester/name'],
    [{ requester: { name: 'Roy', contact: 'x'.repeat(201) } }, '/requester/contact'],
    [{ requester: { name: 'Roy', telephone: '1' } }, '/requester/telephone'],
    [{ requester: 'Roy' }, '/requester'],
  ])('is refused where it names nobody, or too much: %j', async (body, pointer) => {
    const ticketId = await openedTicket(client);
    const asked = { requester: undefined, ...body };
    const problem = expectProblem(await command(client, ticketId, 'requester', asked), 400, 'malformed');
    expect(pointersOf(problem)).toContain(pointer);
  });

  it('warns of a health number, and of nothing where the contact is what it is for', async () => {
    const ticketId = await openedTicket(client);
    const named = await done(client, ticketId, 'requester', { requester: { name: 'Roy TREM85620115' } });
    expect(named.body.warnings).toEqual([{ code: 'health-number', pointer: '/requester/name' }]);
    const reached = await client.post<object>('/v1/tickets', opening({ requester: lacroix }));
    expect([reached.status, 'warnings' in reached.body]).toEqual([201, false]);
  });
});
