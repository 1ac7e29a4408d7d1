import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Principal } from '../../access/index.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { statement } from '../../platform/database/sql.js';
import { beginWithIdleTimeout, inTransaction } from '../../platform/database/transaction.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { Clock } from '../../shared/clock.js';
import type { PeriodicTask } from '../../shared/concurrency/periodic-task.js';
import type { RetentionRule } from '../../shared/retention-policy.js';
import { Erasures, type ErasureResult } from './erasures.js';
import { countDue, selectDue, tryRetentionLock } from './erasure-statements.js';

/** The rules that are set. */
export const RETENTION = Symbol('retention');

export interface DueTicket {
  ticketId: string;
  establishment: string;
  status: string;
  endedAt: Date;
}

export interface DueCount {
  establishment: string;
  status: string;
  tickets: number;
  /** These stay, by a legal hold. */
  held: number;
}

type DueRow = Record<'ticket_id' | 'establishment' | 'status' | 'period', string> & { ended_at: Date };

const runMs = 10 * 60_000;
const batchSize = 100;
/** A batch takes a second or two; a process that froze in one gives the lock up after this. */
const maxIdleMs = 60_000;

/** Whom the events name. */
const principal: Principal = { id: 'retention', roles: ['operator'], establishments: 'all' };

/** Erases by itself what the rules say has been kept for long enough, in small batches, in one process at a time. */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly task: PeriodicTask;
  private readonly stopping = new AbortController();

  constructor(
    @Inject(RETENTION) readonly rules: readonly RetentionRule[],
    private readonly erasures: Erasures,
    private readonly pool: Pool,
    private readonly clock: Clock,
    jobs: Jobs,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.task = jobs.periodic('retention', () => this.runHere(), {
      pauseMs: runMs,
      onError: (error) => logger.warn({ err: error }, 'retention goes on later'),
    });
  }

  onApplicationBootstrap(): void {
    if (this.rules.length > 0) this.task.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.task.stop();
  }

  /** Erases all that is due. Gives how many tickets; 0 where another process is at it. */
  async run(): Promise<number> {
    const erased = await this.runHere();
    return erased === 'elsewhere' ? 0 : erased;
  }

  private async runHere(): Promise<number | 'elsewhere'> {
    let erased = 0;
    let batch: number | 'elsewhere' = 0;
    while (this.rules.length > 0 && !this.stopping.signal.aborted) {
      batch = await this.runBatch();
      if (batch === 0 || batch === 'elsewhere') break;
      erased += batch;
    }
    if (erased > 0) this.logger.info({ erased }, 'texts of tickets were erased since their time was up');
    return erased === 0 && batch === 'elsewhere' ? batch : erased;
  }

  /** The oldest of what would be erased now by some rules; nobody's texts. */
  async due(rules: readonly RetentionRule[], limit: number): Promise<DueTicket[]> {
    const rows = await this.read(rules, limit);
    return rows.map(({ ticket_id: ticketId, establishment, status, ended_at: endedAt }) => ({
      ...{ ticketId, establishment, status, endedAt },
    }));
  }

  /** How many that are, by establishment and status. */
  counts(rules: readonly RetentionRule[]): Promise<DueCount[]> {
    return queryWithDeadline<DueCount>(this.pool, countDue(rules, this.clock.now()));
  }

  private read(rules: readonly RetentionRule[], limit: number): Promise<DueRow[]> {
    return queryWithDeadline<DueRow>(this.pool, selectDue(rules, this.clock.now(), limit));
  }

  private async runBatch(): Promise<number | 'elsewhere'> {
    return inTransaction(
      this.pool,
      async (client) => {
        const { rows } = await client.query<{ locked: boolean }>(statement(tryRetentionLock()));
        if (rows[0]?.locked !== true) return 'elsewhere';
        const due = await this.read(this.rules, batchSize);
        const results = await Promise.all(this.rules.map((rule) => this.eraseBy(rule, due)));
        return this.settled(results.flat());
      },
      beginWithIdleTimeout(maxIdleMs),
    );
  }

  private eraseBy({ status, period }: RetentionRule, due: readonly DueRow[]): Promise<ErasureResult[]> {
    const ids = due.filter((row) => row.status === status).map(({ ticket_id }) => ticket_id);
    const erasure = {
      reason: `Durée de conservation échue (${period})`,
      basis: `RETENTION ${status}:${period}`,
    };
    return this.erasures.eraseAll(ids, erasure, { principal });
  }

  /** How many were erased, once they are no longer due: none where all were refused, which must not be tried for ever. */
  private async settled(results: readonly ErasureResult[]): Promise<number> {
    const erased = results.filter((result) => !('error' in result)).length;
    return (await this.erasures.areEmptied(results)) ? erased : 0;
  }
}
