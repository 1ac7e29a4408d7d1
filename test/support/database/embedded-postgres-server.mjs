// A process with an embedded PostgreSQL, to be killed by tests: node embedded-postgres-server.mjs DATA_DIR [UID GID]
// Prints one line of JSON, {"url"} or {"refused"}; its log goes to standard error. SIGTERM stops it properly.
// EMBEDDED_POSTGRES names another build of the module.
const [dataDir, uid, gid] = process.argv.slice(2);
const built = '../../../dist/platform/database/embedded/embedded-postgres.js';
/** @type {typeof import('../../../src/platform/database/embedded/embedded-postgres.js')} */
const { startEmbeddedPostgres } = await import(process.env.EMBEDDED_POSTGRES ?? built);

if (!dataDir) throw new Error('DATA_DIR is missing');
if (uid) {
  // The modules are loaded by now, so this works below a folder that the other user can't enter.
  // These functions are undefined on systems without such users, on which these tests do not run.
  process.setgroups?.([]);
  process.setgid?.(Number(gid));
  process.setuid?.(Number(uid));
}
/** @param {string} line */
const log = (line) => process.stderr.write(`${line}\n`);
try {
  const postgres = await startEmbeddedPostgres({ dataDir, log });
  process.once('SIGTERM', () => void postgres.stop());
  process.stdout.write(`${JSON.stringify({ url: postgres.ownerUrl })}\n`);
} catch (error) {
  if (!(error instanceof Error) || error.constructor.name !== 'StartRefused') throw error;
  process.stdout.write(`${JSON.stringify({ refused: error.message })}\n`);
}
