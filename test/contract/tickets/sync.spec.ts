import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../../src/platform/event-store/event-store.js';
import { Client, clientOf, codeOf } from '../../support/api/client.js';
import {
  ago,
  command,
  expectProblem,
  historyOf,
  openedTicket,
  opening,
  pointersOf,
  ticketOf,
  type SyncBody,
  type SyncResult,
} from '../../support/api/contract.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: TestServer;
let client: Client;
beforeAll(async () => {
  server = await startTestServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

type Command = Record<string, unknown>;

const send = (commands: unknown, changes: Command = {}, by = client) =>
  by.post<SyncBody>('/v1/sync', { deviceId: 'mobile-nim-03', commands, ...changes });

/** Sends a batch that must be taken, whatever becomes of its commands. */
const results = async (commands: unknown[], changes: Command = {}, by = client): Promise<SyncResult[]> => {
  const { status, body } = await send(commands, changes, by);
  expect([status, body.results.length]).toEqual([200, commands.length]);
  return body.results;
};

const statusesOf = (all: readonly SyncResult[]): string[] => all.map(({ status }) => status);
const codesOf = (all: readonly SyncResult[]) => all.map(({ problem }) => problem && codeOf(problem));

const open = (changes: Command = {}): Command => ({
  type: 'open',
  ...opening({ ticketId: randomUUID(), occurredAt: ago(3600), ...changes }),
});
const about = (ticketId: unknown, type: string, changes: Command = {}): Command => ({
  type,
  commandId: randomUUID(),
  ticketId,
  ...changes,
});

describe('a batch', () => {
  it('is answered in the order sent, each command with what it came to', async () => {
    const [one, other] = [open(), open()];
    const commands = [
      one,
      about(one.ticketId, 'start'),
      other,
      about(one.ticketId, 'start'),
      one,
      about(randomUUID(), 'start'),
      about(other.ticketId, 'close'),
      about(one.ticketId, 'resolve', { resolution: { code: 'fixed', note: 'x' } }),
    ];
    const { status, headers, body } = await send(commands);
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toMatch(/^application\/json/);
    expect(Object.keys(body).sort()).toEqual(['clockSkewMs', 'position', 'results']);
    expect(body.clockSkewMs).toBeNull();
    expect(body.results.map(({ commandId }) => commandId)).toEqual(commands.map((each) => each.commandId));
    expect(body.results.map(({ ticketId }) => ticketId)).toEqual(commands.map((each) => each.ticketId));
    expect(statusesOf(body.results)).toEqual([
      ...['applied', 'applied', 'applied', 'unchanged', 'duplicate', 'refused', 'refused', 'applied'],
    ]);
    expect(body.results.map(({ revision }) => revision)).toEqual([1, 2, 1, 2, 1, undefined, 1, 3]);
    expect(codesOf(body.results)).toEqual([
      ...[undefined, undefined, undefined, undefined, undefined],
      ...['ticket-not-found', 'transition-not-allowed', undefined],
    ]);
    expect(body.results[6]?.problem).toMatchObject({
      type: '/problems/transition-not-allowed',
      status: 409,
      title: expect.any(String),
      detail: expect.any(String),
      ticket: { ticketId: other.ticketId, status: 'open' },
    });
  });

  it('is applied by the position it is answered with', async () => {
    const { body } = await send([open({ establishment: 'ICM', occurredAt: '2026-04-02T12:00:00Z' })]);
    expect(body.position).toMatch(/^[1-9]\d*$/);
    const { body: figures } = await client.get<{ total: { opened: number } }>(
      `/v1/billets-quotidiens/2026-04-02?minPosition=${body.position}`,
    );
    expect(figures.total.opened).toBe(1);
  });

  it('keeps the order of what it asks of a ticket', async () => {
    const one = open();
    const notes = Array.from({ length: 50 }, (_, index) => about(one.ticketId, 'note', { body: `${index}` }));
    const others = Array.from({ length: 50 }, () => open());
    await results([one, ...notes.flatMap((note, index) => [note, others[index]])]);
    const told = (await historyOf(client, one.ticketId as string)).slice(1);
    expect(told.map(({ data }) => data.body)).toEqual(notes.map(({ body }) => body));
    expect(new Set(told.map(({ deviceId }) => deviceId))).toEqual(new Set(['mobile-nim-03']));
  });

  it('writes what it asks of a ticket a dozen at a time, in its order', async () => {
    const one = open();
    const notes = Array.from({ length: 29 }, (_, index) =>
      about(one.ticketId, 'note', { body: `note ${index + 2}` }),
    );
    const answered = await results([one, ...notes]);
    expect(answered.map(({ status, revision }) => [status, revision])).toEqual(
      [one, ...notes].map((_, index) => ['applied', index + 1]),
    );
    const events = await historyOf(client, String(one.ticketId));
    expect(events.slice(1).map(({ data }) => data.body)).toEqual(notes.map(({ body }) => body));
    const dozens = [events.slice(0, 12), events.slice(12, 24), events.slice(24)];
    expect(dozens.map((some) => new Set(some.map(({ recordedAt }) => recordedAt)).size)).toEqual([1, 1, 1]);
  });

  it('applies what comes before and after a refusal about the same ticket, which tells the ticket as it was then', async () => {
    const one = open();
    const answered = await results([
      one,
      about(one.ticketId, 'note', { body: 'Avant.' }),
      about(one.ticketId, 'close'),
      about(one.ticketId, 'note', { body: 'Après.' }),
    ]);
    expect(statusesOf(answered)).toEqual(['applied', 'applied', 'refused', 'applied']);
    expect(answered[2]!.problem).toMatchObject({ ticket: { revision: 2, status: 'open' } });
    expect((await historyOf(client, String(one.ticketId))).length).toBe(3);
  });

  it('keeps what it asks of a ticket apart from an opening that names none, beside a cascade', async () => {
    const [ticket, parent] = [await openedTicket(client), await openedTicket(client)];
    const { ticketId: _none, ...opened } = open();
    const notes = Array.from({ length: 11 }, () => about(ticket, 'note', { body: 'x' }));
    const resolution = { code: 'fixed', note: 'x' };
    const [opening, ...others] = await results([
      ...[opened, ...notes],
      about(parent, 'resolve', { cascade: true, resolution }),
    ]);
    expect(statusesOf([opening!, ...others])).toEqual(Array.from({ length: 13 }, () => 'applied'));
    expect(others.map(({ ticketId }) => ticketId)).toEqual([...notes.map(() => ticket), parent]);
    expect((await historyOf(client, ticket)).length).toBe(12);
    expect((await historyOf(client, opening!.ticketId!)).length).toBe(1);
  });

  it('may be empty', async () => {
    const { status, body } = await send([]);
    expect(status).toBe(200);
    expect(body).toEqual({ position: expect.stringMatching(/^\d+$/), clockSkewMs: null, results: [] });
  });

  it('of refusals alone has a position that can be waited for', async () => {
    const { body } = await send([null]);
    const read = await client.get(`/v1/billets-quotidiens/2026-05-15?minPosition=${body.position}`);
    expect(read.status).toBe(200);
  });

  it('opens a ticket without an id, the same one each time', async () => {
    const one = open({ ticketId: undefined });
    const [first] = await results([one]);
    const [again] = await results([one]);
    expect([first?.status, again?.status]).toEqual(['applied', 'duplicate']);
    expect(again?.ticketId).toBe(first?.ticketId);
    expect((await client.post('/v1/tickets', { ...one, type: undefined })).status).toBe(200);
  });

  it('knows a command that was sent alone before', async () => {
    const asked = opening({ ticketId: randomUUID() });
    const start = { commandId: randomUUID() };
    await client.post('/v1/tickets', asked);
    await client.post(`/v1/tickets/${asked.ticketId as string}/start`, start);
    const sent = [{ type: 'open', ...asked }, about(asked.ticketId, 'start', start)];
    expect(statusesOf(await results(sent))).toEqual(['duplicate', 'duplicate']);
  });

  it('gives a commandId to one of its commands only', async () => {
    const commandId = randomUUID();
    const tickets = Array.from({ length: 3 }, () => open({ commandId }));
    const answered = await results(tickets);
    expect(statusesOf(answered).sort()).toEqual(['applied', 'refused', 'refused']);
    expect(codesOf(answered).filter(Boolean)).toEqual(['command-id-reused', 'command-id-reused']);
  });

  it('merges into a ticket that it opened before, whatever the case of its id', async () => {
    const [one, other] = [open(), open()];
    const into = (other.ticketId as string).toUpperCase();
    const sent = [
      one,
      other,
      about(one.ticketId, 'merge', { into }),
      about(other.ticketId, 'link', {
        to: (one.ticketId as string).toUpperCase(),
        relation: 'duplicate',
      }),
    ];
    expect(statusesOf(await results(sent))).toEqual(['applied', 'applied', 'applied', 'applied']);
    expect((await ticketOf(client, one.ticketId as string)).mergedInto).toBe(other.ticketId);
  });

  it('merges a chain, each into the one opened before it', async () => {
    const tickets = Array.from({ length: 10 }, () => open());
    const merges = tickets
      .slice(1)
      .map((ticket, index) => about(ticket.ticketId, 'merge', { into: tickets[index]?.ticketId }))
      .reverse();
    const all = await results([...tickets, ...merges]);
    expect(statusesOf(all)).toEqual(all.map(() => 'applied'));
  });
});

describe('a batch that is sent again, since its answer was lost', () => {
  const resolution = { code: 'fixed', note: 'x' };
  it.each<[string, [string, Command][], [string, Command][], string[], object]>([
    [
      'what changed nothing, before what changed it',
      [],
      [
        ['reprioritize', { priority: 'P2' }],
        ['reprioritize', { priority: 'P1' }],
      ],
      ['unchanged', 'applied'],
      { priority: 'P1', revision: 2 },
    ],
    [
      'a hold of what waited already, before its start',
      [['hold', { reason: 'user' }]],
      [
        ['hold', { reason: 'vendor' }],
        ['start', {}],
      ],
      ['unchanged', 'applied'],
      { status: 'in-progress', revision: 3 },
    ],
    [
      'what was refused, before what would allow it',
      [],
      [
        ['close', {}],
        ['resolve', { resolution }],
        ['note', { body: 'Vu' }],
      ],
      ['refused', 'applied', 'applied'],
      { status: 'resolved', revision: 3 },
    ],
  ])('comes to the same: %s', async (_what, before, asked, statuses, expected) => {
    const ticketId = await openedTicket(client);
    await results(before.map(([type, changes]) => about(ticketId, type, changes)));
    const commands = asked.map(([type, changes]) => about(ticketId, type, changes));
    const first = await results(commands);
    expect(statusesOf(first)).toEqual(statuses);
    const again = statuses.map((status) => (status === 'applied' ? 'duplicate' : status));
    expect(statusesOf(await results(commands))).toEqual(again);
    const more = await results([...commands, about(ticketId, 'note', { body: 'Encore' })]);
    expect(statusesOf(more)).toEqual([...again, 'applied']);
    const { revision = 0, ...told } = expected as { revision?: number };
    expect(await ticketOf(client, ticketId)).toMatchObject({ ...told, revision: revision + 1 });
  });

  it('applies what was refused then and is allowed now, where it comes alone', async () => {
    const ticketId = await openedTicket(client);
    const [close, resolve] = [about(ticketId, 'close'), about(ticketId, 'resolve', { resolution })];
    expect(statusesOf(await results([close, resolve]))).toEqual(['refused', 'applied']);
    expect(statusesOf(await results([close]))).toEqual(['applied']);
  });

  it('applies what had not come to its turn then', async () => {
    const ticketId = await openedTicket(client);
    const [start, note] = [about(ticketId, 'start'), about(ticketId, 'note', { body: 'Vu' })];
    await results([start]);
    expect(statusesOf(await results([start, note]))).toEqual(['duplicate', 'applied']);
  });
});

describe('a new command that stands before one that was applied before', () => {
  const resolution = { code: 'fixed', note: 'x' };
  const at = (hour: number) => ({ occurredAt: `2026-05-14T${String(hour).padStart(2, '0')}:00:00Z` });
  type Asked = [string, Command];

  /** What was applied before, what is new, how the ticket stands then. */
  const examples: [string, Asked[], Asked, object][] = [
    [
      'a reopening before a resolution',
      [['resolve', { resolution, ...at(10) }]],
      ['reopen', { reason: 'Encore', ...at(11) }],
      { status: 'open' },
    ],
    [
      'a reopening before a note of when the ticket was open',
      [
        ['note', { body: 'Vu', ...at(9) }],
        ['resolve', { resolution, ...at(10) }],
      ],
      ['reopen', { reason: 'Encore', ...at(11) }],
      { status: 'open' },
    ],
    [
      'a start before a hold',
      [
        ['start', at(9)],
        ['hold', { reason: 'user', ...at(10) }],
      ],
      ['start', at(11)],
      { status: 'in-progress' },
    ],
    [
      'a transfer back before a transfer',
      [['transfer', { establishment: 'MCQ', ...at(10) }]],
      ['transfer', { establishment: 'NIM', ...at(11) }],
      { establishment: 'NIM' },
    ],
    [
      'a cancellation before a reopening',
      [
        ['cancel', { reason: 'Erreur', ...at(9) }],
        ['reopen', { reason: 'Encore', ...at(10) }],
      ],
      ['cancel', { reason: 'Erreur', ...at(11) }],
      { status: 'cancelled' },
    ],
    [
      'a category given back before the one that took it',
      [['recategorize', { category: 'pharmacie', ...at(10) }]],
      ['recategorize', { category: 'ordonnances', ...at(11) }],
      { category: 'ordonnances' },
    ],
    [
      'a team given back before the one that took it',
      [
        ['assign', { team: 'a', ...at(9) }],
        ['assign', { team: 'b', ...at(10) }],
      ],
      ['assign', { team: 'a', ...at(11) }],
      { team: 'a' },
    ],
  ];
  const prepared = async (applied: Asked[]) => {
    const ticketId = await openedTicket(client, at(8));
    const before = applied.map(([type, changes]) => about(ticketId, type, changes));
    expect(statusesOf(await results(before))).toEqual(before.map(() => 'applied'));
    return { ticketId, before };
  };
  const duplicates = (commands: readonly unknown[]) => commands.map(() => 'duplicate');

  it.each(examples)('is applied where it happened later: %s', async (_what, applied, fresh, expected) => {
    const { ticketId, before } = await prepared(applied);
    const answered = await results([about(ticketId, ...fresh), ...before]);
    expect(statusesOf(answered)).toEqual(['applied', ...duplicates(before)]);
    expect(await ticketOf(client, ticketId)).toMatchObject(expected);
  });

  it.each(examples)(
    'is applied where another device sends it: %s',
    async (_what, applied, fresh, expected) => {
      const { ticketId, before } = await prepared(applied);
      const [type, { occurredAt: _at, ...changes }] = fresh;
      const answered = await results([about(ticketId, type, changes), ...before], { deviceId: 'autre' });
      expect(statusesOf(answered)).toEqual(['applied', ...duplicates(before)]);
      expect(await ticketOf(client, ticketId)).toMatchObject(expected);
    },
  );

  it.each(examples)('is applied between the same one twice: %s', async (_what, applied, fresh, expected) => {
    const ticketId = await openedTicket(client, at(8));
    const asked = applied.map(([type, changes]) => about(ticketId, type, changes));
    const answered = await results([...asked, about(ticketId, ...fresh), ...asked]);
    expect(statusesOf(answered)).toEqual([...asked.map(() => 'applied'), 'applied', ...duplicates(asked)]);
    expect(await ticketOf(client, ticketId)).toMatchObject(expected);
  });

  it('is applied between the same one twice, however long the batch, and whenever that was applied', async () => {
    const { ticketId, before } = await prepared([['resolve', { resolution, ...at(10) }]]);
    const notes = Array.from({ length: 12 }, () => about(ticketId, 'note', { body: 'Vu', ...at(9) }));
    const reopen = about(ticketId, 'reopen', { reason: 'Encore', ...at(10) });
    const answered = await results([...before, ...notes, reopen, ...notes, ...before]);
    expect(answered[13]?.status).toBe('applied');
    expect(await ticketOf(client, ticketId)).toMatchObject({ status: 'open' });
  });

  it('is applied where what follows was sent without a device', async () => {
    const ticketId = await openedTicket(client, at(8));
    const resolve = { commandId: randomUUID(), resolution };
    await command(client, ticketId, 'resolve', resolve);
    const reopen = about(ticketId, 'reopen', { reason: 'Encore' });
    const answered = await results([reopen, about(ticketId, 'resolve', resolve)]);
    expect(statusesOf(answered)).toEqual(['applied', 'duplicate']);
  });

  it('is applied where what follows is something else under an id that was used', async () => {
    const { ticketId, before } = await prepared([['resolve', { resolution, ...at(10) }]]);
    const reused = { ...before[0], resolution: { code: 'training', note: 'y' } };
    const answered = await results([about(ticketId, 'reopen', { reason: 'Encore' }), reused]);
    expect(statusesOf(answered)).toEqual(['applied', 'refused']);
    expect(codesOf(answered)).toEqual([undefined, 'command-id-reused']);
  });

  it('comes to nothing where the same device did it no later: the two were sent together', async () => {
    const { ticketId, before } = await prepared([['resolve', { resolution, ...at(10) }]]);
    const reopen = about(ticketId, 'reopen', { reason: 'Encore', ...at(10) });
    expect(statusesOf(await results([reopen, ...before]))).toEqual(['unchanged', 'duplicate']);
    const untimed = about(ticketId, 'reopen', { reason: 'Encore' });
    expect(statusesOf(await results([untimed, ...before]))).toEqual(['unchanged', 'duplicate']);
  });

  it('has its time compared by the device’s own clock, whatever the skew of each sending', async () => {
    const { ticketId, before } = await prepared([]);
    const [later, earlier] = [ago(600), ago(601)];
    const resolve = about(ticketId, 'resolve', { resolution, occurredAt: later });
    await results([...before, resolve], { sentAt: ago(-3600) });
    const reopen = about(ticketId, 'reopen', { reason: 'Encore', occurredAt: earlier });
    expect(statusesOf(await results([reopen, resolve]))).toEqual(['unchanged', 'duplicate']);
  });
});

describe('a ticket that the server can make nothing of', () => {
  const broken = async (): Promise<string> => {
    const ticketId = await openedTicket(client);
    const events = [{ id: randomUUID(), type: 'TicketVanished', data: {}, metadata: {} }];
    await server.app.get(EventStore).append({ stream: `ticket-${ticketId}`, expectedRevision: 1, events });
    return ticketId;
  };

  it('keeps none of the others from being worked, and what is asked of it stays with who asks', async () => {
    const [one, other] = await Promise.all([broken(), openedTicket(client)]);
    const answered = await results([about(one, 'start'), about(other, 'start')]);
    expect(statusesOf(answered)).toEqual(['retry', 'applied']);
    expect(codesOf(answered)).toEqual(['internal-error', undefined]);
    expect(answered[0]).toMatchObject({ ticketId: one, problem: { title: expect.stringMatching(/./) } });
  });

  it('has nothing judged before what was sent ahead of it', async () => {
    const [one, other] = await Promise.all([broken(), openedTicket(client)]);
    const answered = await results([
      about(other, 'link', { to: one, relation: 'parent' }),
      about(other, 'cancel', { reason: 'x' }),
      about(one, 'note', { body: 'x' }),
    ]);
    expect(statusesOf(answered)).toEqual(['retry', 'retry', 'retry']);
    expect(await historyOf(client, other)).toHaveLength(1);
  });

  it('is retried in bulk as well', async () => {
    const [one, other] = await Promise.all([broken(), openedTicket(client)]);
    const { status, body } = await client.post<SyncBody>('/v1/tickets/bulk', {
      ...{ type: 'recategorize', category: 'imagerie', ticketIds: [one, other] },
    });
    expect([status, statusesOf(body.results)]).toEqual([200, ['retry', 'applied']]);
  });

  it('keeps no other child of its parent from being resolved, and the resolution is sent again for it', async () => {
    const [parent, one, other] = await Promise.all([
      openedTicket(client),
      openedTicket(client),
      openedTicket(client),
    ]);
    for (const child of [one, other]) {
      await command(client, child, 'link', { to: parent, relation: 'parent' });
    }
    const events = [{ id: randomUUID(), type: 'TicketVanished', data: {}, metadata: {} }];
    await server.app.get(EventStore).append({ stream: `ticket-${one}`, expectedRevision: 2, events });
    const resolution = { code: 'fixed', note: 'x' };
    const answered = await results([about(parent, 'resolve', { cascade: true, resolution })]);
    expect(statusesOf(answered)).toEqual(['retry']);
    expect(await ticketOf(client, other)).toMatchObject({ status: 'resolved' });
  });
});

describe('one command of a batch that is malformed', () => {
  const ticketId = randomUUID();
  const start = (changes: Command) => about(ticketId, 'start', changes);
  it.each<[string, unknown, string, string[]]>([
    ['null', null, 'unknown-command', ['/type']],
    ['a list', [], 'unknown-command', ['/type']],
    ['a text', 'start', 'unknown-command', ['/type']],
    ['a number', 7, 'unknown-command', ['/type']],
    ['nothing in it', {}, 'unknown-command', ['/type']],
    ['an unknown type', start({ type: 'explode' }), 'unknown-command', ['/type']],
    ['a type that every object has', start({ type: '__proto__' }), 'unknown-command', ['/type']],
    ['another one', start({ type: 'constructor' }), 'unknown-command', ['/type']],
    ['yet another one', start({ type: 'toString' }), 'unknown-command', ['/type']],
    ['a type that is a list', start({ type: ['start'] }), 'unknown-command', ['/type']],
    ['no commandId', start({ commandId: undefined }), 'malformed', ['/commandId']],
    ['a commandId that is no UUID', start({ commandId: 'mine' }), 'malformed', ['/commandId']],
    ['a commandId that is a number', start({ commandId: 7 }), 'malformed', ['/commandId']],
    ['no ticketId', start({ ticketId: undefined }), 'malformed', ['/ticketId']],
    ['a ticketId that is null', start({ ticketId: null }), 'malformed', ['/ticketId']],
    ['neither id', { type: 'start' }, 'malformed', ['/commandId', '/ticketId']],
    ['an opening without a commandId', open({ commandId: undefined }), 'malformed', ['/commandId']],
    ['a title too long', open({ title: 'x'.repeat(201) }), 'malformed', ['/title']],
    ['a text too long', start({ type: 'note', body: 'x'.repeat(10_001) }), 'malformed', ['/body']],
    ['an unknown field', start({ 'a/b': 1 }), 'malformed', ['/a~1b']],
    ['NUL in a text', start({ type: 'note', body: 'a\u0000' }), 'malformed', ['/body']],
    ['half a character in a text', start({ type: 'note', body: '\udc00' }), 'malformed', ['/body']],
    ['a bad time', start({ occurredAt: '1969-12-31T00:00:00Z' }), 'malformed', ['/occurredAt']],
    [
      'a time ahead',
      start({ type: 'open', ...opening({ ticketId: undefined, occurredAt: ago(-3600) }) }),
      'occurred-in-the-future',
      ['/occurredAt'],
    ],
    [
      'an unknown establishment',
      open({ establishment: 'CHEZ-NOUS' }),
      'unknown-establishment',
      ['/establishment'],
    ],
    ['an unknown site', open({ site: 'CHEZ-NOUS' }), 'unknown-site', ['/site']],
    [
      'a part that is wrong',
      start({ type: 'resolve', resolution: { code: 'magic', note: 'x' } }),
      'malformed',
      ['/resolution/code'],
    ],
  ])('is refused alone, with a pointer into the batch: %s', async (_what, bad, code, pointers) => {
    const good = open();
    const [first, refused, last] = await results([good, bad, about(good.ticketId, 'start')]);
    expect([first?.status, refused?.status, last?.status]).toEqual(['applied', 'refused', 'applied']);
    expect(codeOf(refused?.problem)).toBe(code);
    expect(pointersOf(refused!.problem!)).toEqual(pointers.map((pointer) => `/commands/1${pointer}`));
  });

  it('is refused alone where it has a field named __proto__', async () => {
    const good = JSON.stringify(open());
    const body = `{"deviceId":"d","commands":[{"__proto__":{"type":"start"}},${good}]}`;
    const { status, body: answer } = await client.post<SyncBody>('/v1/sync', body);
    expect(status).toBe(200);
    expect(statusesOf(answer.results)).toEqual(['refused', 'applied']);
  });

  it('is refused alone, however large it is', async () => {
    const good = open();
    const answered = await results([start({ type: 'note', body: 'x'.repeat(2 ** 21) }), good]);
    expect(statusesOf(answered)).toEqual(['refused', 'applied']);
    expect(pointersOf(answered[0]!.problem!)).toEqual(['/commands/0/body']);
  });

  it('is told of as many of its mistakes as anyone can read', async () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => [`champ${index}`, index] as const);
    const [refused, applied] = await results([start(Object.fromEntries(keys)), open()]);
    expect([refused?.status, applied?.status]).toEqual(['refused', 'applied']);
    expect(pointersOf(refused!.problem!)).toHaveLength(100);
    expect(pointersOf(refused!.problem!)[0]).toBe('/commands/0/champ0');
  });

  it('is answered with the ids as they were sent', async () => {
    const capitals = randomUUID().toUpperCase();
    const answered = await results([
      open({ commandId: capitals }),
      start({ commandId: 'mine', ticketId: 'yours' }),
      start({ commandId: 7, ticketId: {} }),
      null,
    ]);
    expect(answered.map(({ commandId }) => commandId)).toEqual([capitals, 'mine', null, null]);
    expect(answered.slice(1).map(({ ticketId: sent }) => sent)).toEqual(['yours', null, null]);
  });

  it('is told in the language asked for', async () => {
    const body = { deviceId: 'd', commands: [null] };
    const inEnglish = await client.post<SyncBody>('/v1/sync', body, { 'Accept-Language': 'en' });
    const inFrench = await client.post<SyncBody>('/v1/sync', body);
    expect(inEnglish.body.results[0]?.problem?.title).toBe('Unknown command');
    expect(inFrench.body.results[0]?.problem?.title).toBe('Commande inconnue');
  });
});

describe('a batch that is malformed as a whole', () => {
  it.each<[string, unknown, string]>([
    ['no device', { commands: [] }, '/deviceId'],
    ['an empty device', { deviceId: '', commands: [] }, '/deviceId'],
    ['a device that is a number', { deviceId: 7, commands: [] }, '/deviceId'],
    ['a device with NUL', { deviceId: 'a\u0000', commands: [] }, '/deviceId'],
    ['no commands', { deviceId: 'd' }, '/commands'],
    ['commands that are no list', { deviceId: 'd', commands: { 0: {} } }, '/commands'],
    ['1001 commands', { deviceId: 'd', commands: Array(1001).fill(null) }, '/commands'],
    ['a bad time of sending', { deviceId: 'd', sentAt: 'now', commands: [] }, '/sentAt'],
    [
      'a time of sending before 1970',
      { deviceId: 'd', sentAt: '1960-01-01T00:00:00Z', commands: [] },
      '/sentAt',
    ],
    ['an unknown field', { deviceId: 'd', commands: [], colour: 'red' }, '/colour'],
    ['a list', [], ''],
  ])('is refused, and nothing of it applied: %s', async (_what, body, pointer) => {
    const problem = expectProblem(await client.post('/v1/sync', body), 400, 'malformed');
    expect([...new Set(pointersOf(problem))]).toEqual([pointer]);
  });
});

describe('a device whose clock is off', () => {
  const shown = (skewSeconds: number, secondsAgo: number) => ago(secondsAgo - skewSeconds);

  it.each([600, 130, -121, -86_400])(
    'by %d s has its times corrected, and the raw ones kept',
    async (skew) => {
      const one = open({ occurredAt: shown(skew, 60) });
      const { body } = await send([one], { sentAt: shown(skew, 0) });
      expect(statusesOf(body.results)).toEqual(['applied']);
      expect(Math.abs(body.clockSkewMs! - skew * 1000)).toBeLessThan(5_000);
      const [event] = await historyOf(client, one.ticketId as string);
      expect(event).toMatchObject({ claimedAt: one.occurredAt, clockSkewMs: body.clockSkewMs });
      expect(Date.parse(event!.occurredAt)).toBe(Date.parse(one.occurredAt as string) - body.clockSkewMs!);
      expect((await ticketOf(client, one.ticketId as string)).openedAt).toBe(event!.occurredAt);
    },
  );

  it.each([110, 1, 0, -110])('by %d s is taken at its word', async (skew) => {
    const one = open({ occurredAt: shown(skew, 60) });
    const { body } = await send([one], { sentAt: shown(skew, 0) });
    expect(Math.abs(body.clockSkewMs! - skew * 1000)).toBeLessThan(5_000);
    const [event] = await historyOf(client, one.ticketId as string);
    const { occurredAt } = one;
    expect(event).toMatchObject({ occurredAt, claimedAt: occurredAt, clockSkewMs: null });
  });

  it('is not heard about the future by that', async () => {
    const late = open({ occurredAt: shown(600, -305) });
    const refused = await results([late], { sentAt: shown(600, 0) });
    expect(codesOf(refused)).toEqual(['occurred-in-the-future']);
  });

  it('has the server’s time uncorrected, for what says no time', async () => {
    const one = open({ occurredAt: undefined });
    await results([one], { sentAt: shown(7200, 0) });
    const [event] = await historyOf(client, one.ticketId as string);
    expect(event?.clockSkewMs).toBeNull();
    expect(Math.abs(Date.parse(event!.occurredAt) - Date.now())).toBeLessThan(5_000);
  });

  it('sends the same command again at another skew, and it is the same', async () => {
    const one = open({ occurredAt: shown(600, 60) });
    await results([one], { sentAt: shown(600, 0) });
    for (const changes of [{ sentAt: shown(900, 0) }, {}, { deviceId: 'another' }]) {
      expect(statusesOf(await results([one], changes))).toEqual(['duplicate']);
    }
  });

  it('so far off that no clock can have shown it is refused command by command', async () => {
    const commands = [open({ occurredAt: '1970-01-01T00:00:01Z' }), open({ occurredAt: undefined })];
    const answered = await results(commands, { sentAt: '9999-12-31T23:59:59Z' });
    expect(statusesOf(answered)).toEqual(['refused', 'applied']);
    expect(pointersOf(answered[0]!.problem!)).toEqual(['/commands/0/occurredAt']);
  });

  it('since its battery died is corrected too', async () => {
    const one = open({ occurredAt: '1970-01-01T00:05:00Z' });
    await results([one], { sentAt: '1970-01-01T00:06:00Z' });
    const { openedAt } = await ticketOf(client, one.ticketId as string);
    expect(Math.abs(Date.parse(openedAt) - Date.parse(ago(60)))).toBeLessThan(5_000);
  });
});

describe('at the same time', () => {
  it('two devices with the same command apply it once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const one = open();
      const sent = ['here', 'there', 'elsewhere'].map((deviceId) => results([one], { deviceId }));
      expect(statusesOf((await Promise.all(sent)).flat()).sort()).toEqual([
        'applied',
        'duplicate',
        'duplicate',
      ]);
      expect(await historyOf(client, one.ticketId as string)).toHaveLength(1);
    }
  });

  it('the same batch three times applies each command once', async () => {
    const opened = Array.from({ length: 60 }, () => open());
    const commands = opened.flatMap((one) => [
      one,
      about(one.ticketId, 'start', { occurredAt: ago(1800) }),
      about(one.ticketId, 'note', { body: 'Vu', occurredAt: ago(1700) }),
      about(one.ticketId, 'resolve', { resolution: { code: 'fixed', note: 'x' }, occurredAt: ago(1600) }),
    ]);
    const batches = await Promise.all([results(commands), results(commands), results(commands)]);
    commands.forEach((_, index) => {
      const statuses = batches.map((batch) => batch[index]!.status);
      expect(statuses.sort()).toEqual(['applied', 'duplicate', 'duplicate']);
    });
    for (const one of opened.slice(0, 10)) {
      const history = await historyOf(client, one.ticketId as string);
      const types = ['TicketOpened', 'WorkStarted', 'NoteAdded', 'TicketResolved'];
      expect(history.map(({ type }) => type)).toEqual(types);
    }
  });

  it('merges that cross: one gets through, never both, never none', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 30 }, async () => Promise.all([openedTicket(client), openedTicket(client)])),
    );
    const rounds = await Promise.all(
      pairs.map(([one, other], index) =>
        Promise.all(
          index % 2 === 0
            ? [command(client, one, 'merge', { into: other }), command(client, other, 'merge', { into: one })]
            : [send([about(one, 'merge', { into: other })]), send([about(other, 'merge', { into: one })])],
        ),
      ),
    );
    for (const answers of rounds)
      expect(answers.every(({ status }) => [200, 409].includes(status))).toBe(true);
    for (const pair of pairs) {
      const statuses = await Promise.all(pair.map(async (id) => (await ticketOf(client, id)).status));
      expect(statuses.sort()).toEqual(['merged', 'open']);
    }
  }, 15_000);

  it('merges that go round in a circle: one ticket is left', async () => {
    const circle = await Promise.all(Array.from({ length: 8 }, () => openedTicket(client)));
    const merges = circle.map((id, index) => about(id, 'merge', { into: circle[(index + 1) % 8] }));
    await Promise.all(merges.map((merge) => results([merge])));
    const statuses = await Promise.all(circle.map(async (id) => (await ticketOf(client, id)).status));
    expect(statuses).toContain('open');
  });
});

describe('a mobile team', () => {
  let team: Client;
  beforeAll(async () => {
    team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
  });

  it('may not close, merge or transfer in a batch either', async () => {
    const [one, other] = [open(), open()];
    const answered = await results(
      [
        one,
        other,
        about(one.ticketId, 'merge', { into: other.ticketId }),
        about(one.ticketId, 'transfer', { establishment: 'MCQ' }),
        about(one.ticketId, 'resolve', { resolution: { code: 'training', note: 'x' } }),
        about(one.ticketId, 'close'),
        about(one.ticketId, 'reopen', { reason: 'x' }),
      ],
      {},
      team,
    );
    expect(codesOf(answered)).toEqual([
      ...[undefined, undefined, 'role-not-allowed', 'role-not-allowed'],
      ...[undefined, 'role-not-allowed', undefined],
    ]);
    expect(answered[5]?.problem?.status).toBe(403);
  });

  it('is refused what is another establishment’s, command by command', async () => {
    const foreign = await openedTicket(client, { establishment: 'MCQ' });
    const answered = await results(
      [open({ establishment: 'MCQ' }), about(foreign, 'start'), open()],
      {},
      team,
    );
    expect(codesOf(answered)).toEqual(['establishment-not-yours', 'establishment-not-yours', undefined]);
  });
});
