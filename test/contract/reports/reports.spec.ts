import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import { expectProblem, opening, pointersOf, type SyncBody } from '../../support/api/contract.js';
import { tokenOf } from '../../support/access/tokens.js';
import { formOf, sheetsOfXlsx } from '../../support/bulletins/printed-forms.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const names = ['responses', 'resolutions', 'ageing', 'reopened'] as const;

interface Report {
  total: Record<string, unknown>;
  groups: Record<string, unknown>[];
  days: Record<string, unknown>[];
  position: string;
  knownAt: string;
}
interface Tickets {
  items: { ticketId: string; seconds: number | null }[];
  nextCursor: string | null;
}

let server: HostedServer;
let client: Client;
let position: string;
/** That at which the tickets are opened, and no more. */
let allOpened: string;
const [slow, quick, back, moved] = Array.from({ length: 4 }, () => randomUUID()) as [
  string,
  string,
  string,
  string,
];

type Command = Record<string, unknown>;
const send = async (...commands: Command[]): Promise<void> => {
  const sent = commands.map((command) => ({ commandId: randomUUID(), ...command }));
  const { body } = await client.post<SyncBody>('/v1/sync', { deviceId: 'test', commands: sent });
  expect(body.results.map(({ problem }) => problem)).toEqual(sent.map(() => undefined));
  ({ position } = body);
};
const open = (ticketId: string, occurredAt: string, more: Command = {}): Command => ({
  ...opening({ ticketId, occurredAt, category: 'acces', ...more }),
  type: 'open',
});
const resolution = { code: 'fixed', note: 'Redémarré.' };
const on = (time: string) => `2026-05-15T${time}-04:00`;

beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  await send(
    open(slow, on('08:00:00'), { team: 'bloc' }),
    open(quick, on('08:00:00'), { team: 'urgences' }),
    open(back, on('09:00:00'), { establishment: 'MCQ', category: 'impression' }),
    open(moved, on('10:00:00'), { team: 'bloc' }),
  );
  allOpened = position;
  await send(
    // A team that has a ticket in its queue has not answered it; a person has, even if that is recorded after the start.
    { type: 'assign', ticketId: slow, team: 'imprimantes', occurredAt: on('08:05:00') },
    { type: 'start', ticketId: slow, occurredAt: on('08:30:00') },
    { type: 'assign', ticketId: slow, assignee: 'alice', occurredAt: on('08:10:00') },
    { type: 'hold', ticketId: quick, reason: 'user', occurredAt: on('08:01:00') },
    { type: 'resolve', ticketId: quick, resolution, occurredAt: on('09:00:00') },
    { type: 'resolve', ticketId: back, resolution, occurredAt: on('12:00:00') },
    { type: 'reopen', ticketId: back, reason: 'Encore.', occurredAt: '2026-05-16T12:00:00-04:00' },
    { type: 'resolve', ticketId: back, resolution, occurredAt: '2026-05-16T13:00:00-04:00' },
    { type: 'transfer', ticketId: moved, establishment: 'MCQ', occurredAt: '2026-05-16T08:00:00-04:00' },
  );
});
afterAll(() => server.close());

const pathOf = (report: string, query = ''): string =>
  `/v1/reports/${report}?from=2026-05-15&to=2026-05-15${query}&minPosition=${position}`;
const read = async <Body = Report>(path: string, reader = client): Promise<Body> => {
  const { status, body } = await reader.get<Body>(path);
  expect([path, status]).toEqual([path, 200]);
  return body;
};
const as = async (role: 'agent' | 'producer' | 'mobile-team', establishments: string[]): Promise<Client> =>
  new Client(server.url, await tokenOf(role, establishments));

describe('a report', () => {
  it('says how long the first response took: of a person, by when it happened', async () => {
    const { total, groups } = await read(pathOf('responses', '&by=team'));
    expect(total).toEqual({ tickets: 4, answered: 3, medianSeconds: 600, p90Seconds: 10_800 });
    expect(
      groups.map(({ code, tickets, answered, medianSeconds }) => [code, tickets, answered, medianSeconds]),
    ).toEqual([
      ['bloc', 1, 0, null],
      ['imprimantes', 1, 1, 600],
      ['urgences', 1, 1, 60],
      [null, 1, 1, 10_800],
    ]);
    expect(groups.at(-1)!.name).toBe('Sans équipe');
  });

  it('says how long resolutions took, against what was opened, day by day', async () => {
    const path = pathOf('resolutions', '&by=establishment').replace('to=2026-05-15', 'to=2026-05-16');
    const { total, groups, days } = await read(path);
    expect(total).toEqual({ opened: 4, resolved: 3, medianSeconds: 10_800, p90Seconds: 100_800 });
    expect(groups).toMatchObject([
      { code: 'MCQ', opened: 1, resolved: 2 },
      { code: 'NIM', opened: 3, resolved: 1, medianSeconds: 3_600 },
    ]);
    expect(days).toEqual([
      { date: '2026-05-15', opened: 4, resolved: 2 },
      { date: '2026-05-16', opened: 0, resolved: 1 },
    ]);
  });

  it('says how old the tickets were that were active at the end of the day, where they were then', async () => {
    const { total, groups } = await read(
      `/v1/reports/ageing?to=2026-05-15&by=establishment&minPosition=${position}`,
    );
    expect(total).toEqual({
      tickets: 2,
      byAge: { lt1d: 2, d1to3: 0, d3to7: 0, gt7d: 0 },
      ...{ medianSeconds: 50_400, p90Seconds: 57_600 },
    });
    expect(groups.map(({ code }) => code)).toEqual(['NIM']);
  });

  it('says how many of the resolved tickets came back', async () => {
    const { total, groups } = await read(pathOf('reopened', '&by=category'));
    expect(total).toEqual({ resolved: 2, reopened: 1, rate: 0.5, medianSeconds: 86_400, p90Seconds: 86_400 });
    expect(groups).toMatchObject([
      { code: 'acces', name: 'Accès', rate: 0 },
      { code: 'impression', name: 'Impression', rate: 1 },
    ]);
  });

  it('adds up to the figures of the same days', async () => {
    const { body } = await client.get<{ total: Record<string, number> }>(
      `/v1/billets-quotidiens/2026-05-15?minPosition=${position}`,
    );
    const { opened, resolved, backlog } = body.total;
    const resolutions = await read(pathOf('resolutions'));
    const ageing = await read(pathOf('ageing'));
    expect([resolutions.total.opened, resolutions.total.resolved, ageing.total.tickets]).toEqual([
      ...[opened, resolved, backlog],
    ]);
  });

  it('answers as it was known at a position, with that position', async () => {
    const answer = await read(pathOf('responses', `&asOfPosition=${allOpened}`));
    expect(answer.total).toMatchObject({ tickets: 4, answered: 0, medianSeconds: null });
    expect(answer.position).toBe(allOpened);
    expectProblem(await client.get(pathOf('responses', '&asOfPosition=999999')), 422, 'not-known-yet');
  });

  it('has the days to come without counts', async () => {
    const { days } = await read(`/v1/reports/resolutions?from=${instantIn(-1)}&to=${instantIn(40)}`);
    expect(days.at(-1)).toEqual({ date: instantIn(40), status: 'future' });
  });
});

const instantIn = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the forms of a report', () => {
  it.each(names)('%s: CSV and Excel have its groups and its total', async (report) => {
    const path = pathOf(report, '&by=establishment');
    const { headers, body } = await client.get<string>(path, { Accept: 'text/csv' });
    expect(headers.get('Vary')).toContain('Accept');
    const lines = body.trimEnd().split('\r\n');
    const { groups } = await read(path);
    expect(lines).toHaveLength(groups.length + 2);
    expect(lines[0]).toMatch(/^establishment,name,.*medianSeconds,p90Seconds$/);
    expect(lines.at(-1)).toMatch(/^,Total,/);
    const file = await formOf(client, path, { Accept: xlsx, 'Accept-Language': 'fr' });
    expect(file.headers.get('Content-Disposition')).toMatch(new RegExp(`filename="${report}-.*\\.xlsx"`));
    const [rows, total] = await sheetsOfXlsx(file.bytes);
    expect(rows!.data[0]!.slice(0, 2)).toEqual(['Code', 'Établissement']);
    expect(rows!.data.slice(1).map(([code]) => code)).toEqual(groups.map(({ code }) => code));
    expect([total!.sheet, total!.data.length]).toEqual(['Total', 2]);
    expect(total!.data[0]).toEqual(rows!.data[0]!.slice(2));
    const excel = await client.get<string>(`${path}&dialect=excel&lang=fr`, { Accept: 'text/csv' });
    expect(excel.headers.get('Content-Language')).toBe('fr');
    expect(excel.body.split('\r\n')[0]).toMatch(
      /^\uFEFF?Code;Établissement;.*Médiane \(s\);90e centile \(s\)$/,
    );
  });

  it('has the classes of ages in columns of their own, and the format of ?format=', async () => {
    const { body } = await client.get<string>(pathOf('ageing', '&format=csv'));
    expect(body.split('\r\n')[0]).toBe('group,name,tickets,lt1d,d1to3,d3to7,gt7d,medianSeconds,p90Seconds');
    expectProblem(await client.get(pathOf('ageing'), { Accept: 'image/png' }), 406, 'not-acceptable');
  });
});

describe('the tickets behind a report', () => {
  const ticketsOf = (report: string, query = '') =>
    pathOf(report, query).replace(`/${report}?`, `/${report}/tickets?`);

  it('are those of a group, each with its duration and none of its texts', async () => {
    const body = await read<Tickets>(ticketsOf('responses', '&team=imprimantes'));
    expect(body.items).toEqual([
      {
        ...{ ticketId: slow, position: '1', establishment: 'NIM', team: 'imprimantes', category: 'acces' },
        ...{ openedAt: '2026-05-15T12:00:00.000Z', beganAt: '2026-05-15T12:00:00.000Z' },
        ...{ endedAt: '2026-05-15T12:10:00.000Z', seconds: 600 },
      },
    ]);
    const idsOf = async (report: string, query: string) =>
      (await read<Tickets>(ticketsOf(report, query))).items.map(({ ticketId }) => ticketId);
    expect(await idsOf('responses', '&part=unanswered')).toEqual([moved]);
    expect(await idsOf('responses', '&withoutTeam=true')).toEqual([back]);
    expect(await idsOf('reopened', '&part=reopened&category=impression')).toEqual([back]);
    expect(await idsOf('ageing', '&part=lt1d')).toEqual([slow, moved]);
    expect(await idsOf('ageing', '&part=gt7d')).toEqual([]);
  });

  it('page like every list, as known when the first page was read', async () => {
    const { headers, body } = await client.get<Tickets>(ticketsOf('responses', '&limit=3'));
    expect([body.items.length, headers.get('Link')]).toEqual([3, expect.stringContaining('rel="next"')]);
    const next = await read<Tickets>(ticketsOf('responses', `&limit=3&cursor=${body.nextCursor!}`));
    expect([next.items.map(({ ticketId }) => ticketId), next.nextCursor]).toEqual([[moved], null]);
    expectProblem(await client.get(ticketsOf('responses', '&cursor=x')), 400, 'malformed');
  });
});

describe('who reads reports', () => {
  it('agents: those of their establishments, and no ticket that has left them', async () => {
    const agent = await as('agent', ['NIM']);
    expect((await read(pathOf('responses'), agent)).total).toMatchObject({ tickets: 3 });
    expect((await read(pathOf('responses', '&by=establishment'), agent)).groups).toMatchObject([
      { code: 'NIM' },
    ]);
    const tickets = pathOf('responses').replace('/responses?', '/responses/tickets?');
    const { items } = await read<Tickets>(tickets, agent);
    expect(items.map(({ ticketId }) => ticketId)).toEqual([slow, quick]);
    const then = await read<Tickets>(`${tickets}&asOfPosition=${allOpened}`, agent);
    expect(then.items.map(({ ticketId }) => ticketId)).toEqual([slow, quick]);
  });

  it('agents: none of an establishment that is not theirs', async () => {
    const agent = await as('agent', ['NIM']);
    const foreign = pathOf('responses', '&establishment=MCQ');
    expectProblem(await agent.get(foreign), 403, 'establishment-not-yours');
    expectProblem(await agent.get(foreign.replace('?', '/tickets?')), 403, 'establishment-not-yours');
    const unknown = pathOf('responses', '&establishment=NIMPORTE');
    expectProblem(await agent.get(unknown), 422, 'unknown-establishment');
  });

  it('producers: those of every establishment', async () => {
    const producer = await as('producer', ['NIM']);
    expect((await read(pathOf('responses'), producer)).total).toMatchObject({ tickets: 4 });
    expect((await read(pathOf('responses', '&establishment=mcq'), producer)).total).toMatchObject({
      tickets: 1,
    });
  });

  it('mobile teams: none', async () => {
    expectProblem(await (await as('mobile-team', ['NIM'])).get(pathOf('responses')), 403, 'role-not-allowed');
  });
});

describe('a report is refused', () => {
  it.each([
    ['responses', 'to=2026-05-15', '?from'],
    ['responses', 'from=2026-05-15', '?to'],
    ['responses', 'from=2026-05-16&to=2026-05-15', '?to'],
    ['responses', 'from=2025-01-01&to=2026-05-15', '?to'],
    ['responses', 'from=2026-05-15&to=2026-05-15&by=person', '?by'],
    ['responses', 'from=2026-05-15&to=2026-05-15&asOf=2026-05-15T00:00:00Z&asOfPosition=1', '?asOf'],
    ['responses', 'from=2026-05-15&to=2026-05-15&sort=x', '?sort'],
    ['ageing', 'to=2026-05-15&by=day', '?by'],
    ['resolutions/tickets', 'from=2026-05-15&to=2026-05-15&part=gt7d', '?part'],
    ['responses/tickets', 'from=2026-05-15&to=2026-05-15&team=a&withoutTeam=true', '?withoutTeam'],
  ])('%s?%s', async (report, query, pointer) => {
    const answer = await client.get(`/v1/reports/${report}?${query}`);
    const problem = expectProblem(answer, 400, 'malformed');
    expect(pointersOf(problem)).toEqual([pointer]);
  });

  it('for days that have not begun, and where there is none of the name', async () => {
    const future = instantIn(40);
    expectProblem(await client.get(`/v1/reports/ageing?to=${future}`), 422, 'day-not-begun');
    expectProblem(
      await client.get(`/v1/reports/responses?from=${future}&to=${future}`),
      422,
      'day-not-begun',
    );
    expectProblem(await client.get('/v1/reports/satisfaction?to=2026-05-15'), 400, 'malformed');
  });
});
