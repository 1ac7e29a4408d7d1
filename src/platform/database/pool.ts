import pg from 'pg';

/** What every pool of connections is set to, TypeORM's and those beside it. */
export const poolSettings = {
  max: 20,
  application_name: 'billets-quotidiens',
  // To compile a statement takes PostgreSQL longer than any of ours takes to run.
  options: '-c jit=off',
  connectionTimeoutMillis: 5_000,
  // A connection that only listens finds out in minutes, not hours, that what is between has forgotten it.
  keepAlive: true,
  keepAliveInitialDelayMillis: 30_000,
};

/** A pool without TypeORM, which takes half a second and 40 MB to load. */
export const openPool = (url: string): pg.Pool => {
  const pool = new pg.Pool({ connectionString: url, ...poolSettings });
  // A connection that breaks while it rests in the pool is replaced; whoever uses one gets the error itself.
  pool.on('error', () => undefined);
  outliveLostConnections(pool);
  return pool;
};

/**
 * The pool listens to its clients only while they rest. One that breaks while it is lent out tells its borrower by failing the
 * query; but it also emits an error, and that would end the process if nobody listened.
 */
export const outliveLostConnections = (pool: pg.Pool): void => {
  const heard = new WeakSet<pg.PoolClient>();
  pool.on('acquire', (client) => {
    if (heard.has(client)) return;
    heard.add(client);
    client.on('error', () => undefined);
  });
};
