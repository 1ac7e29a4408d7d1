import { rmSync } from 'node:fs';

/** @typedef {{ postgres: { stop: () => Promise<void> }, dataDir: string, hosts: { stop: () => void } }} TestRun */

export default async function globalTeardown() {
  const { testRun } = /** @type {{ testRun: TestRun }} */ (/** @type {unknown} */ (globalThis));
  const { postgres, dataDir, hosts } = testRun;
  hosts.stop();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
