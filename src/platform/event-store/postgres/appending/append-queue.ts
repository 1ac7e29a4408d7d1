import type { Pool } from 'pg';
import { messageOf } from '../../../../shared/message-of.js';
import { isUnavailable } from '../../../database/failures.js';
import {
  AppendTimedOut,
  EventIdReused,
  EventStoreUnavailable,
  VersionConflict,
  type Append,
  type Appended,
} from '../../event-store.js';
import { roughEventSize } from '../../event-size.js';
import type { AppendVerdict } from './append-statements.js';
import { Writer } from './writer.js';

export interface QueueLimits {
  /** How many appends may wait; one more is refused as unavailable. */
  maxWaiting: number;
  /** About how many bytes of appends may wait or be in the course of being written. */
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

/** Larger flushes are no faster (256 events: 25 088/s, 512: 24 064/s), and keep the next appends waiting longer. */
const maxEventsPerFlush = 512;
/** Limits memory, since the texts of a flush are in memory several times over: as they came, as JSON, and in the socket. */
const maxBytesPerFlush = 8_000_000;
const sweepMs = 250;

/**
 * Group commit: the appends that arrive while a flush is in flight are written together by the next flush, in one transaction and
 * one round trip, each with a result of its own. One flush is in flight at a time; a lone append is sent at the end of its tick.
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
    const { maxWaiting, maxWaitingBytes, appendDeadlineMs } = this.limits;
    const waiting = this.waiting.length;
    // When nothing waits, an append is taken however many bytes are in flight.
    if (waiting >= maxWaiting || (waiting > 0 && this.bytes >= maxWaitingBytes)) {
      return Promise.reject(new EventStoreUnavailable(`${waiting} appends are waiting already`));
    }
    const bytes = append.events.reduce((sum, event) => sum + roughEventSize(event), 0);
    this.bytes += bytes;
    return new Promise((resolve, reject) => {
      this.waiting.push({ append, bytes, deadline: performance.now() + appendDeadlineMs, resolve, reject });
      this.sweeper ??= setInterval(() => this.sweep(), sweepMs);
      if (!this.flushing) {
        this.flushing = true;
        // The flush begins at the end of the tick, so that all appends of one tick are written together.
        setImmediate(() => void this.flushAll());
      }
    });
  }

  /** Closes the connection once all waiting appends have been written. */
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

  /** As many appends as fit, no stream and no event id twice: appends that would collide wait for a later flush, in their order. */
  private nextFlush(): Waiting[] {
    const flush: Waiting[] = [];
    const postponed: Waiting[] = [];
    const taken = new Set<string>();
    let events = 0;
    let bytes = 0;
    for (const [index, waiting] of this.waiting.entries()) {
      const { stream, events: own } = waiting.append;
      const isFull = events + own.length > maxEventsPerFlush || bytes + waiting.bytes > maxBytesPerFlush;
      if (events > 0 && isFull) {
        // No later append may overtake this one.
        postponed.push(...this.waiting.slice(index));
        break;
      }
      const collides = taken.has(stream) || own.some((event) => taken.has(event.id));
      taken.add(stream);
      for (const event of own) taken.add(event.id);
      if (collides) {
        postponed.push(waiting);
      } else {
        flush.push(waiting);
        events += own.length;
        bytes += waiting.bytes;
      }
    }
    this.waiting = postponed;
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

  /** After a failed flush: an append that the database refuses must not fail the others of its flush, so each is written alone. */
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

  /** Rejects the appends that have waited too long. Those in flight may still be recorded; those that only wait will not be. */
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
