import { DataSource } from 'typeorm';
import { z } from 'zod';
import { EventStore } from '../event-store/event-store.js';
import { queryInTime } from '../database/query-in-time.js';
import { positionSchema } from '../http/positions.js';
import {
  projectionStates,
  projectionStatuses,
  type ProjectionStatus,
} from '../projections/projection-status.js';
import { Projections } from '../projections/projections.js';
import { messageOf } from '../../shared/message-of.js';

const status = z.enum(['ok', 'unavailable']);
type Status = z.output<typeof status>;

const projectionHealthSchema = z.object({
  status,
  state: z.enum(projectionStates),
  position: positionSchema,
  lagEvents: z
    .int()
    .nullable()
    .describe('null while the log can’t be read, or its positions don’t count events'),
  lagSeconds: z.number().nullable(),
  leader: z.string().nullable(),
  incomplete: z.int().describe('Tickets of which something could not be counted yet'),
  rebuilding: z.boolean(),
  error: z.string().optional(),
});
type ProjectionHealth = z.output<typeof projectionHealthSchema>;

export const healthSchema = z
  .object({
    status,
    database: z.object({ status, error: z.string().optional() }),
    eventStore: z.object({
      status,
      log: z.string().optional().describe('Which log it is'),
      position: positionSchema.optional(),
      error: z.string().optional(),
    }),
    projections: z.record(z.string(), projectionHealthSchema).describe('By name'),
  })
  .meta({ id: 'Health' });
export type HealthReport = z.output<typeof healthSchema>;

const checkTimeoutMs = 2_000;

/** Whether this process can serve, and what is wrong if not. */
export class Health {
  constructor(
    private readonly database: DataSource,
    private readonly store: EventStore,
    private readonly projections: Projections,
    /** A projection that lags more seconds makes it unavailable. */
    private readonly mostLagSeconds: number,
  ) {}

  async check(): Promise<HealthReport> {
    const [database, head, log, statuses] = await Promise.all([
      outcomeOf(queryInTime(this.database, { text: 'SELECT 1' }, checkTimeoutMs)),
      outcomeOf(this.store.lastPosition()),
      outcomeOf(this.store.identity()),
      outcomeOf(projectionStatuses(this.projections, this.store)),
    ]);
    const projections = Object.fromEntries(
      (statuses.value ?? []).map((status) => [status.name, this.projectionHealth(status)]),
    );
    const parts = [database, head, statuses, ...Object.values(projections)];
    return {
      status: parts.every((part) => part.status === 'ok') ? 'ok' : 'unavailable',
      database: { status: database.status, error: database.error ?? statuses.error },
      eventStore: {
        status: head.status,
        log: log.value,
        position: head.value?.toString(),
        error: head.error,
      },
      projections,
    };
  }

  /** Rows that are served as they are while a new version is built lag by design. */
  private projectionHealth(status: ProjectionStatus): ProjectionHealth {
    const { state, position, lagEvents, lagSeconds, leader, incomplete, lastError, rebuild } = status;
    const late = lagSeconds === null || lagSeconds > this.mostLagSeconds;
    const error = lastError ?? (late ? `lags more than ${this.mostLagSeconds} s` : null);
    return {
      status: late && state !== 'outdated' ? 'unavailable' : 'ok',
      state,
      position: String(position),
      lagEvents,
      lagSeconds,
      leader,
      incomplete,
      rebuilding: rebuild !== null,
      ...(error === null ? {} : { error }),
    };
  }
}

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
    return { status: 'unavailable', error: messageOf(error) };
  } finally {
    clearTimeout(timer);
  }
};
