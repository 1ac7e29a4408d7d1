import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client, clientOf } from '../../support/api/client.js';
import {
  done,
  expectProblem,
  openedTicket,
  pointersOf,
  ticketOf,
  type TicketBody,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';
import { budgeted } from '../../support/budget.js';

interface List {
  items: TicketBody[];
  nextCursor: string | null;
  position: string;
  counts?: Record<string, number>;
}

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

/** The position of the end of the log: a list read with this minPosition includes every answered command. */
const now = async (): Promise<string> => {
  const answer = await client.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] });
  return answer.body.position;
};

const list = async (query: string, by: Client = client): Promise<List> => {
  const { status, body } = await by.get<List>(`/v1/tickets?minPosition=${await now()}&${query}`);
  expect([query, status]).toEqual([query, 200]);
  return body;
};
const idsOf = ({ items }: List): string[] => items.map(({ ticketId }) => ticketId);

/** A new team name, so that the lists of a test contain its own tickets alone. */
const newTeam = (): string => `equipe-${randomUUID()}`;
const openedIn = (team: string, changes: Record<string, unknown> = {}): Promise<string> =>
  openedTicket(client, { team, ...changes });

describe('the list of tickets', () => {
  it('gives each ticket as GET /v1/tickets/{ticketId} does', async () => {
    const team = newTeam();
    const linked = await openedTicket(client);
    const ticketId = await openedIn(team, {
      establishment: 'CNORD',
      site: 'BLANC-SABLON',
      description: 'Étage 3',
      location: 'Poste 12',
    });
    await done(client, ticketId, 'link', { to: linked });
    await done(client, ticketId, 'assign', { team, assignee: 'alice' });
    await done(client, ticketId, 'resolve');
    const { items } = await list(`team=${team}`);
    expect(items).toEqual([await ticketOf(client, ticketId)]);
  });

  it.each([
    ['status=resolved', ['resolved']],
    ['status=resolved&status=open', ['open', 'resolved']],
    ['status=active', ['open', 'started', 'waiting']],
    ['status=active&status=merged', ['merged', 'open', 'started', 'waiting']],
    ['establishment=MCQ', ['waiting']],
    ['establishment=mauricie-centre-du-quebec', ['waiting']],
    ['category=pharmacie', ['started']],
    ['priority=P1', ['open']],
    ['assignee=alice', ['started']],
    ['assignee=nobody', []],
    ['unassigned=true', ['merged', 'open', 'resolved', 'waiting']],
    ['unassigned=true&status=active', ['open', 'waiting']],
    ['unassigned=false&status=active', ['open', 'started', 'waiting']],
    ['olderThan=0', ['merged', 'open', 'resolved', 'started', 'waiting']],
    ['olderThan=876600', []],
    ['olderThan=0&openedTo=2026-05-15', ['resolved', 'started']],
    ['openedFrom=2026-05-15T10:00:00Z&openedTo=2026-05-15T12:00:00Z', ['resolved']],
    ['openedFrom=2026-05-16', ['merged', 'open', 'waiting']],
    ['openedTo=2026-05-15', ['resolved', 'started']],
    ['status=active&priority=P2&establishment=NIM', ['started']],
  ])('with %s shows exactly the tickets that match', async (query, expected) => {
    const { team, names } = await several();
    const shown = idsOf(await list(`team=${team}&${query}`)).map((id) => names.get(id));
    expect(shown.sort()).toEqual(expected);
  });

  it('counts by status all tickets that match the filters, on every page', async () => {
    const { team } = await several();
    const all = await list(`team=${team}&counts=true&limit=1`);
    expect(all.items).toHaveLength(1);
    expect(all.counts).toEqual({
      ...{ open: 1, 'in-progress': 1, waiting: 1, resolved: 1, closed: 0, cancelled: 0, merged: 1 },
    });
    const next = await list(`team=${team}&counts=true&limit=1&cursor=${all.nextCursor}`);
    expect(next.counts).toEqual(all.counts);
    const some = await list(`team=${team}&counts=true&status=active&establishment=NIM`);
    expect(some.counts).toMatchObject({ open: 1, 'in-progress': 1, waiting: 0, resolved: 0 });
    expect((await list(`team=${team}`)).counts).toBeUndefined();
  });

  it.each([
    ['priority', ['P1 12', 'P2 11', 'P2 14', 'P4 10']],
    ['-priority', ['P4 10', 'P2 14', 'P2 11', 'P1 12']],
    ['age', ['P2 14', 'P1 12', 'P2 11', 'P4 10']],
    ['-age', ['P4 10', 'P2 11', 'P1 12', 'P2 14']],
    ['updated', ['P1 12', 'P2 11', 'P4 10', 'P2 14']],
    ['-updated', ['P2 14', 'P4 10', 'P2 11', 'P1 12']],
  ])('is sorted by %s, over establishments and pages', async (sort, expected) => {
    const team = newTeam();
    const at = (hour: number) => `2026-05-15T${hour}:00:00.000Z`;
    const first = await openedIn(team, { priority: 'P2', occurredAt: at(14) });
    await openedIn(team, { priority: 'P1', occurredAt: at(12), establishment: 'MCQ' });
    await openedIn(team, { priority: 'P2', occurredAt: at(11), establishment: 'MCQ' });
    await openedIn(team, { priority: 'P4', occurredAt: at(10) });
    await done(client, first, 'note');
    const shown: TicketBody[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: List = await list(`team=${team}&sort=${sort}&limit=3${cursor && `&cursor=${cursor}`}`);
      shown.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(shown.map(({ priority, openedAt }) => `${String(priority)} ${openedAt.slice(11, 13)}`)).toEqual(
      expected,
    );
  });

  it('links to the next page with the same filters', async () => {
    const team = newTeam();
    for (let count = 0; count < 3; count += 1) await openedIn(team);
    const minPosition = await now();
    const path = `/v1/tickets?team=${team}&status=active&limit=2&minPosition=${minPosition}`;
    const page = await client.get<List>(path);
    const [, link] = /^<([^>]+)>; rel="next"$/.exec(page.headers.get('Link') ?? '') ?? [];
    const next = await client.get<List>(link!);
    expect(next.body.items).toHaveLength(1);
    expect([next.body.nextCursor, next.headers.get('Link')]).toEqual([null, null]);
    expect(new Set([...idsOf(page.body), ...idsOf(next.body)]).size).toBe(3);
  });

  it('contains only tickets of the caller’s establishments', async () => {
    const team = newTeam();
    const mine = await openedIn(team);
    const theirs = await openedIn(team, { establishment: 'MCQ' });
    for (const role of ['agent', 'mobile-team'] as const) {
      const of = async (establishments: string[]) =>
        idsOf(await list(`team=${team}`, new Client(server.url, await tokenOf(role, establishments)))).sort();
      expect(await of(['NIM'])).toEqual([mine]);
      expect(await of([])).toEqual([]);
      expect(await of(['NIM', 'MCQ'])).toEqual([mine, theirs].sort());
    }
    const agent = new Client(server.url, await tokenOf('agent', ['NIM']));
    expectProblem(await agent.get('/v1/tickets?establishment=MCQ'), 403, 'establishment-not-yours');
    await done(client, mine, 'transfer');
    expect(idsOf(await list(`team=${team}`, agent))).toEqual([]);
  });

  it.each([
    ['colour=red', '?colour'],
    ['status=asleep', '?status'],
    ['status=open&status=asleep', '?status'],
    ['category=plomberie', '?category'],
    ['priority=P9', '?priority'],
    ['sort=colour', '?sort'],
    ['openedFrom=hier', '?openedFrom'],
    ['openedTo=2026-02-30', '?openedTo'],
    ['openedTo=1969-01-01T00:00:00Z', '?openedTo'],
    ['counts=yes', '?counts'],
    ['limit=0', '?limit'],
    ['limit=501', '?limit'],
    ['cursor=x', '?cursor'],
    ['team=', '?team'],
    ['team=%00', '?team'],
    ['team=a&team=b', '?team'],
    ['minPosition=x', '?minPosition'],
  ])('refuses %s, and points at the parameter', async (query, pointer) => {
    const problem = expectProblem(await client.get(`/v1/tickets?${query}`), 400, 'malformed');
    expect([...new Set(pointersOf(problem))]).toEqual([pointer]);
  });

  it('refuses an unknown establishment', async () => {
    const problem = expectProblem(
      await client.get('/v1/tickets?establishment=X'),
      422,
      'unknown-establishment',
    );
    expect(pointersOf(problem)).toEqual(['?establishment']);
  });

  it('refuses the cursor of another sort order, and one that was tampered with', async () => {
    const team = newTeam();
    for (let count = 0; count < 2; count += 1) await openedIn(team);
    const { nextCursor } = await list(`team=${team}&limit=1`);
    const tampered = (after: string) =>
      Buffer.from(JSON.stringify({ sort: 'priority', after, until: '1' })).toString('base64url');
    const bad = [
      'P1',
      'P1 hier x',
      `P1 2026-05-15T00:00:00.000Z '`,
      `P7 2026-05-15T00:00:00.000Z ${randomUUID()}`,
    ];
    for (const query of [`sort=age&cursor=${nextCursor}`, ...bad.map((keys) => `cursor=${tampered(keys)}`)]) {
      const problem = expectProblem(await client.get(`/v1/tickets?${query}`), 400, 'malformed');
      expect(pointersOf(problem)).toEqual(['?cursor']);
    }
  });
});

/** Five tickets of one team, by name: each differs from the others in something that a filter selects. */
const several = async (): Promise<{ team: string; names: Map<string, string> }> => {
  const team = newTeam();
  const on = (occurredAt: string, changes: Record<string, unknown> = {}) =>
    openedIn(team, { occurredAt, ...changes });
  const open = await on('2026-05-16T12:00:00Z', { priority: 'P1' });
  // 23:30 of 15 May in the reporting zone.
  const started = await on('2026-05-16T03:30:00Z', { category: 'pharmacie' });
  const waiting = await on('2026-05-16T12:00:00Z', { establishment: 'MCQ' });
  const resolved = await on('2026-05-15T11:59:59.999Z');
  const merged = await on('2026-05-16T12:00:00Z');
  await done(client, started, 'start');
  await done(client, started, 'assign', { team, assignee: 'alice' });
  await done(client, waiting, 'hold');
  await done(client, resolved, 'resolve');
  await done(client, merged, 'merge', { into: open });
  return {
    team,
    names: new Map(Object.entries({ open, started, waiting, resolved, merged }).map(([k, id]) => [id, k])),
  };
};

describe('the lists that agents begin with', () => {
  it('shows what is mine, and not what is called so', async () => {
    const team = newTeam();
    const [mine, hers] = [await openedIn(team), await openedIn(team)];
    const me = new Client(server.url, await tokenOf('agent', ['NIM']));
    await done(client, mine, 'assign', { team, assignee: 'test:agent' });
    await done(client, hers, 'assign', { team, assignee: 'me' });
    expect(idsOf(await list(`team=${team}&assignee=me`, me))).toEqual([mine]);
    expect(idsOf(await list(`team=${team}&unassigned=true`, me))).toEqual([]);
  });

  it('shows what was opened more than so many hours ago', async () => {
    const team = newTeam();
    const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
    const old = await openedIn(team, { occurredAt: hoursAgo(73) });
    await openedIn(team, { occurredAt: hoursAgo(71) });
    expect(idsOf(await list(`team=${team}&olderThan=72`))).toEqual([old]);
    expect(idsOf(await list(`team=${team}&olderThan=72&openedTo=${hoursAgo(80)}`))).toEqual([]);
  });

  it.each([
    ['olderThan=-1', '?olderThan'],
    ['olderThan=1.5', '?olderThan'],
    ['olderThan=many', '?olderThan'],
    ['olderThan=1e9', '?olderThan'],
    ['unassigned=yes', '?unassigned'],
    ['unassigned=true&assignee=alice', '?unassigned'],
  ])('refuses %s', async (query, pointer) => {
    const problem = expectProblem(await client.get(`/v1/tickets?${query}`), 400, 'malformed');
    expect(pointersOf(problem)).toEqual([pointer]);
  });
});

describe('paging while tickets move', () => {
  it('shows each ticket that does not move exactly once', async () => {
    const moves = fc.array(
      fc.record({
        page: fc.nat(5),
        ticket: fc.nat(11),
        command: fc.constantFrom('note', 'reprioritize', 'start', 'resolve', 'transfer', 'open'),
        priority: fc.constantFrom('P1', 'P2', 'P3', 'P4'),
      }),
      { maxLength: 8 },
    );
    const scenario = fc.record({
      sort: fc.constantFrom('priority', '-priority', 'age', '-age', 'updated', '-updated'),
      limit: fc.integer({ min: 1, max: 4 }),
      priorities: fc.array(fc.constantFrom('P1', 'P2', 'P3'), { minLength: 12, maxLength: 12 }),
      moves,
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ sort, limit, priorities, moves }) => {
        const team = newTeam();
        // Four tickets are opened at each of three instants, so that pages end between equal sort keys.
        const tickets = await Promise.all(
          priorities.map((priority, index) =>
            openedIn(team, {
              priority,
              occurredAt: `2026-05-15T1${index % 3}:00:00Z`,
              establishment: index % 2 ? 'NIM' : 'MCQ',
            }),
          ),
        );
        const moved = new Set<string>();
        const shown: string[] = [];
        let cursor = '';
        for (let page = 0; page === 0 || cursor !== ''; page += 1) {
          for (const { ticket, command, priority } of moves.filter(
            (move) => move.page === page && page > 0,
          )) {
            const ticketId = tickets[ticket]!;
            if (command === 'open') {
              moved.add(await openedIn(team, { priority }));
              continue;
            }
            moved.add(ticketId);
            const changes = {
              ...(command === 'reprioritize' ? { priority } : {}),
              ...(command === 'transfer' ? { establishment: 'CNORD' } : {}),
            };
            await client.post(`/v1/tickets/${ticketId}/${command}`, {
              ...(
                { note: { body: 'x' }, resolve: { resolution: { code: 'fixed', note: 'x' } } } as Record<
                  string,
                  object
                >
              )[command],
              ...changes,
            });
          }
          const answer: List = await list(
            `team=${team}&sort=${sort}&limit=${limit}${cursor && `&cursor=${cursor}`}`,
          );
          shown.push(...idsOf(answer));
          cursor = answer.nextCursor ?? '';
        }
        const still = tickets.filter((ticketId) => !moved.has(ticketId));
        expect(shown.filter((ticketId) => still.includes(ticketId)).sort()).toEqual([...still].sort());
      }),
      { numRuns: budgeted(8) },
    );
  });
});
