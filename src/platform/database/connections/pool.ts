import pg from 'pg';
import { parseDatabaseUrl, type DatabaseHost } from '../../../config/database-url.js';
import { DatabaseClient, type DatabaseClientConfig } from './database-client.js';
import { HostChooser } from './host-chooser.js';

/** The settings of every pool of connections, including the data sources'. */
const poolSettings = {
  max: 20,
  application_name: 'billets-quotidiens',
  connectionTimeoutMillis: 5_000,
  // With TCP keep-alive, a connection that only listens notices in minutes, not hours, that a proxy or NAT in between dropped it.
  keepAlive: true,
  keepAliveInitialDelayMillis: 30_000,
};
/**
 * The settings of each session, whatever the defaults of the database and the role. JIT compilation takes longer than any statement
 * of ours takes to run; the driver reads only one style of dates; and appends wait for each other, so that a snapshot from before the
 * wait would be of no use to them. The options of the URL come after these, and win.
 */
const sessionOptions = String.raw`-c jit=off -c DateStyle=ISO -c default_transaction_isolation=read\ committed`;
/** How long a probe waits for one of several hosts: less than a connection may take, so that a silent host does not hold up the rest. */
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
  await client.connectTo(host);
  await client.end();
  return client;
};

/**
 * A pool that outlives its connections: a client that breaks fails its query and is replaced (see DatabaseClient for its errors). A
 * client that is outdated is closed when it is released.
 */
export class LastingPool extends pg.Pool {
  constructor(config?: pg.PoolConfig) {
    super(config);
    this.on('error', () => undefined);
    this.on('release', (_error, client) => {
      if (client instanceof DatabaseClient && client.isOutdated) client.end().catch(() => undefined);
    });
  }
}

/** The pool of a process or of a thread, for every hot statement. It connects at the first use. Throws BadDatabaseUrl. */
export const openPool = (url: string, settings: Pick<pg.PoolConfig, 'max'> = {}): pg.Pool =>
  new LastingPool({ ...poolOptions(url), ...settings });
