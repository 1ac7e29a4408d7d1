import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import pg from 'pg';
import {
  developmentAudience,
  developmentIssuer,
  readDevelopmentKey,
} from '../../../src/access/development-issuer.js';
import { Client, clientOf } from '../../support/api/client.js';
import {
  done,
  expectProblem,
  historyOf,
  openedTicket,
  opening,
  pointersOf,
  ticketOf,
} from '../../support/api/contract.js';
import { budgeted } from '../../support/budget.js';
import { Listener } from '../../support/api/live.js';
import {
  startHostedServer,
  startHostedServerOn,
  type HostedServer,
} from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let agent: Client;
let team: Client;
beforeAll(async () => {
  server = await startHostedServer();
  agent = await clientOf(server);
  team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
});
afterAll(() => server.close());

const listening: Listener[] = [];
const listen = async (by: Client, headers: Record<string, string> = {}, query = ''): Promise<Listener> => {
  const listener = await Listener.open(by, headers, query);
  listening.push(listener);
  return listener;
};
afterEach(() => {
  for (const listener of listening.splice(0)) listener.leave();
});

const end = async (): Promise<string> =>
  (await agent.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] })).body.position;
const resuming = (id: string) => ({ 'Last-Event-ID': id });
const idsOf = (listener: Listener): string[] => listener.news.map(({ id }) => id);
/** Every position after `after`, up to and including `upTo`. */
const between = (after: string, upTo: string): string[] =>
  Array.from({ length: Number(upTo) - Number(after) }, (_, index) => String(Number(after) + index + 1));

describe('live changes', () => {
  it('begin by giving the position they start after', async () => {
    const position = await end();
    const live = await listen(agent);
    expect(live.lastId).toBe(position);
    expect(live.response.headers['content-type']).toBe('text/event-stream; charset=utf-8');
    expect(live.response.headers['cache-control']).toBe('no-store');
  });

  it('start after the end of the log at the request, wherever other listeners stand', async () => {
    const others = await listen(agent);
    for (let round = 0; round < 20; round += 1) {
      const ticketId = await openedTicket(agent);
      const live = await listen(agent);
      const { headers } = await done(agent, ticketId, 'start');
      const [first] = await live.next(1);
      expect([round, first!.id]).toEqual([round, headers.get('Position')]);
      live.leave();
    }
    expect((await others.next(40)).map(({ data }) => data.type)).toContain('TicketOpened');
  });

  it('give each event, with the ticket as it is after it', async () => {
    const live = await listen(agent);
    const ticketId = await openedTicket(agent, {
      location: '4e',
      description: 'À l’étage\nici',
    });
    const [opened] = await live.next(1);
    expect(opened).toMatchObject({ event: 'ticket', data: { type: 'TicketOpened', ticketId, revision: 1 } });
    expect(opened!.data.ticket).toEqual(await ticketOf(agent, ticketId));
    for (const name of [
      'assign',
      'start',
      'hold',
      'note',
      'requester',
      'watch',
      'unwatch',
      'recategorize',
      'reprioritize',
      'resolve',
      'close',
      'reopen',
      'resolve',
      'reopen',
      'transfer',
      'cancel',
    ] as const) {
      const { headers, body } = await done(agent, ticketId, name);
      const [change] = await live.next(1);
      expect([name, change!.id, change!.data.position]).toEqual([name, headers.get('Position'), change!.id]);
      expect([name, change!.data.ticket]).toEqual([name, body]);
    }
    const history = await historyOf(agent, ticketId);
    const { actor, commandId } = history[0]!;
    expect(opened!.data).toMatchObject({ actor, commandId });
  });

  it('give a mobile team the tickets of its establishments, and a tombstone for those that leave', async () => {
    const live = await listen(team);
    const theirs = await openedTicket(agent, { establishment: 'MCQ' });
    const mine = await openedTicket(agent);
    expect((await live.next(1))[0]).toMatchObject({ event: 'ticket', data: { ticketId: mine } });
    await done(agent, theirs, 'start');
    await done(agent, theirs, 'transfer', { establishment: 'NIM' });
    const [came] = await live.next(1);
    expect(came).toMatchObject({ event: 'ticket', data: { ticketId: theirs, type: 'TicketTransferred' } });
    expect(came!.data.ticket).toEqual(await ticketOf(agent, theirs));
    await done(agent, theirs, 'transfer');
    const [went] = await live.next(1);
    expect(went).toMatchObject({
      event: 'tombstone',
      data: { ticketId: theirs, reason: 'transferred', mergedInto: null },
    });
    expect(JSON.stringify(went)).not.toContain('Ordonnance');
    await done(agent, theirs, 'note');
    await done(agent, mine, 'start');
    expect((await live.next(1))[0]!.data).toMatchObject({ ticketId: mine, type: 'WorkStarted' });
    expect(live.news).toEqual([]);
  });

  it('can be limited to one establishment, which has to be the caller’s', async () => {
    const live = await listen(agent, {}, '?establishment=mcq');
    await openedTicket(agent);
    const there = await openedTicket(agent, { establishment: 'MCQ' });
    expect((await live.next(1))[0]!.data.ticketId).toBe(there);
    expectProblem(await team.get('/v1/events?establishment=MCQ'), 403, 'establishment-not-yours');
    expectProblem(await team.get('/v1/events?establishment=nowhere'), 422, 'unknown-establishment');
    expect(pointersOf(expectProblem(await team.get('/v1/events?since=1'), 400, 'malformed'))).toEqual([
      '?since',
    ]);
  });

  it('give a merged ticket’s tombstone with the ticket it was merged into', async () => {
    const [merged, into] = [await openedTicket(agent), await openedTicket(agent)];
    const live = await listen(team);
    await done(agent, merged, 'merge', { into });
    expect((await live.next(1))[0]).toMatchObject({
      event: 'tombstone',
      data: { ticketId: merged, type: 'TicketMerged', reason: 'merged', mergedInto: into },
    });
  });

  it('give internal notes to agents, and not to mobile teams', async () => {
    const ticketId = await openedTicket(agent);
    const [mine, theirs] = [await listen(agent), await listen(team)];
    await done(agent, ticketId, 'note', { body: 'Secret', internal: true });
    const { headers } = await done(agent, ticketId, 'note', { body: 'Vu' });
    expect((await mine.next(2)).map(({ data }) => data.revision)).toEqual([2, 3]);
    expect(await theirs.next(1)).toMatchObject([{ id: headers.get('Position'), data: { revision: 3 } }]);
    const again = await listen(team, resuming('0'));
    await again.upTo(headers.get('Position')!);
    const revisions = again.news
      .filter(({ data }) => data.ticketId === ticketId)
      .map(({ data }) => data.revision);
    expect(revisions).toEqual([1, 3]);
  });

  it('keep the connection alive with comments, and advance the position where there is no event to send', async () => {
    const live = await listen(team);
    await openedTicket(agent, { establishment: 'MCQ' });
    const position = await end();
    await live.upTo(position);
    expect([live.comments > 0, live.news]).toEqual([true, []]);
  });
});

describe('resuming live changes', () => {
  it('gives everything after the last event received, once, whoever else listens', async () => {
    const steady = await listen(agent);
    const from = await end();
    const received: string[] = [];
    let id = from;
    const ticketId = await openedTicket(agent);
    for (let round = 0; round < 6; round += 1) {
      const writes = Array.from({ length: 10 }, () => done(agent, ticketId, 'note'));
      const live = await listen(agent, resuming(id));
      await live.next(round).then((news) => received.push(...news.map((change) => change.id)));
      live.leave();
      id = received.at(-1) ?? from;
      await Promise.all(writes);
    }
    const last = await listen(agent, resuming(id));
    await last.upTo(await end());
    expect([...received, ...idsOf(last)]).toEqual(between(from, await end()));
    expect(idsOf(steady)).toEqual(between(from, await end()));
  });

  it('reads as far back in the log as needed, and continues with what happens meanwhile', async () => {
    const batch = (count: number) => ({
      deviceId: 'd',
      commands: Array.from({ length: count }, () => ({ type: 'open', ...opening() })),
    });
    await agent.post('/v1/sync', batch(1000));
    const [whole] = await Promise.all([listen(agent, resuming('0')), agent.post('/v1/sync', batch(1000))]);
    const position = await end();
    await whole.upTo(position);
    expect(idsOf(whole)).toEqual(between('0', position));
    // From before the events kept in memory, from within them, and from the end.
    for (const after of [String(Number(position) - 1_990), String(Number(position) - 5), position]) {
      const live = await listen(agent, resuming(after));
      await live.upTo(position);
      expect(idsOf(live)).toEqual(between(after, position));
    }
  });

  it('gives each ticket as it was after each event', async () => {
    const from = await end();
    const ticketId = await openedTicket(agent);
    const bodies = [await ticketOf(agent, ticketId)];
    for (const name of ['start', 'resolve', 'reopen'] as const)
      bodies.push((await done(agent, ticketId, name)).body);
    for (const [index, after] of [from, String(Number(from) + 2)].entries()) {
      const live = await listen(agent, resuming(after));
      await live.upTo(await end());
      expect(live.news.map(({ data }) => data.ticket)).toEqual(bodies.slice(index * 2));
    }
  });

  it('continues at another server of the same log, from any position', async () => {
    await Promise.all(Array.from({ length: 20 }, () => openedTicket(agent)));
    const from = Number(await end()) - 20;
    const otherServer = await startHostedServerOn(server.database);
    const there = new Client(otherServer.url, agent.token);
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, index) => listen(there, resuming(String(from - 20 + index)))),
    );
    await openedTicket(agent);
    const position = await end();
    for (const [index, live] of all.entries()) {
      await live.upTo(position);
      expect(idsOf(live)).toEqual(between(String(from - 20 + index), position));
    }
    await otherServer.close();
  });

  it('is refused where Last-Event-ID is not a position', async () => {
    const problem = expectProblem(await team.get('/v1/events', resuming(randomUUID())), 400, 'malformed');
    expect(pointersOf(problem)).toEqual(['Last-Event-ID']);
  });

  it('beyond the end of the log sends a resync at once, and continues from there', async () => {
    const position = await end();
    const live = await listen(team, resuming(String(Number(position) + 1_000)));
    expect(await live.next(1)).toEqual([
      { event: 'resync', id: position, data: { position, reason: 'log-went-back' } },
    ]);
    const ticketId = await openedTicket(agent);
    expect((await live.next(1))[0]!.data).toMatchObject({ ticketId });
  });
});

/** The samples of the metrics that would time accepted live connections as requests. */
const timedStreams = async (): Promise<string[]> => {
  const { body } = await agent.get<string>('/metrics');
  return body
    .split('\n')
    .filter((line) => /^http_request_duration_seconds_sum.*route="\/v1\/events",status="200"/.test(line));
};

describe('a live connection', () => {
  it('ends when its token expires, and is not timed as a long request', async () => {
    const { privateKey } = await readDevelopmentKey();
    // Expired 28 s ago, within the 30 s that clocks may be off by: accepted for two more seconds.
    const token = await new SignJWT({ roles: ['agent'], establishments: ['*'] })
      .setProtectedHeader({ alg: 'ES256' })
      .setSubject('someone')
      .setIssuer(developmentIssuer)
      .setAudience(developmentAudience)
      .setExpirationTime(Math.floor(Date.now() / 1000) - 28)
      .sign(privateKey);
    const expiring = await listen(new Client(server.url, token));
    const lasting = await listen(agent);
    await expiring.until(() => expiring.ended);
    expect(await timedStreams()).toEqual([]);
    expectProblem(await new Client(server.url, token).get('/v1/events'), 401, 'unauthenticated');
    await openedTicket(agent);
    await lasting.next(1);
  });

  it('waits while the access log can’t be written, and then gets everything', async () => {
    const other = await startHostedServerOn(server.database);
    const elsewhere = await clientOf(other);
    const live = await listen(agent);
    const blocker = new pg.Client({ connectionString: server.database.url });
    await blocker.connect();
    try {
      await blocker.query('BEGIN');
      await blocker.query('LOCK TABLE audit.access_head');
      // Until what was shown waits for too long, and nothing more is shown.
      await agent.get('/v1/tickets');
      while ((await agent.get('/v1/tickets')).status === 200) await sleep(50);
      const ticketId = await openedTicket(elsewhere);
      await sleep(500);
      expect([live.ended, live.news]).toEqual([false, []]);
      await blocker.query('COMMIT');
      expect((await live.next(1))[0]!.data).toMatchObject({ ticketId });
      expect(live.ended).toBe(false);
    } finally {
      await blocker.end();
      await other.close();
    }
  });

  it('that is not read is closed, loses nothing once it resumes, and delays nobody', async () => {
    const from = await end();
    const [slow, quick] = [await listen(agent), await listen(agent)];
    const description = 'é'.repeat(5_000);
    const commands = () => Array.from({ length: 700 }, () => ({ type: 'open', ...opening({ description }) }));
    slow.response.pause();
    let position = from;
    // The socket buffers of both ends hold some megabytes, so more than that is sent.
    for (let sent = 0; sent < 4; sent += 1) {
      const answer = await agent.post<{ position: string }>('/v1/sync', {
        deviceId: 'd',
        commands: commands(),
      });
      ({ position } = answer.body);
      await quick.upTo(position);
    }
    expect(idsOf(quick)).toEqual(between(from, position));
    slow.response.resume();
    await slow.until(() => slow.ended);
    const again = await listen(agent, resuming(slow.lastId));
    await again.upTo(position);
    expect([...idsOf(slow), ...idsOf(again)]).toEqual(between(from, position));
    expect(slow.news.length).toBeLessThan(quick.news.length);
  });

  it('gets everything even when it is one of hundreds', async () => {
    const from = await end();
    const all: Listener[] = [];
    while (all.length < budgeted(600)) {
      all.push(
        ...(await Promise.all(Array.from({ length: 100 }, (_, index) => listen(index % 2 ? agent : team)))),
      );
    }
    await Promise.all(Array.from({ length: 5 }, () => openedTicket(agent)));
    const position = await end();
    await Promise.all(all.map((live) => live.upTo(position)));
    const expected = between(from, position);
    expect(expected).toHaveLength(5);
    expect(all.filter((live) => JSON.stringify(idsOf(live)) !== JSON.stringify(expected))).toEqual([]);
  });

  it('ends when the server stops, whether it is read or not', async () => {
    const stopping = await startHostedServer();
    const client = await clientOf(stopping);
    const [read, unread, behind] = [
      await listen(client),
      await listen(client),
      await listen(client, resuming('0')),
    ];
    unread.response.pause();
    await client.post('/v1/sync', {
      deviceId: 'd',
      commands: Array.from({ length: 700 }, () => ({
        type: 'open',
        ...opening({ description: 'x'.repeat(9_000) }),
      })),
    });
    await stopping.close();
    unread.response.resume();
    for (const live of [read, unread, behind]) await live.until(() => live.ended);
  });
});
