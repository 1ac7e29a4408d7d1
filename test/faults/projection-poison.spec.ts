import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DailyFigures } from '../../src/billets-quotidiens/projections/daily-figures.projection.js';
import type {
  Append,
  EventStore,
  EventToAppend,
  RecordedEvent,
  SubscribeOptions,
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

interface Letter {
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

/** A ticket's first event, as the histories write it. */
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

/** Two a ticket. */
const events = budgeted(6_000);

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

  /** Of all that is in the log: what is tried several times first may outlast a request's own patience. */
  const figures = (): Promise<Day> =>
    until('the figures are of the whole log', async () => {
      const position = await bed.store.lastPosition();
      const { status, body } = await client.get<Day>(`${anyDay}?minPosition=${position}`);
      expect([200, 503]).toContain(status);
      return status === 200 && body;
    });
  const letters = async (): Promise<Letter[]> =>
    (await client.get<{ items: Letter[] }>('/v1/admin/dead-letters')).body.items.filter(
      ({ projection }) => projection === 'daily-figures',
    );
  const retry = async (id: string) => client.post(`/v1/admin/dead-letters/${id}/retry`);

  it('leaves the figures of all others exact and up to date, and says that they lack something', async () => {
    expect(await figures()).toMatchObject({ incomplete: 1 });
    const log = await readLog(bed.store);
    const { position, counts } = await readServed(bed.query);
    expect(position).toBe(log.at(-1)?.position);
    expect(counts).toEqual(foldOf(log.filter(({ stream }) => stream !== poisoned.stream)));
    const others = new Set(log.map(({ stream }) => stream));
    expect(others.size).toBeGreaterThanOrEqual(events / 2);
  });

  it('is put aside with its error, and what comes later for it waits', async () => {
    expect(await letters()).toEqual([
      expect.objectContaining({
        ...{ projection: 'daily-figures', stream: poisoned.stream, revision: 1 },
        ...{ eventType: 'TicketOpened', error: bad, waiting: 1 },
      }),
    ]);
    await bed.store.append(once(note(), poisoned.stream, 2));
    await bed.store.append(once(opening('OUEST')));
    knownAtBefore = (await figures()).knownAt;
    expect((await letters())[0]).toMatchObject({ waiting: 2 });
    const log = await readLog(bed.store);
    const { counts } = await readServed(bed.query);
    expect(counts).toEqual(foldOf(log.filter(({ stream }) => stream !== poisoned.stream)));
  });

  it('is told to be failing still by a retry before the fix', async () => {
    const [letter] = await letters();
    const answer = await retry(letter!.id);
    expect([answer.status, codeOf(answer.body), answer.body.error]).toEqual([409, 'still-failing', bad]);
    expect((await letters())[0]!.attempts).toBeGreaterThan(letter!.attempts);
  });

  it('is whole after a retry that follows the fix, and the figures are as new as before', async () => {
    broken = false;
    const [letter] = await letters();
    expect(await retry(letter!.id)).toMatchObject({ status: 200, body: { outcome: 'applied', events: 3 } });
    const day = await figures();
    expect(day).not.toHaveProperty('incomplete');
    expect(day.knownAt >= knownAtBefore).toBe(true);
    const { counts } = await readServed(bed.query);
    expect(counts).toEqual(foldOf(await readLog(bed.store)));
    expect(await letters()).toEqual([]);
    expect((await retry(letter!.id)).status).toBe(404);
  });

  it('may also have an event of a type that nobody knows', async () => {
    const stream = `ticket-${randomUUID()}`;
    await bed.store.append(once(opening('OUEST'), stream));
    await bed.store.append(once({ ...opening('OUEST'), type: 'TicketVanished' }, stream, 1));
    await bed.store.append(once(note(), stream, 2));
    expect(await figures()).toMatchObject({ incomplete: 1 });
    const [letter] = await letters();
    expect(letter).toMatchObject({ stream, revision: 2, eventType: 'TicketVanished', waiting: 1 });
    expect(letter!.error).toContain('TicketVanished');
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
  const lettersIn = (asked: ProjectionBed) => asked.query('SELECT * FROM projections.dead_letters');

  it('finds the one event of a batch that PostgreSQL refuses, by halving', async () => {
    const appends = new TicketHistories(7).take(500);
    // No text in PostgreSQL holds a NUL.
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

  it('goes on with a ticket as far as it can, where a second event of it fails after the first is mended', async () => {
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
    const [letter] = await projections.deadLetters.list();
    expect(letter).toMatchObject({ revision: 1, waiting: 3 });
    mended = true;
    await projections.deadLetters.requestRetry(letter!.id);
    const [moved] = await until('the letter tells of the second', async () => {
      const now = await projections.deadLetters.list();
      return now[0]?.error !== 'the first' && now;
    });
    expect(moved).toMatchObject({ id: letter!.id, revision: 3, position: 3n, waiting: 1 });
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
  ])('puts nothing aside when %s, says what stops it, and goes on later', async (_, statement, message) => {
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
    expect(await lettersIn(bed)).toEqual([]);
    failing = false;
    const log = await readLog(bed.store);
    const { counts, incomplete } = await served(log.at(-1)!.position);
    expect([incomplete, counts]).toEqual([0, foldOf(log)]);
    expect(await lettersIn(bed)).toEqual([]);
    await until('it has nothing to complain of', async () => (await lastError()) === null);
  });

  it('says what stopped it also where its subscription takes a while to end', async () => {
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
    // By now it waits for events, and learns of this one by notification.
    await sleep(1_500);
    await appendAll(bed.store, new TicketHistories(11).take(1));
    await until('it has tried', () => Promise.resolve(tries > 1));
    expect(await lastError()).toBe('away');
  });

  it('stops instead of putting more than 100 tickets aside, and says why', async () => {
    const before = await bed.run();
    await until('there is something to serve', async () => (await readServed(bed.query)).generation === 1);
    await before.stop();
    const unknown = () => once({ ...note(), type: 'TicketVanished' });
    await appendAll(
      bed.store,
      Array.from({ length: 101 }, () => unknown()),
    );
    // As 100 of them would have been put aside, one after the other, each after some tries.
    await bed.query(
      `INSERT INTO projections.dead_letters (name, generation, stream, revision, position, event_type, error, attempts)
       SELECT 'daily-figures', 1, stream, revision, position, type, 'unknown', 4
         FROM event_store.events WHERE position <= 100`,
    );
    await bed.run();
    await until('it says why it stopped', async () =>
      (await lastError())?.startsWith('100 tickets are put aside already, and now: event TicketVanished'),
    );
    expect(await lettersIn(bed)).toHaveLength(100);
    expect((await readServed(bed.query)).position).toBeLessThan(101n);
  });

  it('tries again less and less often', async () => {
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

  it('does not take for written what PostgreSQL has rolled back', async () => {
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
    await until('it is put aside', async () => (await lettersIn(bed)).length === 1);
    failing = false;
    await projections.deadLetters.requestRetry((await projections.deadLetters.list())[0]!.id);
    await until('it is applied', async () => (await lettersIn(bed)).length === 0);
    expect((await readServed(bed.query)).counts).toEqual(foldOf(await readLog(bed.store)));
  });
});
