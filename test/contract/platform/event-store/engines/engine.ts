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

/** A log to hold to the contract. It may have events of others in it already, and get more. */
export interface Engine {
  /** A store on the log; each call gives another, as another process would have. */
  connect(options?: ConnectOptions): Promise<EventStore>;
  stop(): Promise<void>;
}

/** One whose connections can be made to fail. */
export interface FragileEngine extends Engine {
  /** What `connect` goes through. */
  door: Door;
  /** As an administrator does, or a failover. */
  endConnections(): Promise<void>;
  /** A store that does not go through the door. */
  connectDirectly(): Promise<EventStore>;
}

/** A prefix of stream names that is this test's own. */
export const newPrefix = (): string => `test${randomUUID().slice(0, 8)}-`;

export const event = (type = 'NoteAdded', data: JsonObject = {}): EventToAppend => ({
  id: randomUUID(),
  type,
  data,
  metadata: { commandId: randomUUID() },
});

export const events = (count: number): EventToAppend[] => Array.from({ length: count }, () => event());

/** An engine may give events that look up their members when asked: these are looked up. */
export const plain = (recorded: RecordedEvent): RecordedEvent => {
  const { id, type, data, metadata, stream, revision, position, recordedAt } = recorded;
  return { id, type, data, metadata, stream, revision, position, recordedAt };
};

export const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** What a promise came to, so that failures can be counted beside successes. */
export const outcome = async <Value>(promise: Promise<Value>): Promise<Value | Error> => {
  try {
    return await promise;
  } catch (error) {
    return error as Error;
  }
};

/** As a caller does that is told to come again. */
export const appendUntilAnswered = async (store: EventStore, append: Append): Promise<Appended | Error> => {
  for (;;) {
    const result = await outcome(store.append(append));
    if (!(result instanceof EventStoreUnavailable)) return result;
    await sleep(20);
  }
};
