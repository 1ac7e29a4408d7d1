import { mkdirSync, statSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from '../../shared/message-of.js';

// Node's own `recursive` never ends where a folder that is there can't take another one, as /proc: it makes the parent, which it
// finds there, and tries again.

/** How often a folder is tried again whose parent was made: another process may have removed that as empty in between. */
const retries = 3;

/** Makes a folder, with all above it that are missing; `mode` is that of each of them. Resolves to whether it was missing. */
export const makeFolder = async (path: string, mode = 0o777, retriesLeft = retries): Promise<boolean> => {
  try {
    await mkdir(path, { mode });
    return true;
  } catch (error) {
    if (retriesLeft > 0 && isParentMissing(error, path)) {
      await makeFolder(dirname(path), mode);
      return makeFolder(path, mode, retriesLeft - 1);
    }
    if (codeOf(error) !== 'EEXIST' || !(await stat(path)).isDirectory()) throw error;
    return false;
  }
};

/** The same for what is opened before anything can be waited for. */
export const makeFolderSync = (path: string, retriesLeft = retries): void => {
  try {
    mkdirSync(path);
  } catch (error) {
    if (retriesLeft > 0 && isParentMissing(error, path)) {
      makeFolderSync(dirname(path));
      makeFolderSync(path, retriesLeft - 1);
    } else if (codeOf(error) !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  }
};

const isParentMissing = (error: unknown, path: string): boolean =>
  codeOf(error) === 'ENOENT' && dirname(path) !== path;
