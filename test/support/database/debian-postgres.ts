import { execFile } from 'node:child_process';
import { chmod, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../network/free-port.js';
import { temporaryFolder } from '../temporary-folder.js';
import { queryAt } from './database.js';

const installations = '/usr/lib/postgresql';

export interface DebianPostgres {
  /** A folder for files of its programs. */
  folder: string;
  /** Creates an empty database; gives its URL. */
  createDatabase(name: string): Promise<string>;
  /** Runs `pg_dump`, `pg_restore` or another of its programs to its end; gives what it prints. */
  run(program: string, args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that Debian has, with its defaults, on a new folder that `stop` removes. The embedded one of the other tests
 * comes without `pg_dump`.
 */
export const startDebianPostgres = async (): Promise<DebianPostgres> => {
  const bin = await newestPrograms();
  const folder = await temporaryFolder();
  // As root the programs run as the user of the package, since PostgreSQL refuses to run as root.
  await chmod(folder.path, 0o777);
  const as = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  const run = async (program: string, args: readonly string[]): Promise<string> => {
    const [file = '', ...all] = [...as, join(bin, program), ...args];
    return (await promisify(execFile)(file, all, { cwd: '/', maxBuffer: 2 ** 28 })).stdout;
  };
  const data = join(folder.path, 'data');
  await run('initdb', [
    ...['--pgdata', data, '--username', 'test', '--auth', 'trust'],
    ...['--encoding', 'UTF8', '--locale', 'C.UTF-8'],
  ]);
  const port = await freePort();
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder.path}`;
  await run('pg_ctl', [
    ...['start', '--wait', '--timeout', '300', '--pgdata', data],
    ...['--log', join(folder.path, 'log'), '--options', options],
  ]);
  const urlOf = (name: string) => `postgres://test@127.0.0.1:${port}/${name}`;
  return {
    folder: folder.path,
    createDatabase: async (name) => {
      await queryAt(urlOf('postgres'), `CREATE DATABASE ${name}`);
      return urlOf(name);
    },
    run,
    stop: async () => {
      await run('pg_ctl', ['stop', '--pgdata', data, '--mode', 'immediate']);
      await folder.remove();
    },
  };
};

const newestPrograms = async (): Promise<string> => {
  const versions = (await readdir(installations).catch(() => [])).map(Number);
  if (versions.length === 0) {
    throw new Error('PostgreSQL is missing: apt-get install --no-install-recommends postgresql');
  }
  return join(installations, String(Math.max(...versions)), 'bin');
};
