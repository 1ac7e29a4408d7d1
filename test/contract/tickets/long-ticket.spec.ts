import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPool } from '../../../src/platform/database/connections/pool.js';
import type { EventStore } from '../../../src/platform/event-store/event-store.js';
import { PostgresEventStore } from '../../../src/platform/event-store/postgres/postgres-event-store.js';
import { instant } from '../../../src/shared/instant.js';
import { encode } from '../../../src/tickets/domain/ticket.codec.js';
import { ticketStream, type TicketEvent } from '../../../src/tickets/domain/ticket.events.js';
import { clientOf, type Client } from '../../support/api/client.js';
import {
  command,
  commandBodies,
  opening,
  type SyncBody,
  type TicketBody,
} from '../../support/api/contract.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';
import { ThreadWatch } from '../../support/server/thread-watch.js';

const noteCount = 5_000;
const perAppend = 50;
/**
 * No request is to hold the thread for more than 50 ms, and those for a page of five hundred notes take 32 of them. What the client in
 * this process and the collector's own threads take counts, too. All notes in one go take many times as much.
 */
const maxHeldMs = 120;

let server: TestServer;
let client: Client;
let long: string;
/** A note that stands amid the others, with the command that wrote it. */
let noted: { commandId: string; body: string };

const longText = 'Le lecteur de cartes du poste 4 est muet depuis la relève de nuit. '
  .repeat(149)
  .slice(0, 9_990);

beforeAll(async () => {
  server = await startTestServer({ roles: new Set(['api']) });
  client = await clientOf(server);
  const { body } = await client.post<TicketBody>('/v1/tickets', opening());
  long = body.ticketId;
  noted = { commandId: randomUUID(), body: `${longText} x` };
  expect((await command(client, long, 'note', noted)).status).toBe(200);
  const pool = openPool(server.database.url);
  const store = new PostgresEventStore(pool);
  for (let from = 2; from < noteCount; from += perAppend) await addNotes(store, from);
  await store.close();
  await pool.end();
});
afterAll(() => server.close());

const addNotes = (store: EventStore, expectedRevision: number) =>
  store.append({
    stream: ticketStream(long),
    expectedRevision,
    events: Array.from({ length: perAppend }, (_, index) => {
      const commandId = randomUUID();
      const occurredAt = instant(new Date());
      const note: TicketEvent = {
        ...{ type: 'NoteAdded', occurredAt, internal: index % 2 === 0 },
        body: `${longText} ${index}`,
      };
      return encode(commandId, note, {
        ...{ commandId, fingerprint: 'none', actor: 'test:agent', claimedAt: occurredAt },
        ...{ correlationId: commandId, causationId: commandId },
      });
    }),
  });

/** Only the status: to parse the answer here would hold the same thread. */
const statusOf = (path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${client.token}` };
    request(new URL(path, server.url), { headers }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
    })
      .on('error', reject)
      .end();
  });

const sync = async (commands: object[]): Promise<string[]> => {
  const { body } = await client.post<SyncBody>('/v1/sync', { deviceId: 'tablette', commands });
  return body.results.map(({ status }) => status);
};

const held = async (work: () => Promise<unknown>): Promise<number> => {
  const watch = new ThreadWatch();
  await work();
  return watch.stop();
};

describe('a ticket with five thousand long notes', () => {
  const path = () => `/v1/tickets/${long}`;
  const note = () => ({ type: 'note', ticketId: long, commandId: randomUUID(), body: longText });
  const requests: [string, () => Promise<unknown>, unknown][] = [
    ['read for the first time since the server started, by several at once', () => Promise.all([1, 2, 3].map(() => statusOf(path()))), [200, 200, 200]],
    ['read again', () => statusOf(path()), 200],
    ['noted on', async () => (await command(client, long, 'note', { body: longText })).status, 200],
    ['sent a note again that stands amid the others', async () => (await command(client, long, 'note', noted)).status, 200],
    ['synced about', () => sync([note(), note(), note()]), ['applied', 'applied', 'applied']],
    ['told from its beginning', () => statusOf(`${path()}/history?limit=500`), 200],
    ['told from its end', () => statusOf(`${path()}/history?limit=500&order=newest`), 200],
    ['resolved', async () => (await command(client, long, 'resolve', commandBodies.resolve)).status, 200],
  ]; // prettier-ignore

  it.each(requests)('holds nobody up when it is %s', async (_title, ask, expected) => {
    let answer: unknown;
    const heldMs = await held(async () => {
      answer = await ask();
    });
    expect(answer).toEqual(expected);
    expect(heldMs).toBeLessThan(maxHeldMs);
  });

  it('is still one ticket: what was noted first is found again, and the history is whole', async () => {
    expect((await client.get<TicketBody>(path())).body).toMatchObject({ status: 'resolved' });
    const { body } = await client.get<{ items: { data: { body: string } }[] }>(`${path()}/history?limit=2`);
    expect(body.items[1]!.data.body).toBe(noted.body);
    expect(await sync([{ type: 'note', ticketId: long, ...noted }])).toEqual(['duplicate']);
    expect(await sync([{ type: 'note', ticketId: long, ...noted, body: 'another' }])).toEqual(['refused']);
  });
});

it('/metrics tell how long the thread was held', async () => {
  const { body } = await client.get<string>('/metrics');
  for (const name of ['max', 'p99', 'mean']) {
    expect(body).toMatch(new RegExp(`^nodejs_eventloop_lag_${name}_seconds \\d`, 'm'));
  }
});
