import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  EventIdReused,
  EventStoreUnavailable,
  type EventStore,
} from '../../../../src/platform/event-store/event-store.js';
import { event, events, numbers, outcome, plain, type Engine, type FragileEngine } from './engines/engine.js';
import { postgresEngine } from './engines/postgres-engine.js';
import { firstEvents, Reader, stopReaders } from './engines/reader.js';

// Behaviour of the store in PostgreSQL beyond the contract of every event store.

describe('the event store in PostgreSQL', () => {
  let engine: Engine;
  let store: EventStore;

  beforeAll(async () => {
    engine = await postgresEngine();
    store = await engine.connect();
  });
  afterAll(async () => {
    await store.close();
    await engine.stop();
  });

  it('starts at position 0, and numbers events without gaps, also after refused appends', async () => {
    expect(await store.lastPosition()).toBe(0n);
    for (const n of numbers(1, 5)) {
      await store.append({ stream: `ticket-${n}`, expectedRevision: 0, events: events(2) });
      await outcome(store.append({ stream: `ticket-${n}`, expectedRevision: 0, events: events(2) }));
    }
    expect(await store.lastPosition()).toBe(10n);
  });

  it('refuses an event id that another stream uses', async () => {
    const append = { stream: 'bulletin-1', expectedRevision: 0, events: events(1) };
    await store.append(append);
    expect(await outcome(store.append({ ...append, stream: 'bulletin-2' }))).toBeInstanceOf(EventIdReused);
    expect(await store.readStream('bulletin-2')).toEqual([]);
  });

  it('gives the same events to a reader that lags and to one that keeps up', async () => {
    const after = await store.lastPosition();
    const timely = new Reader(store, { after, batchSize: 3 });
    await timely.untilCaughtUp();
    for (const n of numbers(1, 8)) {
      const data = { text: `n° ${n}\t\\ «é» 🖨️`, list: [null, n], nothing: {} };
      await store.append({ stream: `équipe-${n}`, expectedRevision: 0, events: [event('Noted', data)] });
      await timely.untilEvents(n);
    }
    const late = await firstEvents(store, { after, batchSize: 3 }, 8);
    expect(late.map(plain)).toEqual(timely.events.map(plain));
    await timely.stop();
  });
});

describe('a connection to PostgreSQL that has gone silent', () => {
  let engine: FragileEngine;
  let store: EventStore;

  beforeAll(async () => {
    engine = await postgresEngine();
    store = await engine.connect({ readDeadlineMs: 400 });
  });
  afterEach(stopReaders);
  afterAll(async () => {
    await store.close();
    await engine.stop();
  });

  const ways: Record<string, () => Promise<unknown>> = {
    readStream: () => store.readStream('ticket-1'),
    lastPosition: () => store.lastPosition(),
  };
  it.each(Object.entries(ways))('fails a read as unavailable, and is not used again: %s', async (_, read) => {
    await read();
    engine.door.silence();
    let failures = 0;
    // One failure for each connection that was idle in the pool.
    while ((await outcome(read())) instanceof EventStoreUnavailable) failures += 1;
    expect(failures).toBeGreaterThan(0);
    expect(await outcome(read())).not.toBeInstanceOf(Error);
  });

  it('is abandoned by a new subscription, which reads over another connection', async () => {
    const direct = await engine.connectDirectly();
    await direct.append({ stream: 'ticket-3', expectedRevision: 0, events: events(5) });
    await store.lastPosition();
    engine.door.silence();
    const found = await firstEvents(store, { after: 0n, batchSize: 2 }, 5);
    expect(found.map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5]);
    await direct.append({ stream: 'ticket-3', expectedRevision: 5, events: events(1) });
    await direct.close();
  });

  it('is abandoned by a running subscription, which continues from its position', async () => {
    const direct = await engine.connectDirectly();
    const reader = new Reader(store, { after: await direct.lastPosition() });
    await reader.untilCaughtUp();
    for (const round of numbers(0, 2)) {
      await direct.append({ stream: 'ticket-2', expectedRevision: round, events: events(1) });
      await reader.untilEvents(round + 1);
      engine.door.silence();
    }
    await reader.stop();
    await direct.close();
    expect(reader.events.map(({ revision }) => revision)).toEqual([1, 2, 3]);
  });
});
