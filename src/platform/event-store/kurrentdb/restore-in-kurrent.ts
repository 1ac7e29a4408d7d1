import { assertEventSizes, maxEventBytes, eventSize } from '../event-size.js';
import {
  EventStoreUnavailable,
  RecordedTooEarly,
  VersionConflict,
  type RecordedEvent,
} from '../event-store.js';
import { batchStarts } from '../batch-starts.js';
import { withTimeout } from '../../../shared/concurrency/with-timeout.js';
import type { Connection } from './connection/connection.js';
import { toRecordedEvent, toProposedEvent } from './recorded-event.js';

const maxEventsPerAppend = 500;

/**
 * EventStore.restore for KurrentDB. The log's order is that of the appends, so they run one at a time; neighbouring events of the same
 * stream go in one append. Each event carries when it was recorded, since KurrentDB stamps everything with its own time.
 */
export const restoreInKurrent = async (
  connection: Connection,
  events: readonly RecordedEvent[],
  deadlineMs: number,
): Promise<void> => {
  const [first] = events;
  if (!first) return;
  assertEventSizes({ events });
  const starts = batchStarts(events);
  await assertLater(connection, first);
  await Promise.all([...starts].map(([stream, revision]) => assertAt(connection, stream, revision)));
  for (const run of runsOf(events)) await append(connection, run, deadlineMs);
};

const assertLater = async (connection: Connection, first: RecordedEvent): Promise<void> => {
  const [last] = await connection.read({ backwards: true }, 1);
  if (last && toRecordedEvent(last).event.recordedAt > first.recordedAt) throw new RecordedTooEarly(first.id);
};

/** Throws VersionConflict unless the stream holds as many events as expected; nothing is written before all streams are checked. */
const assertAt = async (connection: Connection, stream: string, expected: number): Promise<void> => {
  const found = await connection.read({ stream, revision: Math.max(expected - 1, 0) }, 2);
  if (found.length === Math.min(expected, 1)) return;
  const all = await connection.read({ stream, revision: 0 });
  throw new VersionConflict(stream, expected, all.length);
};

function* runsOf(events: readonly RecordedEvent[]): Generator<RecordedEvent[]> {
  let run: RecordedEvent[] = [];
  let bytes = 0;
  for (const event of events) {
    const size = eventSize(event);
    const goesOn = event.stream === run[0]?.stream && run.length < maxEventsPerAppend;
    if (run.length > 0 && !(goesOn && bytes + size <= maxEventBytes)) {
      yield run;
      run = [];
      bytes = 0;
    }
    run.push(event);
    bytes += size;
  }
  yield run;
}

const append = async (
  connection: Connection,
  run: readonly RecordedEvent[],
  deadlineMs: number,
): Promise<void> => {
  const { stream = '', revision = 1 } = run[0] ?? {};
  const events = run.map((event) => toProposedEvent(event, { recordedAt: event.recordedAt }));
  const sent = connection.append({ stream, expectedRevision: revision - 1, events });
  await withTimeout(deadlineMs, sent, () => new EventStoreUnavailable(`no answer within ${deadlineMs} ms`));
};
