import { DatabaseError, type Pool, type PoolClient } from 'pg';
import { MigrationExecutor, type DataSource } from 'typeorm';
import { StartRefused } from '../../config/start-refused.js';
import { takeMigrationLock } from './migration-lock.js';
import { statement } from './sql.js';
import { withReadDeadline } from './read-deadline.js';

const lockNotAvailable = '55P03';

export interface MigrationLimits {
  /** How long another process may migrate before this one gives up. */
  maxWaitMs: number;
  /** PostgreSQL ends the sessions of a process that has been silent for this long while it migrates: it is frozen or gone. */
  maxSilenceMs: number;
  heartbeatMs: number;
}

export interface Migration {
  /** The data source that knows the migrations and runs them. */
  database: DataSource;
  /** The pool whose session holds the lock. */
  pool: Pool;
  /** The name of the setting that a refusal names. */
  setting: string;
}

const defaultLimits: MigrationLimits = { maxWaitMs: 10 * 60_000, maxSilenceMs: 30_000, heartbeatMs: 5_000 };

/**
 * Brings the schema up to date. Several processes may start at once: the first to get the lock migrates, and the others then find
 * nothing left to do. The lock lasts as long as the session that holds it; so PostgreSQL ends that session, and the one that runs the
 * migrations, when the process has been silent for too long. Throws StartRefused when another process takes too long.
 */
export const migrate = async (
  { database, pool, setting }: Migration,
  limits: Partial<MigrationLimits> = {},
): Promise<void> => {
  const { maxWaitMs, maxSilenceMs, heartbeatMs } = { ...defaultLimits, ...limits };
  const guard = await pool.connect();
  let heartbeat: NodeJS.Timeout | undefined;
  try {
    await takeLock(guard, setting, { maxWaitMs, maxSilenceMs });
    heartbeat = setInterval(() => void guard.query('SELECT 1').catch(() => undefined), heartbeatMs);
    await runMigrations(database, maxSilenceMs);
  } finally {
    clearInterval(heartbeat);
    // The session is closed, and the lock and the settings end with it.
    guard.release(true);
  }
};

const takeLock = async (
  guard: PoolClient,
  setting: string,
  { maxWaitMs, maxSilenceMs }: Omit<MigrationLimits, 'heartbeatMs'>,
): Promise<void> => {
  await guard.query(`SET idle_session_timeout = ${maxSilenceMs}; SET lock_timeout = ${maxWaitMs}`);
  try {
    // PostgreSQL's lock_timeout comes before this deadline, unless PostgreSQL itself is silent.
    const timeoutMs = maxWaitMs + maxSilenceMs;
    await guard.query(withReadDeadline(timeoutMs, statement(takeMigrationLock())));
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code === lockNotAvailable)) throw error;
    throw new StartRefused(
      `${setting}: another process has been bringing the schema up to date for more than ${maxWaitMs / 1000} s; ` +
        'start again when it is done, or end its session (pg_locks, locktype advisory)',
    );
  }
};

const runMigrations = async (database: DataSource, maxSilenceMs: number): Promise<void> => {
  const runner = database.createQueryRunner();
  try {
    await runner.query(`SET idle_in_transaction_session_timeout = ${maxSilenceMs}`);
    const executor = new MigrationExecutor(database, runner);
    executor.transaction = 'all';
    await executor.executePendingMigrations();
    await runner.query('RESET idle_in_transaction_session_timeout');
  } finally {
    await runner.release();
  }
};
