import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventIdReused, type EventStore } from '../../src/platform/event-store/event-store.js';
import { events, numbers, outcome, type Engine } from './event-store/engine.js';
import { postgresEngine } from './event-store/postgres-engine.js';

// What PostgreSQL promises beyond the contract.

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

  it('begins at 0, and numbers events without gaps, refused appends or not', async () => {
    expect(await store.lastPosition()).toBe(0n);
    for (const n of numbers(1, 5)) {
      await store.append({ stream: `ticket-${n}`, expectedRevision: 0, events: events(2) });
      await outcome(store.append({ stream: `ticket-${n}`, expectedRevision: 0, events: events(2) }));
    }
    expect(await store.lastPosition()).toBe(10n);
  });

  it('refuses an event id that is used in another stream', async () => {
    const append = { stream: 'bulletin-1', expectedRevision: 0, events: events(1) };
    await store.append(append);
    expect(await outcome(store.append({ ...append, stream: 'bulletin-2' }))).toBeInstanceOf(EventIdReused);
    expect(await store.readStream('bulletin-2')).toEqual([]);
  });
});
