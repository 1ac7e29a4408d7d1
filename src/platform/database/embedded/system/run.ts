import { spawn } from 'node:child_process';
import { StartRefused } from '../../../../config/start-refused.js';
import { endAtExit } from './at-exit.js';
import { lastWords } from './reason.js';
import type { SystemUser } from './system-user.js';

/** Our own variables must not reach PostgreSQL (PGDATA, LC_ALL, LD_LIBRARY_PATH …); messages are matched in English. */
export const plainEnvironment = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/**
 * The path by which a child process names the folder it gets as file descriptor 3 (`stdio[3]`). On Linux this avoids the
 * folder's parents: it works for `nobody` below a home with mode 0700, and where the path is longer than the 1023 bytes that
 * PostgreSQL takes. Measured with PostgreSQL 18.4: initdb, crash recovery and the restart after a killed backend.
 */
export const handedFolder = (path: string): string =>
  process.platform === 'linux' ? '/proc/self/fd/3' : path;

/**
 * Runs a program as that user to its end. `output` is its standard output and standard error; `folder` is an open descriptor for
 * `handedFolder`. The program has a process group of its own: otherwise Ctrl-C in a terminal would break initdb, and the failure
 * would be reported as a fault of the folder.
 */
export const run = (
  user: SystemUser,
  { file, args, folder }: { file: string; args: readonly string[]; folder?: number },
): Promise<{ ok: boolean; output: string }> =>
  new Promise((resolve) => {
    let output = '';
    const failed = (error: unknown) => resolve({ ok: false, output: `${output}${String(error)}` });
    try {
      const child = spawn(file, args, {
        uid: user.uid,
        gid: user.gid,
        cwd: '/',
        env: plainEnvironment,
        stdio: ['ignore', 'pipe', 'pipe', ...(folder === undefined ? [] : [folder])],
        detached: true,
      });
      const forget =
        child.pid === undefined
          ? () => undefined
          : endAtExit({ pid: child.pid, signal: 'SIGKILL', withGroup: true });
      child.once('exit', forget);
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
      }
      child.once('error', failed);
      child.once('close', (code) => resolve({ ok: code === 0, output }));
    } catch (error) {
      // A refused setuid (a container without that capability) throws instead of being emitted.
      failed(error);
    }
  });

/** Whether a shell command, run as that user, succeeds; `$1` … are the arguments. */
export const folderHolds = async (
  user: SystemUser,
  { test, args, folder }: { test: string; args: readonly string[]; folder?: number },
): Promise<boolean> => (await run(user, { file: '/bin/sh', args: ['-c', test, 'sh', ...args], folder })).ok;

/** Throws StartRefused when we can't become that user, as root can't in a container without the capability. */
export const checkBecoming = async (user: SystemUser): Promise<void> => {
  const { ok, output } = await run(user, { file: '/bin/sh', args: ['-c', 'exit 0'] });
  if (ok) return;
  throw new StartRefused(
    `PostgreSQL refuses to run as root, and this root can't run it as user ${user.name} (${lastWords(output)}): ` +
      'start the server as an ordinary user',
  );
};
