// A process that runs servers for the suites of one Jest worker: most of what a server costs a suite is loading its modules, which here
// are loaded once, when they are first needed. It sends the port that it is asked at to the process that started it, and ends with that.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { deserialize, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * @typedef {import('../../../src/config/settings.js').Settings} Settings
 * @typedef {import('../../../src/platform/http/connections/time-limits.js').TimeLimits} TimeLimits
 * @typedef {{ environment: Record<string, string>, settings: Partial<Settings>, limits: Partial<TimeLimits> }} Start
 * @typedef {import('../../../src/boot/server.js').Server} Server
 */

const dist = process.env.DIST ? `file://${process.env.DIST}` : '../../../dist/bundle';
/** @type {Map<string, Server>} */
const servers = new Map();

/**
 * @param {Buffer} body
 * @returns {Promise<object>}
 */
const start = async (body) => {
  const { environment, settings, limits } = /** @type {Start} */ (deserialize(body));
  /** @type {typeof import('../../../src/boot/server.js')} */
  const { startServer } = await import(`${dist}/boot/server.js`);
  /** @type {typeof import('../../../src/config/settings.js')} */
  const { readSettings } = await import(`${dist}/config/settings.js`);
  // The first sign-in would load it, and wait for five seconds at most: it may take longer on a busy machine.
  await import('oidc-provider');
  const server = await startServer({ ...readSettings(environment), ...settings }, 'process', limits);
  servers.set(server.url, server);
  return { url: server.url };
};

/**
 * @param {Buffer} body
 * @returns {Promise<object>}
 */
const close = async (body) => {
  const url = body.toString();
  const server = servers.get(url);
  servers.delete(url);
  await server?.close();
  return {};
};

/**
 * @param {Buffer} body
 * @returns {Promise<object>}
 */
const routes = (body) => {
  const app = servers.get(body.toString())?.app;
  return Promise.resolve({ tree: app?.getHttpAdapter().getInstance().printRoutes({ commonPrefix: false }) });
};

const heap = () => {
  setFlagsFromString('--expose-gc');
  /** @type {() => void} */ (runInNewContext('gc'))();
  return Promise.resolve({ bytes: process.memoryUsage().heapUsed });
};

/** @type {Record<string, (body: Buffer) => Promise<object>>} */
const acts = { '/start': start, '/routes': routes, '/heap': heap, '/close': close };

const host = createServer((request, response) => {
  void buffer(request)
    .then(acts[request.url ?? ''])
    .catch((/** @type {unknown} */ error) => ({
      failure: error instanceof Error ? error.stack : String(error),
    }))
    .then((answer) => response.end(JSON.stringify(answer)));
}).listen(0, '127.0.0.1');
await once(host, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (host.address());
process.send?.(port);
// Without its parent there is nobody to run servers for.
process.on('disconnect', () => process.exit());
