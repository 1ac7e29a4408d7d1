import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  EventStoreUnavailable,
  type Append,
  type Appended,
  type EventStore,
  type EventToAppend,
  type JsonObject,
  type RecordedEvent,
} from '../../../../../src/platform/event-store/event-store.js';
import type { Door } from '../../../../support/network/door.js';

export interface ConnectOptions {
  appendDeadlineMs?: number;
  readDeadlineMs?: number;
}

/** A log that the contract is tested against. It may already contain events of other writers, and receive more meanwhile. */
export interface Engine {
  /** A new store on the log; each call opens connections of its own, as another process would. */
  connect(options?: ConnectOptions): Promise<EventStore>;
  stop(): Promise<void>;
  /** What an event grows by on its way into the log; nothing unless told. */
  addedBytes?: number;
}

/** An engine whose connections can be made to fail. */
export interface FragileEngine extends Engine {
  /** The proxy that all connections of `connect` go through. */
  door: Door;
  /** Has the server end all connections, as an administrator or a failover does. */
  endConnections(): Promise<void>;
  /** A new store whose connections bypass the door, and so do not fail. */
  connectDirectly(): Promise<EventStore>;
}

/** A new prefix of stream names, so that a test meets only its own streams. */
export const newPrefix = (): string => `test${randomUUID().slice(0, 8)}-`;

export const event = (type = 'NoteAdded', data: JsonObject = {}): EventToAppend => ({
  id: randomUUID(),
  type,
  data,
  metadata: { commandId: randomUUID() },
});

export const events = (count: number): EventToAppend[] => Array.from({ length: count }, () => event());

/** A copy with plain members, to compare: an engine may give events that compute their members when they are read. */
export const plain = (recorded: RecordedEvent): RecordedEvent => {
  const { id, type, data, metadata, stream, revision, position, recordedAt } = recorded;
  return { id, type, data, metadata, stream, revision, position, recordedAt };
};

export const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** The value or the error of a promise, so that failures can be counted beside successes. */
export const outcome = async <Value>(promise: Promise<Value>): Promise<Value | Error> => {
  try {
    return await promise;
  } catch (error) {
    return error as Error;
  }
};

/** Repeats the append every 20 ms while the store is unavailable, as a caller does that gets 503 with Retry-After. */
export const appendUntilAnswered = async (store: EventStore, append: Append): Promise<Appended | Error> => {
  for (;;) {
    const result = await outcome(store.append(append));
    if (!(result instanceof EventStoreUnavailable)) return result;
    await sleep(20);
  }
};
