import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import { command, done, historyOf, openedTicket, ticketOf } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

const secret = 'Garantie échue, ne pas dire';

let server: HostedServer;
let agent: Client;
let team: Client;
let ticketId: string;
let position: string;
beforeAll(async () => {
  server = await startHostedServer();
  agent = await clientOf(server);
  team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
  ticketId = await openedTicket(agent);
  await done(agent, ticketId, 'note', { body: secret, internal: true });
  const { headers } = await done(agent, ticketId, 'note', { body: 'Câble vérifié' });
  position = headers.get('Position')!;
});
afterAll(() => server.close());

describe('an internal note', () => {
  it('is the only event left out of the history for a mobile team', async () => {
    const whole = await historyOf(agent, ticketId);
    const theirs = await historyOf(team, ticketId);
    expect(whole.map(({ type, data }) => [type, data.internal])).toEqual([
      ['TicketOpened', undefined],
      ['NoteAdded', true],
      ['NoteAdded', false],
    ]);
    expect(theirs).toEqual(whole.filter(({ data }) => data.internal !== true));
  });

  it.each([['agent'], ['auditor'], ['mobile-team', 'auditor']] as const)(
    'is in the history for: %s %s',
    async (...roles) => {
      const reader = new Client(server.url, await tokenOf(roles, ['NIM']));
      const bodies = (await historyOf(reader, ticketId)).map(({ data }) => data.body);
      expect(bodies).toEqual([undefined, secret, 'Câble vérifié']);
    },
  );

  it.each([
    ['the ticket', (id: string) => `/v1/tickets/${id}`],
    ['its history', (id: string) => `/v1/tickets/${id}/history`],
    ['the list', () => '/v1/tickets'],
    ['the search', () => '/v1/tickets?q=garantie'],
    ['the changes', () => '/v1/sync/changes'],
  ])('is not shown to a mobile team by %s', async (_name, pathOf) => {
    const path = pathOf(ticketId);
    const read = `${path}${path.includes('?') ? '&' : '?'}minPosition=${position}`;
    const { status, body } = await team.get(read);
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain('Garantie');
  });

  it('is not shown to a mobile team by the answer to a repeated, unchanged or refused command', async () => {
    const body = { commandId: crypto.randomUUID(), team: 'mobile-nim-03' };
    const answers = [
      await command(team, ticketId, 'assign', body),
      await command(team, ticketId, 'assign', body),
      await command(team, ticketId, 'assign', { team: 'mobile-nim-03' }),
      await command(team, ticketId, 'close'),
      await command(team, ticketId, 'start', {}, { 'If-Match': '"1"' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 403, 412]);
    expect(JSON.stringify(answers)).not.toContain('Garantie');
    expect((await ticketOf(team, ticketId)).revision).toBe(4);
  });
});
