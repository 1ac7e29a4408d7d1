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
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { ThreadWatch } from '../../support/server/thread-watch.js';

const noteCount = 5_000;
const perAppend = 50;
/**
 * The longest time that the thread may be held, in milliseconds. The goal is 50 ms per request; a page of five hundred encrypted notes
 * takes 42 ms. The client in this process and the garbage collector's threads count too, which beside two other suites came to 121 ms.
 * All notes in one go take many times as long.
 */
const maxHeldMs = 200;

let server: HostedServer;
let client: Client;
let long: string;
/** The first note of the ticket, with the id of the command that wrote it. */
let noted: { commandId: string; body: string };

const longText = 'Le lecteur de cartes du poste 4 est muet depuis la relève de nuit. '
  .repeat(149)
  .slice(0, 9_990);

beforeAll(async () => {
  server = await startHostedServer({ roles: new Set(['api']) });
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

/** The status of the answer alone: parsing its body here would hold the same thread. */
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
    ['given another note', async () => (await command(client, long, 'note', { body: longText })).status, 200],
    ['given its first note again', async () => (await command(client, long, 'note', noted)).status, 200],
    ['given a batch of notes', () => sync([note(), note(), note()]), ['applied', 'applied', 'applied']],
    ['read from the oldest event', () => statusOf(`${path()}/history?limit=500`), 200],
    ['read from the newest event', () => statusOf(`${path()}/history?limit=500&order=newest`), 200],
    ['resolved', async () => (await command(client, long, 'resolve', commandBodies.resolve)).status, 200],
  ]; // prettier-ignore

  it.each(requests)('holds the thread only briefly when it is %s', async (_title, send, expected) => {
    let answer: unknown;
    const heldMs = await held(async () => {
      answer = await send();
    });
    expect(answer).toEqual(expected);
    expect(heldMs).toBeLessThan(maxHeldMs);
  });

  it('is still complete: its first note is recognized when sent again, and stands in its history', async () => {
    expect((await client.get<TicketBody>(path())).body).toMatchObject({ status: 'resolved' });
    const { body } = await client.get<{ items: { data: { body: string } }[] }>(`${path()}/history?limit=2`);
    expect(body.items[1]!.data.body).toBe(noted.body);
    expect(await sync([{ type: 'note', ticketId: long, ...noted }])).toEqual(['duplicate']);
    expect(await sync([{ type: 'note', ticketId: long, ...noted, body: 'another' }])).toEqual(['refused']);
  });
});

it('/metrics include how long the event loop was delayed', async () => {
  const { body } = await client.get<string>('/metrics');
  for (const name of ['max', 'p99', 'mean']) {
    expect(body).toMatch(new RegExp(`^nodejs_eventloop_lag_${name}_seconds \\d`, 'm'));
  }
});
