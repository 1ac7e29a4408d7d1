import { serialize } from 'node:v8';
import type { Settings } from '../../../src/config/settings.js';
import type { TimeLimits } from '../../../src/platform/http/connections/time-limits.js';
import { createMigratedDatabase, type TestDatabase } from '../database/database.js';
import { testMasterKey } from '../keys/master-key.js';

/** A server that is known by what it serves. */
export interface ServerInHost {
  url: string;
  /** The tree of its routes, as Fastify prints it. */
  routeTree(): Promise<string>;
  /** What its process holds once garbage is collected. */
  heapBytes(): Promise<number>;
  /** As a process that stops. */
  close(): Promise<void>;
}

/** One that has a database of its own, which is dropped when it closes. */
export interface HostedServer extends ServerInHost {
  database: TestDatabase;
}

/**
 * Starts the built server in a process that the suites of a Jest worker share, so that its modules are loaded once for all of them, on a
 * database that other servers may have left. For suites that reach into the application: `startServerOn`.
 */
export const startHostedServerOn = async (
  database: Pick<TestDatabase, 'url'>,
  settings: Partial<Omit<Settings, 'keys'>> = {},
  limits: Partial<TimeLimits> = {},
): Promise<ServerInHost> => {
  const start = {
    environment: { MASTER_KEY: testMasterKey },
    settings: { port: 0, databaseUrl: database.url, logLevel: 'silent', ...settings },
    limits,
  };
  const { url } = await ask<{ url: string }>('/start', serialize(start));
  return {
    url,
    routeTree: async () => (await ask<{ tree: string }>('/routes', url)).tree,
    heapBytes: async () => (await ask<{ bytes: number }>('/heap', '')).bytes,
    close: () => ask('/close', url).then(() => undefined),
  };
};

/** The same on a database of its own. For suites that reach into the application: `startTestServer`. */
export const startHostedServer = async (
  settings: Partial<Omit<Settings, 'keys'>> = {},
  limits: Partial<TimeLimits> = {},
): Promise<HostedServer> => {
  const database = await createMigratedDatabase();
  const drop = () => database.drop();
  const server = await startHostedServerOn(database, settings, limits).catch(async (error: unknown) => {
    await drop();
    throw error;
  });
  return { ...server, database, close: () => server.close().finally(drop) };
};

/** Asks the host of this worker, of those that global-setup.js started. */
const ask = async <Done>(path: string, body: string | Uint8Array): Promise<Done> => {
  const { TEST_SERVER_HOSTS = '', JEST_WORKER_ID } = process.env;
  const hosts = TEST_SERVER_HOSTS.split(' ');
  const host = hosts[(Number(JEST_WORKER_ID) - 1) % hosts.length];
  const answer = await fetch(`http://127.0.0.1:${host}${path}`, { method: 'POST', body });
  const done = (await answer.json()) as Done | { failure: string };
  if (isFailure(done)) throw new Error(`the host of servers failed: ${done.failure}`);
  return done;
};

const isFailure = (done: unknown): done is { failure: string } =>
  typeof done === 'object' && done !== null && 'failure' in done;
