import type { Logger } from 'pino';
import { isAway } from '../is-away.js';
import { safeMessageOf } from './safe-error.js';

const againMs = 60_000;

/** Logs that something fails again and again: at once with its reason, then once a minute, and when it goes on. */
export class FailureLog {
  private failing: { since: number; loggedAt: number } | undefined;

  constructor(
    private readonly logger: Pick<Logger, 'error' | 'info'>,
    /** What each line says it is about. */
    private readonly about: Record<string, string>,
    private readonly words: { failing: string; recovered: string },
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** What fails, or null where it goes on. */
  report(failure: Error | null): void {
    if (failure) this.failed(failure);
    else this.recovered();
  }

  failed(error: unknown): void {
    const now = this.now();
    this.failing ??= { since: now, loggedAt: -Infinity };
    if (now - this.failing.loggedAt < againMs) return;
    this.failing.loggedAt = now;
    // What is away needs no stack to be found.
    const why = isAway(error) ? { reason: safeMessageOf(error) } : { err: error };
    this.logger.error({ ...why, ...this.about, ...this.duration(now) }, this.words.failing);
  }

  recovered(): void {
    if (!this.failing) return;
    this.logger.info({ ...this.about, ...this.duration(this.now()) }, this.words.recovered);
    this.failing = undefined;
  }

  private duration(now: number): { failingSeconds: number } {
    return { failingSeconds: Math.round((now - (this.failing?.since ?? now)) / 1_000) };
  }
}
