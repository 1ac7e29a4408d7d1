import { readSettings, type Settings } from '../../../src/config/settings.js';
import type { TimeLimits } from '../../../src/platform/http/connections/time-limits.js';
import { startServer, type Server } from '../../../src/boot/server.js';
import { createMigratedDatabase, type TestDatabase } from '../database/database.js';

export interface TestServer extends Server {
  database: TestDatabase;
}

/** Starts a server in this process, from src, on a database of its own, which is dropped when the server closes. */
export const startTestServer = async (
  settings: Partial<Settings> = {},
  limits: Partial<TimeLimits> = {},
): Promise<TestServer> => {
  const database = await createMigratedDatabase();
  const drop = () => database.drop();
  const server = await startServer(
    {
      ...readSettings({}),
      port: 0,
      databaseUrl: database.url,
      logLevel: 'silent',
      ...settings,
    },
    'process',
    limits,
  ).catch(async (error: unknown) => {
    await drop();
    throw error;
  });
  return { ...server, database, close: () => server.close().finally(drop) };
};
