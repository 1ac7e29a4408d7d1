import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { PeriodicTask } from '../../shared/concurrency/periodic-task.js';
import { withReadDeadline } from '../database/read-deadline.js';

/** A larger difference is worth a warning: these clocks decide which day an event counts in, and which commands are accepted. */
const maxSkewSeconds = 1;
const everyMs = 10_000;
const answerMs = 2_000;

export interface Clocks {
  /** How far PostgreSQL's clock is ahead of this process's, or behind if below 0; without the part that is uncertain. */
  databaseAheadSeconds: number;
  /**
   * How far the newest recordedAt is ahead of PostgreSQL's clock. Until the clock has caught up, new events get that same recordedAt,
   * since time never goes back in the log.
   */
  recordedAheadSeconds: number;
  /** What is wrong with the clocks, in words; null when nothing is. */
  warning: string | null;
}

/** PostgreSQL's time, and the newest recordedAt: the log's own, and, where the log is elsewhere, that of the last event projected. */
const select = `
  SELECT extract(epoch FROM clock_timestamp())::float8 AS now,
         extract(epoch FROM greatest(
           (SELECT nullif(recorded_at, '-infinity') FROM event_store.head),
           (SELECT max(recorded_at) FROM projections.generations WHERE state IN ('serving', 'building'))))::float8 AS recorded`;

/** Compares the clocks that stamp events and date commands, and warns when they differ or when recordedAt is ahead of the time. */
export class ClockWatch {
  readonly task = new PeriodicTask(() => this.check(), {
    pauseMs: everyMs,
    onError: () => undefined,
  });
  private warned: string | null = null;

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly logger: Logger,
    private readonly clock: () => number = () => Date.now(),
  ) {}

  /** Reads both clocks. Throws when PostgreSQL is away. */
  async read(): Promise<Clocks> {
    const [began, beganAt] = [performance.now(), this.clock()];
    const { rows } = await this.pool.query<{ now: number; recorded: number | null }>(
      withReadDeadline(answerMs, { text: select }),
    );
    const tookMs = performance.now() - began;
    const [row] = rows;
    if (!row) throw new Error('PostgreSQL did not tell the time');
    // PostgreSQL read its clock at some moment between, so half of the time that the query took is uncertain.
    const aheadMs = row.now * 1_000 - (beganAt + tookMs / 2);
    return clocksOf({
      databaseAheadSeconds: certain(aheadMs, tookMs / 2) / 1_000,
      recordedAheadSeconds: row.recorded === null ? 0 : Math.max(0, row.recorded - row.now),
    });
  }

  /** Compares the clocks every 10 s; logs one warning when they begin to differ, and one line when they agree again. */
  start(): void {
    this.task.start();
  }

  stop(): Promise<void> {
    return this.task.stop();
  }

  private async check(): Promise<void> {
    const { warning, ...seconds } = await this.read();
    if (warning !== null && this.warned === null) this.logger.warn(seconds, warning);
    if (warning === null && this.warned !== null) this.logger.info(seconds, 'the clocks agree again');
    this.warned = warning;
  }
}

const certain = (ms: number, uncertainMs: number): number =>
  Math.abs(ms) <= uncertainMs ? 0 : ms - Math.sign(ms) * uncertainMs;

const clocksOf = (measured: Omit<Clocks, 'warning'>): Clocks => {
  const { databaseAheadSeconds, recordedAheadSeconds } = measured;
  const warnings = [
    ...(recordedAheadSeconds > maxSkewSeconds
      ? [
          `recordedAt runs ${recordedAheadSeconds.toFixed(1)} s ahead of PostgreSQL's clock, which was set back`,
        ]
      : []),
    ...(Math.abs(databaseAheadSeconds) > maxSkewSeconds
      ? [
          `PostgreSQL's clock is ${Math.abs(databaseAheadSeconds).toFixed(1)} s ` +
            `${databaseAheadSeconds > 0 ? 'ahead of' : 'behind'} this process's`,
        ]
      : []),
  ];
  return { ...measured, warning: warnings.length === 0 ? null : warnings.join('; ') };
};
