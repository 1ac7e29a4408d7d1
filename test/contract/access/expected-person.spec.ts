import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from '../../support/api/client.js';
import { expectProblem, opening, type SyncBody } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let team: Client;
beforeAll(async () => {
  server = await startHostedServer();
  // The subject of this token is «test:mobile-team».
  team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
});
afterAll(() => server.close());

const batch = () => ({ deviceId: 'd', commands: [{ type: 'open', ticketId: randomUUID(), ...opening() }] });

describe('a request with the header Expected-Person', () => {
  it.each(['someone-else', 'test:mobile-team', 'test%3Amobile-TEAM', ''])(
    'is refused unless it is the percent-encoded subject of the token: %s',
    async (expected) => {
      const sent = batch();
      const answer = await team.post('/v1/sync', sent, { 'Expected-Person': expected });
      expectProblem(answer, 412, 'another-person');
      expectProblem(await team.get(`/v1/tickets/${sent.commands[0]!.ticketId}`), 404, 'ticket-not-found');
      const changes = await team.get('/v1/sync/changes', { 'Expected-Person': expected });
      expectProblem(changes, 412, 'another-person');
    },
  );

  it('is answered where it names the token’s own subject', async () => {
    const answer = await team.post<SyncBody>('/v1/sync', batch(), {
      'Expected-Person': 'test%3Amobile-team',
    });
    expect(answer.body.results.map(({ status }) => status)).toEqual(['applied']);
  });
});
