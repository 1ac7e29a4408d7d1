import { readSettings, type Settings } from '../../../src/config/settings.js';
import type { TimeLimits } from '../../../src/platform/http/connections/time-limits.js';
import { startServer, type Server } from '../../../src/boot/server.js';
import { createDatabase, createMigratedDatabase, type TestDatabase } from '../database/database.js';
import { testKeys } from '../keys/keys.js';

export interface TestServer extends Server {
  database: TestDatabase;
}

/** Starts a server in this process, from src, on a database that other servers may have left. */
export const startServerOn = (
  database: Pick<TestDatabase, 'url'>,
  settings: Partial<Settings> = {},
  limits: Partial<TimeLimits> = {},
): Promise<Server> => {
  const own = { port: 0, databaseUrl: database.url, keys: testKeys(), logLevel: 'silent' } as const;
  return startServer({ ...readSettings({}), ...own, ...settings }, 'process', limits);
};

/** Starts a server in this process, from src, on a database of its own, which is dropped when the server closes. */
export const startTestServer = async (
  settings: Partial<Settings> = {},
  limits: Partial<TimeLimits> = {},
): Promise<TestServer> => {
  // One that was migrated has the keys in it, and this server has them elsewhere.
  const hasKeysElsewhere = settings.keys?.databaseUrl !== undefined;
  const database = await (hasKeysElsewhere ? createDatabase() : createMigratedDatabase());
  const drop = () => database.drop();
  const server = await startServerOn(database, settings, limits).catch(async (error: unknown) => {
    await drop();
    throw error;
  });
  return { ...server, database, close: () => server.close().finally(drop) };
};
