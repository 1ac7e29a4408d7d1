import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { StartRefused } from '../../config/start-refused.js';

export interface Line {
  /** From 1, as an editor counts. */
  number: number;
  text: string;
}

export interface LineSource {
  lines: AsyncIterable<Line>;
  /** Of the file as it is on disk. */
  totalBytes: number;
  readBytes(): number;
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** The lines of a file that aren't blank, gunzipped where it is gzip, read as they are asked for. Throws StartRefused where there is no such file. */
export const readLines = async (path: string): Promise<LineSource> => {
  const gzip = await isGzip(path);
  const file = createReadStream(path);
  const input = gzip ? file.pipe(createGunzip()) : file;
  // pipe() does not carry errors on.
  file.on('error', (error) => input.destroy(error));
  const { size } = await stat(path);
  return { lines: numbered(input), totalBytes: size, readBytes: () => file.bytesRead };
};

const isGzip = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0).finally(() => file.close());
    return bytesRead === 2 && buffer.equals(gzipMagic);
  } catch (error) {
    throw new StartRefused(`${path} can't be read: ${(error as Error).message}`);
  }
};

async function* numbered(input: NodeJS.ReadableStream): AsyncIterable<Line> {
  let number = 0;
  let failure: Error | undefined;
  input.on('error', (error: Error) => (failure = error));
  for await (const raw of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    const text = (number === 1 ? raw.replace(/^\uFEFF/, '') : raw).trim();
    if (text !== '') yield { number, text };
  }
  if (failure) throw new StartRefused(`the file breaks off after line ${number}: ${failure.message}`);
}
