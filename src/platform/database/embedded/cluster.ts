import { chown, lstat, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StartRefused } from '../../../config/start-refused.js';
import type { Binaries } from './binaries.js';
import { makeDurable, withFolder } from './system/folder.js';
import { stopOrphan } from './orphan.js';
import { lastWords } from './system/reason.js';
import { handedFolder, run } from './system/run.js';
import { isRoot, userFor, type SystemUser } from './system/system-user.js';

/** Owns what migrations make. */
export const superuser = 'billets';
/** Of everything but migrations. */
export const applicationRole = 'billets_application';

const majorVersion = '18';

export interface Cluster {
  path: string;
  uid: number;
  gid: number;
}

const foldersIn = (dataDir: string) => {
  const folder = join(dataDir, 'postgres');
  return { folder, unfinished: `${folder}.new` };
};

/** The cluster in DATA_DIR/postgres; undefined when there's none yet. Throws StartRefused for one we can't serve. */
export const findCluster = async (dataDir: string): Promise<Cluster | undefined> => {
  const { folder: path } = foldersIn(dataDir);
  if (!(await lstat(path).catch(() => undefined))) return undefined;
  const found = await stat(path).catch(() => undefined);
  // A link to a disk that isn't mounted: making a new cluster would hide that the data is missing.
  if (!found?.isDirectory())
    throw new StartRefused(`${path} is not a folder, or a link to one that is missing`);

  const cluster = { path, uid: found.uid, gid: found.gid };
  const user = await userFor(cluster);
  if ((await readdir(path)).length === 0) return undefined;
  await checkVersion(path);
  // A cluster that root restored with `cp -r` belongs to root, and PostgreSQL refuses to run as root.
  if (isRoot() && cluster.uid === 0) await giveTo(user, path);
  return cluster;
};

const checkVersion = async (path: string): Promise<void> => {
  const version = (await readFile(join(path, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (version === majorVersion) return;
  throw new StartRefused(
    version === ''
      ? `${path} holds files, but no PostgreSQL data: move them away or set DATA_DIR to another folder`
      : `${path} was made by PostgreSQL ${version} and this is PostgreSQL ${majorVersion}: ` +
          'go on with the version that made it, or move it away to begin with an empty one',
  );
};

const giveTo = async (user: SystemUser, path: string): Promise<void> => {
  const root = { uid: 0, gid: 0, name: 'root' };
  const { ok, output } = await run(root, { file: 'chown', args: ['-R', `${user.uid}:${user.gid}`, path] });
  if (!ok) throw new StartRefused(`${path} can't be given to user ${user.name}: ${lastWords(output)}`);
};

/**
 * Makes DATA_DIR/postgres and returns its path. It's made under another name and renamed once complete, so that a
 * crash leaves no half cluster; what an earlier crash left is removed first.
 */
export const createCluster = async (
  dataDir: string,
  user: SystemUser,
  binaries: Binaries,
): Promise<string> => {
  const { folder, unfinished } = foldersIn(dataDir);
  await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
  await mkdir(unfinished, { mode: 0o700 });
  try {
    if (isRoot()) await chown(unfinished, user.uid, user.gid);
    await initialise(unfinished, user, binaries);
    await rename(unfinished, folder);
    // Without this a power cut could undo the rename, and the next start would remove the cluster as unfinished.
    await makeDurable(dataDir);
    return folder;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
    throw error;
  }
};

/** Removes the data, after stopping a PostgreSQL that a killed server left on it. Call it only while holding DATA_DIR's lock. */
export const removeCluster = async (
  cluster: Cluster,
  user: SystemUser,
  log: (line: string) => void,
): Promise<void> => {
  await stopOrphan(cluster.path, user, log);
  // The data are renamed to the name of an unfinished cluster, so that a crash in the middle leaves nothing the next start would refuse.
  const { unfinished } = foldersIn(dirname(cluster.path));
  await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
  await rename(cluster.path, unfinished);
};

const initialise = async (path: string, user: SystemUser, binaries: Binaries): Promise<void> => {
  const { ok, output } = await withFolder(path, (folder) =>
    run(user, { file: binaries.initdb, args: initdbArguments(path), folder }),
  );
  if (!ok) throw new StartRefused(`PostgreSQL can't make its data in ${path}: ${lastWords(output)}`);
};

// The builtin locale sorts and folds the same on every machine, whatever its C library. Local connections are trusted, since
// the socket is in a folder of mode 0700.
const initdbArguments = (path: string): string[] => [
  ...['-D', handedFolder(path), '-U', superuser, '--encoding=UTF8'],
  ...['--locale-provider=builtin', '--locale=C.UTF-8', '--auth-local=trust', '--auth-host=reject'],
];
