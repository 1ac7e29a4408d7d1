import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { patienceMs } from '../patience.js';
import { testMasterKey } from '../keys/master-key.js';

export const project = join(import.meta.dirname, '../../..');

/** A file of what is built, or of the build that DIST names. */
export const built = (path: string): string => join(process.env.DIST ?? join(project, 'dist/bundle'), path);

/** An environment without the settings of whoever runs the tests. */
export const plainEnvironment = (): Record<string, string> => {
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  return { PATH, HOME, TMPDIR };
};

/** The same for a program of the tests, which is told where to find what is built. */
export const programEnvironment = (): Record<string, string> => {
  const { DIST } = process.env;
  return { ...plainEnvironment(), ...(DIST === undefined ? {} : { DIST }) };
};

export interface ServerProcess {
  pid: number;
  url: string;
  /** Sends the signal, and resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<Exit>;
  readonly exited: Promise<Exit>;
  /** The process's standard output and then its standard error, so far. */
  output(): string;
}

interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

const running = new Set<ChildProcess>();

/** A server with a database of its own needs one; the embedded database makes its own. */
const masterKeyFor = ({ DATABASE_URL }: Record<string, string>): Record<string, string> =>
  DATABASE_URL ? { MASTER_KEY: testMasterKey } : {};

/**
 * Starts the built server as a process, as `npm start` does, but with the development issuer whatever its database is; resolves when
 * the server answers. By default its port is a free one.
 */
export const startServerProcess = async (settings: Record<string, string>): Promise<ServerProcess> => {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', join(import.meta.dirname, 'server-program.mjs')],
    {
      env: { ...programEnvironment(), PORT: '0', LOG_LEVEL: 'info', ...masterKeyFor(settings), ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running.add(child);
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const output = () => stdout + stderr;
  const exited = once(child, 'exit').then(([code, signal]): Exit => {
    running.delete(child);
    return { code: code as number | null, signal: signal as NodeJS.Signals | null };
  });
  const addressed = (): string | undefined => /http:\S+/.exec(stdout)?.[0];
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const url = addressed();
    if (url !== undefined && (await isLive(url))) {
      const kill = (signal: NodeJS.Signals) => {
        child.kill(signal);
        return exited;
      };
      return { pid: child.pid!, url, kill, exited, output };
    }
    if (child.exitCode !== null || child.signalCode !== null || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the server did not start: ${output()}`);
    }
    await sleep(20);
  }
};

const isLive = async (url: string): Promise<boolean> =>
  fetch(new URL('/health/live', url)).then(
    (response) => response.ok,
    () => false,
  );

/** For afterAll: stops the servers that a failed test has left, embedded databases included. */
export const stopServerProcesses = async (): Promise<void> => {
  await Promise.all(
    [...running].map(async (child) => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await gone;
      clearTimeout(impatient);
    }),
  );
};
