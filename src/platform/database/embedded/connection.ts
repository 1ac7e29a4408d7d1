import { sql, statement } from '../sql.js';
import pg from 'pg';
import { applicationRole, superuser } from './cluster.js';

/** The port is only a part of the socket's name: nothing listens on TCP. */
const port = 5432;

export const socketNames = [`.s.PGSQL.${port}`, `.s.PGSQL.${port}.lock`] as const;

// Port and sslmode are written out because `pg` would otherwise take PGPORT and PGSSLMODE from the environment.
export const connectionUrl = (runtimeDir: string, database: string, role = superuser): string =>
  `postgres://${role}@localhost:${port}/${database}?sslmode=disable&host=${encodeURIComponent(runtimeDir)}`;

const withClient = async (url: string, use: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  });
  // A server that dies while the connection is idle would otherwise end this process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

/** Whether PostgreSQL answers queries (`up`), answers that it is still starting (`recovering`), or does not answer (`silent`). */
export const ping = async (runtimeDir: string): Promise<'up' | 'recovering' | 'silent'> => {
  try {
    await withClient(connectionUrl(runtimeDir, 'postgres'), async (client) => {
      await client.query('select 1');
    });
    return 'up';
  } catch (error) {
    const cannotConnectNow = error instanceof pg.DatabaseError && error.code === '57P03';
    return cannotConnectNow ? 'recovering' : 'silent';
  }
};

/**
 * Makes the database unless it exists, since a server that was killed right after it made the cluster leaves none; and the application's
 * role, which earlier versions had none of. What that role may do is granted once there is something to be granted.
 */
export const createDatabase = async (runtimeDir: string, name: string): Promise<void> => {
  await withClient(connectionUrl(runtimeDir, 'postgres'), async (client) => {
    const database = client.escapeIdentifier(name);
    const { rowCount } = await client.query(statement(sql`SELECT FROM pg_database WHERE datname = ${name}`));
    if (rowCount === 0) await client.query(`create database ${database}`);
    const found = await client.query(statement(sql`SELECT FROM pg_roles WHERE rolname = ${applicationRole}`));
    if (found.rowCount === 0) await client.query(`create role ${applicationRole} login`);
    await client.query(
      `revoke all on database ${database} from public; grant connect on database ${database} to ${applicationRole}`,
    );
  });
  // When the files were put back is a part of where the database is: who may not ask would take them for others.
  await withClient(connectionUrl(runtimeDir, name), async (client) => {
    await client.query(`grant execute on function pg_stat_file(text) to ${applicationRole}`);
  });
};
