import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { plainEnvironment, project } from '../server/server-process.js';

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

/** Starts the built import command, as `npm run --silent import -- FILE --url URL` does. */
export const startImport = (file: string, options: ImportOptions): RunningImport => {
  const { url, dataDir, arguments: more = [] } = options;
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', join(project, 'dist/cli/import.js'), file, '--url', url, ...more],
    { env: { ...plainEnvironment(), DATA_DIR: dataDir }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const closed = once(child, 'close') as Promise<[number | null]>;
  const done = closed.then(([code]): ImportRun => {
    const last = stdout.trimEnd().split('\n').at(-1) ?? '';
    if (last === '') throw new Error(`the import said nothing, exit ${code}: ${stderr}`);
    return { code, counts: JSON.parse(last) as ImportRun['counts'], stdout, stderr };
  });
  done.catch(() => undefined);
  return {
    done,
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
};

export const runImport = (file: string, options: ImportOptions): Promise<ImportRun> =>
  startImport(file, options).done;
