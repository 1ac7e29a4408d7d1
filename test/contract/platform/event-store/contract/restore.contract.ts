import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  EventIdReused,
  RecordedTooEarly,
  VersionConflict,
  type EventStore,
  type RecordedEvent,
} from '../../../../../src/platform/event-store/event-store.js';
import { isAfter, type Instant } from '../../../../../src/shared/instant.js';
import { events, newPrefix, numbers, outcome, plain, type Engine } from '../engines/engine.js';
import { firstEvents } from '../engines/reader.js';

export const restoreContract = (start: () => Promise<Engine>): void => {
  let engine: Engine;
  let store: EventStore;
  let prefix: string;
  /** The recording time of the newest event: no restored event may be earlier. */
  let now: Instant;
  let before: bigint;

  beforeAll(async () => {
    engine = await start();
    store = await engine.connect();
  });
  beforeEach(async () => {
    prefix = newPrefix();
    const append = { stream: `${prefix}there`, expectedRevision: 0, events: events(2) };
    ({ recordedAt: now, position: before } = await store.append(append));
  });
  afterAll(async () => {
    await store.close();
    await engine.stop();
  });

  const recorded = (stream: string, revision: number, msLater = 0): RecordedEvent => ({
    id: randomUUID(),
    stream: `${prefix}${stream}`,
    revision,
    position: 99_000n,
    type: 'ThingHappened',
    data: { revision, text: 'Vu «sur place»' },
    metadata: { actor: 'alice' },
    recordedAt: isAfter(now, msLater),
  });
  const withoutPosition = ({ position: _, ...event }: RecordedEvent) => event;
  /** The error of a refused restore, after checking that none of its events was written. */
  const refused = async (given: RecordedEvent[]) => {
    const error = await outcome(store.restore(given));
    for (const stream of new Set(given.map((event) => event.stream))) {
      expect(await store.readStream(stream)).toHaveLength(stream === `${prefix}there` ? 2 : 0);
    }
    return error;
  };

  describe('restoring', () => {
    it('records events as they were, in the order given, at the end of the log', async () => {
      const given = [
        recorded('a', 1),
        recorded('a', 2),
        recorded('b', 1, 5),
        recorded('a', 3, 5),
        recorded('there', 3, 7),
      ];
      await store.restore(given.slice(0, 2));
      await store.restore(given.slice(2));
      const read = await firstEvents(store, { after: before, streamPrefix: prefix }, 5);
      expect(read.map(plain).map(withoutPosition)).toEqual(given.map(withoutPosition));
      const streams = await Promise.all(['a', 'b'].map((name) => store.readStream(`${prefix}${name}`)));
      expect(streams.flat().map(plain)).toEqual([0, 1, 3, 2].map((index) => plain(read[index]!)));
    });

    it('leaves a log that can be appended to', async () => {
      await store.restore([recorded('a', 1), recorded('a', 2)]);
      const append = { stream: `${prefix}a`, expectedRevision: 2, events: events(1) };
      const first = await store.append(append);
      expect(first).toMatchObject({ revision: 3, duplicate: false });
      expect(await store.append(append)).toEqual({ ...first, duplicate: true });
    });

    it('restores hundreds of events of many streams at once', async () => {
      const given = numbers(1, 6).flatMap((revision) =>
        numbers(1, 50).map((n) => recorded(String(n), revision, revision)),
      );
      await store.restore(given);
      const read = await firstEvents(store, { after: before, streamPrefix: prefix }, 300);
      expect(read.map(({ id }) => id)).toEqual(given.map(({ id }) => id));
    });

    it('does nothing with an empty list', async () => {
      expect(await refused([])).toBeUndefined();
    });

    it.each<[string, () => RecordedEvent[], number, number]>([
      ['skips a revision after the recorded ones', () => [recorded('there', 4)], 3, 2],
      ['repeats a recorded revision', () => [recorded('there', 2)], 1, 2],
      ['does not begin at revision 1', () => [recorded('c', 2)], 1, 0],
      ['skips a revision between its events', () => [recorded('c', 1), recorded('c', 3)], 2, 1],
    ])('refuses a stream that %s', async (_, given, expectedRevision, actualRevision) => {
      const error = await refused(given());
      expect(error).toBeInstanceOf(VersionConflict);
      expect(error).toMatchObject({ expectedRevision, actualRevision });
    });

    it('refuses an event id that occurs twice', async () => {
      const twice = recorded('c', 1);
      const error = await refused([twice, { ...recorded('d', 1), id: twice.id }]);
      expect(error).toBeInstanceOf(EventIdReused);
      expect(error).toMatchObject({ eventId: twice.id });
    });

    it('refuses a recording time before the previous one', async () => {
      expect(await refused([recorded('c', 1, -1)])).toBeInstanceOf(RecordedTooEarly);
      expect(await refused([recorded('c', 1, 2), recorded('c', 2, 1)])).toBeInstanceOf(RecordedTooEarly);
    });
  });
};
