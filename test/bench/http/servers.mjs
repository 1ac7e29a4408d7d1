import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** What a server takes from this run: NODE_OPTIONS to profile it, and DIST, the folder of another build. */
const { PATH, NODE_OPTIONS = '', DIST } = process.env;
const ownSettings = { PATH, NODE_OPTIONS, ...(DIST && { DIST: `${DIST}/bundle` }) };

/**
 * Starts a server in a Node process of its own, so that none pays for another's garbage collection. The process prints its URL.
 * @param {string} file
 * @param {string[]} args
 * @param {Record<string, string>} env
 */
const startServer = async (file, args, env) => {
  const child = spawn(process.execPath, [`${project}${file}`, ...args], {
    env: { ...ownSettings, PORT: '0', LOG_LEVEL: 'error', RATE_LIMIT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  /** @type {string} */
  const url = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code}`)));
    child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      const [address] = /http:\S+/.exec(text) ?? [];
      if (address) resolve(address.replace('localhost', '127.0.0.1').replace('[::1]', '127.0.0.1'));
    });
  });
  const close = async () => {
    if (child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };
  return { url, close, pid: child.pid };
};

/** Of this run only. */
const masterKey = randomBytes(32).toString('base64');

/**
 * @param {string} databaseUrl
 * @param {Record<string, string>} settings
 */
export const startProduct = (databaseUrl, settings = {}) =>
  startServer('test/support/server/server-program.mjs', [], {
    DATABASE_URL: databaseUrl,
    MASTER_KEY: masterKey,
    ...settings,
  });
/**
 * The same without some of what keeps it safe, to see what that costs.
 * @param {string} databaseUrl
 * @param {readonly string[]} without
 */
export const startBareProduct = (databaseUrl, without) =>
  startServer('test/bench/http/bare-server.mjs', [], {
    DATABASE_URL: databaseUrl,
    MASTER_KEY: masterKey,
    BENCH_WITHOUT: without.join(','),
  });
export const startWithoutDatabase = () => startServer('test/bench/http/without-database.mjs', [], {});
/** @param {string} databaseUrl */
export const startCrud = (databaseUrl) => startServer('test/bench/http/crud-server.mjs', [databaseUrl], {});

/**
 * An access token of the development issuer, for every establishment.
 * @param {...string} roles
 */
export const tokenOf = async (...roles) => {
  const named = roles.flatMap((role) => ['--role', role]);
  const args = [`${project}dist/bundle/cli/token.js`, ...named, '--establishments', '*'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let token = '';
  child.stdout.setEncoding('utf8').on('data', (/** @type {string} */ text) => (token += text));
  await once(child, 'close');
  return token.trim();
};
