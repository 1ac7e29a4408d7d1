import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AppendTimedOut,
  EventStoreUnavailable,
  type EventStore,
} from '../../../../../src/platform/event-store/event-store.js';
import { appendUntilAnswered, events, newPrefix, outcome, type FragileEngine } from '../engines/engine.js';

const appendDeadlineMs = 600;
const readDeadlineMs = 600;

export const lostAnswersContract = (start: () => Promise<FragileEngine>): void => {
  let engine: FragileEngine;
  let store: EventStore;
  let direct: EventStore;
  let stream: string;

  beforeAll(async () => {
    engine = await start();
    store = await engine.connect({ appendDeadlineMs, readDeadlineMs });
    direct = await engine.connectDirectly();
  });
  beforeEach(() => {
    stream = `${newPrefix()}1`;
  });
  afterAll(async () => {
    await store.close();
    await direct.close();
    await engine.stop();
  });

  const recorded = async (count: number) => {
    while ((await direct.readStream(stream)).length < count) await sleep(5);
  };
  describe('an append whose answer is lost', () => {
    it('fails as unavailable, and repeated gives the first answer', async () => {
      const append = { stream, expectedRevision: 0, events: events(2) };
      engine.door.holdAnswers();
      const lost = outcome(store.append(append));
      await recorded(2);
      engine.door.drop();
      engine.door.letAnswersOut();
      expect(await lost).toBeInstanceOf(EventStoreUnavailable);
      expect(await appendUntilAnswered(store, append)).toMatchObject({ revision: 2, duplicate: true });
      expect(await direct.readStream(stream)).toHaveLength(2);
    });

    it('times out at its deadline, and repeated gives the first answer', async () => {
      await store.append({ stream, expectedRevision: 0, events: events(1) });
      const append = { stream, expectedRevision: 1, events: events(1) };
      engine.door.holdAnswers();
      const sentAt = performance.now();
      const late = await outcome(store.append(append));
      expect(performance.now() - sentAt).toBeLessThan(appendDeadlineMs + 400);
      engine.door.letAnswersOut();
      expect(late).toBeInstanceOf(AppendTimedOut);
      expect(late).toMatchObject({ waitedMs: appendDeadlineMs });
      expect(await appendUntilAnswered(store, append)).toMatchObject({ revision: 2 });
      expect(await direct.readStream(stream)).toHaveLength(2);
    });
  });

  describe('a read whose answer does not come', () => {
    const ways: Record<string, () => Promise<unknown>> = {
      readStream: () => store.readStream(stream),
      lastPosition: () => store.lastPosition(),
    };

    it.each(Object.entries(ways))('fails as unavailable at its deadline: %s', async (_, read) => {
      await read();
      engine.door.holdAnswers();
      const sentAt = performance.now();
      const late = await outcome<unknown>(Promise.all(Array.from({ length: 3 }, read)));
      expect(performance.now() - sentAt).toBeLessThan(readDeadlineMs + 400);
      engine.door.letAnswersOut();
      expect(late).toBeInstanceOf(EventStoreUnavailable);
      await read();
    });
  });

  describe('a server that is away', () => {
    it('is reported as unavailable, and used again when it is back', async () => {
      await engine.door.shut();
      const append = { stream, expectedRevision: 0, events: events(1) };
      const failures = await Promise.all([
        outcome(store.append(append)),
        outcome(store.readStream(stream)),
        outcome(store.lastPosition()),
        outcome(store.identity()),
      ]);
      const many = await store.appendMany([append, { ...append, stream: `${stream}b` }]);
      await engine.door.open();
      for (const failure of failures) expect(failure).toBeInstanceOf(EventStoreUnavailable);
      expect(many).toMatchObject([
        { status: 'rejected', reason: expect.any(EventStoreUnavailable) },
        { status: 'rejected', reason: expect.any(EventStoreUnavailable) },
      ]);
      expect(await appendUntilAnswered(store, append)).toMatchObject({ revision: 1 });
    });
  });
};
