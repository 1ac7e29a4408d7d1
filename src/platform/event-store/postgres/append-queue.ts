import type { Pool } from 'pg';
import { instant } from '../../../shared/instant.js';
import { isUnavailable } from '../../database/failures.js';
import {
  EventIdReused,
  EventStoreUnavailable,
  VersionConflict,
  type Append,
  type Appended,
} from '../event-store.js';

interface Waiting {
  append: Append;
  resolve: (appended: Appended) => void;
  reject: (error: Error) => void;
}

interface Verdict {
  outcome: 'appended' | 'duplicate' | 'conflict' | 'id-reused';
  revision: number;
  position: string | null;
  recorded_at: Date;
}

const mostEventsAFlush = 2_000;

const statement = {
  name: 'event-store-append',
  text: `SELECT outcome, revision, "position", recorded_at FROM event_store.append($1, $2, $3, $4, $5, $6, $7)`,
};

/**
 * Group commit: the appends that come while one flush is on its way leave together in the next, in one transaction and one
 * round trip, each with a result of its own. One flush is in flight at a time.
 */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private flushing = false;

  constructor(private readonly pool: Pool) {}

  append(append: Append): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, resolve, reject });
      if (!this.flushing) {
        this.flushing = true;
        // At the end of the tick: what the same tick brings leaves together.
        setImmediate(() => void this.flushAll());
      }
    });
  }

  private async flushAll(): Promise<void> {
    while (this.waiting.length > 0) await this.flush(this.nextFlush());
    this.flushing = false;
  }

  /** As many as fit, no stream and no event id twice: what would collide waits for the flush after. */
  private nextFlush(): Waiting[] {
    const flush: Waiting[] = [];
    const later: Waiting[] = [];
    const streams = new Set<string>();
    const ids = new Set<string>();
    let events = 0;
    for (const waiting of this.waiting) {
      const { append } = waiting;
      const collides = streams.has(append.stream) || append.events.some((event) => ids.has(event.id));
      const full = events > 0 && events + append.events.length > mostEventsAFlush;
      if (collides || full) {
        later.push(waiting);
      } else {
        flush.push(waiting);
        events += append.events.length;
      }
      // What waits keeps later appends to the same stream behind it.
      streams.add(append.stream);
      for (const event of append.events) ids.add(event.id);
    }
    this.waiting = later;
    return flush;
  }

  private async flush(flush: Waiting[]): Promise<void> {
    let verdicts: Verdict[];
    try {
      verdicts = await this.ask(flush.map((waiting) => waiting.append));
    } catch (error) {
      await this.recover(flush, error as Error);
      return;
    }
    flush.forEach((waiting, index) => settle(waiting, verdicts[index]));
  }

  /** One append that the database refuses must not sink those that travelled with it. */
  private async recover(flush: Waiting[], error: Error): Promise<void> {
    if (isUnavailable(error)) {
      for (const waiting of flush) waiting.reject(new EventStoreUnavailable(error.message, { cause: error }));
    } else if (flush.length === 1) {
      flush[0]?.reject(error);
    } else {
      for (const waiting of flush) await this.flush([waiting]);
    }
  }

  private async ask(appends: Append[]): Promise<Verdict[]> {
    const events = appends.flatMap((append) => append.events);
    const { rows } = await this.pool.query<Verdict>({
      ...statement,
      values: [
        appends.map((append) => append.stream),
        appends.map((append) => append.expectedRevision),
        appends.map((append) => append.events.length),
        events.map((event) => event.id),
        events.map((event) => event.type),
        events.map((event) => JSON.stringify(event.data)),
        events.map((event) => JSON.stringify(event.metadata)),
      ],
    });
    return rows;
  }
}

const settle = ({ append, resolve, reject }: Waiting, verdict: Verdict | undefined): void => {
  if (verdict === undefined) {
    reject(new EventStoreUnavailable('no answer for this append'));
    return;
  }
  const { outcome, revision, position } = verdict;
  switch (outcome) {
    case 'appended':
    case 'duplicate':
      resolve({
        revision,
        position: BigInt(position ?? 0),
        recordedAt: instant(verdict.recorded_at),
        duplicate: outcome === 'duplicate',
      });
      return;
    case 'conflict':
      reject(new VersionConflict(append.stream, append.expectedRevision, revision));
      return;
    case 'id-reused':
      reject(new EventIdReused(append.events[0]?.id ?? ''));
      return;
  }
};
