import type { Logger } from 'pino';
import { blamesValue } from '../../platform/database/failures.js';
import { backoffMs, type Backoff } from '../../shared/concurrency/backoff.js';
import { withTimeout } from '../../shared/concurrency/with-timeout.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { Access } from './access.js';

/** How long an access waits in memory before it is written, together with those that came meanwhile. */
const writeAfterMs = 200;
/** While one waits for longer, nothing more is shown: no more than this is ever lost with the process. */
const maxWaitingMs = 1_000;
/** Nor while so many wait. */
const maxWaiting = 20_000;
const maxRowsAtOnce = 2_000;
/** How long whoever wants to see something waits for what is before it, before it is refused. */
const maxDelayMs = 3_000;
const retries: Backoff = { firstMs: 50, maxMs: 1_000 };
/** How often what could not be written is tried again while the process stops. */
const attemptsAtTheEnd = 5;

export interface AccessLogParts {
  /** Resolves once all of them are in the database. */
  write: (accesses: readonly Access[]) => Promise<void>;
  logger: Logger;
  now?: () => number;
}

/**
 * Accesses on their way to the database: gathered in memory, so that nobody waits for the database to have seen that they read, and
 * written together. Where it can't write them for a second, whoever wants to read waits, and is then refused as unavailable.
 */
export class AccessLog {
  private waiting: Access[] = [];
  /** Since when each of them waits, by the clock that never goes back, in milliseconds. */
  private since: number[] = [];
  /** How many no longer wait, since the process began: written, left out or given up. */
  private goneCount = 0;
  /** How many of all were begun to be written, or are gone. */
  private takenCount = 0;
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private isClosing = false;
  private readonly now: () => number;

  constructor(private readonly parts: AccessLogParts) {
    this.now = parts.now ?? (() => performance.now());
  }

  /** How many wait to be written. */
  get count(): number {
    return this.waiting.length;
  }

  /** Whether so much waits, or for so long, that nothing more may be shown. */
  get isBehind(): boolean {
    const [oldest] = this.since;
    if (oldest === undefined) return false;
    return this.waiting.length >= maxWaiting || this.now() - oldest > maxWaitingMs;
  }

  /** Gives its number, by which to ask whether it is open. */
  add(access: Access): number {
    this.waiting.push(access);
    this.since.push(this.now());
    const number = this.goneCount + this.waiting.length;
    if (this.waiting.length === maxRowsAtOnce) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), writeAfterMs);
    return number;
  }

  /** Whether the access that was added with this number can still be added to: it is not being written yet. */
  isOpen(number: number): boolean {
    return number > this.takenCount;
  }

  /** To be awaited before anything is shown. Throws `unavailable`. */
  admit(): Promise<void> | undefined {
    return this.isBehind ? this.flushInTime() : undefined;
  }

  /** For what goes on anyway, and can wait without an end: resolves once no more waits than may. */
  caughtUp(): Promise<void> | undefined {
    return this.isBehind ? this.flush() : undefined;
  }

  /** Resolves once everything that was added before is written. Throws `unavailable` where that takes too long. */
  flushInTime(): Promise<void> {
    return withTimeout(maxDelayMs, this.flush(), () => new DomainError('unavailable'));
  }

  /** Resolves once everything that was added before is written. */
  flush(): Promise<void> {
    if (this.waiting.length === 0) return this.writing ?? Promise.resolve();
    clearTimeout(this.timer);
    this.timer = undefined;
    // What came after the writing began is not in it.
    const upTo = this.goneCount + this.waiting.length;
    this.writing = (this.writing ?? Promise.resolve()).then(() => this.writeUpTo(upTo));
    return this.writing;
  }

  /** Writes what waits. Where that fails, it is logged how many were lost. */
  async close(): Promise<void> {
    this.isClosing = true;
    await this.flush();
  }

  private async writeUpTo(count: number): Promise<void> {
    let failures = 0;
    let maxRows = maxRowsAtOnce;
    while (this.goneCount < count) {
      const batch = this.waiting.slice(0, maxRows);
      this.takenCount = Math.max(this.takenCount, this.goneCount + batch.length);
      try {
        await this.parts.write(batch);
        this.remove(batch.length);
        [failures, maxRows] = [0, maxRowsAtOnce];
      } catch (error) {
        if (blamesValue(error)) {
          if (batch.length === 1) this.leaveOut(error);
          maxRows = Math.ceil(batch.length / 2);
          continue;
        }
        failures += 1;
        if (failures === 1)
          this.parts.logger.error({ err: error }, 'the access log can’t be written, for now');
        if (this.isClosing && failures >= attemptsAtTheEnd) {
          this.giveUp();
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, backoffMs(retries, failures)));
      }
    }
  }

  private remove(count: number): void {
    this.waiting = this.waiting.slice(count);
    this.since = this.since.slice(count);
    this.goneCount += count;
  }

  /** One that can't be stored must not keep everybody from reading: it goes to the process' own log. */
  private leaveOut(error: unknown): void {
    const [access] = this.waiting;
    this.parts.logger.error({ err: error, access }, 'an access can’t be stored');
    this.remove(1);
  }

  private giveUp(): void {
    this.parts.logger.error({ accesses: this.waiting.length }, 'accesses were lost: the database was away');
    this.remove(this.waiting.length);
  }
}
