import { chown, mkdtemp, rmdir, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { StartRefused } from '../../../config/start-refused.js';
import { socketNames } from './connection.js';
import { folderHolds } from './system/run.js';
import { isRoot, type SystemUser } from './system/system-user.js';

const prefix = 'billets-quotidiens-pg-';

/** In bytes. The kernel takes 107 bytes on Linux and 103 on macOS, the socket's own name included. */
const maxSocketPathLength = 103;

/** Makes a private folder (0700) of that user for the socket. Its path is short, however long DATA_DIR's is. Throws StartRefused. */
export const makeRuntimeDir = async (user: SystemUser): Promise<string> => {
  for (const parent of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    const path = await mkdtemp(join(parent, prefix)).catch(() => undefined);
    if (path === undefined) continue;
    if (isRoot()) await chown(path, user.uid, user.gid);
    const fits = Buffer.byteLength(join(path, socketNames[0])) <= maxSocketPathLength;
    if (fits && (await folderHolds(user, { test: 'test -w "$1" && test -x "$1"', args: [path] })))
      return path;
    await rmdir(path);
  }
  throw new StartRefused(
    `No folder for PostgreSQL's socket: user ${user.name} needs a temporary folder with a short path, such as /tmp; see TMPDIR`,
  );
};

/** Removes the folder if its name is one of ours, and only our files in it: the path may come from a file that others wrote. */
export const removeRuntimeDir = async (path: string): Promise<void> => {
  if (!basename(path).startsWith(prefix)) return;
  for (const name of socketNames) await unlink(join(path, name)).catch(() => undefined);
  await rmdir(path).catch(() => undefined);
};
