import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { built, plainEnvironment } from '../server/server-process.js';
import { runHosted, type Ended } from './command-host.js';

export interface ImportRun {
  code: number | null;
  /** The line of JSON with which the import ends. */
  counts: Record<'applied' | 'duplicate' | 'unchanged' | 'refused', number> & { position: string };
  stdout: string;
  stderr: string;
}

export interface RunningImport {
  /** Rejects when the import ends without its line of counts. */
  done: Promise<ImportRun>;
  /** Sends SIGKILL; resolves when the process is gone. */
  kill(): Promise<void>;
}

interface ImportOptions {
  url: string;
  /** The folder in which the import keeps refused commands. */
  dataDir: string;
  arguments?: string[];
}

const script = built('cli/import.js');
const parametersOf = (file: string, { url, arguments: more = [] }: ImportOptions): string[] => [
  ...[file, '--url', url],
  ...more,
];

/** Starts the built import command, as `npm run --silent import -- FILE --url URL` does. */
export const startImport = (file: string, options: ImportOptions): RunningImport => {
  const child = spawn(process.execPath, ['--enable-source-maps', script, ...parametersOf(file, options)], {
    env: { ...plainEnvironment(), DATA_DIR: options.dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const closed = once(child, 'close') as Promise<[number | null]>;
  const done = closed.then(([code]) => withCounts({ code, stdout, stderr }));
  done.catch(() => undefined);
  return {
    done,
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
};

/** Runs the built import command to its end, in the process that the commands of a test file share. */
export const runImport = async (file: string, options: ImportOptions): Promise<ImportRun> =>
  withCounts(
    await runHosted(script, {
      parameters: parametersOf(file, options),
      settings: { DATA_DIR: options.dataDir },
    }),
  );

const withCounts = ({ code, stdout, stderr }: Ended): ImportRun => {
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (last === '') throw new Error(`the import said nothing, exit ${code}: ${stderr}`);
  return { code, counts: JSON.parse(last) as ImportRun['counts'], stdout, stderr };
};
