import pg from 'pg';
import { parseDatabaseUrl, type DatabaseHost } from '../../../config/database-url.js';
import { DatabaseClient, type DatabaseClientConfig } from './database-client.js';
import { HostChooser } from './host-chooser.js';

/** What every pool of connections is set to, the data source's too. */
const poolSettings = {
  max: 20,
  application_name: 'billets-quotidiens',
  connectionTimeoutMillis: 5_000,
  // A connection that only listens finds out in minutes, not hours, that what is between has forgotten it.
  keepAlive: true,
  keepAliveInitialDelayMillis: 30_000,
};
/**
 * What a session is set to, whatever the database and the role are. To compile a statement takes PostgreSQL longer than any of ours
 * takes to run; the driver reads dates of one style only; and appends wait for each other, so that a snapshot from before they did is
 * of no use to them. What the URL says comes after, and wins.
 */
const sessionOptions = String.raw`-c jit=off -c DateStyle=ISO -c default_transaction_isolation=read\ committed`;
/** Of several hosts, one that does not answer is not waited for as long as a connection. */
const probeMs = 2_000;

/** How a pool connects to the database that a URL names. Throws BadDatabaseUrl. */
export const poolOptions = (url: string): pg.PoolConfig => {
  const { hosts, sessionKind, connectTimeoutMs, options, rest } = parseDatabaseUrl(url);
  const common = {
    ...poolSettings,
    ...(connectTimeoutMs === undefined ? {} : { connectionTimeoutMillis: connectTimeoutMs }),
    options: options === undefined ? sessionOptions : `${sessionOptions} ${options}`,
    connectionString: rest,
  };
  const chooser: HostChooser = new HostChooser(hosts, sessionKind, (host) =>
    probe({ ...common, hosts: chooser }, host),
  );
  const ours = { hosts: chooser, Client: DatabaseClient as unknown as new () => pg.ClientBase };
  return { ...common, ...ours };
};

const probe = async (config: DatabaseClientConfig, host: DatabaseHost): Promise<DatabaseClient> => {
  const client = new DatabaseClient({ ...config, connectionTimeoutMillis: probeMs });
  client.on('error', () => undefined);
  await client.connectTo(host);
  await client.end();
  return client;
};

/**
 * A pool that outlives its connections. It listens to its clients only while they rest: one that breaks then is replaced. One that
 * breaks while it is lent out tells its borrower by failing the query; but it also emits an error, and that would end the process if
 * nobody listened. One that has become of no use is closed when it comes back.
 */
export class LastingPool extends pg.Pool {
  constructor(config?: pg.PoolConfig) {
    super(config);
    const heard = new WeakSet<pg.PoolClient>();
    this.on('error', () => undefined);
    this.on('acquire', (client) => {
      if (heard.has(client)) return;
      heard.add(client);
      client.on('error', () => undefined);
    });
    this.on('release', (_error, client) => {
      if (client instanceof DatabaseClient && client.isOutdated) client.end().catch(() => undefined);
    });
  }
}

/** The pool of a process, or of a thread: all that is hot goes through it. Connects when it is asked to. Throws BadDatabaseUrl. */
export const openPool = (url: string, settings: Pick<pg.PoolConfig, 'max'> = {}): pg.Pool =>
  new LastingPool({ ...poolOptions(url), ...settings });
