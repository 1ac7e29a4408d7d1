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

/** Sends a batch, expects it to be accepted, and gives the results of its commands. */
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
  it('is answered with one result per command, in the order sent', async () => {
    const [openCommand, otherOpen] = [open(), open()];
    const commands = [
      openCommand,
      about(openCommand.ticketId, 'start'),
      otherOpen,
      about(openCommand.ticketId, 'start'),
      openCommand,
      about(randomUUID(), 'start'),
      about(otherOpen.ticketId, 'close'),
      about(openCommand.ticketId, 'resolve', { resolution: { code: 'fixed', note: 'x' } }),
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
      ticket: { ticketId: otherOpen.ticketId, status: 'open' },
    });
  });

  it('is answered with a position that includes all its commands', async () => {
    const { body } = await send([open({ establishment: 'ICM', occurredAt: '2026-04-02T12:00:00Z' })]);
    expect(body.position).toMatch(/^[1-9]\d*$/);
    const { body: figures } = await client.get<{ total: { opened: number } }>(
      `/v1/billets-quotidiens/2026-04-02?minPosition=${body.position}`,
    );
    expect(figures.total.opened).toBe(1);
  });

  it('keeps the order of its commands about a ticket', async () => {
    const openCommand = open();
    const notes = Array.from({ length: 50 }, (_, index) =>
      about(openCommand.ticketId, 'note', { body: `${index}` }),
    );
    const others = Array.from({ length: 50 }, () => open());
    await results([openCommand, ...notes.flatMap((note, index) => [note, others[index]])]);
    const recorded = (await historyOf(client, openCommand.ticketId as string)).slice(1);
    expect(recorded.map(({ data }) => data.body)).toEqual(notes.map(({ body }) => body));
    expect(new Set(recorded.map(({ deviceId }) => deviceId))).toEqual(new Set(['mobile-nim-03']));
  });

  it('appends its commands about a ticket twelve at a time, in order', async () => {
    const openCommand = open();
    const notes = Array.from({ length: 29 }, (_, index) =>
      about(openCommand.ticketId, 'note', { body: `note ${index + 2}` }),
    );
    const answered = await results([openCommand, ...notes]);
    expect(answered.map(({ status, revision }) => [status, revision])).toEqual(
      [openCommand, ...notes].map((_, index) => ['applied', index + 1]),
    );
    const events = await historyOf(client, String(openCommand.ticketId));
    expect(events.slice(1).map(({ data }) => data.body)).toEqual(notes.map(({ body }) => body));
    const dozens = [events.slice(0, 12), events.slice(12, 24), events.slice(24)];
    expect(dozens.map((some) => new Set(some.map(({ recordedAt }) => recordedAt)).size)).toEqual([1, 1, 1]);
  });

  it('applies the commands before and after a refused one, whose problem has the ticket as it was then', async () => {
    const openCommand = open();
    const answered = await results([
      openCommand,
      about(openCommand.ticketId, 'note', { body: 'Avant.' }),
      about(openCommand.ticketId, 'close'),
      about(openCommand.ticketId, 'note', { body: 'Après.' }),
    ]);
    expect(statusesOf(answered)).toEqual(['applied', 'applied', 'refused', 'applied']);
    expect(answered[2]!.problem).toMatchObject({ ticket: { revision: 2, status: 'open' } });
    expect((await historyOf(client, String(openCommand.ticketId))).length).toBe(3);
  });

  it('keeps an opening without a ticketId apart from commands about another ticket, also beside a cascade', async () => {
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

  it('of refused commands alone has a position that reads can wait for', async () => {
    const { body } = await send([null]);
    const read = await client.get(`/v1/billets-quotidiens/2026-05-15?minPosition=${body.position}`);
    expect(read.status).toBe(200);
  });

  it('opens the same ticket each time it is sent, where the opening has no ticketId', async () => {
    const openCommand = open({ ticketId: undefined });
    const [first] = await results([openCommand]);
    const [again] = await results([openCommand]);
    expect([first?.status, again?.status]).toEqual(['applied', 'duplicate']);
    expect(again?.ticketId).toBe(first?.ticketId);
    expect((await client.post('/v1/tickets', { ...openCommand, type: undefined })).status).toBe(200);
  });

  it('recognizes a command that was sent alone before', async () => {
    const body = opening({ ticketId: randomUUID() });
    const start = { commandId: randomUUID() };
    await client.post('/v1/tickets', body);
    await client.post(`/v1/tickets/${body.ticketId as string}/start`, start);
    const sent = [{ type: 'open', ...body }, about(body.ticketId, 'start', start)];
    expect(statusesOf(await results(sent))).toEqual(['duplicate', 'duplicate']);
  });

  it('accepts a commandId for the first of its commands only, about whatever tickets', async () => {
    for (let time = 0; time < 5; time += 1) {
      const commandId = randomUUID();
      const [first, ...others] = Array.from({ length: 3 }, () => open({ commandId }));
      const note = about(first!.ticketId, 'note', { commandId, body: 'Suite' });
      const answered = await results([first!, ...others, note]);
      expect(statusesOf(answered)).toEqual(['applied', 'refused', 'refused', 'refused']);
      expect(new Set(codesOf(answered).slice(1))).toEqual(new Set(['command-id-reused']));
    }
  });

  it('can merge into a ticket that it opens, whatever the case of its id', async () => {
    const [openCommand, otherOpen] = [open(), open()];
    const into = (otherOpen.ticketId as string).toUpperCase();
    const sent = [
      openCommand,
      otherOpen,
      about(openCommand.ticketId, 'merge', { into }),
      about(otherOpen.ticketId, 'link', {
        to: (openCommand.ticketId as string).toUpperCase(),
        relation: 'duplicate',
      }),
    ];
    expect(statusesOf(await results(sent))).toEqual(['applied', 'applied', 'applied', 'applied']);
    expect((await ticketOf(client, openCommand.ticketId as string)).mergedInto).toBe(otherOpen.ticketId);
  });

  it('can merge a chain of tickets, each into the one before it', async () => {
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
      'a command that changed nothing, before the one that changed it',
      [],
      [
        ['reprioritize', { priority: 'P2' }],
        ['reprioritize', { priority: 'P1' }],
      ],
      ['unchanged', 'applied'],
      { priority: 'P1', revision: 2 },
    ],
    [
      'a hold of a waiting ticket, before its start',
      [['hold', { reason: 'user' }]],
      [
        ['hold', { reason: 'vendor' }],
        ['start', {}],
      ],
      ['unchanged', 'applied'],
      { status: 'in-progress', revision: 3 },
    ],
    [
      'a refused command, before the one that would allow it',
      [],
      [
        ['close', {}],
        ['resolve', { resolution }],
        ['note', { body: 'Vu' }],
      ],
      ['refused', 'applied', 'applied'],
      { status: 'resolved', revision: 3 },
    ],
  ])('has the same results: %s', async (_what, before, sent, statuses, expected) => {
    const ticketId = await openedTicket(client);
    await results(before.map(([type, changes]) => about(ticketId, type, changes)));
    const commands = sent.map(([type, changes]) => about(ticketId, type, changes));
    const first = await results(commands);
    expect(statusesOf(first)).toEqual(statuses);
    const again = statuses.map((status) => (status === 'applied' ? 'duplicate' : status));
    expect(statusesOf(await results(commands))).toEqual(again);
    const more = await results([...commands, about(ticketId, 'note', { body: 'Encore' })]);
    expect(statusesOf(more)).toEqual([...again, 'applied']);
    const { revision = 0, ...fields } = expected as { revision?: number };
    expect(await ticketOf(client, ticketId)).toMatchObject({ ...fields, revision: revision + 1 });
  });

  it('applies a command that was refused then and is allowed now, when it is sent alone', async () => {
    const ticketId = await openedTicket(client);
    const [close, resolve] = [about(ticketId, 'close'), about(ticketId, 'resolve', { resolution })];
    expect(statusesOf(await results([close, resolve]))).toEqual(['refused', 'applied']);
    expect(statusesOf(await results([close]))).toEqual(['applied']);
  });

  it('applies commands that were not reached the first time', async () => {
    const ticketId = await openedTicket(client);
    const [start, note] = [about(ticketId, 'start'), about(ticketId, 'note', { body: 'Vu' })];
    await results([start]);
    expect(statusesOf(await results([start, note]))).toEqual(['duplicate', 'applied']);
  });
});

describe('a new command in a batch before one that was already applied', () => {
  const resolution = { code: 'fixed', note: 'x' };
  const at = (hour: number) => ({ occurredAt: `2026-05-14T${String(hour).padStart(2, '0')}:00:00Z` });
  type TypeAndBody = [string, Command];

  /** The commands applied before, the new command, and the ticket after it. */
  const examples: [string, TypeAndBody[], TypeAndBody, object][] = [
    [
      'a reopening before a resolution',
      [['resolve', { resolution, ...at(10) }]],
      ['reopen', { reason: 'Encore', ...at(11) }],
      { status: 'open' },
    ],
    [
      'a reopening before a note from when the ticket was open',
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
      'a category set back before the command that changed it',
      [['recategorize', { category: 'pharmacie', ...at(10) }]],
      ['recategorize', { category: 'ordonnances', ...at(11) }],
      { category: 'ordonnances' },
    ],
    [
      'a team set back before the command that changed it',
      [
        ['assign', { team: 'a', ...at(9) }],
        ['assign', { team: 'b', ...at(10) }],
      ],
      ['assign', { team: 'a', ...at(11) }],
      { team: 'a' },
    ],
  ];
  const prepared = async (applied: TypeAndBody[]) => {
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

  it.each(examples)(
    'is applied between two copies of the applied commands: %s',
    async (_what, applied, fresh, expected) => {
      const ticketId = await openedTicket(client, at(8));
      const sent = applied.map(([type, changes]) => about(ticketId, type, changes));
      const answered = await results([...sent, about(ticketId, ...fresh), ...sent]);
      expect(statusesOf(answered)).toEqual([...sent.map(() => 'applied'), 'applied', ...duplicates(sent)]);
      expect(await ticketOf(client, ticketId)).toMatchObject(expected);
    },
  );

  it('is applied between two copies of an earlier command also in a long batch', async () => {
    const { ticketId, before } = await prepared([['resolve', { resolution, ...at(10) }]]);
    const notes = Array.from({ length: 12 }, () => about(ticketId, 'note', { body: 'Vu', ...at(9) }));
    const reopen = about(ticketId, 'reopen', { reason: 'Encore', ...at(10) });
    const answered = await results([...before, ...notes, reopen, ...notes, ...before]);
    expect(answered[13]?.status).toBe('applied');
    expect(await ticketOf(client, ticketId)).toMatchObject({ status: 'open' });
  });

  it('is applied where the following command was first sent without a device', async () => {
    const ticketId = await openedTicket(client, at(8));
    const resolve = { commandId: randomUUID(), resolution };
    await command(client, ticketId, 'resolve', resolve);
    const reopen = about(ticketId, 'reopen', { reason: 'Encore' });
    const answered = await results([reopen, about(ticketId, 'resolve', resolve)]);
    expect(statusesOf(answered)).toEqual(['applied', 'duplicate']);
  });

  it('is applied where the following command reuses a commandId with another body', async () => {
    const { ticketId, before } = await prepared([['resolve', { resolution, ...at(10) }]]);
    const reused = { ...before[0], resolution: { code: 'training', note: 'y' } };
    const answered = await results([about(ticketId, 'reopen', { reason: 'Encore' }), reused]);
    expect(statusesOf(answered)).toEqual(['applied', 'refused']);
    expect(codesOf(answered)).toEqual([undefined, 'command-id-reused']);
  });

  it('changes nothing where the same device did it no later, since the two were first sent together', async () => {
    const { ticketId, before } = await prepared([['resolve', { resolution, ...at(10) }]]);
    const reopen = about(ticketId, 'reopen', { reason: 'Encore', ...at(10) });
    expect(statusesOf(await results([reopen, ...before]))).toEqual(['unchanged', 'duplicate']);
    const untimed = about(ticketId, 'reopen', { reason: 'Encore' });
    expect(statusesOf(await results([untimed, ...before]))).toEqual(['unchanged', 'duplicate']);
  });

  it('is compared by the times of the device’s own clock, whatever the skew of each batch', async () => {
    const { ticketId, before } = await prepared([]);
    const [later, earlier] = [ago(600), ago(601)];
    const resolve = about(ticketId, 'resolve', { resolution, occurredAt: later });
    await results([...before, resolve], { sentAt: ago(-3600) });
    const reopen = about(ticketId, 'reopen', { reason: 'Encore', occurredAt: earlier });
    expect(statusesOf(await results([reopen, resolve]))).toEqual(['unchanged', 'duplicate']);
  });
});

describe('a ticket whose events can’t be read', () => {
  const broken = async (): Promise<string> => {
    const ticketId = await openedTicket(client);
    const events = [{ id: randomUUID(), type: 'TicketVanished', data: {}, metadata: {} }];
    await server.app.get(EventStore).append({ stream: `ticket-${ticketId}`, expectedRevision: 1, events });
    return ticketId;
  };

  it('blocks no other ticket, and its own commands get the status retry', async () => {
    const [brokenTicket, healthyTicket] = await Promise.all([broken(), openedTicket(client)]);
    const answered = await results([about(brokenTicket, 'start'), about(healthyTicket, 'start')]);
    expect(statusesOf(answered)).toEqual(['retry', 'applied']);
    expect(codesOf(answered)).toEqual(['internal-error', undefined]);
    expect(answered[0]).toMatchObject({
      ticketId: brokenTicket,
      problem: { title: expect.stringMatching(/./) },
    });
  });

  it('gives the status retry to a command that needs it, and to later ones about the same ticket', async () => {
    const [brokenTicket, healthyTicket] = await Promise.all([broken(), openedTicket(client)]);
    const answered = await results([
      about(healthyTicket, 'link', { to: brokenTicket, relation: 'parent' }),
      about(healthyTicket, 'cancel', { reason: 'x' }),
      about(brokenTicket, 'note', { body: 'x' }),
    ]);
    expect(statusesOf(answered)).toEqual(['retry', 'retry', 'retry']);
    expect(await historyOf(client, healthyTicket)).toHaveLength(1);
  });

  it('has the status retry in bulk as well', async () => {
    const [brokenTicket, healthyTicket] = await Promise.all([broken(), openedTicket(client)]);
    const { status, body } = await client.post<SyncBody>('/v1/tickets/bulk', {
      ...{ type: 'recategorize', category: 'imagerie', ticketIds: [brokenTicket, healthyTicket] },
    });
    expect([status, statusesOf(body.results)]).toEqual([200, ['retry', 'applied']]);
  });

  it('does not keep other children from being resolved by a cascade, which gets the status retry', async () => {
    const [parent, brokenTicket, healthyTicket] = await Promise.all([
      openedTicket(client),
      openedTicket(client),
      openedTicket(client),
    ]);
    for (const child of [brokenTicket, healthyTicket]) {
      await command(client, child, 'link', { to: parent, relation: 'parent' });
    }
    const events = [{ id: randomUUID(), type: 'TicketVanished', data: {}, metadata: {} }];
    await server.app
      .get(EventStore)
      .append({ stream: `ticket-${brokenTicket}`, expectedRevision: 2, events });
    const resolution = { code: 'fixed', note: 'x' };
    const answered = await results([about(parent, 'resolve', { cascade: true, resolution })]);
    expect(statusesOf(answered)).toEqual(['retry']);
    expect(await ticketOf(client, healthyTicket)).toMatchObject({ status: 'resolved' });
  });
});

describe('one malformed command of a batch', () => {
  const ticketId = randomUUID();
  const start = (changes: Command) => about(ticketId, 'start', changes);
  it.each<[string, unknown, string, string[]]>([
    ['null', null, 'unknown-command', ['/type']],
    ['a list', [], 'unknown-command', ['/type']],
    ['a text', 'start', 'unknown-command', ['/type']],
    ['a number', 7, 'unknown-command', ['/type']],
    ['an empty object', {}, 'unknown-command', ['/type']],
    ['an unknown type', start({ type: 'explode' }), 'unknown-command', ['/type']],
    ['the type __proto__', start({ type: '__proto__' }), 'unknown-command', ['/type']],
    ['the type constructor', start({ type: 'constructor' }), 'unknown-command', ['/type']],
    ['the type toString', start({ type: 'toString' }), 'unknown-command', ['/type']],
    ['a type that is a list', start({ type: ['start'] }), 'unknown-command', ['/type']],
    ['no commandId', start({ commandId: undefined }), 'malformed', ['/commandId']],
    ['a commandId that is not a UUID', start({ commandId: 'mine' }), 'malformed', ['/commandId']],
    ['a commandId that is a number', start({ commandId: 7 }), 'malformed', ['/commandId']],
    ['no ticketId', start({ ticketId: undefined }), 'malformed', ['/ticketId']],
    ['a ticketId that is null', start({ ticketId: null }), 'malformed', ['/ticketId']],
    ['neither id', { type: 'start' }, 'malformed', ['/commandId', '/ticketId']],
    ['an opening without a commandId', open({ commandId: undefined }), 'malformed', ['/commandId']],
    ['a title too long', open({ title: 'x'.repeat(201) }), 'malformed', ['/title']],
    ['a text too long', start({ type: 'note', body: 'x'.repeat(10_001) }), 'malformed', ['/body']],
    ['an unknown field', start({ 'a/b': 1 }), 'malformed', ['/a~1b']],
    ['NUL in a text', start({ type: 'note', body: 'a\u0000' }), 'malformed', ['/body']],
    ['a lone surrogate in a text', start({ type: 'note', body: '\udc00' }), 'malformed', ['/body']],
    ['a bad time', start({ occurredAt: '1969-12-31T00:00:00Z' }), 'malformed', ['/occurredAt']],
    [
      'a time in the future',
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
      'a wrong member of an object',
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

  it('gets 100 errors at most', async () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => [`champ${index}`, index] as const);
    const [refused, applied] = await results([start(Object.fromEntries(keys)), open()]);
    expect([refused?.status, applied?.status]).toEqual(['refused', 'applied']);
    expect(pointersOf(refused!.problem!)).toHaveLength(100);
    expect(pointersOf(refused!.problem!)[0]).toBe('/commands/0/champ0');
  });

  it('is answered with its ids as they were sent', async () => {
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

  it('has its problem in the requested language', async () => {
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
    ['commands that are not a list', { deviceId: 'd', commands: { 0: {} } }, '/commands'],
    ['1001 commands', { deviceId: 'd', commands: Array(1001).fill(null) }, '/commands'],
    ['a bad sentAt', { deviceId: 'd', sentAt: 'now', commands: [] }, '/sentAt'],
    ['a sentAt before 1970', { deviceId: 'd', sentAt: '1960-01-01T00:00:00Z', commands: [] }, '/sentAt'],
    ['an unknown field', { deviceId: 'd', commands: [], colour: 'red' }, '/colour'],
    ['a list', [], ''],
  ])('is refused as a whole, without applying any command: %s', async (_what, body, pointer) => {
    const problem = expectProblem(await client.post('/v1/sync', body), 400, 'malformed');
    expect([...new Set(pointersOf(problem))]).toEqual([pointer]);
  });
});

describe('a device whose clock is off', () => {
  const shown = (skewSeconds: number, secondsAgo: number) => ago(secondsAgo - skewSeconds);

  it.each([600, 130, -121, -86_400])(
    'by %d s has its times corrected, and the original ones kept',
    async (skew) => {
      const openCommand = open({ occurredAt: shown(skew, 60) });
      const { body } = await send([openCommand], { sentAt: shown(skew, 0) });
      expect(statusesOf(body.results)).toEqual(['applied']);
      expect(Math.abs(body.clockSkewMs! - skew * 1000)).toBeLessThan(5_000);
      const [event] = await historyOf(client, openCommand.ticketId as string);
      expect(event).toMatchObject({ claimedAt: openCommand.occurredAt, clockSkewMs: body.clockSkewMs });
      expect(Date.parse(event!.occurredAt)).toBe(
        Date.parse(openCommand.occurredAt as string) - body.clockSkewMs!,
      );
      expect((await ticketOf(client, openCommand.ticketId as string)).openedAt).toBe(event!.occurredAt);
    },
  );

  it.each([110, 1, 0, -110])('by %d s has its times kept as they are', async (skew) => {
    const openCommand = open({ occurredAt: shown(skew, 60) });
    const { body } = await send([openCommand], { sentAt: shown(skew, 0) });
    expect(Math.abs(body.clockSkewMs! - skew * 1000)).toBeLessThan(5_000);
    const [event] = await historyOf(client, openCommand.ticketId as string);
    const { occurredAt } = openCommand;
    expect(event).toMatchObject({ occurredAt, claimedAt: occurredAt, clockSkewMs: null });
  });

  it('has commands refused where their corrected time is in the future', async () => {
    const late = open({ occurredAt: shown(600, -305) });
    const refused = await results([late], { sentAt: shown(600, 0) });
    expect(codesOf(refused)).toEqual(['occurred-in-the-future']);
  });

  it('has the server’s time for a command without a time', async () => {
    const openCommand = open({ occurredAt: undefined });
    await results([openCommand], { sentAt: shown(7200, 0) });
    const [event] = await historyOf(client, openCommand.ticketId as string);
    expect(event?.clockSkewMs).toBeNull();
    expect(Math.abs(Date.parse(event!.occurredAt) - Date.now())).toBeLessThan(5_000);
  });

  it('has a repeated command recognized at any skew', async () => {
    const openCommand = open({ occurredAt: shown(600, 60) });
    await results([openCommand], { sentAt: shown(600, 0) });
    for (const changes of [{ sentAt: shown(900, 0) }, {}, { deviceId: 'another' }]) {
      expect(statusesOf(await results([openCommand], changes))).toEqual(['duplicate']);
    }
  });

  it('has commands refused one by one where their corrected time is impossible', async () => {
    const commands = [open({ occurredAt: '1970-01-01T00:00:01Z' }), open({ occurredAt: undefined })];
    const answered = await results(commands, { sentAt: '9999-12-31T23:59:59Z' });
    expect(statusesOf(answered)).toEqual(['refused', 'applied']);
    expect(pointersOf(answered[0]!.problem!)).toEqual(['/commands/0/occurredAt']);
  });

  it('since 1970 after its battery died has its times corrected too', async () => {
    const openCommand = open({ occurredAt: '1970-01-01T00:05:00Z' });
    await results([openCommand], { sentAt: '1970-01-01T00:06:00Z' });
    const { openedAt } = await ticketOf(client, openCommand.ticketId as string);
    expect(Math.abs(Date.parse(openedAt) - Date.parse(ago(60)))).toBeLessThan(5_000);
  });
});

describe('sent at the same time', () => {
  it('the same command from several devices is applied once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const openCommand = open();
      const sent = ['here', 'there', 'elsewhere'].map((deviceId) => results([openCommand], { deviceId }));
      expect(statusesOf((await Promise.all(sent)).flat()).sort()).toEqual([
        'applied',
        'duplicate',
        'duplicate',
      ]);
      expect(await historyOf(client, openCommand.ticketId as string)).toHaveLength(1);
    }
  });

  it('three copies of a batch have each command applied once', async () => {
    const opened = Array.from({ length: 60 }, () => open());
    const commands = opened.flatMap((openCommand) => [
      openCommand,
      about(openCommand.ticketId, 'start', { occurredAt: ago(1800) }),
      about(openCommand.ticketId, 'note', { body: 'Vu', occurredAt: ago(1700) }),
      about(openCommand.ticketId, 'resolve', {
        resolution: { code: 'fixed', note: 'x' },
        occurredAt: ago(1600),
      }),
    ]);
    const batches = await Promise.all([results(commands), results(commands), results(commands)]);
    commands.forEach((_, index) => {
      const statuses = batches.map((batch) => batch[index]!.status);
      expect(statuses.sort()).toEqual(['applied', 'duplicate', 'duplicate']);
    });
    for (const openCommand of opened.slice(0, 10)) {
      const history = await historyOf(client, openCommand.ticketId as string);
      const types = ['TicketOpened', 'WorkStarted', 'NoteAdded', 'TicketResolved'];
      expect(history.map(({ type }) => type)).toEqual(types);
    }
  });

  it('exactly one of two crossing merges is applied', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 30 }, async () => Promise.all([openedTicket(client), openedTicket(client)])),
    );
    const rounds = await Promise.all(
      pairs.map(([a, b], index) =>
        Promise.all(
          index % 2 === 0
            ? [command(client, a, 'merge', { into: b }), command(client, b, 'merge', { into: a })]
            : [send([about(a, 'merge', { into: b })]), send([about(b, 'merge', { into: a })])],
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

  it('merges in a circle leave at least one ticket open', async () => {
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

  it('can’t close, merge or transfer in a batch either', async () => {
    const [openCommand, otherOpen] = [open(), open()];
    const answered = await results(
      [
        openCommand,
        otherOpen,
        about(openCommand.ticketId, 'merge', { into: otherOpen.ticketId }),
        about(openCommand.ticketId, 'transfer', { establishment: 'MCQ' }),
        about(openCommand.ticketId, 'resolve', { resolution: { code: 'training', note: 'x' } }),
        about(openCommand.ticketId, 'close'),
        about(openCommand.ticketId, 'reopen', { reason: 'x' }),
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

  it('has commands about another establishment refused one by one', async () => {
    const foreign = await openedTicket(client, { establishment: 'MCQ' });
    const answered = await results(
      [open({ establishment: 'MCQ' }), about(foreign, 'start'), open()],
      {},
      team,
    );
    expect(codesOf(answered)).toEqual(['establishment-not-yours', 'ticket-not-found', undefined]);
  });
});
