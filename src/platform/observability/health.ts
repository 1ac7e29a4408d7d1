import { DataSource } from 'typeorm';
import { EventStore } from '../event-store/event-store.js';
import { Projections } from '../projections/projections.js';
import type { ProjectionState } from '../projections/projection-runner.js';

type Status = 'ok' | 'unavailable';

export interface HealthReport {
  status: Status;
  database: { status: Status; error?: string };
  eventStore: { status: Status; log?: string; position?: string; error?: string };
  projections: Record<string, ProjectionHealth>;
}

interface ProjectionHealth {
  status: Status;
  position: string;
  /** null while the log can't be read. */
  lagEvents: string | null;
  lagSeconds: number | null;
  error?: string;
}

const checkTimeoutMs = 2_000;

/** Whether this process can serve, and what is wrong if not. */
export class Health {
  constructor(
    private readonly database: DataSource,
    private readonly store: EventStore,
    private readonly projections: Projections,
  ) {}

  async check(): Promise<HealthReport> {
    const [database, head, log] = await Promise.all([
      outcomeOf(this.database.query('SELECT 1')),
      outcomeOf(this.store.lastPosition()),
      outcomeOf(this.store.identity()),
    ]);
    const projections = Object.fromEntries(
      this.projections.describe().map((state) => [state.name, projectionHealth(state, head.value)]),
    );
    const parts = [database, head, ...Object.values(projections)];
    return {
      status: parts.every((part) => part.status === 'ok') ? 'ok' : 'unavailable',
      database: { status: database.status, error: database.error },
      eventStore: {
        status: head.status,
        log: log.value,
        position: head.value?.toString(),
        error: head.error,
      },
      projections,
    };
  }
}

const projectionHealth = (state: ProjectionState, head: bigint | undefined): ProjectionHealth => {
  const lag = head === undefined ? undefined : head - state.position;
  const behind = lag === undefined || lag > 0n;
  const lagSeconds = state.caughtUpAt === null ? null : behind ? (Date.now() - state.caughtUpAt) / 1000 : 0;
  return {
    status: state.state === 'running' ? 'ok' : 'unavailable',
    position: String(state.position),
    lagEvents: lag === undefined ? null : String(lag > 0n ? lag : 0n),
    lagSeconds,
    ...(state.lastError === null ? {} : { error: state.lastError }),
  };
};

interface Checked<Value> {
  status: Status;
  value?: Value;
  error?: string;
}

const outcomeOf = async <Value>(check: Promise<Value>): Promise<Checked<Value>> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), checkTimeoutMs);
  });
  try {
    return { status: 'ok', value: await Promise.race([check, late]) };
  } catch (error) {
    return { status: 'unavailable', error: (error as Error).message };
  } finally {
    clearTimeout(timer);
  }
};
