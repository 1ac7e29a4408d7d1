import { randomUUID } from 'node:crypto';
import { createWriteStream, fchmodSync, openSync, type WriteStream } from 'node:fs';
import { chmod, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartRefused } from '../../config/start-refused.js';
import { messageOf } from '../../shared/message-of.js';
import { makeFolder, makeFolderSync } from './make-folder.js';

/** The mode of every file that holds what people wrote, or a secret: for its owner's eyes only. */
const ownerOnly = 0o600;

/** Puts a text into a file in one step that outlives a power cut: it holds what it held before, or this. Throws StartRefused. */
export const writePrivateFile = async (path: string, text: string): Promise<void> => {
  const folder = dirname(path);
  await makeFolder(folder);
  const unfinished = `${path}.${randomUUID()}`;
  try {
    const file = await open(unfinished, 'wx', ownerOnly);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await chmod(unfinished, ownerOnly);
    await rename(unfinished, path);
    const directory = await open(folder, 'r');
    await directory.sync().finally(() => directory.close());
  } catch (error) {
    await rm(unfinished, { force: true });
    throw new StartRefused(`${path} can't be written: ${messageOf(error)}`, { cause: error });
  }
};

/** Adds a text to the end of a file, which is made where it is not there. One that others could read is so no longer. */
export const appendPrivately = async (path: string, text: string): Promise<void> => {
  const file = await open(path, 'a', ownerOnly);
  try {
    await file.chmod(ownerOnly);
    await file.appendFile(text);
  } finally {
    await file.close();
  }
};

/** Opens a file to be written at its end for as long as a process runs; made where it is not there, with its folder. */
export const openPrivately = (path: string): number => {
  makeFolderSync(dirname(path));
  const file = openSync(path, 'a', ownerOnly);
  fchmodSync(file, ownerOnly);
  return file;
};

/** A stream into a file; `isFile`: it is none where it is a pipe or a device, which is written to as it is. */
export const privateWriteStream = (path: string, isFile: boolean): WriteStream =>
  createWriteStream(path, { flush: isFile, mode: ownerOnly });
