import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { StartRefused } from '../config/start-refused.js';

export interface Line {
  /** From 1, as an editor counts. */
  number: number;
  text: string;
}

export interface LineSource {
  lines: AsyncIterable<Line>;
  /** Of the file as it is on disk; 0 where that can't be known. */
  totalBytes: number;
  readBytes(): number;
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/**
 * The lines of a file that aren't blank, gunzipped where it is gzip, read as they are asked for; `-` is standard input.
 * Throws StartRefused where there is no such file.
 */
export const readLines = async (path: string): Promise<LineSource> => {
  const file = path === '-' ? undefined : createReadStream(path);
  const bytes = file ?? process.stdin;
  try {
    const start = await firstBytes(bytes);
    const gzip = start.subarray(0, gzipMagic.length).equals(gzipMagic);
    const lines = start.length === 0 ? noLines() : numbered(bytes, gzip);
    const totalBytes = file ? (await stat(path)).size : 0;
    return { lines, totalBytes, readBytes: () => file?.bytesRead ?? 0 };
  } catch (error) {
    throw new StartRefused(`${path} can't be read: ${(error as Error).message}`);
  }
};

/** Looked at, not taken; none where there is nothing to read: the stream has ended then. */
const firstBytes = async (bytes: Readable): Promise<Buffer> => {
  await once(bytes, 'readable');
  const start = bytes.read() as Buffer | null;
  if (start !== null) bytes.unshift(start);
  return start ?? Buffer.alloc(0);
};

async function* noLines(): AsyncIterable<Line> {
  // None.
}

async function* numbered(bytes: Readable, gzip: boolean): AsyncIterable<Line> {
  // Only now: an error would come before there is anyone to hear it. It comes out of the loop below.
  const input = gzip ? pipeline(bytes, createGunzip(), () => undefined) : bytes;
  let number = 0;
  try {
    for await (const raw of createInterface({ input, crlfDelay: Infinity })) {
      number += 1;
      const text = (number === 1 ? raw.replace(/^\uFEFF/, '') : raw).trim();
      if (text !== '') yield { number, text };
    }
    // Not every version of Node's readline tells.
    if (input.errored) throw input.errored;
  } catch (error) {
    throw new StartRefused(`the file breaks off after line ${number}: ${(error as Error).message}`);
  } finally {
    // Whoever stops early must not be kept waiting by a pipe that nobody writes to.
    bytes.destroy();
  }
}
