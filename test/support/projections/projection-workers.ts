import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { programEnvironment, project } from '../server/server-process.js';

export interface ProjectionWorker {
  pid: number;
  /** Sends the signal, and resolves when the process is gone. */
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Sends SIGSTOP; `thaw` sends SIGCONT. */
  freeze(): void;
  thaw(): void;
}

const running = new Set<ChildProcess>();

/** Starts a process of projection-worker.mjs; resolves when it has begun. */
export const startProjectionWorker = async (
  url: string,
  { writeMs = 0, ticketList = false }: { writeMs?: number; ticketList?: boolean } = {},
): Promise<ProjectionWorker> => {
  const child = fork(join(project, 'test/support/projections/projection-worker.mjs'), [url], {
    env: {
      ...programEnvironment(),
      WRITE_MS: String(writeMs),
      ...(ticketList ? { TICKET_LIST: 'yes' } : {}),
    },
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.add(child);
  const exited = once(child, 'exit').then(([code, signal]) => {
    running.delete(child);
    return `${String(code)} ${String(signal)}`;
  });
  const ended = await Promise.race([once(child, 'message').then(() => undefined), exited]);
  if (ended !== undefined) throw new Error(`the worker did not start: ${ended}`);
  return {
    pid: child.pid!,
    kill: async (signal) => {
      child.kill(signal);
      await exited;
    },
    freeze: () => child.kill('SIGSTOP'),
    thaw: () => child.kill('SIGCONT'),
  };
};

/** For afterEach: kills the workers that are left, frozen or not. */
export const killProjectionWorkers = async (): Promise<void> => {
  await Promise.all(
    [...running].map(async (child) => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    }),
  );
};

/** The pid of a leader, which projections.generations names as host:pid:id. */
export const pidOf = (leader: string): number => Number(leader.split(':').at(-2));
