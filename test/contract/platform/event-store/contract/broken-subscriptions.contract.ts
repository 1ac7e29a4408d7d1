import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  EventStoreUnavailable,
  type EventStore,
} from '../../../../../src/platform/event-store/event-store.js';
import {
  appendUntilAnswered,
  event,
  events,
  newPrefix,
  numbers,
  type FragileEngine,
} from '../engines/engine.js';
import { Reader } from '../engines/reader.js';

const megabyte = 2 ** 20;

export const brokenSubscriptionsContract = (start: () => Promise<FragileEngine>): void => {
  let engine: FragileEngine;
  let store: EventStore;
  let direct: EventStore;
  let streamPrefix: string;
  let stream: string;

  beforeAll(async () => {
    engine = await start();
    store = await engine.connect();
    direct = await engine.connectDirectly();
  });
  beforeEach(() => {
    streamPrefix = newPrefix();
    stream = `${streamPrefix}1`;
  });
  afterAll(async () => {
    await store.close();
    await direct.close();
    await engine.stop();
  });

  const write = (expectedRevision: number) =>
    appendUntilAnswered(direct, { stream, expectedRevision, events: events(10) });

  describe('a subscriber', () => {
    it.each([
      [
        'whose connection is cut',
        () => {
          engine.door.drop();
          return Promise.resolve();
        },
      ],
      ['whose connection the server ends', () => engine.endConnections()],
      [
        'whose server goes away for a while',
        async () => {
          await engine.door.shut();
          await sleep(100);
          await engine.door.open();
        },
      ],
    ])('%s gets each event once and in order', async (_, fail) => {
      const reader = new Reader(store, { after: await direct.lastPosition(), streamPrefix, batchSize: 10 });
      for (const round of numbers(0, 4)) {
        await write(round * 20);
        await reader.untilEvents(round * 20 + 1);
        const failing = fail();
        await write(round * 20 + 10);
        await failing;
      }
      await reader.untilEvents(100);
      await reader.untilCaughtUp();
      await reader.stop();
      expect(reader.events.map(({ revision }) => revision)).toEqual(numbers(1, 100));
    });

    it('is told why nothing comes while the server is away, and when it goes on', async () => {
      const told: (Error | null)[] = [];
      const onFailing = (failure: Error | null) => void told.push(failure);
      const reader = new Reader(store, { after: await direct.lastPosition(), streamPrefix, onFailing });
      await reader.untilCaughtUp();
      await engine.door.shut();
      await reader.until(() => told.length > 1);
      await engine.door.open();
      await write(0);
      await reader.untilEvents(10);
      await reader.stop();
      expect(told.at(-1)).toBeNull();
      for (const failure of told.slice(0, -1)) expect(failure).toBeInstanceOf(EventStoreUnavailable);
    });

    it('that is slow leaves events in the store instead of buffering them', async () => {
      const after = await direct.lastPosition();
      const large = () => event('Attached', { text: 'x'.repeat(25_000) });
      for (const round of numbers(0, 19)) {
        await direct.append({
          stream,
          expectedRevision: round * 20,
          events: Array.from({ length: 20 }, large),
        });
      }
      const ending = new AbortController();
      const options = { after, streamPrefix, batchSize: 10, signal: ending.signal };
      const outBefore = engine.door.bytesOut;
      let first = true;
      const revisions: number[] = [];
      for await (const { events: found } of store.subscribe(options)) {
        revisions.push(...found.map(({ revision }) => revision));
        if (first) {
          first = false;
          await sleep(300);
          // Of 10 MB, only a few batches of 0.25 MB and the content of the socket buffers have been sent.
          expect(engine.door.bytesOut - outBefore).toBeLessThan(3 * megabyte);
        }
        if (revisions.length === 400) ending.abort();
      }
      expect(revisions).toEqual(numbers(1, 400));
    });
  });
};
