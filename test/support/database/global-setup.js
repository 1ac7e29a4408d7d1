import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One PostgreSQL for the whole run; each test file makes databases of its own in it. */
export default async function globalSetup() {
  const dist = '../../../dist';
  /** @type {typeof import('../../../src/platform/database/embedded/embedded-postgres.js')} */
  const { startEmbeddedPostgres } = await import(`${dist}/platform/database/embedded/embedded-postgres.js`);
  /** @type {typeof import('../../../src/cli/terminal/stop-signals.js')} */
  const { onStopSignal } = await import(`${dist}/cli/terminal/stop-signals.js`);
  // The database goes with the process.
  onStopSignal(() => process.exit(130));
  const dataDir = mkdtempSync(join(tmpdir(), 'billets-quotidiens-test-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  process.env.TEST_DATABASE_URL = postgres.url;
  Object.assign(globalThis, { testPostgres: { postgres, dataDir } });
}
