const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * The lines of a stream of bytes, without their ends: LF, CR LF or CR, as an editor counts them. Bytes are split before they are decoded,
 * so that a line that is not text can be named, and so that U+2028, which JSON may hold, ends none. In every encoding but UTF-16 the
 * bytes of LF and CR stand for nothing else.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, encoding: string): AsyncIterable<Buffer> {
  const { size, unitAt } = unitsOf(encoding);
  let rest: Buffer = Buffer.alloc(0);
  let isAfterReturn = false;
  for await (const chunk of chunks) {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let at = rest.length - (rest.length % size); at + size <= bytes.length; at += size) {
      const unit = unitAt(bytes, at);
      if (unit !== lineFeed && unit !== carriageReturn) continue;
      const endsPair = unit === lineFeed && isAfterReturn && at === start;
      if (!endsPair) yield bytes.subarray(start, at);
      isAfterReturn = unit === carriageReturn;
      start = at + size;
    }
    rest = bytes.subarray(start);
  }
  if (rest.length > 0) yield rest;
}

interface Units {
  /** The size of a unit, in bytes. */
  size: number;
  unitAt: (bytes: Buffer, at: number) => number | undefined;
}

const unitsOf = (encoding: string): Units => {
  if (encoding === 'utf-16le') return { size: 2, unitAt: (bytes, at) => bytes.readUInt16LE(at) };
  if (encoding === 'utf-16be') return { size: 2, unitAt: (bytes, at) => bytes.readUInt16BE(at) };
  return { size: 1, unitAt: (bytes, at) => bytes[at] };
};
