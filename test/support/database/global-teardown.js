import { rmSync } from 'node:fs';

/** @typedef {{ postgres: { stop: () => Promise<void> }, dataDir: string }} TestPostgres */

export default async function globalTeardown() {
  const { testPostgres } = /** @type {{ testPostgres: TestPostgres }} */ (
    /** @type {unknown} */ (globalThis)
  );
  const { postgres, dataDir } = testPostgres;
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
