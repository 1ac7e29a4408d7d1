import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOfPerson } from '../../support/access/tokens.js';
import { Client, clientOf } from '../../support/api/client.js';
import { done, expectProblem, openedTicket, pointersOf, type SyncBody } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface Preferences {
  teams: string[];
}
interface ViewList {
  items: { id: string; name: string; count: number }[];
}

let server: HostedServer;
let all: Client;
beforeAll(async () => {
  server = await startHostedServer();
  all = await clientOf(server);
});
afterAll(() => server.close());

const someone = async (establishments: readonly string[] = ['NIM']) => {
  const subject = `person-${randomUUID()}`;
  const signIn = async (role: 'agent' | 'mobile-team' = 'agent') =>
    new Client(server.url, await tokenOfPerson(subject, role, establishments));
  return { me: await signIn(), signIn };
};
const choose = (by: Client, teams: unknown) => by.send<Preferences>('PUT', '/v1/preferences', { teams });
const newest = async (): Promise<string> =>
  (await all.post<SyncBody>('/v1/sync', { deviceId: 'now', commands: [] })).body.position;
const listed = async (by: Client, query: string): Promise<string[]> => {
  const { body } = await by.get<{ items: { ticketId: string }[] }>(
    `/v1/tickets?limit=500&minPosition=${await newest()}&${query}`,
  );
  return body.items.map(({ ticketId }) => ticketId).sort();
};
const countOf = async (by: Client, id: string): Promise<number | undefined> => {
  const { body } = await by.get<ViewList>(`/v1/views?counts=true&limit=100&minPosition=${await newest()}`);
  return body.items.find((view) => view.id === id)?.count;
};

describe('the teams that somebody says are theirs', () => {
  it('are none at first, and the same wherever they sign in', async () => {
    const { me, signIn } = await someone();
    expect((await me.get<Preferences>('/v1/preferences')).body).toEqual({ teams: [] });
    const chosen = await choose(me, ['nuit', 'jour', 'nuit']);
    expect([chosen.status, chosen.body]).toEqual([200, { teams: ['nuit', 'jour'] }]);
    const elsewhere = await signIn('mobile-team');
    expect((await elsewhere.get<Preferences>('/v1/preferences')).body.teams).toEqual(['nuit', 'jour']);
    await choose(elsewhere, []);
    expect((await me.get<Preferences>('/v1/preferences')).body.teams).toEqual([]);
  });

  it('are nobody else’s business', async () => {
    const [{ me }, { me: other }] = [await someone(), await someone()];
    await choose(me, ['jour']);
    expect((await other.get<Preferences>('/v1/preferences')).body.teams).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['an empty name', ['jour', ''], '/teams/1'],
    ['a long name', ['x'.repeat(101)], '/teams/0'],
    ['more than twenty', Array.from({ length: 21 }, (_, at) => `équipe ${at}`), '/teams'],
    ['no list', 'jour', '/teams'],
  ])('are refused as a whole with %s', async (_name, teams, pointer) => {
    const { me } = await someone();
    await choose(me, ['jour']);
    const answer = await choose(me, teams);
    expectProblem(answer, 400, 'malformed');
    expect(pointersOf(answer.body as object)).toContain(pointer);
    expect((await me.get<Preferences>('/v1/preferences')).body.teams).toEqual(['jour']);
  });

  it('name no person: a health insurance number is refused', async () => {
    const { me } = await someone();
    expectProblem(await choose(me, ['BOUF94070312']), 422, 'health-number-refused');
  });
});

describe('the queue of one’s teams', () => {
  it('lists and counts the active tickets of each of them, where their person reads them', async () => {
    const { me } = await someone();
    const [day, night] = [`jour-${randomUUID()}`, `nuit-${randomUUID()}`];
    const mine = await openedTicket(all, { team: day });
    const theirs = await openedTicket(all, { team: night });
    const resolved = await openedTicket(all, { team: day });
    await done(all, resolved, 'resolve');
    await openedTicket(all, { team: day, establishment: 'MCQ' });
    await openedTicket(all, { team: `autre-${randomUUID()}` });
    expect([await listed(me, 'view=my-teams'), await countOf(me, 'my-teams')]).toEqual([[], 0]);
    await choose(me, [day]);
    expect([await listed(me, 'view=my-teams'), await countOf(me, 'my-teams')]).toEqual([[mine], 1]);
    await choose(me, [day, night]);
    expect(await listed(me, 'view=my-teams')).toEqual([mine, theirs].sort());
    expect(await countOf(me, 'my-teams')).toBe(2);
    expect(await listed(me, 'teams=mine')).toEqual([mine, theirs, resolved].sort());
    expect(await listed(me, `view=my-teams&team=${night}`)).toEqual([theirs]);
    await done(all, mine, 'assign', { team: night });
    await choose(me, [day]);
    expect(await listed(me, 'view=my-teams')).toEqual([]);
  });

  it('is searched within, too', async () => {
    const { me } = await someone();
    const team = `jour-${randomUUID()}`;
    const title = `Photocopieuse ${randomUUID()}`;
    const mine = await openedTicket(all, { team, title });
    await openedTicket(all, { team: `nuit-${randomUUID()}`, title });
    await choose(me, [team]);
    expect(await listed(me, `view=my-teams&q=${encodeURIComponent(title)}`)).toEqual([mine]);
  });

  it('is nobody else’s: another name in its place is refused', async () => {
    expectProblem(await all.get('/v1/tickets?teams=jour'), 400, 'malformed');
  });
});
