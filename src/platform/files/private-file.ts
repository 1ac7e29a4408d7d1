import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StartRefused } from '../../config/start-refused.js';
import { messageOf } from '../../shared/message-of.js';

/** The mode of every file that holds what people wrote, or a secret: for its owner's eyes only. */
export const ownerOnly = 0o600;

/** Puts a text into a file in one step that outlives a power cut: it holds what it held before, or this. Throws StartRefused. */
export const writePrivateFile = async (path: string, text: string): Promise<void> => {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true });
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
