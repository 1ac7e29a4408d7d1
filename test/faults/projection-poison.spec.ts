import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DailyFigures } from '../../src/billets-quotidiens/projections/daily-figures.projection.js';
import {
  EventStoreUnavailable,
  type Append,
  type EventStore,
  type EventToAppend,
  type RecordedEvent,
  type SubscribeOptions,
} from '../../src/platform/event-store/event-store.js';
import { clientOf, codeOf, type Client } from '../support/api/client.js';
import { foldOf } from '../support/figures/event-fold.js';
import {
  appendAll,
  createProjectionBed,
  until,
  variantOf,
  type ProjectionBed,
} from '../support/projections/projections.js';
import { readLog, readServed } from '../support/figures/served-rows.js';
import { startTestServer, type TestServer } from '../support/server/server.js';
import { TicketHistories } from '../support/tickets/ticket-histories.js';
import { budgeted } from '../support/budget.js';

interface DeadLetter {
  id: string;
  projection: string;
  stream: string;
  revision: number;
  eventType: string;
  error: string;
  attempts: number;
  waiting: number;
}

interface Day {
  position: string;
  knownAt: string;
  incomplete?: number;
}

const anyDay = '/v1/billets-quotidiens/2026-05-15';

/** The first event of a ticket at an establishment, with the data of a generated history and a new id. */
const opening = (establishment: string): EventToAppend => {
  const [{ events } = { events: [] }] = new TicketHistories(1, 1).take(1);
  const { data, ...event } = events[0]!;
  return { ...event, id: randomUUID(), data: { ...data, at: { ...(data.at as object), establishment } } };
};
const note = (): EventToAppend => ({ ...opening('OUEST'), type: 'NoteAdded', data: {} });
const once = (event: EventToAppend, stream = `ticket-${randomUUID()}`, expectedRevision = 0): Append => ({
  stream,
  expectedRevision,
  events: [event],
});

/** How many events are appended: two per ticket. */
const events = budgeted(2_000);

describe(`one ticket among ${events / 2} with an event that can’t be folded`, () => {
  const seed = Date.now() % 2 ** 31;
  const bad = 'not to be folded, for now';
  let broken = true;
  let poisoned: Append;
  let server: TestServer;
  let bed: ProjectionBed;
  let client: Client;
  let knownAtBefore: string;
  const fold = DailyFigures.prototype.fold.bind(new DailyFigures());

  beforeAll(async () => {
    console.info(`histories of seed ${seed}`);
    const appends = new TicketHistories(seed, 2).take(events);
    poisoned = appends.find(({ events }, index) => index > appends.length / 2 && events.length === 2)!;
    const [first] = poisoned.events;
    jest.spyOn(DailyFigures.prototype, 'fold').mockImplementation((events: readonly RecordedEvent[]) => {
      if (broken && events.some(({ id }) => id === first!.id)) throw new Error(bad);
      return fold(events);
    });
    server = await startTestServer();
    bed = await createProjectionBed(server.database.url);
    client = await clientOf(server);
    await appendAll(bed.store, appends);
  });
  afterAll(async () => {
    await bed.close();
    await server.close();
    jest.restoreAllMocks();
  });

  /** The figures of the whole log. The first requests may time out, since a failing event is tried several times before it is given up. */
  const figures = (): Promise<Day> =>
    until('the figures are of the whole log', async () => {
      const position = await bed.store.lastPosition();
      const { status, body } = await client.get<Day>(`${anyDay}?minPosition=${position}`);
      expect([200, 503]).toContain(status);
      return status === 200 && body;
    });
  const deadLetters = async (): Promise<DeadLetter[]> =>
    (await client.get<{ items: DeadLetter[] }>('/v1/admin/dead-letters')).body.items.filter(
      ({ projection }) => projection === 'daily-figures',
    );
  const retry = async (id: string) => client.post(`/v1/admin/dead-letters/${id}/retry`);

  it('leaves the figures of all other tickets exact and up to date, and marked incomplete', async () => {
    expect(await figures()).toMatchObject({ incomplete: 1 });
    const log = await readLog(bed.store);
    const { position, counts } = await readServed(bed.query);
    expect(position).toBe(log.at(-1)?.position);
    expect(counts).toEqual(foldOf(log.filter(({ stream }) => stream !== poisoned.stream)));
    const streams = new Set(log.map(({ stream }) => stream));
    expect(streams.size).toBeGreaterThanOrEqual(events / 2);
  });

  it('becomes a dead letter with its error, where its later events wait', async () => {
    expect(await deadLetters()).toEqual([
      expect.objectContaining({
        ...{ projection: 'daily-figures', stream: poisoned.stream, revision: 1 },
        ...{ eventType: 'TicketOpened', error: bad, waiting: 1 },
      }),
    ]);
    await bed.store.append(once(note(), poisoned.stream, 2));
    await bed.store.append(once(opening('OUEST')));
    knownAtBefore = (await figures()).knownAt;
    expect((await deadLetters())[0]).toMatchObject({ waiting: 2 });
    const log = await readLog(bed.store);
    const { counts } = await readServed(bed.query);
    expect(counts).toEqual(foldOf(log.filter(({ stream }) => stream !== poisoned.stream)));
  });

  it('is answered still-failing by a retry before the fix', async () => {
    const [deadLetter] = await deadLetters();
    const answer = await retry(deadLetter!.id);
    expect([answer.status, codeOf(answer.body), answer.body.error]).toEqual([409, 'still-failing', bad]);
    expect((await deadLetters())[0]!.attempts).toBeGreaterThan(deadLetter!.attempts);
  });

  it('is complete after a retry that follows the fix, and the figures do not get older', async () => {
    broken = false;
    const [deadLetter] = await deadLetters();
    expect(await retry(deadLetter!.id)).toMatchObject({
      status: 200,
      body: { outcome: 'applied', events: 3 },
    });
    const day = await figures();
    expect(day).not.toHaveProperty('incomplete');
    expect(day.knownAt >= knownAtBefore).toBe(true);
    const { counts } = await readServed(bed.query);
    expect(counts).toEqual(foldOf(await readLog(bed.store)));
    expect(await deadLetters()).toEqual([]);
    expect((await retry(deadLetter!.id)).status).toBe(404);
  });

  it('becomes a dead letter also with an event of an unknown type', async () => {
    const stream = `ticket-${randomUUID()}`;
    await bed.store.append(once(opening('OUEST'), stream));
    await bed.store.append(once({ ...opening('OUEST'), type: 'TicketVanished' }, stream, 1));
    await bed.store.append(once(note(), stream, 2));
    expect(await figures()).toMatchObject({ incomplete: 1 });
    const [deadLetter] = await deadLetters();
    expect(deadLetter).toMatchObject({ stream, revision: 2, eventType: 'TicketVanished', waiting: 1 });
    expect(deadLetter!.error).toContain('TicketVanished');
    const { counts } = await readServed(bed.query);
    expect(counts).toEqual(foldOf(await readLog(bed.store)));
  });
});

describe('a projection', () => {
  let bed: ProjectionBed;
  beforeAll(async () => {
    bed = await createProjectionBed();
  });
  afterEach(async () => {
    await bed.close();
    bed = await createProjectionBed();
  });
  afterAll(() => bed.close());

  const served = (position: bigint) =>
    until(`position ${position} is served`, async () => {
      const now = await readServed(bed.query);
      return now.position >= position && now;
    });
  const lastError = async () =>
    (await bed.query<{ last_error: string | null }>('SELECT last_error FROM projections.generations'))[0]!
      .last_error;
  const deadLettersIn = (from: ProjectionBed) => from.query('SELECT * FROM projections.dead_letters');

  it('finds the one event of a batch that PostgreSQL refuses, by splitting the batch', async () => {
    const appends = new TicketHistories(7).take(500);
    // PostgreSQL refuses a NUL in any text.
    const refused = once(opening('NU\u0000L'));
    appends.splice(200, 0, refused);
    await appendAll(bed.store, appends);
    const projections = await bed.run();
    const log = await readLog(bed.store);
    const { counts, incomplete } = await served(log.at(-1)!.position);
    expect(incomplete).toBe(1);
    expect(counts).toEqual(foldOf(log.filter(({ stream }) => stream !== refused.stream)));
    expect(await projections.deadLetters.list()).toEqual([
      expect.objectContaining({ stream: refused.stream, attempts: 4, waiting: 0 }),
    ]);
  });

  it('applies a retried ticket up to its next failing event, which the dead letter then names', async () => {
    const stream = `ticket-${randomUUID()}`;
    let mended = false;
    const failing = opening('OUEST');
    const Mendable = variantOf((original) => ({
      fold: (events) => {
        if (!mended && events.some(({ id }) => id === failing.id)) throw new Error('the first');
        return original.fold(events);
      },
    }));
    const events = [failing, note(), { ...note(), type: 'TicketVanished' }, note()];
    await bed.store.append({ stream, expectedRevision: 0, events });
    const projections = await bed.run([Mendable]);
    await served(4n);
    const [deadLetter] = await projections.deadLetters.list();
    expect(deadLetter).toMatchObject({ revision: 1, waiting: 3 });
    mended = true;
    await projections.deadLetters.requestRetry(deadLetter!.id);
    const [moved] = await until('the letter tells of the second', async () => {
      const now = await projections.deadLetters.list();
      return now[0]?.error !== 'the first' && now;
    });
    expect(moved).toMatchObject({ id: deadLetter!.id, revision: 3, position: 3n, waiting: 1 });
    expect(moved!.eventType).toBe('TicketVanished');
    expect((await readServed(bed.query)).counts).toEqual(foldOf(await readLog(bed.store)));
  });

  it.each([
    [
      'the disk is full',
      `DO $$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$`,
      'No space left on device',
    ],
    [
      'the connection is lost',
      'SELECT pg_terminate_backend(pg_backend_pid())',
      'terminating connection due to administrator command',
    ],
  ])(
    'creates no dead letter when %s, reports the error, and continues later',
    async (_, statement, message) => {
      let failing = true;
      let failures = 0;
      const Failing = variantOf((original) => ({
        write: async (changes, transaction) => {
          if (failing) {
            failures += 1;
            await transaction.query(statement);
          }
          await original.write(changes, transaction);
        },
      }));
      await bed.run([Failing]);
      await sleep(200);
      await appendAll(bed.store, new TicketHistories(8).take(300));
      await until('it says what stops it', async () => (await lastError())?.includes(message));
      await until('it has tried a few times', () => Promise.resolve(failures >= 4));
      expect(await deadLettersIn(bed)).toEqual([]);
      failing = false;
      const log = await readLog(bed.store);
      const { counts, incomplete } = await served(log.at(-1)!.position);
      expect([incomplete, counts]).toEqual([0, foldOf(log)]);
      expect(await deadLettersIn(bed)).toEqual([]);
      await until('it has nothing to complain of', async () => (await lastError()) === null);
    },
  );

  it('reports the error also where its subscription is slow to end', async () => {
    const lingering = (store: EventStore): EventStore =>
      Object.assign(Object.create(store) as EventStore, {
        async *subscribe(options: SubscribeOptions) {
          yield* store.subscribe(options);
          await sleep(100);
        },
      });
    let tries = 0;
    const Failing = variantOf(() => ({
      write: () => {
        tries += 1;
        return Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
      },
    }));
    await bed.run([Failing], { through: lingering });
    // After this pause the projection waits for events, and gets the next one by notification.
    await sleep(1_500);
    await appendAll(bed.store, new TicketHistories(11).take(1));
    await until('it has tried', () => Promise.resolve(tries > 1));
    expect(await lastError()).toBe('away');
  });

  it('says why, and since when, no events come, as long as that lasts', async () => {
    let isAway = true;
    const withoutEvents = (store: EventStore): EventStore =>
      Object.assign(Object.create(store) as EventStore, {
        async *subscribe(options: SubscribeOptions) {
          while (isAway) {
            options.onFailing?.(new EventStoreUnavailable('denied'));
            await sleep(10);
          }
          options.onFailing?.(null);
          yield* store.subscribe(options);
        },
      });
    await bed.run([variantOf(() => ({}))], { through: withoutEvents });
    const reported = async () => {
      const [row] = await bed.query<{ since: string | null }>(
        'SELECT failing_since::text AS since FROM projections.generations',
      );
      return row!.since;
    };
    await until('it fails', async () => (await reported()) !== null);
    const since = await reported();
    expect(await lastError()).toContain('denied');
    // The lease is renewed with the same report meanwhile.
    await sleep(1_000);
    expect(await reported()).toBe(since);
    isAway = false;
    await until('it goes on', async () => (await reported()) === null);
    expect(await lastError()).toBeNull();
  });

  it('goes on for all others, however many tickets are put aside, and a retry of all heals them', async () => {
    let mended = false;
    const Mendable = variantOf((original) => ({
      fold: (events) => {
        if (!mended && events.some(({ data }) => data.title === 'hostile')) throw new Error('too long');
        return original.fold(events);
      },
    }));
    const hostile = () => {
      const { data, ...event } = opening('OUEST');
      return once({ ...event, data: { ...data, title: 'hostile' } });
    };
    const bad = Array.from({ length: 101 }, hostile);
    await appendAll(bed.store, [...bad, ...new TicketHistories(12).take(50)]);
    const projections = await bed.run([Mendable]);
    const log = await readLog(bed.store);
    const streams = new Set(bad.map(({ stream }) => stream));
    await until('all others are folded', async () => {
      const { position, incomplete } = await readServed(bed.query);
      return position === log.at(-1)!.position && incomplete === bad.length;
    });
    expect((await readServed(bed.query)).counts).toEqual(
      foldOf(log.filter(({ stream }) => !streams.has(stream))),
    );
    mended = true;
    for (const { id } of await projections.deadLetters.list()) await projections.deadLetters.requestRetry(id);
    await until('all are applied', async () => (await deadLettersIn(bed)).length === 0);
    expect((await readServed(bed.query)).counts).toEqual(foldOf(log));
  });

  it('stops, and puts nothing aside, where a table is not there for any event', async () => {
    const Lost = variantOf((original) => ({
      write: async (changes, transaction) => {
        await transaction.query('SELECT * FROM a_table_that_was_dropped');
        await original.write(changes, transaction);
      },
    }));
    await bed.run([Lost]);
    await appendAll(bed.store, new TicketHistories(13).take(10));
    await until('it says what stops it', async () =>
      (await lastError())?.includes('a_table_that_was_dropped'),
    );
    expect(await deadLettersIn(bed)).toEqual([]);
  });

  it('stops while an event fails, which is then left to whoever leads next', async () => {
    let tried = 0;
    const Failing = variantOf(() => ({
      fold: () => {
        tried += 1;
        throw new Error('not to be folded');
      },
    }));
    const projections = await bed.run([Failing]);
    await appendAll(bed.store, new TicketHistories(15).take(1));
    await until('it was tried', () => Promise.resolve(tried > 0));
    await projections.stop();
    expect(await deadLettersIn(bed)).toEqual([]);
    expect(await lastError()).toBeNull();
  });

  it('retries at growing intervals', async () => {
    const triedAt: number[] = [];
    const Failing = variantOf(() => ({
      write: () => {
        triedAt.push(Date.now());
        return Promise.reject(Object.assign(new Error('away'), { code: 'ECONNREFUSED' }));
      },
    }));
    await bed.run([Failing]);
    await appendAll(bed.store, new TicketHistories(9).take(10));
    await until('it has tried five times', () => Promise.resolve(triedAt.length >= 5));
    const pauses = triedAt.slice(1).map((at, index) => at - triedAt[index]!);
    expect(pauses[3]).toBeGreaterThan(2 * pauses[0]!);
  });

  it('does not count as written what PostgreSQL has rolled back', async () => {
    let failing = true;
    const Careless = variantOf((original) => ({
      write: async (changes, transaction) => {
        if (failing) await transaction.query('SELECT 1 / 0').catch(() => undefined);
        else await original.write(changes, transaction);
      },
    }));
    const projections = await bed.run([Careless]);
    const [append] = new TicketHistories(10).take(1);
    const { position } = await bed.store.append(append!);
    expect(await projections.waitForPosition(Careless, position, 500)).toBe(false);
    await until('it is put aside', async () => (await deadLettersIn(bed)).length === 1);
    failing = false;
    await projections.deadLetters.requestRetry((await projections.deadLetters.list())[0]!.id);
    await until('it is applied', async () => (await deadLettersIn(bed)).length === 0);
    expect((await readServed(bed.query)).counts).toEqual(foldOf(await readLog(bed.store)));
  });
});
