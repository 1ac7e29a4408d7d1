import cluster from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import type { MetricValues } from '../../platform/observability/metrics.js';
import { backoffMs, type Backoff } from '../../shared/concurrency/backoff.js';
import type { MessageToWorker } from './messages.js';
import { WorkerProcess } from './worker-process.js';

const restarts: Backoff = { firstMs: 100, maxMs: 10_000 };
/** A worker that served for so long did not fail because it can't be started. */
const settledMs = 30_000;
/** Longer than requests at hand and accesses that wait to be written may take. */
const maxStopMs = 25_000;

export interface WorkersOptions {
  count: number;
  start: MessageToWorker;
  /** The values of the primary process. */
  ownMetrics: () => Promise<MetricValues>;
  logger: Logger;
}

/** The processes that answer on one port. One that ends is started again, while the others go on. */
export class Workers {
  private readonly running = new Set<WorkerProcess>();
  private readonly stopping = new AbortController();
  private keeping: Promise<void>[] = [];

  constructor(private readonly options: WorkersOptions) {}

  /** Resolves to the address once all of them serve. Throws StartRefused where one of them can't. */
  async start(): Promise<string> {
    cluster.setupPrimary({
      exec: fileURLToPath(new URL('./worker-program.js', import.meta.url)),
      args: [],
      // Settings have sets, and errors keep their causes.
      serialization: 'advanced',
    });
    const first = Array.from({ length: this.options.count }, () => this.begin());
    const [url = ''] = await Promise.all(first.map(({ serving }) => serving));
    this.keeping = first.map((worker) => this.keep(worker));
    return url;
  }

  /** Resolves once all of them have ended. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([...this.running].map((worker) => worker.stop(maxStopMs)));
    await Promise.all(this.keeping);
  }

  private begin(): WorkerProcess {
    const worker = new WorkerProcess(this.options.start, () => this.metrics());
    this.running.add(worker);
    void worker.ended.then(() => this.running.delete(worker));
    return worker;
  }

  /** Has another worker begin wherever one has ended, later and later where they can't be started. */
  private async keep(first: WorkerProcess): Promise<void> {
    const { signal } = this.stopping;
    let failures = 0;
    for (let worker = first; ; worker = this.begin()) {
      const began = performance.now();
      const how = await worker.ended;
      if (signal.aborted) return;
      failures = performance.now() - began > settledMs ? 1 : failures + 1;
      const reason = await worker.serving.then(
        () => undefined,
        (error: unknown) => error,
      );
      this.options.logger.error(
        { worker: worker.pid, ...(reason === undefined ? {} : { err: reason }) },
        `a worker ended (${how}), and is started again`,
      );
      await sleep(backoffMs(restarts, failures), undefined, { signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return;
    }
  }

  /** Of this process and its workers; one that gives no answer in time is left out. */
  private async metrics(): Promise<MetricValues[]> {
    const asked = [this.options.ownMetrics(), ...[...this.running].map((worker) => worker.metricValues())];
    const answers = await Promise.allSettled(asked);
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  }
}
