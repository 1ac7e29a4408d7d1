import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signDevelopmentToken } from '../../../src/access/development-issuer.js';
import type { Role } from '../../../src/access/permissions.js';
import { Client, type Answer } from '../../support/api/client.js';
import {
  commandBodies,
  done,
  expectProblem,
  naming,
  openedTicket,
  opening,
  pointersOf,
  type CommandName,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

interface Access {
  at: string;
  person: string;
  roles: string[];
  action: string;
  ticketId?: string;
  establishment?: string;
  ticketIds?: string[];
  count: number;
  refused: boolean;
  client: string;
  address: string;
  purpose?: string;
}
interface Accesses {
  items: Access[];
  nextCursor: string | null;
}

let server: HostedServer;
let auditor: Client;
beforeAll(async () => {
  server = await startHostedServer({ accessAlerts: { tickets: 5, refusals: 3 } });
  auditor = new Client(server.url, await tokenOf('auditor', []));
});
afterAll(() => server.close());

/** Somebody whom no other test knows. */
const someone = async (
  roles: Role[] = ['agent'],
  establishments = ['*'],
): Promise<Client & { id: string }> => {
  const id = `person-${randomUUID()}`;
  const token = await signDevelopmentToken({ subject: id, roles, establishments });
  return Object.assign(new Client(server.url, token), { id });
};

const accesses = async (query: Record<string, string>): Promise<Access[]> => {
  const { status, body } = await auditor.get<Accesses>(
    `/v1/audit/accesses?${new URLSearchParams({ limit: '500', ...query }).toString()}`,
  );
  expect(status).toBe(200);
  return body.items;
};
const accessesOf = (person: { id: string }): Promise<Access[]> => accesses({ person: person.id });

describe('what someone is shown', () => {
  it('is logged with who, what, when, from where, by which client, and why', async () => {
    const [maker, reader] = [await someone(), await someone(['agent', 'producer'])];
    const ticketId = await openedTicket(maker);
    const before = new Date().toISOString();
    await reader.get(`/v1/tickets/${ticketId}`, {
      'X-Purpose': 'Plainte 2026-118',
      'User-Agent': 'Bureau/1.2',
    });
    const [access, ...more] = await accessesOf(reader);
    expect(more).toEqual([]);
    expect(access).toEqual({
      ...{ at: access!.at, person: reader.id, roles: ['agent', 'producer'], action: 'read' },
      ...{ ticketId, establishment: 'NIM', count: 1, refused: false },
      ...{ client: 'Bureau/1.2', address: '127.0.0.1', purpose: 'Plainte 2026-118' },
    });
    expect(access!.at >= before && access!.at <= new Date().toISOString()).toBe(true);
  });

  const seen: [way: string, action: string, path: (ticketId: string) => string][] = [
    ['a list', 'list', () => '/v1/tickets?limit=500&sort=-age'],
    ['a search', 'search', () => '/v1/tickets?q=ordonnance&limit=500'],
    ['a history', 'history', (ticketId) => `/v1/tickets/${ticketId}/history`],
    ['what changed', 'changes', () => '/v1/sync/changes?limit=500'],
    [
      'the tickets of a figure',
      'figure',
      () => `/v1/billets-quotidiens/${today()}/tickets?figure=opened&limit=500`,
    ],
    ['the page of them', 'figure', () => `/jours/${today()}/billets?figure=opened`],
  ];
  const today = () => new Intl.DateTimeFormat('fr-CA', { timeZone: 'America/Toronto' }).format(new Date());

  it.each(seen)('in %s is found by the ticket', async (_way, action, path) => {
    const [maker, reader] = [await someone(), await someone(['agent', 'producer'])];
    const { body, headers } = await maker.post<{ ticketId: string }>('/v1/tickets', opening());
    const position = headers.get('Position')!;
    const address = new URL(path(body.ticketId), server.url);
    if (address.pathname.startsWith('/v1')) address.searchParams.set('minPosition', position);
    else await reader.get(`/v1/billets-quotidiens/${today()}/tickets?figure=opened&minPosition=${position}`);
    const answer = await reader.get(`${address.pathname}${address.search}`);
    expect(answer.status).toBe(200);
    const found = (await accesses({ ticket: body.ticketId })).filter(({ person }) => person === reader.id);
    expect(found[0]).toMatchObject({ action, ticketId: body.ticketId, refused: false });
  });

  const commands = Object.keys(commandBodies) as CommandName[];
  it.each(commands.filter((name) => name !== 'close' && name !== 'reopen'))(
    'in the answer to %s is found by the ticket',
    async (name) => {
      const [maker, agent] = [await someone(), await someone()];
      const [ticketId, other] = [await openedTicket(maker), await openedTicket(maker)];
      await done(agent, ticketId, name, naming(name, other));
      expect(await accessesOf(agent)).toMatchObject([{ action: 'command', ticketId }]);
    },
  );

  it('at the same moment as others is logged and judged for each by themselves', async () => {
    const maker = await someone();
    const ticketId = await openedTicket(maker);
    const reads = 20;
    const [reader, stranger] = [await someone(), await someone(['agent'], ['MCQ'])];
    const askedBy = (person: Client) =>
      Array.from({ length: reads }, () => person.get(`/v1/tickets/${ticketId}`));
    const answers = await Promise.all([...askedBy(reader), ...askedBy(stranger)]);
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toEqual([...Array<number>(reads).fill(200), ...Array<number>(reads).fill(404)]);
    const read = (await accessesOf(reader)).filter(({ action }) => action === 'read');
    expect(read).toHaveLength(reads);
    expect(read.every((access) => access.ticketId === ticketId && !access.refused)).toBe(true);
    const refused = (await accessesOf(stranger)).filter(({ action }) => action === 'read');
    expect(refused).toHaveLength(reads);
    expect(refused.every((access) => access.ticketId === ticketId && access.refused)).toBe(true);
  });

  it('of a ticket in a refusal is found too', async () => {
    const [maker, agent] = [await someone(), await someone()];
    const ticketId = await openedTicket(maker);
    await agent.post('/v1/sync', {
      deviceId: 'd',
      commands: [{ commandId: randomUUID(), type: 'close', ticketId }],
    });
    expect(await accessesOf(agent)).toMatchObject([{ action: 'batch', ticketId, establishment: 'NIM' }]);
  });

  it('of a batch that was applied is none', async () => {
    const team = await someone(['mobile-team']);
    const commands = [{ type: 'open', ticketId: randomUUID(), ...opening() }];
    expect((await team.post('/v1/sync', { deviceId: 'd', commands })).status).toBe(200);
    expect(await accessesOf(team)).toMatchObject([{ action: 'batch', count: 0 }]);
  });

  it('of other tickets by a history is found by those', async () => {
    const [maker, reader] = [await someone(), await someone()];
    const [ticketId, other, third] = [
      await openedTicket(maker),
      await openedTicket(maker),
      await openedTicket(maker),
    ];
    await done(maker, ticketId, 'link', { to: other });
    const { headers } = await done(maker, third, 'merge', { into: ticketId });
    await reader.get(`/v1/tickets/${ticketId}/history?minPosition=${headers.get('Position')}`);
    const [access] = await accessesOf(reader);
    expect(access!.ticketIds!.toSorted()).toEqual([ticketId, other, third].toSorted());
  });

  it('never holds what was searched for, nor a text', async () => {
    const reader = await someone();
    const word = `Tremblay${randomUUID()}`;
    await openedTicket(reader, { title: word });
    await reader.get(`/v1/tickets?q=${word}`);
    expect((await accessesOf(reader)).map(({ action }) => action)).toEqual(['search', 'command']);
    const rows = await server.database.query('SELECT accesses::text AS text FROM audit.accesses');
    expect(rows.length).toBeGreaterThan(2);
    expect(JSON.stringify(rows)).not.toContain('Tremblay');
  });

  it('is not logged where figures alone are shown', async () => {
    const producer = await someone(['producer']);
    expect((await producer.get('/v1/billets-quotidiens/2026-05-15')).status).toBe(200);
    expect(await accessesOf(producer)).toEqual([]);
  });
});

describe('a live connection', () => {
  it('is logged at its start, and each ticket once when it is sent', async () => {
    const [maker, reader] = [await someone(), await someone()];
    const leaving = new AbortController();
    const answer = await fetch(`${server.url}/v1/events`, {
      signal: leaving.signal,
      headers: { Authorization: `Bearer ${reader.token!}` },
    });
    expect(await accessesOf(reader)).toMatchObject([{ action: 'live', count: 0 }]);
    const ticketId = await openedTicket(maker);
    await done(maker, ticketId, 'start');
    await done(maker, ticketId, 'note', { body: 'Fin' });
    const text = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let heard = ''; !heard.includes('NoteAdded');) heard += (await text.read()).value ?? '';
    leaving.abort();
    const found = await accesses({ ticket: ticketId });
    const live = found.filter(({ person }) => person === reader.id);
    expect(live).toMatchObject([{ action: 'live', ticketId, establishment: 'NIM' }]);
  });

  it('is logged for each who is sent a change, and once, whenever they began to listen', async () => {
    const maker = await someone();
    const leaving = new AbortController();
    const listening = async (from?: string) => {
      const reader = await someone();
      const answer = await fetch(`${server.url}/v1/events`, {
        signal: leaving.signal,
        headers: {
          Authorization: `Bearer ${reader.token!}`,
          ...(from === undefined ? {} : { 'Last-Event-ID': from }),
        },
      });
      const text = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
      let heard = '';
      const hear = async (words: string) => {
        while (!heard.includes(words)) heard += (await text.read()).value ?? '';
      };
      await hear('id: ');
      return { id: reader.id, hear };
    };
    const before = (await maker.post<unknown>('/v1/tickets', opening())).headers.get('position')!;
    const first = await listening();
    const [one, other] = [await openedTicket(maker), await openedTicket(maker)];
    await first.hear(other);
    const later = await listening();
    const resumed = await listening(before);
    await resumed.hear(other);
    for (const ticketId of [one, other]) await done(maker, ticketId, 'start');
    const all = [first, later, resumed];
    for (const { hear } of all) await hear(`"type":"WorkStarted","ticketId":"${other}"`);
    leaving.abort();
    for (const ticketId of [one, other]) {
      const live = (await accesses({ ticket: ticketId })).filter(({ action }) => action === 'live');
      for (const { id } of all) expect(live.filter(({ person }) => person === id)).toHaveLength(1);
    }
  });
});

describe('what someone is refused', () => {
  it('is logged with the ticket that they wanted', async () => {
    const [maker, stranger] = [await someone(), await someone(['agent'], ['MCQ'])];
    const [ticketId, unknown] = [await openedTicket(maker), randomUUID()];
    await stranger.get(`/v1/tickets/${ticketId}`);
    await stranger.get(`/v1/tickets/${unknown}`);
    const [second, first] = await accessesOf(stranger);
    expect(first).toMatchObject({ action: 'read', ticketId, refused: true });
    expect(second).toMatchObject({ action: 'read', ticketId: unknown, refused: true });
  });

  it('is logged where their role may not at all', async () => {
    const producer = await someone(['producer']);
    const ticketId = randomUUID();
    await producer.get(`/v1/tickets/${ticketId}/history`);
    expect(await accessesOf(producer)).toMatchObject([{ action: 'history', ticketId, refused: true }]);
  });
});

describe('why someone reads', () => {
  it.each([
    ['', 'empty'],
    ['   ', 'blank'],
    ['x'.repeat(201), 'too long'],
    ['\u00ad\u00ad', 'nothing that can be seen'],
  ])('is refused where it is no text: %j', async (purpose) => {
    const reader = await someone();
    const problem = expectProblem(
      await reader.get('/v1/tickets', { 'X-Purpose': purpose }),
      400,
      'malformed',
    );
    expect(pointersOf(problem)).toEqual(['X-Purpose']);
    expect(await accessesOf(reader)).toEqual([]);
  });

  it('is kept without the numbers that name or reach a person, and refuses no read', async () => {
    const reader = await someone();
    const purpose = 'Plainte TREM 8451 1234, 514-555-1234';
    expect((await reader.get('/v1/tickets?limit=1', { 'X-Purpose': purpose })).status).toBe(200);
    const masked = 'Plainte •••• •••• ••••, •••-•••-••••';
    expect(await accessesOf(reader)).toMatchObject([{ purpose: masked }]);
  });

  it.each([
    ['as UTF-8', Buffer.from('Enquête', 'utf8').toString('latin1')],
    ['as Latin-1', 'Enquête'],
  ])('keeps its accents, sent %s', async (_how, purpose) => {
    const reader = await someone();
    await reader.get('/v1/tickets?limit=1', { 'X-Purpose': purpose });
    expect(await accessesOf(reader)).toMatchObject([{ purpose: 'Enquête' }]);
  });
});

describe('an alert', () => {
  it('is raised once when one person is shown more tickets in an hour than the threshold', async () => {
    const [maker, reader] = [await someone(), await someone()];
    for (let number = 0; number < 8; number += 1) {
      const ticketId = await openedTicket(maker);
      await reader.get(`/v1/tickets/${ticketId}`);
      await reader.get(`/v1/tickets/${ticketId}`);
    }
    const alerts = (await accessesOf(reader)).filter(({ action }) => action === 'many-tickets');
    expect(alerts).toMatchObject([{ person: reader.id, count: 6 }]);
    const metrics = await auditor.get<string>('/metrics');
    expect(metrics.body).toMatch(/^access_alerts_total\{kind="many-tickets"\} [1-9]/m);
  });

  it('is raised once when one person is refused more often than the threshold', async () => {
    const reader = await someone();
    for (let number = 0; number < 6; number += 1) await reader.get(`/v1/tickets/${randomUUID()}`);
    const alerts = (await accessesOf(reader)).filter(({ action }) => action === 'many-refusals');
    expect(alerts).toMatchObject([{ person: reader.id, count: 4 }]);
  });
});

describe('the access log', () => {
  it('is read newest first, page by page, without a gap', async () => {
    const reader = await someone();
    for (let number = 0; number < 5; number += 1) await reader.get('/v1/tickets?limit=1');
    const all = await accessesOf(reader);
    const walked: Access[] = [];
    for (
      let next: string | undefined = `/v1/audit/accesses?person=${reader.id}&limit=2`;
      next !== undefined;
    ) {
      const { body, headers }: Answer<Accesses> = await auditor.get<Accesses>(next);
      walked.push(...body.items);
      next = /<([^>]+)>/.exec(headers.get('Link') ?? '')?.[1];
      expect(next === undefined).toBe(body.nextCursor === null);
    }
    expect(walked).toEqual(all);
    expect(all.map(({ at }) => at)).toEqual(
      all
        .map(({ at }) => at)
        .toSorted()
        .reverse(),
    );
  });

  it('is cut by instants and by days', async () => {
    const reader = await someone();
    await reader.get('/v1/tickets?limit=1');
    const [{ at } = { at: '' }] = await accessesOf(reader);
    const after = new Date(Date.parse(at) + 1).toISOString();
    const within = async (range: Record<string, string>) =>
      (await accesses({ person: reader.id, ...range })).length;
    expect(await within({ from: at, to: after })).toBe(1);
    expect(await within({ from: after })).toBe(0);
    expect(await within({ to: at })).toBe(0);
    expect(await within({ from: '2026-01-01', to: '2100-01-01' })).toBe(1);
    expect(await within({ to: '2026-01-01' })).toBe(0);
  });

  it('is had as CSV, a row for each ticket', async () => {
    const [maker, reader] = [await someone(), await someone()];
    const [one, other] = [await openedTicket(maker), await openedTicket(maker)];
    await done(maker, one, 'link', { to: other });
    await reader.get(`/v1/tickets/${one}/history`, { 'X-Purpose': '=cmd' });
    const path = `/v1/audit/accesses?person=${reader.id}`;
    const { body, headers } = await auditor.get<string>(path, { Accept: 'text/csv' });
    expect(headers.get('Content-Type')).toMatch(/^text\/csv/);
    expect(headers.get('Content-Disposition')).toBe('attachment; filename="accesses.csv"');
    const [columns, ...rows] = body.trim().split('\r\n');
    expect(columns).toBe(
      'at,person,roles,action,ticketId,establishment,count,refused,client,address,purpose',
    );
    expect(rows.map((row) => row.split(',')[4]).toSorted()).toEqual([one, other].toSorted());
    // A spreadsheet would take it for a formula.
    expect(rows.every((row) => row.endsWith(",'=cmd"))).toBe(true);
    const excel = await auditor.get<string>(`${path}&dialect=excel&lang=fr`, { Accept: 'text/csv' });
    const [headings, first] = excel.body.trim().split('\r\n');
    expect(headings).toMatch(/Quand;Personne;Rôles;Quoi;Billet;/);
    expect(first).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d;.*;Historique lu;.*;non;/);
  });

  it('shows who looked at it, and for which ticket', async () => {
    const [maker, curious] = [await someone(), await someone(['auditor'], [])];
    const ticketId = await openedTicket(maker);
    await curious.get(`/v1/audit/accesses?ticket=${ticketId}`);
    await curious.get('/v1/audit/accesses');
    expect(await accessesOf(curious)).toMatchObject([
      { action: 'accesses', count: 0 },
      { action: 'accesses', ticketId },
    ]);
  });

  it.each([
    'ticket=x',
    'from=yesterday',
    'from=2026-05-16&to=2026-05-15',
    'limit=501',
    'cursor=x',
    'person=',
  ])('refuses a question that it does not understand: %s', async (query) => {
    expectProblem(await auditor.get(`/v1/audit/accesses?${query}`), 400, 'malformed');
  });
});
