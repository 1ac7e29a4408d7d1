import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOf } from '../../support/access/tokens.js';
import { Client, clientOf } from '../../support/api/client.js';
import { done, expectProblem, openedTicket } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface Page {
  items: {
    position: string;
    ticketId: string;
    title: string;
    reason: string;
    type: string;
    actor: string;
    establishment: string;
    reference: string;
  }[];
  nextCursor: string | null;
  position: string;
}

let server: HostedServer;
/** Whoever does things: an agent of all establishments, whose subject is `test:agent+producer+operator`. */
let agent: Client;
/** `test:mobile-team`, of one establishment; may not read internal notes. */
let team: Client;
beforeAll(async () => {
  server = await startHostedServer();
  agent = await clientOf(server);
  team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
});
afterAll(() => server.close());

let position: string | null = null;
const act = async (
  client: Client,
  ...sent: [ticketId: string, name: Parameters<typeof done>[2], changes?: object]
) => {
  const [ticketId, name, changes = {}] = sent;
  const { headers } = await done(client, ticketId, name, { ...changes });
  position = headers.get('Position');
  return position!;
};
const told = async (client: Client, query = ''): Promise<Page> => {
  const { status, body } = await client.get<Page>(`/v1/notifications?minPosition=${position}${query}`);
  expect(status).toBe(200);
  return body;
};
const about = async (client: Client, ticketId: string): Promise<[string, string][]> =>
  (await told(client)).items
    .filter((item) => item.ticketId === ticketId)
    .map(({ type, reason }) => [type, reason]);

describe('what people are told of', () => {
  it('is what others do to a ticket while they watch it, the newest first', async () => {
    const ticketId = await openedTicket(agent, { title: 'Lecteur muet' });
    await act(agent, ticketId, 'note', { body: 'avant' });
    await act(team, ticketId, 'watch');
    await act(team, ticketId, 'start');
    const held = await act(agent, ticketId, 'hold');
    await act(agent, ticketId, 'watch');
    await act(agent, ticketId, 'resolve');
    await act(team, ticketId, 'unwatch');
    await act(agent, ticketId, 'close');
    expect(await about(team, ticketId)).toEqual([
      ['TicketResolved', 'watching'],
      ['TicketPutOnHold', 'watching'],
    ]);
    expect(await about(agent, ticketId)).toEqual([]);
    expect((await told(team)).items.find((item) => item.position === held)).toMatchObject({
      ...{ ticketId, title: 'Lecteur muet', establishment: 'NIM' },
      ...{ actor: 'test:agent+producer+operator', reference: expect.stringMatching(/^.{4}-.{4}$/) },
    });
  });

  it('is a ticket that is given to them, and a note that mentions them, whether they watch or not', async () => {
    const ticketId = await openedTicket(agent);
    await act(agent, ticketId, 'assign', { assignee: 'test:mobile-team' });
    await act(agent, ticketId, 'note', { body: 'À voir, @test:mobile-team.' });
    await act(team, ticketId, 'watch');
    await act(agent, ticketId, 'note', { body: '@test:mobile-team encore' });
    await act(team, ticketId, 'note', { body: 'moi-même, @test:mobile-team' });
    expect(await about(team, ticketId)).toEqual([
      ['NoteAdded', 'mentioned'],
      ['NoteAdded', 'mentioned'],
      ['TicketAssigned', 'assigned'],
    ]);
  });

  it('is no internal note for those who may not read it, and nothing that is another establishment’s', async () => {
    const ticketId = await openedTicket(agent);
    await act(team, ticketId, 'watch');
    await act(agent, ticketId, 'note', { body: 'entre nous, @test:mobile-team', internal: true });
    await act(agent, ticketId, 'reprioritize');
    expect(await about(team, ticketId)).toEqual([['TicketReprioritized', 'watching']]);
    await act(agent, ticketId, 'transfer', { establishment: 'MCQ' });
    expect(await about(team, ticketId)).toEqual([]);
  });

  it('is no mention any more once the texts are erased', async () => {
    const ticketId = await openedTicket(agent);
    await act(team, ticketId, 'watch');
    await act(agent, ticketId, 'note', { body: '@test:mobile-team' });
    await act(agent, ticketId, 'start');
    const { headers } = await agent.post(`/v1/admin/tickets/${ticketId}/erase`, { reason: 'x', basis: 'y' });
    position = headers.get('Position') ?? position;
    const erased = async () => await about(team, ticketId);
    let items = await erased();
    while (items.length > 1) items = await erased();
    expect(items).toEqual([['WorkStarted', 'watching']]);
  });

  it('comes page by page, and says where the next one begins', async () => {
    const ticketId = await openedTicket(agent);
    await act(team, ticketId, 'watch');
    for (const priority of ['P1', 'P2', 'P3', 'P4', 'P1'])
      await act(agent, ticketId, 'reprioritize', { priority });
    const all = (await told(team)).items;
    const paged: Page['items'] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Page = await told(team, `&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      paged.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
    expect(all.map((item) => BigInt(item.position))).toEqual(
      all.map((item) => BigInt(item.position)).sort((a, b) => (a < b ? 1 : -1)),
    );
    expectProblem(await team.get('/v1/notifications?cursor=abc'), 400, 'malformed');
  });
});
