import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventStore, EventToAppend } from '../../../../../src/platform/event-store/event-store.js';
import { event, events, newPrefix, numbers, plain, type Engine } from '../engines/engine.js';
import { firstEvents } from '../engines/reader.js';

/** An event with every kind of value JSON can hold, including values that some stores or drivers alter. */
const rich: EventToAppend = {
  ...event('TicketOpened', {
    title: 'Imprimante n° 2 — «coincée» 🖨️',
    empty: '',
    nothing: null,
    nested: { list: [1, 2.5, -0.125, 1e21, true, [], {}], quote: '"\\\n\u2028' },
    zeroes: '0'.repeat(100),
  }),
  metadata: { actor: 'agent-1', deviceId: 'tablette é', clockSkewMs: -1500 },
};

export const readsContract = (start: () => Promise<Engine>): void => {
  let engine: Engine;
  let store: EventStore;
  let stream: string;

  beforeAll(async () => {
    engine = await start();
    store = await engine.connect();
    stream = `${newPrefix()}1`;
    await store.append({ stream, expectedRevision: 0, events: [rich, ...events(4)] });
  });
  afterAll(async () => {
    await store.close();
    await engine.stop();
  });

  describe('reading a stream', () => {
    it('gives events exactly as they were appended', async () => {
      const [read] = await store.readStream(stream);
      expect(plain(read!)).toEqual({
        ...rich,
        stream,
        revision: 1,
        position: expect.any(BigInt),
        recordedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      });
    });

    it('gives the same events as a subscription', async () => {
      const read = await store.readStream(stream);
      const got = await firstEvents(store, { after: 0n, streamPrefix: stream }, 5);
      expect(got.map(plain)).toEqual(read.map(plain));
    });

    it.each([
      [1, [1, 2, 3, 4, 5]],
      [4, [4, 5]],
      [6, []],
    ])('from revision %i gives all events from there on', async (from, revisions) => {
      const read = await store.readStream(stream, from);
      expect(read.map(({ revision }) => revision)).toEqual(revisions);
    });

    it.each([
      [1, 2, [1, 2]],
      [3, 2, [3, 4]],
      [4, 500, [4, 5]],
      [6, 1, []],
    ])('from revision %i gives at most %i events', async (from, maxCount, revisions) => {
      const read = await store.readStream(stream, from, maxCount);
      expect(read.map(({ revision }) => revision)).toEqual(revisions);
    });

    it('gives each of several concurrent readers its own range', async () => {
      const pages = [[1, 1], [2, 3], [2, 1], [1], [5, 9], [1, 1]] as const;
      const read = await Promise.all(pages.map((page) => store.readStream(stream, ...page)));
      expect(read.map((some) => some.map(({ revision }) => revision))).toEqual([
        ...[[1], [2, 3, 4], [2], [1, 2, 3, 4, 5], [5], [1]],
      ]);
    });

    it('gives an empty list for a stream that does not exist', async () => {
      expect(await store.readStream(`${stream}-not`)).toEqual([]);
    });

    it('includes every append that another process has been answered', async () => {
      const otherStore = await engine.connect();
      const growing = `${stream}-growing`;
      for (const expectedRevision of numbers(0, 9)) {
        await otherStore.append({ stream: growing, expectedRevision, events: events(1) });
        expect(await store.readStream(growing)).toHaveLength(expectedRevision + 1);
      }
      await otherStore.close();
    });

    it('gives a stream of hundreds of events in full', async () => {
      const long = `${stream}-long`;
      await store.append({ stream: long, expectedRevision: 0, events: events(300) });
      const read = await store.readStream(long);
      expect(read.map(({ revision }) => revision)).toEqual(numbers(1, 300));
    });
  });

  describe('the log', () => {
    it('has one identity, the same for every connection', async () => {
      const stores = await Promise.all(numbers(1, 5).map(() => engine.connect()));
      const identities = await Promise.all([store, ...stores].map((connection) => connection.identity()));
      expect(new Set(identities).size).toBe(1);
      expect(identities[0]).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      await Promise.all(stores.map((connection) => connection.close()));
    });

    it('has the position of its newest event', async () => {
      const { position } = await store.append({
        stream: `${stream}-last`,
        expectedRevision: 0,
        events: events(2),
      });
      expect(await store.lastPosition()).toBeGreaterThanOrEqual(position);
    });

    it('says when the first event after a position was recorded', async () => {
      const read = await store.readStream(stream);
      for (const [index, { position }] of read.slice(0, -1).entries())
        expect(await store.recordedAfter(position)).toBe(read[index + 1]!.recordedAt);
      expect(await store.recordedAfter(0n)).toBeDefined();
      // Other tests may append to the same log meanwhile.
      expect(await store.recordedAfter((await store.lastPosition()) + 2n ** 40n)).toBeUndefined();
    });
  });
};
