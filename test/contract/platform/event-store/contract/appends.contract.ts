import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { maxEventBytes, eventSize } from '../../../../../src/platform/event-store/event-size.js';
import {
  EventIdReused,
  EventTooLarge,
  VersionConflict,
  type Append,
  type Appended,
  type EventStore,
} from '../../../../../src/platform/event-store/event-store.js';
import { event, events, newPrefix, numbers, outcome, plain, type Engine } from '../engines/engine.js';

export const appendsContract = (start: () => Promise<Engine>): void => {
  let engine: Engine;
  let store: EventStore;
  let secondStore: EventStore;
  let prefix: string;
  let streams = 0;
  const newStream = () => `${prefix}${(streams += 1)}`;

  beforeAll(async () => {
    engine = await start();
    store = await engine.connect();
    secondStore = await engine.connect();
    prefix = newPrefix();
  });
  afterAll(async () => {
    await store.close();
    await secondStore.close();
    await engine.stop();
  });

  const revisionsOf = async (stream: string) =>
    (await store.readStream(stream)).map(({ revision }) => revision);

  describe('an append', () => {
    it('numbers the events of its stream from 1, and answers with the last revision', async () => {
      const stream = newStream();
      const first = await store.append({ stream, expectedRevision: 0, events: events(3) });
      const second = await store.append({ stream, expectedRevision: 3, events: events(1) });
      expect(first).toMatchObject({ revision: 3, duplicate: false });
      expect(second).toMatchObject({ revision: 4, duplicate: false });
      expect(second.position).toBeGreaterThan(first.position);
      expect(await revisionsOf(stream)).toEqual([1, 2, 3, 4]);
    });

    it('is answered with the position and the time of its last event, as they are read later', async () => {
      const stream = newStream();
      const { revision, position, recordedAt } = await store.append({
        stream,
        expectedRevision: 0,
        events: events(2),
      });
      const read = await store.readStream(stream);
      expect(plain(read.at(-1)!)).toMatchObject({ revision, position, recordedAt });
      expect(Math.abs(Date.parse(recordedAt) - Date.now())).toBeLessThan(60_000);
    });

    it.each([
      ['above 0 for a stream that does not exist', 0, 5, 0],
      ['that has passed', 4, 2, 4],
      ['of 0 for a stream that exists', 2, 0, 2],
      ['that is not reached yet', 2, 3, 2],
    ])(
      'is refused at an expected revision %s, with the actual one',
      async (_, there, expectedRevision, actual) => {
        const stream = newStream();
        if (there > 0) await store.append({ stream, expectedRevision: 0, events: events(there) });
        const refusal = await outcome(store.append({ stream, expectedRevision, events: events(2) }));
        expect(refusal).toBeInstanceOf(VersionConflict);
        expect(refusal).toMatchObject({ stream, expectedRevision, actualRevision: actual });
        expect(await revisionsOf(stream)).toHaveLength(there);
      },
    );

    it('takes an event of the maximum size, and refuses one byte more', async () => {
      const stream = newStream();
      const empty = eventSize(event('Attached', { text: 'é' })) + (engine.addedBytes ?? 0);
      const sized = (bytes: number) => [event('Attached', { text: `é${'x'.repeat(bytes - empty)}` })];
      const refusal = await outcome(
        store.append({ stream, expectedRevision: 0, events: sized(maxEventBytes + 1) }),
      );
      expect(refusal).toBeInstanceOf(EventTooLarge);
      expect(refusal).toMatchObject({ size: maxEventBytes + 1, limit: maxEventBytes });
      await store.append({ stream, expectedRevision: 0, events: sized(maxEventBytes) });
      expect(await revisionsOf(stream)).toEqual([1]);
    });
  });

  describe('an append that is repeated', () => {
    const again = async (append: Append, first: Appended, by: EventStore) => {
      expect(await by.append(append)).toEqual({ ...first, duplicate: true });
    };

    it('gives the first answer again, from any process, any number of times', async () => {
      const append = { stream: newStream(), expectedRevision: 0, events: events(3) };
      const first = await store.append(append);
      for (const by of [store, secondStore, secondStore]) await again(append, first, by);
      expect(await revisionsOf(append.stream)).toEqual([1, 2, 3]);
    });

    it('gives the first answer again when the stream has grown since', async () => {
      const stream = newStream();
      await store.append({ stream, expectedRevision: 0, events: events(1) });
      const append = { stream, expectedRevision: 1, events: events(2) };
      const first = await store.append(append);
      await store.append({ stream, expectedRevision: 3, events: events(2) });
      await again(append, first, secondStore);
      expect(await revisionsOf(stream)).toHaveLength(5);
    });

    it('is written once when the repetitions come at the same time', async () => {
      const append = { stream: newStream(), expectedRevision: 0, events: events(2) };
      const answers = await Promise.all(
        [store, secondStore, store, secondStore].map((by) => by.append(append)),
      );
      expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
      expect(
        new Set(answers.map(({ revision, position, recordedAt }) => `${revision} ${position} ${recordedAt}`))
          .size,
      ).toBe(1);
      expect(await revisionsOf(append.stream)).toEqual([1, 2]);
    });

    it.each([
      ['with one more event', ([first, second]: Append['events']) => [first!, second!, event()]],
      ['with another second event', ([first]: Append['events']) => [first!, event()]],
      ['with another first event', ([, second]: Append['events']) => [event(), second!]],
    ])('%s is refused, and writes nothing', async (_, changed) => {
      const append = { stream: newStream(), expectedRevision: 0, events: events(2) };
      await store.append(append);
      const refusal = await outcome(secondStore.append({ ...append, events: changed(append.events) }));
      expect(refusal).toBeInstanceOf(EventIdReused);
      expect(await revisionsOf(append.stream)).toEqual([1, 2]);
    });
  });

  describe('appends in one call', () => {
    it('are decided independently, and answered in their order', async () => {
      const known = { stream: newStream(), expectedRevision: 0, events: events(1) };
      await store.append(known);
      const fresh = newStream();
      const results = await store.appendMany([
        { stream: known.stream, expectedRevision: 7, events: events(1) },
        { stream: fresh, expectedRevision: 0, events: events(2) },
        known,
        {
          stream: newStream(),
          expectedRevision: 0,
          events: [event('Attached', { text: 'x'.repeat(maxEventBytes) })],
        },
      ]);
      expect(results).toMatchObject([
        { status: 'rejected', reason: expect.any(VersionConflict) },
        { status: 'fulfilled', value: { revision: 2, duplicate: false } },
        { status: 'fulfilled', value: { revision: 1, duplicate: true } },
        { status: 'rejected', reason: expect.any(EventTooLarge) },
      ]);
      expect(await revisionsOf(fresh)).toEqual([1, 2]);
    });

    it('to one stream are written in the order given', async () => {
      const stream = newStream();
      const appends = numbers(0, 9).map((expectedRevision) => ({
        stream,
        expectedRevision,
        events: events(1),
      }));
      const results = await store.appendMany(appends);
      expect(
        results.map((result) => (result.status === 'fulfilled' ? result.value.revision : result.reason)),
      ).toEqual(numbers(1, 10));
      const read = await store.readStream(stream);
      expect(read.map(({ id }) => id)).toEqual(appends.map((append) => append.events[0]!.id));
    });

    it('may be an empty list, which is answered with an empty list', async () => {
      expect(await store.appendMany([])).toEqual([]);
    });
  });

  describe('concurrent writers of one stream', () => {
    it('win each revision once, and the others get a conflict with the actual revision', async () => {
      const stream = newStream();
      for (const expectedRevision of numbers(0, 9)) {
        const results = await Promise.all(
          [store, secondStore, store, secondStore, store].map((by) =>
            outcome(by.append({ stream, expectedRevision, events: events(1) })),
          ),
        );
        const conflicts = results.filter((result) => result instanceof VersionConflict);
        expect(conflicts.map(({ actualRevision }) => actualRevision)).toEqual(
          numbers(1, 4).map(() => expectedRevision + 1),
        );
        expect(results.filter((result) => !(result instanceof Error))).toHaveLength(1);
      }
      expect(await revisionsOf(stream)).toEqual(numbers(1, 10));
    });

    it('all succeed eventually when each retries after a conflict', async () => {
      const stream = newStream();
      const appendWithRetry = async (by: EventStore): Promise<number> => {
        const mine = events(1);
        for (let expectedRevision = 0; ;) {
          const result = await outcome(by.append({ stream, expectedRevision, events: mine }));
          if (!(result instanceof Error)) return result.revision;
          if (!(result instanceof VersionConflict)) throw result;
          expectedRevision = result.actualRevision;
        }
      };
      const write = async (n: number) => {
        const won: number[] = [];
        while (won.length < 4) won.push(await appendWithRetry(n % 2 ? store : secondStore));
        return won;
      };
      const won = await Promise.all(numbers(1, 5).map(write));
      expect(won.flat().sort((a, b) => a - b)).toEqual(numbers(1, 20));
      expect(await revisionsOf(stream)).toEqual(numbers(1, 20));
    });
  });
};
