import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import type { Logger } from 'pino';
import { readSettings } from '../../../src/config/settings.js';
import { StartRefused } from '../../../src/config/start-refused.js';
import { LOGGER } from '../../../src/platform/observability/logger.js';
import { Clock } from '../../../src/shared/clock.js';
import { instant, type Instant } from '../../../src/shared/instant.js';
import { Retention } from '../../../src/tickets/erasure/retention.js';
import { tokenOf } from '../../support/access/tokens.js';
import { Client, clientOf } from '../../support/api/client.js';
import {
  done,
  expectProblem,
  historyOf,
  openedTicket,
  pointersOf,
  ticketOf,
} from '../../support/api/contract.js';
import { runLogCommand, runLogCommandProcess } from '../../support/cli/log-commands.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';

interface Due {
  due: number;
  held: number;
  counts: { establishment: string; status: string; tickets: number; held: number }[];
  tickets: { ticketId: string; endedAt: string }[];
}

let server: TestServer;
let client: Client;
let operator: Client;
let retention: Retention;
let clock: { now: () => Instant };
/** Tickets by what became of them; each has a title of its own. */
const tickets: Record<string, string> = {};

const years = (count: number): Instant => instant(Date.now() + count * 366 * 24 * 3_600_000);
const later = async <Value>(count: number, work: () => Promise<Value>): Promise<Value> => {
  const now = jest.spyOn(clock, 'now').mockReturnValue(years(count));
  try {
    return await work();
  } finally {
    now.mockRestore();
  }
};
const dueIn = (count: number, query = ''): Promise<Due> =>
  later(count, async () => (await operator.get<Due>(`/v1/admin/retention${query}`)).body);
const included = async (): Promise<void> => {
  const { position } = (await historyOf(client, tickets.held!)).at(-1)!;
  expect((await operator.get(`/v1/admin/retention?minPosition=${position}`)).status).toBe(200);
};
const titleOf = async (name: string): Promise<string> => (await ticketOf(client, tickets[name]!)).title;

beforeAll(async () => {
  const { retention: rules } = readSettings({ RETENTION: 'closed:P2Y,cancelled:P1Y' });
  server = await startTestServer({ retention: rules });
  client = await clientOf(server);
  operator = new Client(server.url, await tokenOf('operator', []));
  retention = server.app.get(Retention);
  clock = server.app.get(Clock);
  for (const name of ['closed', 'held', 'cancelled', 'resolved', 'reopened', 'open', 'long-ago'])
    tickets[name] = await openedTicket(client, {
      title: `Sarrasin ${name}`,
      ...(name === 'held' ? { establishment: 'MCQ' } : {}),
      ...(name === 'long-ago' ? { occurredAt: '2016-05-15T12:00:00Z' } : {}),
    });
  const resolution = { code: 'fixed', note: 'Sarrasin' };
  for (const name of ['closed', 'held', 'resolved', 'reopened']) {
    await done(client, tickets[name]!, 'resolve', { resolution });
    if (name !== 'resolved') await done(client, tickets[name]!, 'close');
  }
  await done(client, tickets.reopened!, 'reopen');
  await done(client, tickets.cancelled!, 'cancel');
  await done(client, tickets['long-ago']!, 'cancel', { occurredAt: '2016-05-16T12:00:00Z' });
  await operator.send('PUT', `/v1/admin/tickets/${tickets.held}/hold`, { reason: 'Dossier 114' });
  await included();
}, 60_000);
afterAll(() => server.close());

describe('what is due', () => {
  it('is nothing before its time, also where it is said to have ended ten years ago', async () =>
    expect(await dueIn(0.9)).toMatchObject({ due: 0, held: 0, counts: [], tickets: [] }));

  it('is told by establishment and status, with what is held, and never a text', async () => {
    const body = await dueIn(3);
    expect(body).toMatchObject({
      ...{ due: 3, held: 1 },
      counts: [
        { establishment: 'MCQ', status: 'closed', tickets: 0, held: 1 },
        { establishment: 'NIM', status: 'cancelled', tickets: 2, held: 0 },
        { establishment: 'NIM', status: 'closed', tickets: 1, held: 0 },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('Sarrasin');
    const expected = [tickets.closed, tickets.cancelled, tickets['long-ago']];
    expect(body.tickets.map(({ ticketId }) => ticketId).sort()).toEqual(expected.sort());
  });

  it('can be told of other rules, before they are set', async () => {
    expect(await dueIn(3, '?policy=resolved:P30D&limit=0')).toMatchObject({ due: 1, tickets: [] });
    const refused = await operator.get('/v1/admin/retention?policy=open:P1Y');
    expect(pointersOf(expectProblem(refused, 400, 'malformed'))).toEqual(['?policy']);
  });

  it('is printed by the command, which erases nothing', async () => {
    const options = ['--dry-run', '--policy', 'resolved:P1D', '--url', server.url];
    const { code, stdout } = await runLogCommandProcess('retention', options);
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      { rules: [{ status: 'resolved', period: 'P1D' }], due: 0, held: 0 },
    ]);
    const without = await runLogCommand('retention', ['--url', server.url]);
    expect(without).toMatchObject({ code: 1, stderr: expect.stringContaining('--dry-run') });
    const bad = await runLogCommand('retention', ['--dry-run', '--policy', 'x', '--url', server.url]);
    expect(bad).toMatchObject({ code: 1, stdout: '' });
  });
});

describe('erasing by age', () => {
  it('is left to the process that is at it', async () => {
    const other = new pg.Client({ connectionString: server.database.url });
    await other.connect();
    await other.query('BEGIN');
    await other.query(`SELECT pg_advisory_xact_lock(hashtext('tickets.retention'))`);
    expect(await later(3, () => retention.run())).toBe(0);
    await other.query('ROLLBACK');
    await other.end();
    expect(await titleOf('closed')).toBe('Sarrasin closed');
  });

  it('erases what is due and nothing else, reports it, and logs it without a text', async () => {
    const logger: Logger = server.app.get(LOGGER);
    const info = jest.spyOn(logger, 'info');
    expect(await later(3, () => retention.run())).toBe(3);
    for (const name of ['closed', 'cancelled', 'long-ago'])
      expect([name, await titleOf(name)]).toEqual([name, '']);
    for (const name of ['held', 'resolved', 'reopened', 'open'])
      expect([name, await titleOf(name)]).toEqual([name, `Sarrasin ${name}`]);
    const { body } = await operator.get<{ items: Record<string, unknown>[] }>('/v1/admin/erasures');
    expect(body.items).toHaveLength(3);
    expect(body.items.find(({ ticketId }) => ticketId === tickets.closed)).toMatchObject({
      ...{ establishment: 'NIM', actor: 'retention', basis: 'RETENTION closed:P2Y' },
      reason: 'Durée de conservation échue (P2Y)',
    });
    const lines = info.mock.calls.map(([line]) => line as Record<string, unknown>);
    info.mockRestore();
    const erasures = lines.filter(({ security }) => security === 'sensitive_delete');
    expect(erasures.filter(({ what }) => what === 'ticket-texts')).toHaveLength(3);
    expect(erasures.every(({ subject }) => subject === 'retention' || subject === 'system')).toBe(true);
    expect(JSON.stringify(lines)).not.toContain('Sarrasin');
  });

  it('does nothing the second time', async () => {
    expect(await later(3, () => retention.run())).toBe(0);
    expect(await dueIn(3)).toMatchObject({ due: 0, held: 1 });
  });

  it('erases an ended ticket that was erased no second time, and a held one once it is released', async () => {
    await operator.send('DELETE', `/v1/admin/tickets/${tickets.held}/hold`, { reason: 'Jugement rendu' });
    await included();
    expect(await dueIn(3)).toMatchObject({ due: 1, held: 0 });
    expect(await later(3, () => retention.run())).toBe(1);
    expect(await titleOf('held')).toBe('');
  });
});

describe('the setting', () => {
  it.each([
    ['open:P1Y', /^RETENTION: expected a status and an ISO duration, [^\n]*"open:P1Y"$/],
    ['closed:2Y', /^RETENTION: expected a status[^\n]*$/],
    ['closed:P0Y', /^RETENTION: closed: expected a duration above zero[^\n]*$/],
  ])('%s is refused in one line', (value, message) => {
    expect(() => readSettings({ RETENTION: value })).toThrow(StartRefused);
    expect(() => readSettings({ RETENTION: value })).toThrow(message);
  });
  it('erases nothing where it is not set', () => expect(readSettings({}).retention).toEqual([]));
});
