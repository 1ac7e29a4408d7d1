import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { withReadDeadline } from '../database/read-deadline.js';

/** More is worth a warning: days are cut, and commands judged, by these clocks. */
const maxSkewSeconds = 1;
const everyMs = 10_000;
const answerMs = 2_000;

export interface Clocks {
  /** How far PostgreSQL's clock is ahead of this process's, behind if below 0: as much of it as is certain. */
  databaseAheadSeconds: number;
  /** How far the newest recordedAt is ahead of PostgreSQL's clock: what is recorded meanwhile gets that one too, since time never goes back in the log. */
  recordedAheadSeconds: number;
  /** What is wrong with that, in words. */
  warning: string | null;
}

/** The log's own, and, where it is elsewhere, that of what was folded last. */
const select = `
  SELECT extract(epoch FROM clock_timestamp())::float8 AS now,
         extract(epoch FROM greatest(
           (SELECT nullif(recorded_at, '-infinity') FROM event_store.head),
           (SELECT max(recorded_at) FROM projections.generations WHERE state IN ('serving', 'building'))))::float8 AS recorded`;

/** Compares the clocks that stamp and judge events: recordedAt is to be the time, and where it is not, that is said. */
export class ClockWatch {
  private timer: NodeJS.Timeout | undefined;
  private warned: string | null = null;

  constructor(
    private readonly pool: Pick<Pool, 'query'>,
    private readonly logger: Logger,
    private readonly clock: () => number = () => Date.now(),
  ) {}

  /** Throws where PostgreSQL is away. */
  async read(): Promise<Clocks> {
    const [began, beganAt] = [performance.now(), this.clock()];
    const { rows } = await this.pool.query<{ now: number; recorded: number | null }>(
      withReadDeadline(answerMs, { text: select }),
    );
    const tookMs = performance.now() - began;
    const [row] = rows;
    if (!row) throw new Error('PostgreSQL did not tell the time');
    // It was asked at some time between, so that half of the time it took is not certain.
    const aheadMs = row.now * 1_000 - (beganAt + tookMs / 2);
    return clocksOf({
      databaseAheadSeconds: certain(aheadMs, tookMs / 2) / 1_000,
      recordedAheadSeconds: row.recorded === null ? 0 : Math.max(0, row.recorded - row.now),
    });
  }

  /** Warns in the log, once each time that something begins to be wrong. */
  start(): void {
    this.timer ??= setInterval(() => void this.look(), everyMs).unref();
    void this.look();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const clocks = await this.read().catch(() => undefined);
    if (!clocks) return;
    const { warning, ...seconds } = clocks;
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
