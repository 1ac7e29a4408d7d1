import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import { command, done, expectProblem, openedTicket, opening } from '../../support/api/contract.js';
import { Listener } from '../../support/api/live.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

/** A word in the title, the description, the location and the notes of the ticket that left: no answer may contain it. */
const secret = 'Chuchotement';

let server: HostedServer;
let everywhere: Client;
let readers: Record<string, Client>;
/** `left` was transferred away from NIM; `returned` was transferred away and back. */
let left: string;
let returned: string;
/** A ticket at NIM that is the parent of `left` and related to it. */
let staying: string;
let cursors: Record<string, string>;
let position: string;

const texts = { title: secret, description: `${secret} partout`, location: `${secret} 4e` };

beforeAll(async () => {
  server = await startHostedServer();
  everywhere = await clientOf(server);
  readers = {
    'mobile-team': new Client(server.url, await tokenOf('mobile-team', ['NIM'])),
    agent: new Client(server.url, await tokenOf('agent', ['NIM'])),
  };
  const first = await readers.agent!.get<{ cursor: string }>('/v1/sync/changes');
  left = await openedTicket(everywhere, texts);
  returned = await openedTicket(everywhere, { title: 'Revenant', description: 'Parti puis rentré' });
  staying = await openedTicket(everywhere, { title: 'Resté' });
  for (const ticketId of [left, returned]) {
    await done(everywhere, ticketId, 'note', { body: `Note: ${ticketId === left ? secret : 'visible'}` });
  }
  await done(everywhere, left, 'link', { relation: 'parent', to: staying });
  await done(everywhere, staying, 'link', { relation: 'related', to: left });
  cursors = { mine: first.body.cursor };
  for (const ticketId of [left, returned]) await done(everywhere, ticketId, 'transfer');
  await done(everywhere, left, 'note', { body: `${secret} là-bas` });
  const { headers } = await done(everywhere, returned, 'transfer', { establishment: 'NIM' });
  position = headers.get('Position')!;
});
afterAll(() => server.close());

const ways: [string, () => string][] = [
  ['the list', () => `/v1/tickets?status=open&minPosition=${position}`],
  ['the list of its establishment', () => `/v1/tickets?establishment=NIM&minPosition=${position}`],
  ['a search', () => `/v1/tickets?q=${secret}&minPosition=${position}`],
  ['all changes', () => `/v1/sync/changes?minPosition=${position}`],
  [
    'the changes since before it left',
    () => `/v1/sync/changes?cursor=${cursors.mine}&minPosition=${position}`,
  ],
  ['the history of a linked ticket', () => `/v1/tickets/${staying}/history?minPosition=${position}`],
  ['a linked ticket', () => `/v1/tickets/${staying}?minPosition=${position}`],
];

describe('a ticket that left can’t be read at the former establishment', () => {
  it.each(
    ways.flatMap(([way, path]) => [['mobile-team', way, path] as const, ['agent', way, path] as const]),
  )('by a %s, by %s', async (reader, _way, path) => {
    const { status, body } = await readers[reader]!.get(path());
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it.each(['mobile-team', 'agent'])('by a %s, by its address', async (reader) => {
    for (const path of [`/v1/tickets/${left}`, `/v1/tickets/${left}/history`]) {
      const answer = await readers[reader]!.get(path);
      expectProblem(answer, 404, 'ticket-not-found');
      expect(JSON.stringify(answer.body)).not.toContain(secret);
    }
  });

  it('by commands about it, or about a linked ticket', async () => {
    const agent = readers.agent!;
    const answers = [
      await command(agent, left, 'note'),
      await command(agent, staying, 'merge', { into: left }),
      await agent.post('/v1/tickets', opening({ ticketId: left })),
      await command(agent, staying, 'resolve'),
      await command(agent, staying, 'reopen'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, expect.any(Number), 409, 200, 200]);
    for (const { body } of answers) expect(JSON.stringify(body)).not.toContain(secret);
  });

  it.each(['mobile-team', 'agent'])('by a %s, by replayed live changes', async (reader) => {
    const live = await Listener.open(readers[reader]!, { 'Last-Event-ID': '0' });
    await live.upTo(position);
    const changes = live.news.filter(({ data }) => data.ticketId === left);
    expect(changes.map(({ event }) => event)).toEqual(changes.map(() => 'tombstone'));
    expect(changes.length).toBeGreaterThan(0);
    expect(changes.map(({ data }) => data.reason)).toEqual(changes.map(() => 'transferred'));
    expect(JSON.stringify(live.news)).not.toContain(secret);
    live.leave();
  });

  it('by live changes replayed from the log, beyond those kept in memory', async () => {
    const commands = () =>
      Array.from({ length: 1_000 }, () => ({ type: 'open', ...opening({ title: 'Autre' }) }));
    for (let batch = 0; batch < 3; batch += 1) {
      await everywhere.post('/v1/sync', { deviceId: 'd', commands: commands() });
    }
    const live = await Listener.open(readers.agent!, { 'Last-Event-ID': '0' });
    await live.until(() => live.news.some(({ data }) => data.ticket?.title === 'Autre'));
    expect(JSON.stringify(live.news)).not.toContain(secret);
    live.leave();
  });

  it.each([
    ['alone', (id: string) => done(everywhere, id, 'transfer')],
    [
      'in a batch',
      (ticketId: string) => {
        const transfer = { type: 'transfer', commandId: randomUUID(), ticketId, establishment: 'MCQ' };
        return everywhere.post('/v1/sync', { deviceId: 'test', commands: [transfer] });
      },
    ],
  ])('from the answer to its transfer on, sent %s', async (_way, transfer) => {
    const word = `Murmure${randomUUID().slice(0, 8)}`;
    for (let time = 0; time < 4; time += 1) {
      const ticketId = await openedTicket(everywhere, { title: `${word} ${String(time)}` });
      expect((await transfer(ticketId)).status).toBe(200);
      for (const path of [`/v1/tickets?q=${word}`, '/v1/tickets?limit=500']) {
        const { status, body } = await readers.agent!.get(path);
        expect(status).toBe(200);
        expect(JSON.stringify(body)).not.toContain(word);
      }
    }
  });

  it('by a person whose establishments were changed', async () => {
    const nowhere = new Client(server.url, await tokenOf('agent', ['MCQ']));
    const live = await Listener.open(nowhere, { 'Last-Event-ID': '0' });
    await live.upTo(position);
    expect(JSON.stringify(live.news)).not.toContain('Resté');
    expect(JSON.stringify(live.news)).not.toContain('Revenant');
    live.leave();
    expectProblem(await nowhere.get(`/v1/tickets/${staying}`), 404, 'ticket-not-found');
  });
});

describe('a ticket that left and came back', () => {
  it('can be read again, with its changes from before it left', async () => {
    const live = await Listener.open(readers.agent!, { 'Last-Event-ID': '0' });
    await live.upTo(position);
    const changes = live.news.filter(({ data }) => data.ticketId === returned);
    expect(changes.map(({ event, data }) => [event, data.type])).toEqual([
      ['ticket', 'TicketOpened'],
      ['ticket', 'NoteAdded'],
      ['tombstone', 'TicketTransferred'],
      ['ticket', 'TicketTransferred'],
    ]);
    live.leave();
  });
});

describe('a ticket that leaves while live changes are resumed', () => {
  it('can’t be read from the moment its transfer was answered, wherever other listeners stand', async () => {
    const others = await Listener.open(readers.agent!);
    for (let round = 0; round < 10; round += 1) {
      const ticketId = await openedTicket(everywhere, { title: `${secret} ${round}` });
      const { headers } = await done(everywhere, ticketId, 'transfer');
      const live = await Listener.open(readers.agent!, { 'Last-Event-ID': position });
      await live.upTo(headers.get('Position')!);
      expect(JSON.stringify(live.news)).not.toContain(secret);
      live.leave();
    }
    others.leave();
  });
});
