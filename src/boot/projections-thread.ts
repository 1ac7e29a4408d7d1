import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Logger } from 'pino';
import type { LoggerSettings } from '../platform/observability/logger.js';
import type { Projections } from '../platform/projections/projections.js';
import type { LogSettings } from './event-log.js';

/** The settings from which the thread opens its own connections: these can't be shared between threads. */
export interface ThreadData {
  /** Of the database with the read models. */
  url: string;
  log: LogSettings;
  logger: LoggerSettings;
}

/** The thread's message that a projection has advanced: how far its served rows are. */
export interface AdvancedMessage {
  name: string;
  position: bigint;
}

const restartMs = 1_000;

/**
 * Leads the projections in a thread of its own: folding events would otherwise take turns with deciding on commands, and a batch of a
 * thousand would wait for the figures of the batch before. A thread that ends with an error is started again; its leases are taken over
 * like those of a process that died.
 */
export class ProjectionsThread {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly data: ThreadData,
    private readonly projections: Projections,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.running ??= this.keepRunning();
  }

  /** Stops the thread once it has finished its writes. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async keepRunning(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await this.run();
      } catch (error) {
        this.logger.error({ err: error }, 'the thread of the projections ended, and is started again');
        await sleep(restartMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  private async run(): Promise<void> {
    const worker = new Worker(new URL('./projections-worker.js', import.meta.url), { workerData: this.data });
    worker.on('message', ({ name, position }: AdvancedMessage) => this.projections.advance(name, position));
    const stop = () => worker.postMessage('stop');
    this.stopping.signal.addEventListener('abort', stop);
    try {
      // Rejects where the thread ends with an error.
      await once(worker, 'exit');
    } finally {
      this.stopping.signal.removeEventListener('abort', stop);
    }
  }
}
