import type { MetricValues } from '../../platform/observability/metrics.js';
import { StartRefused } from '../../config/start-refused.js';
import { startServer, type Server } from '../server.js';
import type { MessageFromWorker, MessageToWorker } from './messages.js';
import { Requests } from './requests.js';

// The process that workers.ts starts: it answers requests on the port that all workers share, and does nothing else. It ends with the
// primary process, by Node.js itself. Ctrl-C in a terminal reaches both, and the primary process says when to stop, by SIGTERM.
const maxMetricsMs = 2_000;

let server: Promise<Server> | undefined;
let stopping = false;
const allMetrics = new Requests<MetricValues[]>();

const say = (message: MessageFromWorker): void => {
  // A primary process that has gone is noticed elsewhere.
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};

const stop = async (): Promise<void> => {
  if (stopping) return;
  stopping = true;
  try {
    await (await server)?.close();
    process.exit(0);
  } catch {
    process.exit(1);
  }
};

const start = async ({ settings, prepared }: Extract<MessageToWorker, { kind: 'start' }>): Promise<void> => {
  try {
    const others = () => allMetrics.send(maxMetricsMs, (id) => say({ kind: 'ask-metrics', id }));
    server = startServer(settings, 'process', {}, { prepared, allMetrics: others });
    say({ kind: 'serving', url: (await server).url });
  } catch (error) {
    // Sent before the process ends, which would else drop it.
    const isRefusal = error instanceof StartRefused;
    const failed: MessageFromWorker = { kind: 'failed', isRefusal, error: error as Error };
    process.send?.(failed, undefined, undefined, () => process.exit(1));
  }
};

const tellMetrics = async (id: number): Promise<void> => {
  const values = await (await server)?.metrics.values();
  if (values) say({ kind: 'metrics', id, values });
};

process.on('message', (message: MessageToWorker) => {
  switch (message.kind) {
    case 'start':
      void start(message);
      break;
    case 'metrics':
      // Whoever asked waits for no longer than a moment.
      void tellMetrics(message.id).catch(() => undefined);
      break;
    case 'all-metrics':
      allMetrics.answered(message.id, message.values);
      break;
  }
});
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.once('SIGTERM', () => void stop());
process.once('SIGQUIT', () => process.exit(131));
say({ kind: 'ready' });
