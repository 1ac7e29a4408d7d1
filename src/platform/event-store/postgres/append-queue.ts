import type { Pool } from 'pg';
import { messageOf } from '../../../shared/message-of.js';
import { isUnavailable } from '../../database/failures.js';
import {
  AppendTimedOut,
  EventIdReused,
  EventStoreUnavailable,
  VersionConflict,
  type Append,
  type Appended,
} from '../event-store.js';
import { roughEventSize } from '../event-size.js';
import type { AppendVerdict } from './append-statements.js';
import { Writer } from './writer.js';

export interface QueueLimits {
  /** Appends that may wait; one more is refused as unavailable. */
  maxWaiting: number;
  /** And about how many bytes, those that are being written included. */
  maxWaitingBytes: number;
  /** How long an append may take, waiting included. */
  appendDeadlineMs: number;
}

const defaults: QueueLimits = { maxWaiting: 10_000, maxWaitingBytes: 64_000_000, appendDeadlineMs: 10_000 };

interface Waiting {
  append: Append;
  bytes: number;
  deadline: number;
  resolve: (appended: Appended) => void;
  reject: (error: Error) => void;
}

/** Larger flushes are no faster (256 events: 25 088/s, 512: 24 064/s), and keep others waiting longer. */
const maxEventsPerFlush = 512;
/** Texts of a flush are in memory several times over: as they came, as JSON, and on their way. */
const maxBytesAFlush = 8_000_000;
const sweepMs = 250;

/**
 * Group commit: the appends that come while one flush is on its way leave together in the next, in one transaction and one
 * round trip, each with a result of its own. One flush is in flight at a time; a lone append leaves at the end of its tick.
 */
export class AppendQueue {
  private waiting: Waiting[] = [];
  private inFlight: Waiting[] = [];
  private bytes = 0;
  private flushing = false;
  private sweeper: NodeJS.Timeout | undefined;
  private readonly writer: Writer;
  private readonly limits: QueueLimits;

  constructor(pool: Pool, limits: Partial<QueueLimits> = {}) {
    this.limits = { ...defaults, ...limits };
    this.writer = new Writer(pool, this.limits.appendDeadlineMs);
  }

  append(append: Append): Promise<Appended> {
    const { maxWaiting: mostWaiting, maxWaitingBytes, appendDeadlineMs } = this.limits;
    const waiting = this.waiting.length;
    // However large it is, one alone is taken.
    if (waiting >= mostWaiting || (waiting > 0 && this.bytes >= maxWaitingBytes)) {
      return Promise.reject(new EventStoreUnavailable(`${waiting} appends are waiting already`));
    }
    const bytes = append.events.reduce((sum, event) => sum + roughEventSize(event), 0);
    this.bytes += bytes;
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, bytes, deadline: performance.now() + appendDeadlineMs, resolve, reject });
      this.sweeper ??= setInterval(() => this.sweep(), sweepMs);
      if (!this.flushing) {
        this.flushing = true;
        // At the end of the tick: what the same tick brings leaves together.
        setImmediate(() => void this.flushAll());
      }
    });
  }

  /** Lets go of the connection, once what waits has been written. */
  async close(): Promise<void> {
    while (this.flushing) await new Promise((resolve) => setTimeout(resolve, 5));
    this.writer.drop();
  }

  private async flushAll(): Promise<void> {
    while (this.waiting.length > 0) {
      this.inFlight = this.nextFlush();
      await this.flush(this.inFlight);
      for (const { bytes } of this.inFlight) this.bytes -= bytes;
    }
    this.inFlight = [];
    this.flushing = false;
    clearInterval(this.sweeper);
    this.sweeper = undefined;
  }

  /** As many as fit, no stream and no event id twice: what would collide waits for the flush after, in its order. */
  private nextFlush(): Waiting[] {
    const flush: Waiting[] = [];
    const later: Waiting[] = [];
    const taken = new Set<string>();
    let events = 0;
    let bytes = 0;
    for (const [index, waiting] of this.waiting.entries()) {
      const { stream, events: own } = waiting.append;
      const isFull = events + own.length > maxEventsPerFlush || bytes + waiting.bytes > maxBytesAFlush;
      if (events > 0 && isFull) {
        // Nothing after this one may overtake it.
        later.push(...this.waiting.slice(index));
        break;
      }
      const collides = taken.has(stream) || own.some((event) => taken.has(event.id));
      taken.add(stream);
      for (const event of own) taken.add(event.id);
      if (collides) {
        later.push(waiting);
      } else {
        flush.push(waiting);
        events += own.length;
        bytes += waiting.bytes;
      }
    }
    this.waiting = later;
    return flush;
  }

  private async flush(flush: readonly Waiting[]): Promise<void> {
    try {
      const verdicts = await this.writer.write(flush.map(({ append }) => append));
      flush.forEach((waiting, index) => settle(waiting, verdicts[index]));
    } catch (error) {
      await this.recover(flush, error as Error);
    }
  }

  /** One append that the database refuses must not sink those that travelled with it. */
  private async recover(flush: readonly Waiting[], error: Error): Promise<void> {
    if (isUnavailable(error)) {
      const unavailable = new EventStoreUnavailable(messageOf(error), { cause: error });
      const timedOut = new AppendTimedOut(this.limits.appendDeadlineMs);
      const now = performance.now();
      for (const { reject, deadline } of flush) reject(deadline <= now ? timedOut : unavailable);
    } else if (flush.length === 1) {
      flush[0]?.reject(error);
    } else {
      for (const waiting of flush) await this.flush([waiting]);
    }
  }

  /** Tells those that have waited too long; what is on its way may yet be recorded, what only waits will not. */
  private sweep(): void {
    const now = performance.now();
    const late = (waiting: Waiting) => waiting.deadline <= now;
    const timedOut = () => new AppendTimedOut(this.limits.appendDeadlineMs);
    for (const { reject } of [...this.inFlight, ...this.waiting].filter(late)) reject(timedOut());
    for (const { bytes } of this.waiting.filter(late)) this.bytes -= bytes;
    this.waiting = this.waiting.filter((waiting) => !late(waiting));
  }
}

const settle = ({ append, resolve, reject }: Waiting, verdict: AppendVerdict | undefined): void => {
  if (verdict === undefined) {
    reject(new EventStoreUnavailable('no answer for this append'));
    return;
  }
  switch (verdict.outcome) {
    case 'appended':
    case 'duplicate': {
      const { outcome, revision, position, recordedAt } = verdict;
      resolve({ revision, position, recordedAt, duplicate: outcome === 'duplicate' });
      return;
    }
    case 'conflict':
      reject(new VersionConflict(append.stream, append.expectedRevision, verdict.revision));
      return;
    case 'id-reused':
      reject(new EventIdReused(append.events[0]?.id ?? ''));
      return;
  }
};
