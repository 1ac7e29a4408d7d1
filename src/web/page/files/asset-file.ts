import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { extname } from 'node:path';

/** A file that pages load. */
export interface AssetFile {
  type: string;
  content: Buffer;
  version: string;
}

const types: Partial<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** The version of a content: a hash of 12 characters. */
export const versionOf = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 12);

/** Reads a file that pages load. Throws where it does not exist, or its type is not known. */
export const assetFile = (place: URL): AssetFile => {
  const type = types[extname(place.pathname)];
  if (type === undefined) throw new Error(`of which type is ${place.pathname}?`);
  const content = readFileSync(place);
  return { type, content, version: versionOf(content) };
};
