import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { plainEnvironment, project } from '../server/server-process.js';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface HostedRun {
  parameters: string[];
  settings?: Record<string, string>;
  /** The folder to run in; the project's by default. */
  folder?: string;
  input?: string | undefined;
}

let host: ChildProcess | undefined;
let runs = 0;

/**
 * Runs a built program to its end in a process that the suites of a Jest worker share, so that its modules are loaded once: a tenth of what
 * a process of its own costs. It is for tests about what a program says and does, not about its process: whatever lets that end by
 * itself, what it logs, signals and kills need a process of their own.
 */
export const runHosted = async (
  script: string,
  { parameters, settings = {}, folder = project, input = '' }: HostedRun,
): Promise<Ended> => {
  const child = (host ??= startHost());
  const id = (runs += 1);
  const environment = { ...plainEnvironment(), ...settings };
  child.send({ id, run: { script, parameters, environment, folder, input } });
  const answer = await answerOf(child, id);
  if ('failure' in answer) throw new Error(`${script} failed: ${answer.failure}`);
  return answer;
};

const startHost = (): ChildProcess => {
  const child = fork(join(import.meta.dirname, 'command-host-program.mjs'), {
    env: plainEnvironment(),
    execArgv: ['--enable-source-maps'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  // A run that nobody awaits any more, after a failed test, keeps no listener.
  child.setMaxListeners(0);
  child.once('exit', () => (host = undefined));
  // It ends with the worker, which it does not keep.
  child.unref();
  child.channel?.unref();
  return child;
};

type Answer = Ended | { failure: string };

const answerOf = (child: ChildProcess, id: number): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const take = (message: unknown) => {
      const { id: of, answer } = message as { id: number; answer: Answer };
      if (of !== id) return;
      child.off('message', take).off('exit', lost);
      resolve(answer);
    };
    const lost = (code: number | null) => reject(new Error(`the host of commands ended, exit ${code}`));
    child.on('message', take).once('exit', lost);
  });
