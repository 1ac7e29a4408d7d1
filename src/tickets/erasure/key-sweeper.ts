import {
  Inject,
  Injectable,
  Optional,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { Pool } from 'pg';
import type { Logger } from 'pino';
import { DataKeys } from '../../keys/index.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { LOGGER } from '../../platform/observability/logger.js';
import { SecurityLog } from '../../platform/observability/security-log.js';
import type { PeriodicTask } from '../../shared/concurrency/periodic-task.js';
import { selectErasedAfter } from './erasure-statements.js';

const sweepMs = 10_000;
const batchSize = 500;

/**
 * Destroys the keys of tickets that were erased by a process that ended before it got to that: all at the start, then those that were
 * erased since. What is destroyed already stays so.
 */
@Injectable()
export class KeySweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly security: SecurityLog;
  private sweptTo = 0n;
  private readonly task: PeriodicTask;

  constructor(
    private readonly pool: Pool,
    jobs: Jobs,
    @Inject(LOGGER) logger: Logger,
    @Optional() private readonly keys?: DataKeys,
  ) {
    this.security = new SecurityLog(logger);
    this.task = jobs.periodic('key-sweeper', () => this.sweep(), {
      pauseMs: sweepMs,
      onError: (error) => logger.warn({ err: error }, 'keys of erased tickets are looked for again later'),
    });
  }

  onApplicationBootstrap(): void {
    this.task.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.task.stop();
  }

  async sweep(): Promise<void> {
    if (!this.keys) return;
    for (;;) {
      const query = selectErasedAfter(this.sweptTo, batchSize);
      const rows = await queryWithDeadline<{ ticket_id: string; position: string }>(this.pool, query);
      const last = rows.at(-1);
      if (!last) return;
      const destroyed = await this.keys.destroy(rows.map(({ ticket_id }) => ticket_id));
      for (const ticketId of destroyed)
        this.security.record('sensitive_delete', 'system', { what: 'ticket-key', ticketId });
      this.sweptTo = BigInt(last.position);
    }
  }
}
