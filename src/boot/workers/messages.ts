import type { MetricValues } from '../../platform/observability/metrics.js';
import type { Prepared } from '../main-database.js';
import type { Settings } from '../../config/settings.js';

/** What the primary process says to a worker. */
export type MessageToWorker =
  | { kind: 'start'; settings: Settings; prepared: Prepared }
  /** Asks for the worker's own values. */
  | { kind: 'metrics'; id: number }
  /** The answer to `ask-metrics`. */
  | { kind: 'all-metrics'; id: number; values: MetricValues[] };

/** What a worker says to the primary process. */
export type MessageFromWorker =
  /** It hears what it is told from now on. */
  | { kind: 'ready' }
  | { kind: 'serving'; url: string }
  /** It could not start. `isRefusal`: the error is one line for whoever started the server. */
  | { kind: 'failed'; isRefusal: boolean; error: Error }
  | { kind: 'metrics'; id: number; values: MetricValues }
  /** Asks for the values of all processes. */
  | { kind: 'ask-metrics'; id: number };
