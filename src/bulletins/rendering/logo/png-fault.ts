import { crc32, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const maxPixels = 4_000;

/** Why a PNG file can't be printed; undefined where it can. What writes PDFs would stop the process over some of these. */
export const pngFault = (file: Buffer): string | undefined => {
  if (!file.subarray(0, signature.length).equals(signature)) return 'is no PNG';
  const chunks = chunksOf(file);
  const header = chunks?.find(({ type }) => type === 'IHDR')?.data;
  if (!chunks || header?.length !== 13) return 'is a damaged PNG';
  const [width, height, depth, interlace] = [
    header.readUInt32BE(0),
    header.readUInt32BE(4),
    header.readUInt8(8),
    header.readUInt8(12),
  ];
  if (width === 0 || height === 0 || width > maxPixels || height > maxPixels)
    return `is larger than ${maxPixels} × ${maxPixels} pixels`;
  if (depth > 8) return 'has more than 8 bits a channel';
  if (interlace !== 0) return 'is interlaced';
  const pixels = Buffer.concat(chunks.flatMap(({ type, data }) => (type === 'IDAT' ? [data] : [])));
  try {
    inflateSync(pixels, { maxOutputLength: 4 * maxPixels * (maxPixels + 1) });
    return undefined;
  } catch {
    return 'is a damaged PNG';
  }
};

interface Chunk {
  type: string;
  data: Buffer;
}

/** All chunks of a PNG up to its end; undefined where one is cut off or damaged. */
const chunksOf = (file: Buffer): Chunk[] | undefined => {
  const chunks: Chunk[] = [];
  let at = signature.length;
  while (chunks.at(-1)?.type !== 'IEND') {
    if (at + 12 > file.length) return undefined;
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length || crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end))
      return undefined;
    chunks.push({ type: file.toString('latin1', at + 4, at + 8), data: file.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
};
