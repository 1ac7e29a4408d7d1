import cluster, { type Worker } from 'node:cluster';
import { StartRefused } from '../../config/start-refused.js';
import type { MetricValues } from '../../platform/observability/metrics.js';
import { closeConnectionsUnderWay } from './close-connections-under-way.js';
import type { MessageFromWorker, MessageToWorker } from './messages.js';
import { Requests } from './requests.js';

/** How long a worker may take to tell of itself. */
const metricsMs = 1_000;

/** A worker as the primary process knows it. */
export class WorkerProcess {
  /** Its address, once it answers there. Throws StartRefused, or whatever kept it from starting. */
  readonly serving: Promise<string>;
  /** How it ended: a code or a signal. */
  readonly ended: Promise<string>;
  private readonly worker: Worker;
  private readonly metrics = new Requests<MetricValues>();

  /** `allMetrics`: the values of all processes, which are answered by whichever worker is asked. */
  constructor(
    start: MessageToWorker,
    private readonly allMetrics: () => Promise<MetricValues[]>,
  ) {
    this.worker = cluster.fork();
    closeConnectionsUnderWay(this.worker.process);
    this.ended = new Promise((resolve) => {
      this.worker.once('exit', (code: number | null, signal: string | null) =>
        resolve(signal === null ? `exit code ${String(code)}` : `signal ${signal}`),
      );
    });
    this.serving = new Promise((resolve, reject) => {
      void this.ended.then((how) => reject(new Error(`a worker ended before it served: ${how}`)));
      this.worker.on('message', (message: MessageFromWorker) => {
        if (message.kind === 'serving') resolve(message.url);
        else if (message.kind === 'failed') reject(startError(message));
        else this.hear(message, start);
      });
    });
    // Told to whoever waits for it: a worker that can't be started again has nobody who does.
    this.serving.catch(() => undefined);
    // A worker that has gone can't be told anything: its end is noticed elsewhere.
    this.worker.on('error', () => undefined);
  }

  get pid(): number | undefined {
    return this.worker.process.pid;
  }

  /** Throws where the worker does not answer in time. */
  metricValues(): Promise<MetricValues> {
    return this.metrics.send(metricsMs, (id) => this.send({ kind: 'metrics', id }));
  }

  /** Has it finish the requests at hand, and end; one that takes longer is ended. */
  async stop(maxMs: number): Promise<void> {
    // A signal, and no message: one that has just begun hears no message yet, and has nothing to finish.
    this.worker.process.kill('SIGTERM');
    const impatient = setTimeout(() => this.worker.process.kill('SIGKILL'), maxMs);
    await this.ended;
    clearTimeout(impatient);
  }

  private hear(
    message: Exclude<MessageFromWorker, { kind: 'serving' | 'failed' }>,
    start: MessageToWorker,
  ): void {
    switch (message.kind) {
      case 'ready':
        this.send(start);
        break;
      case 'metrics':
        this.metrics.answered(message.id, message.values);
        break;
      case 'ask-metrics':
        void this.allMetrics().then((values) => this.send({ kind: 'all-metrics', id: message.id, values }));
        break;
    }
  }

  private send(message: MessageToWorker): void {
    if (this.worker.isConnected()) this.worker.send(message);
  }
}

const startError = ({ isRefusal, error }: Extract<MessageFromWorker, { kind: 'failed' }>): Error =>
  isRefusal ? new StartRefused(error.message) : error;
