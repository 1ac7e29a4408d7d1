import type { Pool } from 'pg';
import { z } from 'zod';
import { EventStore } from '../event-store/event-store.js';
import { queryWithDeadline } from '../database/query-with-deadline.js';
import { sql, type Sql } from '../database/sql.js';
import { positionSchema } from '../positions.js';
import {
  projectionStates,
  projectionStatuses,
  type ProjectionStatus,
} from '../projections/status/projection-status.js';
import { Projections } from '../projections/projections.js';
import { messageOf } from '../../shared/message-of.js';
import { withTimeout } from '../../shared/concurrency/with-timeout.js';
import type { Clocks, ClockWatch } from './clock-watch.js';

const status = z.enum(['ok', 'unavailable']);
type Status = z.output<typeof status>;

const projectionHealthSchema = z.object({
  status,
  code: z
    .enum(['failing', 'leaderless', 'late'])
    .optional()
    .describe('What is wrong with it; `error` says so in words'),
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
  failingSince: z.iso.datetime().optional().describe('While its state is failing'),
});
type ProjectionHealth = z.output<typeof projectionHealthSchema>;

export const healthSchema = z
  .object({
    status,
    database: z.object({
      status,
      code: z
        .enum(['unreachable', 'read-only', 'not-permitted'])
        .optional()
        .describe('Why it can’t be read or written; `error` says so in words'),
      error: z.string().optional(),
    }),
    clocks: z
      .object({
        databaseAheadSeconds: z.number().describe('PostgreSQL’s clock, before this process’s'),
        recordedAheadSeconds: z.number().describe('The newest recordedAt, before PostgreSQL’s clock'),
        warning: z.string().optional(),
      })
      .optional()
      .describe('The clocks that stamp events; absent while PostgreSQL is away'),
    eventStore: z.object({
      status,
      log: z.string().optional().describe('Which log it is'),
      position: positionSchema.optional(),
      error: z.string().optional(),
    }),
    projections: z.record(z.string(), projectionHealthSchema).describe('By name'),
    attachments: z
      .object({ store: z.enum(['folder', 's3']), scanner: z.enum(['none', 'clamd']) })
      .optional()
      .describe('Where files are, and who looks into them for viruses: nobody, unless a scanner is set'),
  })
  .meta({ id: 'Health' });
export type HealthReport = z.output<typeof healthSchema>;

const checkTimeoutMs = 2_000;

/** Whether the database takes commands. One without a log, since the log is elsewhere, only has to take writes. */
export const selectWritable = (): Sql => sql`
  SELECT current_setting('transaction_read_only')::boolean AS "readOnly",
         coalesce(has_table_privilege(to_regclass('event_store.events'), 'INSERT')
              AND has_table_privilege(to_regclass('event_store.head'), 'UPDATE'), true) AS permitted`;

interface Writable {
  readOnly: boolean;
  permitted: boolean;
}

const readOnlyInWords =
  'PostgreSQL takes no writes: it is a standby, or set read-only (default_transaction_read_only); what is there is read, commands are answered with 503';
const notPermittedInWords =
  'the role of DATABASE_URL may not write the log any more: grant it INSERT on event_store.events and UPDATE on event_store.head';
const leaderlessInWords =
  'leaderless: no process counts what comes, for now; start one with «projections» among its ROLES, unless another is about to take over';

/** Whether this process can serve, and what is wrong if not. */
export class Health {
  constructor(
    private readonly pool: Pool,
    private readonly store: EventStore,
    private readonly projections: Projections,
    /** A projection that lags by more seconds than this makes the process unavailable. */
    private readonly maxLagSeconds: number,
    private readonly clocks: Pick<ClockWatch, 'read'>,
    private readonly attachments?: HealthReport['attachments'],
  ) {}

  async check(): Promise<HealthReport> {
    const [database, clocks, head, log, statuses] = await Promise.all([
      this.databaseHealth(),
      outcomeOf(this.clocks.read()),
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
      database: { ...database, error: database.error ?? statuses.error },
      ...(clocks.value ? { clocks: clocksHealth(clocks.value) } : {}),
      eventStore: {
        status: head.status,
        log: log.value,
        position: head.value?.toString(),
        error: head.error,
      },
      projections,
      ...(this.attachments ? { attachments: this.attachments } : {}),
    };
  }

  private async databaseHealth(): Promise<HealthReport['database']> {
    const { value, error } = await outcomeOf(
      queryWithDeadline<Writable>(this.pool, selectWritable(), { timeoutMs: checkTimeoutMs }),
    );
    const [found] = value ?? [];
    if (!found) return { status: 'unavailable', code: 'unreachable', error };
    if (found.readOnly) return { status: 'unavailable', code: 'read-only', error: readOnlyInWords };
    if (!found.permitted) return { status: 'unavailable', code: 'not-permitted', error: notPermittedInWords };
    return { status: 'ok' };
  }

  /** The health of a projection. One that is outdated lags by design, since it is served as it is while a new version is built. */
  private projectionHealth(status: ProjectionStatus): ProjectionHealth {
    const { state, position, lagEvents, lagSeconds, leader, incomplete, lastError, failingSince } = status;
    const { rebuild, beyondEnd } = status;
    const late = lagSeconds === null || lagSeconds > this.maxLagSeconds;
    const ahead =
      beyondEnd === null
        ? null
        : `stands at ${position}, beyond the end of the log at ${beyondEnd}: the log went back (a restored backup, a failover that lost the tail), and these rows are made anew as soon as a process leads them`;
    const lags = late ? `lags more than ${this.maxLagSeconds} s` : null;
    const unready = ahead !== null || (late && state !== 'outdated');
    const code = state === 'failing' || state === 'leaderless' ? state : unready ? 'late' : undefined;
    const reasons = [ahead, lastError, state === 'leaderless' ? leaderlessInWords : null, lags];
    const error = reasons.find((reason) => reason !== null) ?? null;
    return {
      status: unready ? 'unavailable' : 'ok',
      ...(code === undefined ? {} : { code }),
      state,
      position: String(position),
      lagEvents,
      lagSeconds,
      leader,
      incomplete,
      rebuilding: rebuild !== null,
      ...(error === null ? {} : { error }),
      ...(failingSince === null ? {} : { failingSince }),
    };
  }
}

const clocksHealth = ({ warning, ...seconds }: Clocks): NonNullable<HealthReport['clocks']> => ({
  ...seconds,
  ...(warning === null ? {} : { warning }),
});

interface Checked<Value> {
  status: Status;
  value?: Value;
  error?: string;
}

const outcomeOf = async <Value>(check: Promise<Value>): Promise<Checked<Value>> => {
  try {
    const value = await withTimeout(checkTimeoutMs, check, () => new Error('no answer in time'));
    return { status: 'ok', value };
  } catch (error) {
    return { status: 'unavailable', error: messageOf(error) };
  }
};
