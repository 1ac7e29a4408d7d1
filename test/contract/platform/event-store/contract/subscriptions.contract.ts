import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventStore, RecordedEvent } from '../../../../../src/platform/event-store/event-store.js';
import { event, events, newPrefix, numbers, plain, type Engine } from '../engines/engine.js';
import { firstEvents, Reader } from '../engines/reader.js';

export const subscriptionsContract = (start: () => Promise<Engine>): void => {
  let engine: Engine;
  let store: EventStore;
  let secondStore: EventStore;
  let streamPrefix: string;
  let before: bigint;

  beforeAll(async () => {
    engine = await start();
    store = await engine.connect();
    secondStore = await engine.connect();
  });
  beforeEach(async () => {
    streamPrefix = newPrefix();
    before = await store.lastPosition();
  });
  afterAll(async () => {
    await store.close();
    await secondStore.close();
    await engine.stop();
  });

  const fill = async (stream: string, count: number) => {
    const { position } = await store.append({ stream, expectedRevision: 0, events: events(count) });
    return position;
  };
  const inOrder = (found: readonly RecordedEvent[]) =>
    found.every(({ position }, index) => index === 0 || position > found[index - 1]!.position);

  describe('a subscriber', () => {
    it('gets the existing events, then a sign that it has caught up, then new events', async () => {
      await fill(`${streamPrefix}1`, 7);
      const reader = new Reader(store, { after: before, streamPrefix });
      await reader.untilCaughtUp();
      expect(reader.events.map(({ revision }) => revision)).toEqual(numbers(1, 7));
      await secondStore.append({ stream: `${streamPrefix}1`, expectedRevision: 7, events: events(2) });
      await reader.untilEvents(9);
      await reader.untilCaughtUp();
      await reader.stop();
      expect(reader.events.map(({ revision }) => revision)).toEqual(numbers(1, 9));
      expect(inOrder(reader.events)).toBe(true);
    });

    it('can start after any position', async () => {
      await fill(`${streamPrefix}1`, 5);
      const all = await firstEvents(store, { after: 0n, streamPrefix }, 5);
      for (const [index, { position }] of all.slice(0, -1).entries()) {
        const rest = await firstEvents(store, { after: position, streamPrefix }, 4 - index);
        expect(rest.map(plain)).toEqual(all.slice(index + 1).map(plain));
      }
    });

    it('gets smaller batches where events are long, without losing any', async () => {
      // Each character takes three bytes in UTF-8: 600 000 bytes per event.
      const long = () => event('NoteAdded', { body: '記'.repeat(200_000) });
      for (let revision = 0; revision < 12; revision += 1) {
        await store.append({ stream: `${streamPrefix}1`, expectedRevision: revision, events: [long()] });
      }
      await fill(`${streamPrefix}2`, 300);
      const reader = new Reader(store, { after: before, streamPrefix, batchSize: 1_000 });
      await reader.untilEvents(312);
      await reader.stop();
      expect(inOrder(reader.events)).toBe(true);
      expect(reader.events.filter(({ data }) => data.body === '記'.repeat(200_000))).toHaveLength(12);
      const longs = reader.batches.map(
        (batch) => batch.events.filter(({ data }) => data.body !== undefined).length,
      );
      expect(Math.max(...longs)).toBeLessThan(12);
    });

    it('may leave out long texts that it does not need', async () => {
      const text = 'long '.repeat(2_000);
      const data = { title: 'kept', body: text, resolution: { code: 'fixed', note: text } };
      const odd = { title: 'kept', body: `${text}\u0000`, resolution: 'none' };
      const stream = `${streamPrefix}1`;
      const both = [event('A', data), event('B', odd), event('C', { title: 'short', body: 'b' })];
      await store.append({ stream, expectedRevision: 0, events: both });
      const without = ['body', 'resolution.note'];
      const found = await firstEvents(store, { after: before, streamPrefix, without }, 3);
      expect(found[0]!.data).toEqual({ title: 'kept', resolution: { code: 'fixed' } });
      expect(found[1]!.data).toMatchObject({ title: 'kept', resolution: 'none' });
      expect(found[2]!.data).toMatchObject({ title: 'short' });
    });

    it('never gets a batch larger than its batchSize, nor one out of order', async () => {
      await fill(`${streamPrefix}1`, 100);
      const reader = new Reader(store, { after: before, streamPrefix, batchSize: 7 });
      await reader.untilEvents(100);
      await reader.stop();
      expect(Math.max(...reader.batches.map((batch) => batch.events.length))).toBeLessThanOrEqual(7);
      expect(reader.events.map(({ revision }) => revision)).toEqual(numbers(1, 100));
      for (const batch of reader.batches) {
        const last = batch.events.at(-1);
        if (last) expect(batch.position).toBeGreaterThanOrEqual(last.position);
      }
    });

    it('gets only the streams and event types of its filter', async () => {
      const types = ['TicketOpened', 'NoteAdded', 'TicketResolved', 'NoteAdded'];
      const some = () => types.map((type) => event(type));
      await store.append({ stream: `${streamPrefix}a-1`, expectedRevision: 0, events: some() });
      await store.append({ stream: `${streamPrefix}b-1`, expectedRevision: 0, events: some() });
      const end = await fill(`${streamPrefix}c-1`, 1);
      const read = async (options: { streamPrefix: string; eventTypes?: string[] }) => {
        const reader = new Reader(store, { after: before, ...options });
        await reader.until(({ last }) => last !== undefined && last.position >= end);
        await reader.stop();
        return reader.events.map(({ stream, type }) => `${stream.replace(streamPrefix, '')} ${type}`);
      };
      expect(
        await read({ streamPrefix: `${streamPrefix}a-`, eventTypes: ['NoteAdded', 'TicketOpened'] }),
      ).toEqual(['a-1 TicketOpened', 'a-1 NoteAdded', 'a-1 NoteAdded']);
      expect(await read({ streamPrefix, eventTypes: ['TicketResolved'] })).toEqual([
        'a-1 TicketResolved',
        'b-1 TicketResolved',
      ]);
      expect(await read({ streamPrefix, eventTypes: [] })).toEqual([]);
    });

    it('reaches the end of the log even if its filter leaves everything out', async () => {
      const reader = new Reader(store, { after: before, streamPrefix: `${streamPrefix}none-` });
      await reader.untilCaughtUp();
      for (const n of numbers(1, 3)) {
        await fill(`${streamPrefix}${n}`, 50);
        const end = await store.lastPosition();
        await reader.until(({ last }) => last!.position >= end && last!.caughtUp);
      }
      await reader.stop();
      expect(reader.events).toEqual([]);
    });

    it('gets no system events of the store, even without a filter', async () => {
      await fill(`${streamPrefix}1`, 3);
      const reader = new Reader(store, { after: 0n });
      await reader.until(({ events: found }) => found.some(({ stream }) => stream.startsWith(streamPrefix)));
      await reader.stop();
      expect(reader.events.filter(({ stream }) => !stream.startsWith('test'))).toEqual([]);
    });

    it('gets every event even when it is one of several', async () => {
      const readers = numbers(1, 4).map(() => new Reader(store, { after: before, streamPrefix }));
      await fill(`${streamPrefix}1`, 20);
      for (const reader of readers) {
        await reader.untilEvents(20);
        await reader.stop();
        expect(reader.events.map(({ revision }) => revision)).toEqual(numbers(1, 20));
      }
    });
  });

  describe('five hundred appends to fifty streams at once', () => {
    it('reach a subscriber once each, in order, without gaps in any stream', async () => {
      const reader = new Reader(store, { after: before, streamPrefix, batchSize: 64 });
      const write = async (n: number) => {
        for (const expectedRevision of numbers(0, 9)) {
          const by = (n + expectedRevision) % 2 ? store : secondStore;
          await by.append({ stream: `${streamPrefix}${n}`, expectedRevision, events: events(1) });
        }
      };
      await Promise.all(numbers(1, 50).map(write));
      await reader.untilEvents(500);
      await reader.untilCaughtUp();
      await reader.stop();
      expect(reader.events).toHaveLength(500);
      expect(inOrder(reader.events)).toBe(true);
      for (const n of numbers(1, 50)) {
        const found = reader.events.filter(({ stream }) => stream === `${streamPrefix}${n}`);
        expect(found.map(({ revision }) => revision)).toEqual(numbers(1, 10));
      }
      expect(new Set(reader.events.map(({ id }) => id)).size).toBe(500);
    });
  });

  describe('a subscription', () => {
    it('ends without an error when it is aborted while waiting', async () => {
      const reader = new Reader(store, { after: before, streamPrefix });
      await reader.untilCaughtUp();
      const stopping = performance.now();
      await reader.stop();
      expect(performance.now() - stopping).toBeLessThan(500);
    });

    it('ends without an error when it is aborted between two batches', async () => {
      await fill(`${streamPrefix}1`, 50);
      const ending = new AbortController();
      let batches = 0;
      for await (const _ of store.subscribe({
        after: before,
        streamPrefix,
        batchSize: 5,
        signal: ending.signal,
      })) {
        batches += 1;
        ending.abort();
      }
      expect(batches).toBe(1);
    });

    it('does not begin when it is aborted already', async () => {
      const found = [];
      for await (const batch of store.subscribe({ after: 0n, signal: AbortSignal.abort() }))
        found.push(batch);
      expect(found).toEqual([]);
    });

    it('can be abandoned at any time', async () => {
      await fill(`${streamPrefix}1`, 50);
      const { signal } = new AbortController();
      for await (const { events: found } of store.subscribe({
        after: before,
        streamPrefix,
        batchSize: 5,
        signal,
      })) {
        expect(found.length).toBeLessThanOrEqual(5);
        break;
      }
      await sleep(20);
      expect(await firstEvents(store, { after: before, streamPrefix }, 50)).toHaveLength(50);
    });
  });
};
