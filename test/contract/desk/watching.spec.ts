import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOf } from '../../support/access/tokens.js';
import { Client, clientOf } from '../../support/api/client.js';
import { done, openedTicket, ticketOf } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let server: HostedServer;
let agent: Client;
let colleague: Client;
let ticketId: string;
beforeAll(async () => {
  server = await startHostedServer();
  agent = await clientOf(server);
  colleague = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
  await openedTicket(agent);
  ticketId = await openedTicket(agent);
});
afterAll(() => server.close());

const watched = async (client: Client, position: string | null): Promise<string[]> => {
  const { body } = await client.get<{ items: { ticketId: string }[] }>(
    `/v1/tickets?watching=me&minPosition=${position}`,
  );
  return body.items.map((item) => item.ticketId);
};

describe('watching a ticket', () => {
  it('is for whoever asks, once, and counted in every answer', async () => {
    const first = await done(agent, ticketId, 'watch');
    expect(first.body).toMatchObject({ watchers: 1, revision: 2 });
    expect((await done(agent, ticketId, 'watch')).body).toMatchObject({ watchers: 1, revision: 2 });
    const second = await done(colleague, ticketId, 'watch');
    expect(second.body.watchers).toBe(2);
    const position = second.headers.get('Position');
    expect([await watched(agent, position), await watched(colleague, position)]).toEqual([
      [ticketId],
      [ticketId],
    ]);
    expect((await ticketOf(agent, ticketId)).watchers).toBe(2);
  });

  it('ends for whoever asks, and for nobody else', async () => {
    const { body, headers } = await done(agent, ticketId, 'unwatch');
    expect(body.watchers).toBe(1);
    const position = headers.get('Position');
    expect([await watched(agent, position), await watched(colleague, position)]).toEqual([[], [ticketId]]);
  });

  it('of others is nobody’s to ask for', async () => {
    expect((await agent.get('/v1/tickets?watching=colleague')).status).toBe(400);
  });
});
