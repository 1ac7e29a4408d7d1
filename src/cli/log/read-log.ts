import {
  EventStoreUnavailable,
  type EventStore,
  type RecordedEvent,
} from '../../platform/event-store/event-store.js';
import { withTimeout } from '../../shared/concurrency/with-timeout.js';

export interface ReadOptions {
  /** The last position to be read: what is appended meanwhile is left out. */
  until: bigint;
  /** Only events of streams whose name begins with it. */
  streamPrefix?: string;
  signal: AbortSignal;
}

const batchSize = 1_000;
/** A subscription waits for a store that is away, for ever; a person at a terminal does not. */
const patienceMs = 30_000;

/** A log from its beginning, in batches, each read when it is asked for. Throws EventStoreUnavailable where the store stays silent. */
export async function* readLog(
  store: EventStore,
  { until, signal, ...filter }: ReadOptions,
): AsyncGenerator<readonly RecordedEvent[], void> {
  if (until === 0n) return;
  const stop = new AbortController();
  const subscription = store.subscribe({
    after: 0n,
    ...filter,
    batchSize,
    signal: AbortSignal.any([signal, stop.signal]),
  });
  const batches = subscription[Symbol.asyncIterator]();
  try {
    for (;;) {
      const read = await inTime(batches.next());
      signal.throwIfAborted();
      if (read.done) throw new EventStoreUnavailable('it ended the subscription');
      const { events, position } = read.value;
      yield position > until ? events.filter((event) => event.position <= until) : events;
      if (position >= until) return;
    }
  } finally {
    stop.abort();
    // Not waited for: it may be the very read that got no answer.
    batches.return?.().catch(() => undefined);
  }
}

const inTime = <Result>(result: Promise<Result>): Promise<Result> =>
  withTimeout(
    patienceMs,
    result,
    () => new EventStoreUnavailable(`no answer within ${patienceMs / 1_000} s`),
  );
