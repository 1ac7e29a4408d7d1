import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { StartRefused } from '../../config/start-refused.js';
import { byteOrderMark, utf8, type Encoding } from './encoding.js';
import { splitLines } from './split-lines.js';

export interface Line {
  /** The line's number, from 1, as an editor counts. */
  number: number;
  text: string;
}

export interface LineSource {
  lines: AsyncIterable<Line>;
  /** The file's size on disk; 0 where it can't be known. */
  totalBytes: number;
  readBytes(): number;
}

const gzipMagic = Buffer.from([0x1f, 0x8b]);

/** A line that is not text, or not in the encoding it should be in. Its message names the line's number and the reason. */
export class UnreadableLine extends StartRefused {
  constructor(
    readonly line: number,
    readonly reason: string,
  ) {
    super(`line ${line} ${reason}`);
  }
}

/**
 * The lines of a file that are not blank, read as they are asked for, and gunzipped where the file is gzip; `-` is standard input. Throws
 * StartRefused where there is no such file. The lines throw UnreadableLine in the place of the first one that is not text.
 */
export const readLines = async (path: string, encoding: Encoding = utf8): Promise<LineSource> => {
  const file = path === '-' ? undefined : createReadStream(path);
  const bytes = file ?? process.stdin;
  try {
    const start = await firstBytes(bytes);
    const gzip = start.subarray(0, gzipMagic.length).equals(gzipMagic);
    const lines = start.length === 0 ? noLines() : numbered(bytes, gzip, encoding);
    const totalBytes = file ? (await stat(path)).size : 0;
    return { lines, totalBytes, readBytes: () => file?.bytesRead ?? 0 };
  } catch (error) {
    throw new StartRefused(`${path} can't be read: ${(error as Error).message}`);
  }
};

/** The first bytes of a stream, which stay in it; none where the stream has ended, since there is nothing to read. */
const firstBytes = async (bytes: Readable): Promise<Buffer> => {
  await once(bytes, 'readable');
  const start = bytes.read() as Buffer | null;
  if (start !== null) bytes.unshift(start);
  return start ?? Buffer.alloc(0);
};

async function* noLines(): AsyncIterable<Line> {
  // There are none.
}

async function* numbered(bytes: Readable, gzip: boolean, encoding: Encoding): AsyncIterable<Line> {
  // Not opened earlier: an error would come before anyone listens for it. It is thrown by the loop below.
  const input = gzip ? pipeline(bytes, createGunzip(), () => undefined) : bytes;
  let number = 0;
  try {
    for await (const raw of splitLines(input as AsyncIterable<Buffer>, encoding.name)) {
      number += 1;
      const text = decoded(raw, number, encoding).trim();
      if (text !== '') yield { number, text };
    }
    // Not every version of Node throws the stream's error by itself.
    if (input.errored) throw input.errored;
  } catch (error) {
    if (error instanceof UnreadableLine) throw error;
    throw new StartRefused(`the file breaks off after line ${number}: ${(error as Error).message}`);
  } finally {
    // A reader that stops early must not be kept waiting by a pipe that nobody writes to.
    bytes.destroy();
  }
}

/** The text of a line. Throws UnreadableLine. */
const decoded = (raw: Buffer, line: number, { name, decode }: Encoding): string => {
  const mark = line === 1 ? byteOrderMark(raw) : undefined;
  if (mark && mark.encoding !== name) {
    throw new UnreadableLine(line, `begins as ${mark.encoding} does: it is not ${name}`);
  }
  const text = textOf(mark ? raw.subarray(mark.length) : raw, decode);
  if (text === undefined) throw new UnreadableLine(line, `is not ${name}`);
  // UTF-16 and UTF-32 of Western languages pass for UTF-8 with NULs between the letters; text has none.
  if (text.includes('\u0000')) throw new UnreadableLine(line, `holds NUL characters: it is not ${name}`);
  return text;
};

const textOf = (bytes: Buffer, decode: Encoding['decode']): string | undefined => {
  try {
    return decode(bytes);
  } catch {
    return undefined;
  }
};
