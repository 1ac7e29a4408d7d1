import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Role } from '../../../src/access/permissions.js';
import { tokenOfPerson } from '../../support/access/tokens.js';
import { Client, clientOf, type Answer } from '../../support/api/client.js';
import {
  ago,
  done,
  expectProblem,
  openedTicket,
  pointersOf,
  type TicketBody,
} from '../../support/api/contract.js';
import { budgeted } from '../../support/budget.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface View {
  id: string;
  name: string;
  filter: Record<string, unknown>;
  sort: string | null;
  shared: string;
  builtIn: boolean;
  mine: boolean;
  author: string | null;
  revision: number | null;
  count?: number | null;
}
interface Views {
  items: View[];
  nextCursor: string | null;
}

let server: HostedServer;
let all: Client;
beforeAll(async () => {
  server = await startHostedServer();
  all = await clientOf(server);
});
afterAll(() => server.close());

/** A person whom nobody else is. */
const person = async (
  establishments: readonly string[] = ['NIM'],
  role: Role | readonly Role[] = 'agent',
): Promise<Client> =>
  new Client(server.url, await tokenOfPerson(`person-${randomUUID()}`, role, establishments));

const saved = { name: 'P1 de l’équipe', filter: { priority: 'P1', status: 'active' } };
const put = (
  by: Client,
  view: object = saved,
  id: string = randomUUID(),
  headers: Record<string, string> = {},
): Promise<Answer<View>> => by.send<View>('PUT', `/v1/views/${id}`, view, headers);
const shared = (view: object = saved) => ({ ...view, shared: 'team' });

const viewsOf = async (by: Client, query = ''): Promise<Views> => {
  const { status, body } = await by.get<Views>(`/v1/views?limit=500${query}`);
  expect(status).toBe(200);
  return body;
};
const savedOf = async (by: Client): Promise<View[]> => (await viewsOf(by)).items.filter(({ mine }) => mine);
const now = async (): Promise<string> =>
  (await all.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] })).body.position;
const countsOf = async (by: Client): Promise<Map<string, number | null | undefined>> => {
  const { status, body } = await by.get<Views>(`/v1/views?counts=true&limit=100&minPosition=${await now()}`);
  expect(status).toBe(200);
  return new Map(body.items.map(({ id, count }) => [id, count]));
};
const listed = async (by: Client, query: string): Promise<string[]> => {
  const ids: string[] = [];
  let cursor = '';
  do {
    const path = `/v1/tickets?limit=500&minPosition=${await now()}&${query}${cursor}`;
    const { status, body } = await by.get<{ items: TicketBody[]; nextCursor: string | null }>(path);
    expect([query, status]).toEqual([query, 200]);
    ids.push(...body.items.map(({ ticketId }) => ticketId));
    cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
  } while (cursor !== '');
  return ids;
};

describe('saving a view', () => {
  it('creates it under the id that was made for it, and gives it as it was saved', async () => {
    const me = await person();
    const id = randomUUID();
    const view = { ...saved, sort: '-age', shared: 'team' };
    const created = await put(me, view, id);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ id, ...view, builtIn: false, mine: true, revision: 1 });
    expect(created.headers.get('ETag')).toBe('"1"');
    const read = await me.get<View>(`/v1/views/${id}`);
    expect(read.body).toEqual(created.body);
    expect(read.headers.get('ETag')).toBe('"1"');
    expect(await savedOf(me)).toEqual([created.body]);
  });

  it('again changes nothing; another one replaces it', async () => {
    const me = await person();
    const id = randomUUID();
    await put(me, saved, id);
    const again = await put(me, saved, id.toUpperCase());
    expect([again.status, again.body.revision]).toEqual([200, 1]);
    const other = await put(me, { ...saved, name: 'Autre' }, id);
    expect([other.status, other.body.revision, other.body.name]).toEqual([200, 2, 'Autre']);
    expect((await savedOf(me)).map(({ name }) => name)).toEqual(['Autre']);
  });

  it('many times at once makes one view', async () => {
    const me = await person();
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => put(me, saved, id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(7).fill(200), 201]);
    expect((await savedOf(me)).map(({ revision }) => revision)).toEqual([1]);
  });

  it('at another revision than the one that was seen is refused', async () => {
    const me = await person();
    const id = randomUUID();
    expectProblem(await put(me, saved, id, { 'If-Match': '"1"' }), 412, 'version-mismatch');
    await put(me, saved, id);
    const second = { ...saved, name: 'Deux' };
    expect((await put(me, second, id, { 'If-Match': '"1"' })).status).toBe(200);
    // The answer was lost, and the same is sent again.
    expect((await put(me, second, id, { 'If-Match': '"1"' })).body.revision).toBe(2);
    const third = { ...saved, name: 'Trois' };
    expectProblem(await put(me, third, id, { 'If-Match': '"1"' }), 412, 'version-mismatch');
    const early = await me.send('DELETE', `/v1/views/${id}`, undefined, { 'If-Match': '"1"' });
    expectProblem(early, 412, 'version-mismatch');
    expectProblem(await put(me, third, id, { 'If-Match': 'deux' }), 400, 'malformed');
  });

  it('is for at most a hundred views a person, and says so', async () => {
    const me = await person();
    const ids = Array.from({ length: 100 }, () => randomUUID());
    for (const id of ids) expect((await put(me, saved, id)).status).toBe(201);
    const problem = expectProblem(await put(me), 409, 'too-many-views');
    expect(problem.limit).toBe(100);
    expect((await put(me, { ...saved, name: 'Remplacée' }, ids[0])).status).toBe(200);
    await me.send('DELETE', `/v1/views/${ids[1]}`, undefined);
    const both = await Promise.all([put(me), put(me)]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await put(await person())).status).toBe(201);
  });

  it.each<[string, object, string]>([
    ['no name', { filter: {} }, '/name'],
    ['a name of nothing', { ...saved, name: ' \u200b ' }, '/name'],
    ['a long name', { ...saved, name: 'x'.repeat(121) }, '/name'],
    ['no filter', { name: 'x' }, '/filter'],
    ['an unknown parameter', { ...saved, filter: { prioritee: 'P1' } }, '/filter/prioritee'],
    ['a page', { ...saved, filter: { cursor: 'x' } }, '/filter/cursor'],
    ['another view', { ...saved, filter: { view: 'mine' } }, '/filter/view'],
    ['a prototype', JSON.parse('{"name":"x","filter":{"__proto__":{}}}') as object, '/filter/__proto__'],
    ['an unknown status', { ...saved, filter: { status: ['open', 'ouvert'] } }, '/filter/status'],
    ['no status', { ...saved, filter: { status: [] } }, '/filter/status'],
    ['an unknown priority', { ...saved, filter: { priority: 'P9' } }, '/filter/priority'],
    ['a negative age', { ...saved, filter: { olderThan: -1 } }, '/filter/olderThan'],
    ['an age of nothing', { ...saved, filter: { olderThan: null } }, '/filter/olderThan'],
    ['someone and nobody', { ...saved, filter: { assignee: 'me', unassigned: true } }, '/filter/unassigned'],
    [
      'days in the wrong order',
      { ...saved, filter: { openedFrom: '2026-05-16', openedTo: '2026-05-15' } },
      '/filter/openedTo',
    ],
    ['an unknown order', { ...saved, sort: 'name' }, '/sort'],
    ['relevance to nothing', { ...saved, sort: 'relevance' }, '/sort'],
    ['sharing with the world', { ...saved, shared: 'all' }, '/shared'],
    ['an unknown field', { ...saved, colour: 'red' }, '/colour'],
  ])('with %s is refused', async (_, view, pointer) => {
    const me = await person();
    const problem = expectProblem(await put(me, view), 400, 'malformed');
    expect(pointersOf(problem)).toEqual([pointer]);
    expect(await savedOf(me)).toEqual([]);
  });

  it('takes what a query has as text, and gives it as it was sent', async () => {
    const me = await person();
    const filter = {
      unassigned: 'true',
      status: ['open', 'waiting'],
      olderThan: 5,
      openedFrom: '2026-05-15',
    };
    expect((await put(me, { name: 'x', filter })).body.filter).toEqual(filter);
    expect((await put(me, { name: 'x', filter: { olderThan: '48' } })).body.filter).toEqual({
      olderThan: 48,
    });
  });

  it('under an id that is no UUID is refused', async () => {
    const problem = expectProblem(await put(await person(), saved, 'ma-vue'), 400, 'malformed');
    expect(pointersOf(problem)).toEqual(['id']);
  });

  it('with an establishment keeps its code, and is refused where that is not one’s own', async () => {
    const me = await person();
    const view = { name: 'x', filter: { establishment: 'Nord-de-l’Île-de-Montréal' } };
    expect((await put(me, view)).body.filter).toEqual({ establishment: 'NIM' });
    const other = expectProblem(
      await put(me, { name: 'x', filter: { establishment: 'MCQ' } }),
      403,
      'establishment-not-yours',
    );
    expect(pointersOf(other)).toEqual(['/filter/establishment']);
    const unknown = expectProblem(
      await put(me, { name: 'x', filter: { establishment: 'Nulle part' } }),
      422,
      'unknown-establishment',
    );
    expect(pointersOf(unknown)).toEqual(['/filter/establishment']);
  });

  it('with a health insurance number is refused, wherever it stands', async () => {
    const me = await person();
    const number = 'TREM 8451 1234';
    const view = { name: `Suivi ${number}`, filter: { q: `NAM ${number}`, team: number } };
    const problem = expectProblem(await put(me, view), 422, 'health-number-refused');
    expect(pointersOf(problem)).toEqual(['/name', '/filter/team', '/filter/q']);
    expect(JSON.stringify(problem)).not.toContain('TREM');
    expect(await savedOf(me)).toEqual([]);
  });
});

describe('a view that is not shared', () => {
  it('does not exist for anybody else', async () => {
    const [me, colleague] = [await person(), await person()];
    const id = randomUUID();
    await put(me, saved, id);
    expect((await viewsOf(colleague)).items.map((view) => view.id)).not.toContain(id);
    expectProblem(await colleague.get(`/v1/views/${id}`), 404, 'view-not-found');
    expectProblem(await put(colleague, saved, id), 404, 'view-not-found');
    expectProblem(await colleague.send('DELETE', `/v1/views/${id}`, undefined), 404, 'view-not-found');
    expectProblem(await colleague.get(`/v1/tickets?view=${id}`), 404, 'view-not-found');
    expect((await me.get<View>(`/v1/views/${id}`)).body.revision).toBe(1);
  });
});

describe('a view that is shared with the team', () => {
  const seenBy = async (reader: Client, id: string): Promise<boolean> => {
    const found = (await viewsOf(reader)).items.some((view) => view.id === id);
    const { status } = await reader.get(`/v1/views/${id}`);
    expect(status).toBe(found ? 200 : 404);
    expect((await reader.get(`/v1/tickets?view=${id}`)).status).toBe(status);
    return found;
  };

  it('is seen by those of the same role who read every establishment of its author’s', async () => {
    const id = randomUUID();
    await put(await person(['NIM', 'MCQ']), shared(), id);
    expect(await seenBy(await person(['MCQ', 'NIM']), id)).toBe(true);
    expect(await seenBy(await person(['*']), id)).toBe(true);
    // A name may speak of the establishment that this person does not read.
    expect(await seenBy(await person(['NIM']), id)).toBe(false);
    expect(await seenBy(await person(['CNORD']), id)).toBe(false);
    expect(await seenBy(await person([]), id)).toBe(false);
    expect(await seenBy(await person(['NIM', 'MCQ'], 'mobile-team'), id)).toBe(false);
    expect(await seenBy(await person(['NIM', 'MCQ'], ['mobile-team', 'agent']), id)).toBe(true);
  });

  it('is seen by those who read the establishment that it filters by', async () => {
    const id = randomUUID();
    const view = shared({ name: 'x', filter: { establishment: 'NIM' } });
    await put(await person(['*']), view, id);
    expect(await seenBy(await person(['NIM']), id)).toBe(true);
    expect(await seenBy(await person(['MCQ']), id)).toBe(false);
    const everywhere = randomUUID();
    await put(await person(['*']), shared(), everywhere);
    expect(await seenBy(await person(['NIM']), everywhere)).toBe(false);
    expect(await seenBy(await person(['*']), everywhere)).toBe(true);
  });

  it('by somebody without an establishment is shared with nobody', async () => {
    const id = randomUUID();
    await put(await person([]), shared(), id);
    expect(await seenBy(await person(['*']), id)).toBe(false);
    expect(await seenBy(await person([]), id)).toBe(false);
  });

  it('that somebody else’s colleagues see is another’s once it is shared with others', async () => {
    const [me, colleague] = [await person(), await person()];
    const id = randomUUID();
    await put(me, shared(), id);
    expect(await seenBy(colleague, id)).toBe(true);
    expect((await put(me, { ...saved, shared: 'me' }, id)).body.revision).toBe(2);
    expect(await seenBy(colleague, id)).toBe(false);
  });

  it('is changed and deleted by its author only', async () => {
    const [me, colleague] = [await person(), await person()];
    const id = randomUUID();
    await put(me, shared(), id);
    expect((await colleague.get<View>(`/v1/views/${id}`)).body).toMatchObject({
      mine: false,
      shared: 'team',
    });
    expectProblem(await put(colleague, saved, id), 403, 'not-the-author');
    expectProblem(await colleague.send('DELETE', `/v1/views/${id}`, undefined), 403, 'not-the-author');
    expect((await me.send('DELETE', `/v1/views/${id}`, undefined)).body).toEqual({ id, deleted: true });
    for (const reader of [me, colleague])
      expectProblem(await reader.get(`/v1/views/${id}`), 404, 'view-not-found');
    expectProblem(await me.send('DELETE', `/v1/views/${id}`, undefined), 404, 'view-not-found');
  });
});

describe('the built-in queues', () => {
  const ids = ['mine', 'my-teams', 'unassigned', 'waiting', 'older-than-three-days'];

  it('come first in every list, named in the reader’s language, by ids that stay', async () => {
    const me = await person();
    await put(me);
    const { items } = await viewsOf(me);
    expect(items.slice(0, ids.length).map(({ id }) => id)).toEqual(ids);
    expect(items.filter(({ builtIn }) => builtIn)).toHaveLength(ids.length);
    expect(items[0]).toMatchObject({ name: 'Mes billets', mine: false, revision: null });
    const english = await me.get<View>('/v1/views/mine', { 'Accept-Language': 'en' });
    expect(english.body).toMatchObject({ name: 'My tickets', filter: { status: 'active', assignee: 'me' } });
  });

  it.each(ids)('are not changed or deleted: %s', async (id) => {
    const me = await person();
    expectProblem(await put(me, saved, id), 403, 'view-built-in');
    expectProblem(await me.send('DELETE', `/v1/views/${id}`, undefined), 403, 'view-built-in');
  });

  it('list and count what their names say', async () => {
    // Nobody else opens tickets there.
    const subject = `person-${randomUUID()}`;
    const me = new Client(server.url, await tokenOfPerson(subject, 'agent', ['BSL']));
    const open = (seconds: number) => openedTicket(all, { establishment: 'BSL', occurredAt: ago(seconds) });
    const [mine, waiting, old, resolved] = [
      await open(60),
      await open(60),
      await open(73 * 3600),
      await open(60),
    ];
    await done(all, mine, 'assign', { assignee: subject });
    await done(all, waiting, 'hold');
    await done(all, resolved, 'resolve');
    expect(await listed(me, 'view=mine')).toEqual([mine]);
    expect((await listed(me, 'view=unassigned')).sort()).toEqual([waiting, old].sort());
    expect(await listed(me, 'view=waiting')).toEqual([waiting]);
    expect(await listed(me, 'view=older-than-three-days')).toEqual([old]);
    expect([...(await countsOf(me)).values()]).toEqual([1, 0, 2, 1, 1]);
  });
});

describe('the list of views', () => {
  it('pages: one’s own, then those of others', async () => {
    const establishments = ['CNORD', 'MCQ', 'NIM'];
    // Nobody else of this role shares anything.
    const mobile = () => person(establishments, 'mobile-team');
    const [me, colleague] = [await mobile(), await mobile()];
    const names = ['a', 'b', 'c'];
    for (const name of names) await put(colleague, shared({ ...saved, name: `leur ${name}` }));
    for (const name of names) await put(me, { ...saved, name });
    const shown: string[] = [];
    let cursor = '';
    do {
      const { body, headers } = await me.get<Views>(`/v1/views?limit=2${cursor}`);
      shown.push(...body.items.filter(({ builtIn }) => !builtIn).map(({ name }) => name));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
      if (cursor) expect(headers.get('Link')).toContain('rel="next"');
    } while (cursor !== '');
    expect(shown).toEqual(['a', 'b', 'c', 'leur a', 'leur b', 'leur c']);
  });

  it.each([
    ['colour=red', '?colour'],
    ['counts=maybe', '?counts'],
    ['counts=true&limit=101', '?limit'],
    ['cursor=x', '?cursor'],
  ])('refuses %s', async (query, pointer) => {
    const problem = expectProblem(await (await person()).get(`/v1/views?${query}`), 400, 'malformed');
    expect(pointersOf(problem)).toEqual([pointer]);
  });
});

describe('a list by a view', () => {
  const team = `equipe-${randomUUID()}`;
  let ids: Record<'open' | 'waiting' | 'urgent' | 'elsewhere', string>;
  let me: Client;
  let view: string;
  beforeAll(async () => {
    me = await person(['NIM', 'MCQ']);
    const open = (changes: object = {}) => openedTicket(all, { team, ...changes });
    ids = {
      open: await open(),
      waiting: await open(),
      urgent: await open({ priority: 'P1' }),
      elsewhere: await open({ establishment: 'MCQ' }),
    };
    await done(all, ids.waiting, 'hold');
    view = randomUUID();
    await put(me, { name: 'x', filter: { team, status: 'active' }, sort: 'age' }, view);
  });

  it('has its tickets in its order, unless another one is asked for', async () => {
    const { open, waiting, urgent, elsewhere } = ids;
    expect((await listed(me, `view=${view}`)).sort()).toEqual([open, waiting, urgent, elsewhere].sort());
    expect((await listed(me, `view=${view}&sort=priority`))[0]).toBe(urgent);
    const byAge = await listed(me, `team=${team}&sort=age`);
    expect(await listed(me, `view=${view}`)).toEqual(byAge);
  });

  it('is narrowed by what else is asked for', async () => {
    expect(await listed(me, `view=${view}&priority=P1`)).toEqual([ids.urgent]);
    expect(await listed(me, `view=${view}&establishment=MCQ`)).toEqual([ids.elsewhere]);
    expect(await listed(me, `view=${view}&status=waiting`)).toEqual([ids.waiting]);
    expect(await listed(me, `view=${view}&status=closed`)).toEqual([]);
    expect(await listed(me, `view=${view}&team=${team}&unassigned=false`)).toHaveLength(4);
    expect(await listed(me, `view=${view}&q=ordonnance&sort=relevance`)).toHaveLength(4);
    expect(await listed(me, `view=older-than-three-days&olderThan=1&team=${team}`)).toEqual([]);
    const { body } = await me.get<{ counts: Record<string, number> }>(
      `/v1/tickets?view=${view}&counts=true&minPosition=${await now()}`,
    );
    expect(body.counts).toMatchObject({ open: 3, waiting: 1, resolved: 0 });
  });

  it.each([
    [`team=autre`, '?team'],
    ['sort=relevance', '?sort'],
    ['colour=red', '?colour'],
  ])('is refused with %s', async (query, pointer) => {
    const problem = expectProblem(await me.get(`/v1/tickets?view=${view}&${query}`), 400, 'malformed');
    expect(pointersOf(problem)).toEqual([pointer]);
  });

  it('is refused where the view itself would be another', async () => {
    const days = randomUUID();
    await put(me, { name: 'x', filter: { openedFrom: '2026-05-15' } }, days);
    const basis = await me.get(`/v1/tickets?view=${days}&basis=reporting-zone`);
    expect(pointersOf(expectProblem(basis, 400, 'malformed'))).toEqual(['?basis']);
    const order = await me.get(`/v1/tickets?view=${days}&openedTo=2026-05-14`);
    expect(pointersOf(expectProblem(order, 400, 'malformed'))).toEqual(['?openedTo']);
    const nobody = await me.get('/v1/tickets?view=mine&unassigned=true');
    expect(pointersOf(expectProblem(nobody, 400, 'malformed'))).toEqual(['?unassigned']);
  });

  it('of no view is not found; of what can be none, malformed', async () => {
    expectProblem(await me.get(`/v1/tickets?view=${randomUUID()}`), 404, 'view-not-found');
    const problem = expectProblem(await me.get('/v1/tickets?view=x'), 400, 'malformed');
    expect(pointersOf(problem)).toEqual(['?view']);
  });

  it('speaks of whoever asks, not of who made it', async () => {
    const subject = `person-${randomUUID()}`;
    const [author, reader] = [
      await person(),
      new Client(server.url, await tokenOfPerson(subject, 'agent', ['NIM'])),
    ];
    const [id, ticketId] = [randomUUID(), await openedTicket(all, { team })];
    await done(all, ticketId, 'assign', { team, assignee: subject });
    await put(author, shared({ name: 'À moi', filter: { team, assignee: 'me' } }), id);
    expect(await listed(reader, `view=${id}`)).toEqual([ticketId]);
    expect(await listed(author, `view=${id}`)).toEqual([]);
    expect((await countsOf(reader)).get(id)).toBe(1);
    expect((await countsOf(author)).get(id)).toBe(0);
  });

  it('has nothing for somebody whose establishment was taken away, and no count', async () => {
    const subject = `person-${randomUUID()}`;
    const at = async (establishment: string) =>
      new Client(server.url, await tokenOfPerson(subject, 'agent', [establishment]));
    const id = randomUUID();
    await put(await at('NIM'), { name: 'x', filter: { establishment: 'NIM' } }, id);
    const moved = await at('MCQ');
    expectProblem(await moved.get(`/v1/tickets?view=${id}`), 403, 'establishment-not-yours');
    expect((await countsOf(moved)).get(id)).toBeNull();
  });
});

describe('the count of a view', () => {
  const team = `equipe-${randomUUID()}`;
  beforeAll(async () => {
    const establishments = ['NIM', 'MCQ', 'CNORD'];
    for (let at = 0; at < 18; at += 1) {
      const ticketId = await openedTicket(all, {
        establishment: establishments[at % 3],
        priority: `P${(at % 4) + 1}`,
        category: at % 2 ? 'pharmacie' : 'impression',
        title: at % 5 ? 'Imprimante muette' : 'Écran noir',
        occurredAt: ago(at * 6 * 3600 + 60),
        ...(at % 3 ? { team } : {}),
      });
      if (at % 4 === 1) await done(all, ticketId, 'assign', { team, assignee: 'alice' });
      if (at % 6 === 2) await done(all, ticketId, 'hold');
      if (at % 6 === 3) await done(all, ticketId, 'resolve');
      if (at % 6 === 4) await done(all, ticketId, 'note', { body: 'Toner vide', internal: at % 4 === 0 });
    }
  });

  const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
  const filter = fc
    .record({
      status: maybe(
        fc.oneof(
          fc.constantFrom('active', 'open', 'waiting', 'resolved'),
          fc.uniqueArray(fc.constantFrom('open', 'waiting', 'closed', 'active'), { minLength: 1 }),
        ),
      ),
      establishment: maybe(fc.constantFrom('NIM', 'MCQ')),
      category: maybe(fc.constantFrom('pharmacie', 'impression')),
      priority: maybe(fc.constantFrom('P1', 'P2')),
      team: maybe(fc.constant(team)),
      person: fc.constantFrom({}, {}, { assignee: 'alice' }, { assignee: 'me' }, { unassigned: true }),
      olderThan: maybe(fc.constantFrom(0, 24, 72)),
      openedFrom: maybe(fc.constantFrom(ago(80 * 3600), ago(80 * 3600).slice(0, 10))),
      basis: maybe(fc.constantFrom('site', 'reporting-zone')),
      q: maybe(fc.constantFrom('imprimante', 'ecran', 'toner', 'imprimant', '«toner vide»', '…')),
    })
    .map(({ person: whose, ...rest }) => JSON.parse(JSON.stringify({ ...rest, ...whose })) as object);

  it('is how many tickets the list by it gives, whoever asks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(filter, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(['NIM', 'MCQ'], ['NIM', 'MCQ', 'CNORD'], ['*']),
        fc.constantFrom<Role>('agent', 'mobile-team'),
        async (filters, establishments, role) => {
          const me = await person(establishments, role);
          const ids = filters.map(() => randomUUID());
          for (const [at, id] of ids.entries())
            expect((await put(me, { name: 'x', filter: filters[at] }, id)).status).toBe(201);
          const counts = await countsOf(me);
          for (const id of ids)
            expect([id, counts.get(id)]).toEqual([id, (await listed(me, `view=${id}`)).length]);
        },
      ),
      { numRuns: budgeted(12) },
    );
  });
});
