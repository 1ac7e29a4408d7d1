import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import { historyOf, openedTicket, type SyncBody } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

const all = <Value>(count: number, make: (index: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const note = (ticketId: string, body: string) => ({ type: 'note', commandId: randomUUID(), ticketId, body });

describe('a hundred concurrent commands about one ticket', () => {
  it('are all applied, each once', async () => {
    const ticketId = await openedTicket(client);
    const answers = await all(100, (index) =>
      client.post<{ revision: number }>(`/v1/tickets/${ticketId}/note`, { body: `note ${index}` }),
    );
    expect([...new Set(answers.map(({ status }) => status))]).toEqual([200]);
    expect(answers.map(({ body }) => body.revision).sort((a, b) => a - b)).toEqual(upTo(101).slice(1));
  });

  it('are all applied when each comes in a batch of its own', async () => {
    const ticketId = await openedTicket(client);
    const answers = await all(100, (index) =>
      client.post<SyncBody>('/v1/sync', { deviceId: `d-${index}`, commands: [note(ticketId, `${index}`)] }),
    );
    const statuses = answers.flatMap(({ body }) => body.results.map(({ status }) => status));
    expect([statuses.length, ...new Set(statuses)]).toEqual([100, 'applied']);
  });

  it('are all applied in the order of their batch when they come in long batches', async () => {
    const ticketId = await openedTicket(client);
    const batches = await all(4, async (device) => {
      const commands = upTo(100).map((number) => note(ticketId, `${device} ${number}`));
      const { body } = await client.post<SyncBody>('/v1/sync', { deviceId: `d-${device}`, commands });
      return body.results.map(({ status }) => status);
    });
    expect([...new Set(batches.flat())]).toEqual(['applied']);
    const history = await historyOf(client, ticketId);
    const bodies = history.flatMap(({ data }) => ('body' in data ? [String(data.body)] : []));
    for (const device of [0, 1, 2, 3]) {
      const own = bodies.filter((body) => body.startsWith(`${device} `));
      expect(own).toEqual(upTo(100).map((number) => `${device} ${number}`));
    }
  });
});
