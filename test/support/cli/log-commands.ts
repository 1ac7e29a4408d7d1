import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { built, plainEnvironment } from '../server/server-process.js';
import { runHosted, type Ended } from './command-host.js';

export type { Ended };

export type LogCommandName = 'export-events' | 'import-events' | 'copy-events';
export type OperatorCommandName =
  | 'rebuild'
  | 'verify'
  | 'verify-log'
  | 'verify-access-log'
  | 'verify-bulletins'
  | 'dead-letters'
  | 'rotate-keys'
  | 'retention'
  | 'encrypt-log';

export interface RunningCommand {
  stdin: Writable;
  ended: Promise<Ended>;
  /** Sends SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

export const scriptOf = (name: LogCommandName | OperatorCommandName): string => built(`cli/${name}.js`);

/** Starts a built command, as `npm run --silent NAME -- …` does. */
export const startLogCommand = (
  name: LogCommandName | OperatorCommandName,
  parameters: string[],
  settings: Record<string, string> = {},
): RunningCommand => {
  const child = spawn(process.execPath, ['--enable-source-maps', scriptOf(name), ...parameters], {
    env: { ...plainEnvironment(), ...settings },
    stdio: 'pipe',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // The command may end before it has read all of its input.
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close') as Promise<[number | null]>;
  return {
    stdin: child.stdin,
    ended: closed.then(([code]) => ({ code, stdout, stderr })),
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
};

interface CommandOptions {
  input?: string;
  settings?: Record<string, string>;
}

/** Runs a built command to its end in the process that the commands of a test file share. */
export const runLogCommand = (
  name: LogCommandName | OperatorCommandName,
  parameters: string[],
  options: CommandOptions = {},
): Promise<Ended> => runHosted(scriptOf(name), { parameters, ...options });

/** Runs a built command as a process of its own, which has to end by itself; each command is run so at least once. */
export const runLogCommandProcess = (
  name: LogCommandName | OperatorCommandName,
  parameters: string[],
  { input, settings }: CommandOptions = {},
): Promise<Ended> => {
  const { stdin, ended } = startLogCommand(name, parameters, settings);
  stdin.end(input);
  return ended;
};

/** The summary, which is the JSON of the last line of output. */
export const summaryIn = (output: string): { events: number; position: string; hash: string } =>
  JSON.parse(output.trimEnd().split('\n').at(-1) ?? '') as { events: number; position: string; hash: string };
