import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import {
  ago,
  command,
  commandNames,
  done,
  expectProblem,
  historyOf,
  naming,
  openedTicket,
  opening,
  pointersOf,
  ticketOf,
  type CommandName,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let client: Client;
let otherTicketId: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  otherTicketId = await openedTicket(client);
});
afterAll(() => server.close());

/** A new ticket after these commands. */
const ticketAfter = async (...names: CommandName[]): Promise<string> => {
  const ticketId = await openedTicket(client);
  for (const name of names) await done(client, ticketId, name, naming(name, otherTicketId));
  return ticketId;
};

const ended: CommandName[][] = [['resolve'], ['resolve', 'close'], ['cancel'], ['merge']];
const active: CommandName[] = ['start', 'hold', 'resolve', 'cancel', 'merge', 'transfer'];

describe('a rule of the ticket’s life refuses', () => {
  it.each<[CommandName, CommandName[], string]>([
    ['start', ['resolve'], 'ticket-resolved'],
    ['start', ['resolve', 'close'], 'ticket-closed'],
    ['start', ['cancel'], 'ticket-cancelled'],
    ['start', ['merge'], 'ticket-merged'],
    ['hold', ['resolve', 'close'], 'ticket-closed'],
    ['resolve', ['cancel'], 'ticket-cancelled'],
    ['resolve', ['merge'], 'ticket-merged'],
    ['close', [], 'transition-not-allowed'],
    ['close', ['start'], 'transition-not-allowed'],
    ['close', ['hold'], 'transition-not-allowed'],
    ['close', ['cancel'], 'ticket-cancelled'],
    ['close', ['merge'], 'ticket-merged'],
    ['reopen', ['merge'], 'ticket-merged'],
    ['cancel', ['resolve'], 'ticket-resolved'],
    ['cancel', ['resolve', 'close'], 'ticket-closed'],
    ['transfer', ['resolve'], 'ticket-resolved'],
    ['transfer', ['merge'], 'ticket-merged'],
    ['assign', ['merge'], 'ticket-merged'],
    ['note', ['merge'], 'ticket-merged'],
    ['requester', ['merge'], 'ticket-merged'],
    ['watch', ['merge'], 'ticket-merged'],
    ['unwatch', ['merge'], 'ticket-merged'],
    ['recategorize', ['merge'], 'ticket-merged'],
    ['reprioritize', ['merge'], 'ticket-merged'],
  ])('%s after %j, with the ticket in the problem', async (name, before, code) => {
    const ticketId = await ticketAfter(...before);
    const problem = expectProblem(await command(client, ticketId, name), 409, code);
    expect(problem.ticket).toEqual(await ticketOf(client, ticketId));
  });

  it.each(ended)(
    'the merge of a ticket that is not active, and a link from a merged one: %s',
    async (...names) => {
      const ticketId = await ticketAfter(...names);
      const status = (await ticketOf(client, ticketId)).status;
      const into = await openedTicket(client);
      expectProblem(await command(client, ticketId, 'merge', { into }), 409, `ticket-${status}`);
      const link = await command(client, ticketId, 'link', { to: into });
      if (status === 'merged') expectProblem(link, 409, 'ticket-merged');
      else expect(link.status).toBe(200);
    },
  );

  it.each<[string, () => Promise<[CommandName, object, string, string]>]>([
    ['a merge into itself', async () => ['merge', { into: await fresh() }, 'merge-into-itself', '/into']],
    [
      'a merge into an unknown ticket',
      async () => [await keep('merge'), { into: randomUUID() }, 'merge-target-not-found', '/into'],
    ],
    [
      'a merge into a merged ticket',
      async () => [await keep('merge'), { into: await ticketAfter('merge') }, 'merge-target-merged', '/into'],
    ],
    [
      'a merge into a cancelled ticket',
      async () => [
        await keep('merge'),
        { into: await ticketAfter('cancel') },
        'merge-target-not-active',
        '/into',
      ],
    ],
    [
      'a merge into a closed ticket, even with reopenTarget',
      async () => [
        await keep('merge'),
        { into: await ticketAfter('resolve', 'close'), reopenTarget: true },
        'merge-target-not-active',
        '/into',
      ],
    ],
    ['a link to itself', async () => ['link', { to: await fresh() }, 'link-to-itself', '/to']],
    [
      'a link to an unknown ticket',
      async () => [await keep('link'), { to: randomUUID() }, 'link-target-not-found', '/to'],
    ],
  ])('%s, with a pointer to the field', async (_what, prepare) => {
    const [name, changes, code, pointer] = await prepare();
    const problem = expectProblem(await command(client, last, name, { ...changes }), 409, code);
    expect(pointersOf(problem)).toEqual([pointer]);
    expect(problem.ticket).toEqual(await ticketOf(client, last));
  });

  let last: string;
  const fresh = async (): Promise<string> => (last = await openedTicket(client));
  const keep = async (name: CommandName): Promise<CommandName> => {
    await fresh();
    return name;
  };

  it('a merge into itself, also with the id in capitals', async () => {
    const ticketId = await openedTicket(client);
    const answer = await command(client, ticketId, 'merge', { into: ticketId.toUpperCase() });
    expectProblem(answer, 409, 'merge-into-itself');
  });
});

describe('a command that happened before the last reopening', () => {
  const reopened = async (): Promise<string> => {
    const ticketId = await openedTicket(client, { occurredAt: ago(3600) });
    await done(client, ticketId, 'resolve', { occurredAt: ago(3000) });
    await done(client, ticketId, 'reopen', { occurredAt: ago(2400) });
    return ticketId;
  };

  it.each(active)('is refused as superseded: %s', async (name) => {
    const ticketId = await reopened();
    const late = { occurredAt: ago(2700), ...naming(name, otherTicketId) };
    const before = await ticketOf(client, ticketId);
    const problem = expectProblem(await command(client, ticketId, name, late), 409, 'superseded');
    expect(problem.ticket).toEqual(before);
    expect(before).toMatchObject({ status: 'open', revision: 3 });
    expect(await ticketOf(client, ticketId)).toEqual(before);
  });

  it('is applied where it is a note or an assignment, which are no transitions', async () => {
    const ticketId = await reopened();
    await done(client, ticketId, 'note', { occurredAt: ago(2700) });
    await done(client, ticketId, 'assign', { occurredAt: ago(2700) });
  });

  it.each<CommandName>(['resolve', 'cancel'])(
    'is refused as superseded where it is a reopening before the %s it would undo',
    async (name) => {
      const ticketId = await openedTicket(client, { occurredAt: ago(3600) });
      await done(client, ticketId, name, { occurredAt: ago(1800) });
      const answer = await command(client, ticketId, 'reopen', { occurredAt: ago(2400) });
      const problem = expectProblem(answer, 409, 'superseded');
      expect(problem.ticket).toMatchObject({
        ticketId,
        status: name === 'resolve' ? 'resolved' : 'cancelled',
      });
    },
  );

  it('is not remembered: the same commandId with a later time is accepted', async () => {
    const ticketId = await reopened();
    const commandId = randomUUID();
    expectProblem(
      await command(client, ticketId, 'start', { commandId, occurredAt: ago(2700) }),
      409,
      'superseded',
    );
    await done(client, ticketId, 'start', { commandId, occurredAt: ago(600) });
  });
});

describe('a time ahead of the server’s', () => {
  it('is accepted up to 5 minutes, and refused beyond', async () => {
    const allowed = await client.post('/v1/tickets', opening({ occurredAt: ago(-240) }));
    expect(allowed.status).toBe(201);
    const refused = await client.post('/v1/tickets', opening({ occurredAt: ago(-305) }));
    expect(pointersOf(expectProblem(refused, 422, 'occurred-in-the-future'))).toEqual(['/occurredAt']);
  });

  it('is refused for every command', async () => {
    const ticketId = await openedTicket(client);
    for (const name of commandNames) {
      const fields = naming(name, otherTicketId);
      const answer = await command(client, ticketId, name, { occurredAt: ago(-305), ...fields });
      expectProblem(answer, 422, 'occurred-in-the-future');
    }
    expect(await historyOf(client, ticketId)).toHaveLength(1);
  });

  it('is refused however far ahead it is', async () => {
    const answer = await client.post('/v1/tickets', opening({ occurredAt: '9999-12-31T23:59:59.999Z' }));
    expectProblem(answer, 422, 'occurred-in-the-future');
  });
});

describe('an id that is taken', () => {
  it('is refused for another ticket, with the ticket that has it', async () => {
    const ticketId = await openedTicket(client);
    for (const id of [ticketId, ticketId.toUpperCase()]) {
      const problem = expectProblem(
        await client.post('/v1/tickets', opening({ ticketId: id })),
        409,
        'id-taken',
      );
      expect(pointersOf(problem)).toEqual(['/ticketId']);
      expect(problem.ticket).toEqual(await ticketOf(client, ticketId));
    }
  });

  it('of a command is refused for another body, and for another ticket', async () => {
    const commandId = randomUUID();
    const ticketId = await openedTicket(client, { commandId });
    const reused = async (answer: Promise<Parameters<typeof expectProblem>[0]>) => {
      const problem = expectProblem(await answer, 422, 'command-id-reused');
      expect(pointersOf(problem)).toEqual(['/commandId']);
    };
    await reused(client.post('/v1/tickets', opening({ commandId, title: 'Autre chose' })));
    await reused(client.post('/v1/tickets', opening({ commandId, ticketId: randomUUID() })));
    await reused(command(client, ticketId, 'start', { commandId }));
    await reused(command(client, otherTicketId, 'note', { commandId }));
    expect(await historyOf(client, ticketId)).toHaveLength(1);
  });

  it('of several commands at the same time is accepted for one of them', async () => {
    const commandId = randomUUID();
    const tickets = await Promise.all([openedTicket(client), openedTicket(client), openedTicket(client)]);
    const answers = await Promise.all(tickets.map((id) => command(client, id, 'note', { commandId })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422]);
  });
});

describe('If-Match', () => {
  it('lets a command pass at the named revision, and refuses it at any other', async () => {
    const ticketId = await openedTicket(client);
    const { headers } = await client.get(`/v1/tickets/${ticketId}`);
    const tag = headers.get('ETag')!;
    expect((await command(client, ticketId, 'start', {}, { 'If-Match': tag })).status).toBe(200);
    const stale = await command(client, ticketId, 'note', {}, { 'If-Match': tag });
    expect(expectProblem(stale, 412, 'version-mismatch').revision).toBe(2);
    const ahead = await command(client, ticketId, 'note', {}, { 'If-Match': '"3"' });
    expectProblem(ahead, 412, 'version-mismatch');
    expect(await historyOf(client, ticketId)).toHaveLength(2);
  });

  it('accepts any revision with *, and each of a list', async () => {
    const ticketId = await openedTicket(client);
    expect((await command(client, ticketId, 'start', {}, { 'If-Match': '*' })).status).toBe(200);
    expect((await command(client, ticketId, 'note', {}, { 'If-Match': '"7", "2" , "9"' })).status).toBe(200);
    const none = await command(client, ticketId, 'note', {}, { 'If-Match': '"7","8"' });
    expectProblem(none, 412, 'version-mismatch');
  });

  it.each(['3', 'abc', '"abc"', '""', '"1" "2"', '"1",', '*, "1"', '"-1"', '"1.0"', "'1'", '"99999999999"'])(
    'is refused as malformed: %s',
    async (tag) => {
      const answer = await command(client, otherTicketId, 'note', {}, { 'If-Match': tag });
      expectProblem(answer, 400, 'malformed');
    },
  );

  it('never matches a ticket that does not exist yet', async () => {
    const headers = { 'If-Match': '*' };
    expectProblem(await client.post('/v1/tickets', opening(), headers), 412, 'version-mismatch');
  });

  it('does not refuse a command that was already applied', async () => {
    const ticketId = await openedTicket(client);
    const commandId = randomUUID();
    const send = () => command(client, ticketId, 'start', { commandId }, { 'If-Match': '"1"' });
    const [first, again] = [await send(), await send()];
    expect([again.status, again.headers.get('ETag')]).toEqual([200, first.headers.get('ETag')]);
  });

  it('lets exactly one of several concurrent commands with the same revision pass', async () => {
    const ticketId = await openedTicket(client);
    const headers = { 'If-Match': '"1"' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => command(client, ticketId, 'note', {}, headers)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(7);
  });
});

describe('a ticket of another establishment', () => {
  const secret = 'Texte du CIUSSS voisin';
  let neighbour: Client;
  let ticketId: string;
  beforeAll(async () => {
    neighbour = new Client(server.url, await tokenOf('agent', ['MCQ']));
    ticketId = await openedTicket(client, { title: secret, description: secret });
  });

  const expectNothingRevealed = (
    answer: Parameters<typeof expectProblem>[0],
    status: number,
    code: string,
  ) => {
    expectProblem(answer, status, code);
    expect(JSON.stringify(answer.body)).not.toContain(secret);
    expect(answer.headers.get('ETag')).toBeNull();
  };

  it.each(['', '/history'])('can’t be read%s', async (path) => {
    expectNothingRevealed(await neighbour.get(`/v1/tickets/${ticketId}${path}`), 404, 'ticket-not-found');
  });

  it.each(commandNames)('can’t be changed by %s', async (name) => {
    const fields = naming(name, ticketId);
    const answer = await command(neighbour, ticketId, name, { ...fields });
    expectNothingRevealed(answer, 404, 'ticket-not-found');
  });

  it('can’t be merged into, nor linked to', async () => {
    const own = await openedTicket(neighbour, { establishment: 'MCQ' });
    const merge = await command(neighbour, own, 'merge', { into: ticketId });
    expectNothingRevealed(merge, 409, 'merge-target-not-found');
    const link = await command(neighbour, own, 'link', { to: ticketId });
    expectNothingRevealed(link, 409, 'link-target-not-found');
  });

  it('can’t be opened', async () => {
    const answer = await neighbour.post('/v1/tickets', opening());
    expectNothingRevealed(answer, 403, 'establishment-not-yours');
  });

  it('reveals only that its id is taken', async () => {
    const answer = await neighbour.post('/v1/tickets', opening({ establishment: 'MCQ', ticketId }));
    expectNothingRevealed(answer, 409, 'id-taken');
    expect((answer.body as { ticket?: unknown }).ticket).toBeUndefined();
  });

  it('reveals nothing to a person who repeats another person’s command', async () => {
    const commandId = randomUUID();
    await done(client, ticketId, 'start', { commandId });
    const repeated = await command(neighbour, ticketId, 'start', { commandId });
    expectNothingRevealed(repeated, 404, 'ticket-not-found');
    const [{ commandId: first } = { commandId: '' }] = await historyOf(client, ticketId);
    const reused = await neighbour.post(
      '/v1/tickets',
      opening({ establishment: 'MCQ', ticketId, commandId: first }),
    );
    expect(JSON.stringify(reused.body)).not.toContain(secret);
  });

  it('reveals nothing through a batch', async () => {
    const { body } = await neighbour.post('/v1/sync', {
      deviceId: 'mobile',
      commands: [
        { type: 'start', commandId: randomUUID(), ticketId },
        { type: 'open', ...opening({ establishment: 'MCQ', ticketId }) },
        { type: 'merge', commandId: randomUUID(), ticketId, into: randomUUID() },
      ],
    });
    expect(JSON.stringify(body)).not.toContain(secret);
    expect((body.results as { status: string }[]).map(({ status }) => status)).toEqual(
      Array(3).fill('refused'),
    );
  });

  it('becomes accessible to that establishment after a transfer, and inaccessible to the former one', async () => {
    const moved = await openedTicket(client);
    const nim = new Client(server.url, await tokenOf('agent', ['NIM']));
    const commandId = randomUUID();
    await done(nim, moved, 'transfer', { commandId });
    expect((await neighbour.get(`/v1/tickets/${moved}`)).status).toBe(200);
    expectProblem(await nim.get(`/v1/tickets/${moved}`), 404, 'ticket-not-found');
    expectProblem(await command(nim, moved, 'start'), 404, 'ticket-not-found');
    // The transfer itself can be sent again by the person who sent it.
    await done(nim, moved, 'transfer', { commandId });
  });
});
