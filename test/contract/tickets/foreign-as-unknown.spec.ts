import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf, codeOf, type Answer } from '../../support/api/client.js';
import {
  command,
  commandBodies,
  commandNames,
  done,
  expectProblem,
  naming,
  openedTicket,
  type CommandName,
  type SyncBody,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let all: Client;
let neighbours: Record<'agent' | 'mobile-team', Client>;
/** A ticket for each state in which the ticket of another establishment may be. */
let foreign: Record<string, string>;
beforeAll(async () => {
  server = await startHostedServer();
  all = await clientOf(server);
  neighbours = {
    agent: new Client(server.url, await tokenOf('agent', ['MCQ'])),
    'mobile-team': new Client(server.url, await tokenOf('mobile-team', ['MCQ'])),
  };
  const [open, resolved, cancelled, merged] = [
    await openedTicket(all),
    await openedTicket(all),
    await openedTicket(all),
    await openedTicket(all),
  ];
  await done(all, resolved, 'resolve');
  await done(all, cancelled, 'cancel');
  await done(all, merged, 'merge', { into: open });
  foreign = { open, resolved, cancelled, merged };
});
afterAll(() => server.close());

const states = ['open', 'resolved', 'cancelled', 'merged'];
const resolution = { code: 'fixed', note: 'Réglé' };

/** What is to be the same: the ticket's id and the request's own differ between any two calls. */
const comparable = ({ status, body, headers }: Answer<unknown>, ticketId: string) => ({
  status,
  body: JSON.stringify(body)
    .replaceAll(ticketId, '<ticket>')
    .replace(/"(correlationId|commandId)":"[^"]*"/g, ''),
  etag: headers.get('ETag'),
  position: headers.get('Position'),
});

type Way = (by: Client, ticketId: string) => Promise<Answer<unknown>>;

const expectSame = async (by: Client, ticketId: string, way: Way): Promise<Answer<unknown>> => {
  const unknown = randomUUID();
  const answer = await way(by, ticketId);
  expect(comparable(answer, ticketId)).toEqual(comparable(await way(by, unknown), unknown));
  return answer;
};

const ways: [string, Way][] = [
  ['its address', (by, id) => by.get(`/v1/tickets/${id}`)],
  ['its address, waiting for a position', (by, id) => by.get(`/v1/tickets/${id}?minPosition=1`)],
  ['its history', (by, id) => by.get(`/v1/tickets/${id}/history`)],
  ['a page of its history', (by, id) => by.get(`/v1/tickets/${id}/history?limit=1&order=desc`)],
];

describe.each(['agent', 'mobile-team'] as const)('for the %s of another establishment, a ticket', (role) => {
  describe.each(states)('that is %s looks like one that does not exist', (state) => {
    it.each(ways)('by %s', async (_name, way) => {
      expectProblem(await expectSame(neighbours[role], foreign[state]!, way), 404, 'ticket-not-found');
    });

    it.each(commandNames)('by the command %s, also for a certain revision', async (name) => {
      const target = naming(name, randomUUID());
      for (const headers of [undefined, { 'If-Match': '"77"' }]) {
        await expectSame(neighbours[role], foreign[state]!, (by, id) =>
          command(by, id, name, target, headers),
        );
      }
    });

    it.each(['merge', 'link'] as const)('by %s of one’s own ticket with it', async (name) => {
      const own = await openedTicket(neighbours[role], { establishment: 'MCQ' });
      await expectSame(neighbours[role], foreign[state]!, (by, id) =>
        command(by, own, name, naming(name, id)),
      );
    });
  });

  it('looks so in a batch, each command by itself and all together', async () => {
    const sync = (by: Client, ticketId: string, names: readonly CommandName[]) =>
      by.post<SyncBody>('/v1/sync', {
        deviceId: 'poste',
        commands: names.map((type, index) => ({
          ...commandBodies[type],
          ...naming(type, ticketId.replace(/^./, 'f')),
          ...{ type, ticketId, commandId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` },
        })),
      });
    const answered = async (ticketId: string, names: readonly CommandName[]) =>
      (await sync(neighbours[role], ticketId, names)).body.results.map(({ status, problem }) => [
        status,
        codeOf(problem),
      ]);
    for (const names of [...commandNames.map((name) => [name]), commandNames]) {
      expect(await answered(foreign.open!, names)).toEqual(await answered(randomUUID(), names));
    }
  });
});

describe('a ticket of another establishment', () => {
  it('looks like one that does not exist in bulk', async () => {
    await expectSame(neighbours.agent, foreign.open!, (by, id) =>
      by.post('/v1/tickets/bulk', {
        type: 'resolve',
        resolution,
        ticketIds: [id],
      }),
    );
  });

  it('looks so to whoever repeats another person’s command, or takes its id for another one', async () => {
    const commandId = randomUUID();
    await done(all, foreign.open!, 'note', { commandId, body: 'Câble' });
    for (const body of ['Câble', 'Autre chose']) {
      const answer = await command(neighbours.agent, foreign.open!, 'note', { commandId, body });
      expectProblem(answer, 404, 'ticket-not-found');
    }
  });

  it('is refused as another establishment’s to someone who may read every history, and so knows of it', async () => {
    const both = new Client(server.url, await tokenOf(['auditor', 'agent'], ['MCQ']));
    expect((await both.get(`/v1/tickets/${foreign.open}/history`)).status).toBe(200);
    expectProblem(await both.get(`/v1/tickets/${foreign.open}`), 403, 'establishment-not-yours');
    expectProblem(await command(both, foreign.open!, 'start'), 403, 'establishment-not-yours');
  });

  it('is refused as another establishment’s where the request names the establishment', async () => {
    const { agent } = neighbours;
    const answers = [
      await agent.get('/v1/tickets?establishment=NIM'),
      await agent.get('/v1/events?establishment=NIM'),
    ];
    for (const answer of answers) expectProblem(answer, 403, 'establishment-not-yours');
  });
});

describe('an internal note', () => {
  it('cannot be written by someone who could not read it, alone or in a batch', async () => {
    const team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
    const ticketId = await openedTicket(team);
    const note = { commandId: randomUUID(), body: 'Interne', internal: true };
    const problem = expectProblem(await command(team, ticketId, 'note', note), 403, 'role-not-allowed');
    expect(problem.errors).toEqual([{ pointer: '/internal', message: expect.any(String) }]);
    const batch = await team.post<SyncBody>('/v1/sync', {
      deviceId: 'poste',
      commands: [{ type: 'note', ticketId, ...note }],
    });
    expect(batch.body.results.map(({ status, problem: refusal }) => [status, codeOf(refusal)])).toEqual([
      ['refused', 'role-not-allowed'],
    ]);
    expect((await command(team, ticketId, 'note', { ...note, internal: false })).status).toBe(200);
  });
});
