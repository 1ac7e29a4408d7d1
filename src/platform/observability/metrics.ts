import {
  AggregatorRegistry,
  type Aggregator,
  collectDefaultMetrics,
  Counter,
  Gauge,
  Histogram,
  type MetricObjectWithValues,
  type MetricValue,
  Registry,
} from 'prom-client';
import type { EventStore } from '../event-store/event-store.js';
import { projectionStatuses, type ProjectionStatus } from '../projections/status/projection-status.js';
import type { Projections } from '../projections/projections.js';
import { milliseconds } from '../../shared/instant.js';
import type { JobStatus } from '../jobs/jobs.js';
import type { ClockWatch } from './clock-watch.js';

/** The values of one process, to be gathered with those of others. */
export type MetricValues = MetricObjectWithValues<MetricValue<string>>[];

interface ProjectionMeasures {
  /** The metric's name without the prefix `projection_`. */
  name: string;
  help: string;
  /** null or undefined when there is no value; the metric is then absent. */
  value: (status: ProjectionStatus) => number | null | undefined;
}

const ofProjection: ProjectionMeasures[] = [
  { name: 'position', help: 'Everything up to here is folded', value: ({ position }) => Number(position) },
  { name: 'lag_events', help: 'Events not folded yet', value: ({ lagEvents }) => lagEvents },
  {
    name: 'lag_seconds',
    help: 'How long the oldest of them is in the log',
    value: ({ lagSeconds }) => lagSeconds,
  },
  { name: 'events_per_second', help: 'Events folded a second, lately', value: ({ rate }) => rate },
  { name: 'batch_size', help: 'Events in the newest batch', value: ({ batchSize }) => batchSize },
  { name: 'epoch', help: 'How often its leadership changed hands', value: ({ epoch }) => Number(epoch) },
  {
    name: 'incomplete_tickets',
    help: 'Tickets of which something is put aside',
    value: ({ incomplete }) => incomplete,
  },
  { name: 'led', help: '1 while a process leads it', value: ({ leader }) => Number(leader !== null) },
  {
    name: 'failing',
    help: '1 while what it met last stops it',
    value: ({ state }) => Number(state === 'failing'),
  },
  {
    name: 'failing_seconds',
    help: 'For how long it has been failing; absent while it does not',
    value: ({ failingSince }) => failingSince && (Date.now() - milliseconds(failingSince)) / 1_000,
  },
  {
    name: 'rebuild_position',
    help: 'How far its rebuild has come',
    value: ({ rebuild }) => rebuild && Number(rebuild.position),
  },
];

/** What all processes know alike is not to be added up where the values of several are gathered: the newest of them is told. */
const sameEverywhere = { aggregator: 'max' } as const;

const seconds = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : ms / 1_000);

interface JobMeasures {
  /** The metric's name without the prefix `job_`. */
  name: string;
  help: string;
  value: (status: JobStatus) => number | undefined;
  /** How it is told of several processes. */
  aggregator: Aggregator;
}

const ofJob: JobMeasures[] = [
  {
    name: 'last_run_seconds',
    help: 'When its last run ended',
    value: ({ lastEndedAt }) => seconds(lastEndedAt),
    ...sameEverywhere,
  },
  {
    name: 'last_done_seconds',
    help: 'When its last run ended that did what was to do here',
    value: ({ lastDoneAt }) => seconds(lastDoneAt),
    ...sameEverywhere,
  },
  {
    name: 'next_run_seconds',
    help: 'When it runs next',
    value: ({ nextAt }) => seconds(nextAt),
    aggregator: 'min',
  },
  {
    name: 'failures',
    help: 'How many of its runs failed since the start',
    value: ({ failures }) => failures,
    aggregator: 'sum',
  },
  {
    name: 'failing',
    help: '1 where its last run failed',
    value: ({ state }) => Number(state === 'failed'),
    ...sameEverywhere,
  },
];

/** What a cache holds, and how many reads it has answered, or the database for it. */
export interface CacheFigures {
  bytes: number;
  entries: number;
  reads: Readonly<Record<'hit' | 'miss', number>>;
}

/** The metrics that Prometheus scrapes: of the process, its requests, the log and each projection. In seconds, events or counts. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests: Histogram<'method' | 'route' | 'status'>;
  private readonly live: Gauge<'route'>;
  private readonly accessAlerts: Counter<'kind'>;
  private readonly end: Gauge;
  private readonly databaseAhead: Gauge;
  private readonly recordedAhead: Gauge;
  private readonly gauges: Gauge<'projection'>[];
  private valuesOfAll: (() => Promise<MetricValues[]>) | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly projections: Projections,
    private readonly clocks: Pick<ClockWatch, 'read'>,
  ) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Histogram({
      registers,
      name: 'http_request_duration_seconds',
      help: 'How long requests took, by route; but for live connections, which last as long as someone listens',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    });
    this.live = new Gauge({
      registers,
      name: 'http_live_connections',
      help: 'Connections that are open to be told of changes, by route',
      labelNames: ['route'],
    });
    this.accessAlerts = new Counter({
      registers,
      name: 'access_alerts_total',
      help: 'Alerts of the access log: one person who was shown very many tickets, or refused very often',
      labelNames: ['kind'],
    });
    this.end = new Gauge({
      ...sameEverywhere,
      ...{ registers, name: 'event_store_position', help: 'The end of the log' },
    });
    this.databaseAhead = new Gauge({
      ...sameEverywhere,
      registers,
      name: 'database_clock_ahead_seconds',
      help: 'PostgreSQL’s clock before this process’s; below 0 where it is behind',
    });
    this.recordedAhead = new Gauge({
      ...sameEverywhere,
      registers,
      name: 'event_store_recorded_ahead_seconds',
      help: 'The newest recordedAt before PostgreSQL’s clock, which was set back then',
    });
    this.gauges = ofProjection.map(
      ({ name, help }) =>
        new Gauge({
          ...{ registers, name: `projection_${name}`, help, labelNames: ['projection'] },
          ...sameEverywhere,
        }),
    );
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  /** Has `text` tell of several processes: of their values together. */
  gather(valuesOfAll: () => Promise<MetricValues[]>): void {
    this.valuesOfAll = valuesOfAll;
  }

  /** All metrics as text. A value that can't be read now, because PostgreSQL is away, say, is absent. */
  async text(): Promise<string> {
    if (this.valuesOfAll) return AggregatorRegistry.aggregate(await this.valuesOfAll()).metrics();
    await this.read();
    return this.registry.metrics();
  }

  /** The same of this process alone, as data. */
  async values(): Promise<MetricValues> {
    await this.read();
    return this.registry.getMetricsAsJSON();
  }

  private async read(): Promise<void> {
    const [end, clocks, statuses] = await Promise.all([
      this.store.lastPosition().catch(() => undefined),
      this.clocks.read().catch(() => undefined),
      projectionStatuses(this.projections, this.store).catch(() => []),
    ]);
    show(this.end, end === undefined ? undefined : Number(end));
    show(this.databaseAhead, clocks?.databaseAheadSeconds);
    show(this.recordedAhead, clocks?.recordedAheadSeconds);
    this.gauges.forEach((gauge, index) => {
      gauge.reset();
      for (const status of statuses) {
        const value = ofProjection[index]?.value(status) ?? null;
        if (value !== null) gauge.set({ projection: status.name }, value);
      }
    });
  }

  /** Records how long a request took. `route` is the route's pattern, never a path: a label must not take on a value for each ticket. */
  request({
    method,
    route,
    status,
    seconds,
  }: {
    method: string;
    route: string;
    status: number;
    seconds: number;
  }): void {
    this.requests.observe({ method, route, status: String(status) }, seconds);
  }

  accessAlert(kind: string): void {
    this.accessAlerts.inc({ kind });
  }

  /** `count`: how many accesses are not written down yet. */
  watchAccessLog(count: () => number): void {
    new Gauge({
      registers: [this.registry],
      name: 'access_log_waiting',
      help: 'Accesses that are not written down yet',
      collect() {
        this.set(count());
      },
    });
  }

  /** Tells of what a cache of this process holds, and what has become of reads of it since the start. */
  watchCache(cache: string, read: () => CacheFigures): void {
    const registers = [this.registry];
    new Gauge({
      ...{ registers, name: 'cache_bytes', help: 'What the cache takes of memory', labelNames: ['cache'] },
      collect() {
        this.set({ cache }, read().bytes);
      },
    });
    new Gauge({
      ...{ registers, name: 'cache_entries', help: 'How much is in the cache', labelNames: ['cache'] },
      collect() {
        this.set({ cache }, read().entries);
      },
    });
    new Counter({
      registers,
      name: 'cache_reads_total',
      help: 'Reads that the cache answered (hit), or that the database did (miss)',
      labelNames: ['cache', 'outcome'],
      collect() {
        this.reset();
        for (const [outcome, count] of Object.entries(read().reads)) this.inc({ cache, outcome }, count);
      },
    });
  }

  /** Tells of the jobs of this process: in seconds since 1970, and counts. What has not been yet is absent. */
  watchJobs(read: () => readonly JobStatus[]): void {
    for (const { name, help, value, aggregator } of ofJob) {
      new Gauge({
        ...{ registers: [this.registry], name: `job_${name}`, help, aggregator, labelNames: ['job'] },
        collect() {
          this.reset();
          for (const status of read()) {
            const known = value(status);
            if (known !== undefined) this.set({ job: status.name }, known);
          }
        },
      });
    }
  }

  liveOpened(route: string): void {
    this.live.inc({ route });
  }

  liveClosed(route: string): void {
    this.live.dec({ route });
  }
}

const show = (gauge: Gauge, value: number | undefined): void => {
  if (value === undefined) gauge.remove();
  else gauge.set(value);
};
