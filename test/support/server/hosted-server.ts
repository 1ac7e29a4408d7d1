import { serialize } from 'node:v8';
import type { Settings } from '../../../src/config/settings.js';
import type { TimeLimits } from '../../../src/platform/http/connections/time-limits.js';
import { createMigratedDatabase, type TestDatabase } from '../database/database.js';
import { testMasterKey } from '../keys/master-key.js';

/** A server that is known by what it serves, and by its database. */
export interface HostedServer {
  url: string;
  database: TestDatabase;
  /** The tree of its routes, as Fastify prints it. */
  routeTree(): Promise<string>;
  /** What its process holds once garbage is collected. */
  heapBytes(): Promise<number>;
  /** As a process that stops; its database is dropped. */
  close(): Promise<void>;
}

/**
 * Starts the built server on a database of its own in a process that the suites of a Jest worker share, so that its modules are loaded once
 * for all of them. For suites that reach into the application, or measure its process: `startTestServer`.
 */
export const startHostedServer = async (
  settings: Partial<Omit<Settings, 'keys'>> = {},
  limits: Partial<TimeLimits> = {},
): Promise<HostedServer> => {
  const database = await createMigratedDatabase();
  const drop = () => database.drop();
  const start = {
    environment: { MASTER_KEY: testMasterKey },
    settings: { port: 0, databaseUrl: database.url, logLevel: 'silent', ...settings },
    limits,
  };
  try {
    const { url } = await ask<{ url: string }>('/start', serialize(start));
    return {
      url,
      database,
      routeTree: async () => (await ask<{ tree: string }>('/routes', url)).tree,
      heapBytes: async () => (await ask<{ bytes: number }>('/heap', '')).bytes,
      close: () =>
        ask('/close', url)
          .then(() => undefined)
          .finally(drop),
    };
  } catch (error) {
    await drop();
    throw error;
  }
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
