import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startServerHosts } from '../server/server-hosts.js';

/**
 * Starts one PostgreSQL for the whole run, with a migrated database to copy, and a host of servers for each worker; each test file makes
 * its own databases and servers in them.
 *
 * @param {{ maxWorkers: number }} config
 */
export default async function globalSetup({ maxWorkers }) {
  const dist = (process.env.DIST ??= join(import.meta.dirname, '../../../dist/bundle'));
  /** @type {typeof import('../../../src/platform/database/embedded/embedded-postgres.js')} */
  const { startEmbeddedPostgres } = await import(`${dist}/platform/database/embedded/embedded-postgres.js`);
  /** @type {typeof import('../../../src/cli/terminal/stop-signals.js')} */
  const { onStopSignal } = await import(`${dist}/cli/terminal/stop-signals.js`);
  // The embedded PostgreSQL ends with this process.
  onStopSignal(() => process.exit(130));
  const dataDir = mkdtempSync(join(tmpdir(), 'billets-quotidiens-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const hosts = await startServerHosts(maxWorkers);
  Object.assign(globalThis, { testRun: { postgres, dataDir, hosts } });
  process.env.TEST_DATABASE_URL = postgres.ownerUrl;
  process.env.TEST_SERVER_HOSTS = hosts.ports.join(' ');
  await createMigrated(postgres.ownerUrl, dist);
}

/**
 * @param {string} runUrl
 * @param {string} dist
 */
const createMigrated = async (runUrl, dist) => {
  /** @type {typeof import('../../../src/platform/database/database.js')} */
  const { openDatabase } = await import(`${dist}/platform/database/database.js`);
  /** @type {typeof import('../../../src/boot/registry.js')} */
  const { migrationsFor } = await import(`${dist}/boot/registry.js`);
  /** @type {typeof import('../../../src/config/settings.js')} */
  const { readSettings } = await import(`${dist}/config/settings.js`);
  const client = new pg.Client({ connectionString: runUrl });
  await client.connect();
  await client.query('CREATE DATABASE migrated').finally(() => client.end());
  const { href: url } = Object.assign(new URL(runUrl), { pathname: '/migrated' });
  const pool = await openDatabase({ url, migrations: migrationsFor(readSettings({})) });
  await pool.end();
};
