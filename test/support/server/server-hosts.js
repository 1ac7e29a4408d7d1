import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/**
 * Starts processes that run servers for suites, one for each worker. None loads a server's modules before it is asked for one.
 *
 * @param {number} count
 */
export const startServerHosts = async (count) => {
  const { PATH = '', HOME = '', TMPDIR = '', DIST = '' } = process.env;
  const hosts = Array.from({ length: count }, () =>
    fork(join(import.meta.dirname, 'server-host.mjs'), {
      env: { PATH, HOME, TMPDIR, DIST },
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    }),
  );
  const ports = await Promise.all(hosts.map((host) => once(host, 'message').then(([port]) => Number(port))));
  const stop = () => {
    for (const host of hosts) host.kill();
  };
  return { ports, stop };
};
