import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf, type Answer } from '../../support/api/client.js';
import { done, expectProblem, openedTicket, type SyncBody } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let agent: Client;
let team: Client;
let ticketId: string;
/** The ticket is opened, gets 190 notes, every third of them internal, then a new priority and a resolution. */
const noteCount = 190;
const eventCount = noteCount + 3;

beforeAll(async () => {
  server = await startHostedServer();
  agent = await clientOf(server);
  team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
  ticketId = await openedTicket(agent, { establishment: 'NIM', priority: 'P1' });
  const commands = Array.from({ length: noteCount }, (_, index) => ({
    ...{ type: 'note', ticketId, commandId: randomUUID(), body: `note ${index}` },
    ...(index % 3 === 0 ? { internal: true } : {}),
  }));
  const { body } = await agent.post<SyncBody>('/v1/sync', { deviceId: 'd', commands });
  expect(body.results.filter(({ status }) => status !== 'applied')).toEqual([]);
  await done(agent, ticketId, 'reprioritize', { priority: 'P3' });
  await done(agent, ticketId, 'resolve');
}, 60_000);
afterAll(() => server.close());

interface Page {
  items: { revision: number; type: string; data: Record<string, unknown>; sentence: string }[];
  nextCursor: string | null;
}
const pageAt = (path: string, by = agent): Promise<Answer<Page>> => by.get<Page>(path);
const pathOf = (query = ''): string => `/v1/tickets/${ticketId}/history${query}`;

/** The items of every page, following the links with rel="next". */
const walk = async (query: string, by = agent): Promise<Page['items'][]> => {
  const pages: Page['items'][] = [];
  for (let path: string | undefined = pathOf(query); path !== undefined;) {
    const answer: Answer<Page> = await pageAt(path, by);
    expect(answer.status).toBe(200);
    pages.push(answer.body.items);
    path = /^<(.*)>; rel="next"$/.exec(answer.headers.get('Link') ?? '')?.[1];
    expect(path === undefined).toBe(answer.body.nextCursor === null);
  }
  return pages;
};
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('a long history', () => {
  it('has pages of fifty events, oldest first, by default', async () => {
    const pages = await walk('');
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 50, 43]);
    expect(pages.flat().map(({ revision }) => revision)).toEqual(upTo(eventCount));
  });

  it.each(['newest', 'desc'])('begins with the newest event on request: %s', async (order) => {
    const pages = await walk(`?order=${order}&limit=80`);
    expect(pages.map(({ length }) => length)).toEqual([80, 80, 33]);
    expect(pages.flat().map(({ revision }) => revision)).toEqual(upTo(eventCount).reverse());
  });

  it('gives each event in the same form on pages of any size', async () => {
    const [whole] = await walk('?limit=500');
    expect(whole).toHaveLength(eventCount);
    expect(whole![5]!.data).toEqual({ body: 'note 4', internal: false });
    expect(whole!.at(-2)!.sentence).toMatch(/a changé la priorité de «critique» à «/);
    expect((await walk('?limit=7')).flat()).toEqual(whole);
    expect((await walk('?limit=7&order=newest')).flat()).toEqual([...whole!].reverse());
  });

  it('has full pages for a team that may not read internal notes', async () => {
    const pages = await walk('?limit=20', team);
    const shown = pages.flat();
    expect(pages.slice(0, -1).every(({ length }) => length === 20)).toBe(true);
    expect(shown).toHaveLength(eventCount - Math.ceil(noteCount / 3));
    expect(shown.filter(({ data }) => data.internal === true)).toEqual([]);
    expect((await walk('?limit=20&order=newest', team)).flat()).toEqual([...shown].reverse());
  });

  it('continues at its cursor when events are added meanwhile', async () => {
    const path = pathOf('?limit=192');
    const { body } = await pageAt(path);
    await done(agent, ticketId, 'close');
    const { body: next } = await pageAt(`${path}&cursor=${body.nextCursor!}`);
    expect(next.items.map(({ type }) => type)).toEqual(['TicketResolved', 'TicketClosed']);
    expect(next.nextCursor).toBeNull();
  });

  it.each([
    ['limit=0', '?limit'],
    ['limit=501', '?limit'],
    ['order=random', '?order'],
    ['cursor=xyz', '?cursor'],
  ])('refuses %s', async (query, pointer) => {
    const { errors } = expectProblem(await agent.get(pathOf(`?${query}`)), 400, 'malformed');
    expect(errors?.map((error) => error.pointer)).toEqual([pointer]);
  });

  it('refuses a cursor of the other order, and forged cursors', async () => {
    const { body } = await pageAt(pathOf('?limit=5'));
    const others = [
      ...[body.nextCursor!],
      ...[{ order: 'newest', after: '0' }, { order: 'newest', after: '-1' }, { after: '3' }, [], null].map(
        (cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url'),
      ),
    ];
    for (const cursor of others) {
      expectProblem(await agent.get(pathOf(`?order=newest&cursor=${cursor}`)), 400, 'malformed');
    }
  });

  it('has an empty last page beyond its end', async () => {
    const beyond = Buffer.from(JSON.stringify({ order: 'oldest', after: '999999999' })).toString('base64url');
    expect((await pageAt(pathOf(`?cursor=${beyond}`))).body).toMatchObject({ items: [], nextCursor: null });
  });
});
