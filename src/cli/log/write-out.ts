import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { StartRefused } from '../../config/start-refused.js';
import { privateWriteStream } from '../../platform/files/private-file.js';

/**
 * Writes texts to a file, gzipped where its name ends in .gz, or to standard output for `-`; each is asked for when there is
 * room for it. A file is there under its name only once it is whole. The signal aborts when no more texts are wanted, for whatever
 * reason: some of them may just be waited for then.
 * Gives false where nobody wanted to read to the end, as `head` does.
 */
export const writeOut = async (
  path: string,
  textsUntil: (signal: AbortSignal) => AsyncIterable<string>,
): Promise<boolean> => {
  const ended = new AbortController();
  const input = Readable.from(textsUntil(ended.signal));
  try {
    if (path === '-') await pipeline(input, process.stdout);
    else await writeFile(path, input);
    return true;
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException;
    if (path === '-' && code === 'EPIPE') return false;
    if (syscall === undefined) throw error;
    throw new StartRefused(`${path} can't be written: ${message}`);
  } finally {
    ended.abort();
  }
};

const writeFile = async (path: string, input: Readable): Promise<void> => {
  const existing = await stat(path).catch(() => undefined);
  // A pipe or a device can't be replaced.
  const isFile = existing?.isFile() ?? true;
  const unfinished = isFile ? `${path}.part` : path;
  // What another run has left may be readable by others.
  if (isFile) await rm(unfinished, { force: true });
  const file = privateWriteStream(unfinished, isFile);
  await (path.endsWith('.gz') ? pipeline(input, createGzip(), file) : pipeline(input, file));
  if (isFile) await rename(unfinished, path);
};
