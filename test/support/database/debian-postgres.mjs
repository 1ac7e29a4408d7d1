import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const installations = '/usr/lib/postgresql';

/** @typedef {Awaited<ReturnType<typeof startDebianPostgres>>} DebianPostgres */

/**
 * Starts the PostgreSQL that Debian has, with its defaults, on a new folder that `stop` removes. The embedded one comes without `pg_dump`,
 * and with settings of the product's own. It listens on a socket in that folder only, as the embedded one does.
 */
export const startDebianPostgres = async () => {
  const { bin, version } = await newestPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'billets-quotidiens-debian-'));
  // As root the programs run as the user of the package, since PostgreSQL refuses to run as root.
  await chmod(folder, 0o777);
  const as = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  /**
   * Runs `pg_dump`, `pg_restore` or another of its programs to its end; gives what it prints.
   * @param {string} program
   * @param {readonly string[]} args
   */
  const run = async (program, args) => {
    const [file = '', ...all] = [...as, join(bin, program), ...args];
    return (await promisify(execFile)(file, all, { cwd: '/', maxBuffer: 2 ** 28 })).stdout;
  };
  const data = join(folder, 'data');
  await run('initdb', [
    ...['--pgdata', data, '--username', 'test', '--auth', 'trust'],
    ...['--encoding', 'UTF8', '--locale', 'C.UTF-8'],
  ]);
  await run('pg_ctl', [
    ...['start', '--wait', '--timeout', '300', '--pgdata', data, '--log', join(folder, 'log')],
    ...['--options', `-c listen_addresses= -c unix_socket_directories=${folder}`],
  ]);
  /** @param {string} name */
  const urlOf = (name) => `postgres://test@localhost:5432/${name}?host=${encodeURIComponent(folder)}`;
  return {
    /** A folder for files of its programs. */
    folder,
    /** The number of its major version. */
    version,
    /**
     * Creates an empty database; gives its URL.
     * @param {string} name
     */
    createDatabase: async (name) => {
      await run('psql', [
        '--no-psqlrc',
        '--quiet',
        '--command',
        `CREATE DATABASE ${name}`,
        urlOf('postgres'),
      ]);
      return urlOf(name);
    },
    run,
    stop: async () => {
      await run('pg_ctl', ['stop', '--pgdata', data, '--mode', 'immediate']);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

const newestPrograms = async () => {
  const versions = (await readdir(installations).catch(() => [])).map(Number);
  if (versions.length === 0) {
    throw new Error('PostgreSQL is missing: apt-get install --no-install-recommends postgresql');
  }
  const version = Math.max(...versions);
  return { bin: join(installations, String(version), 'bin'), version };
};
