import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface PageFile {
  type: string;
  content: Buffer;
  version: string;
}

const types = {
  'equipe.js': 'text/javascript; charset=utf-8',
  'equipe.css': 'text/css; charset=utf-8',
  'icon.svg': 'image/svg+xml',
  'icon-180.png': 'image/png',
  'icon-192.png': 'image/png',
  'icon-512.png': 'image/png',
  'icon-maskable-512.png': 'image/png',
} as const;
export type PageFileName = keyof typeof types;

/** Bundles are built into dist; from src, where tests run, they are found there too. */
const placeOf = (name: PageFileName): URL =>
  name.endsWith('.js')
    ? new URL(`../../../dist/web/equipe/built/${name}`, import.meta.url)
    : new URL(`./assets/${name}`, import.meta.url);

const load = (name: PageFileName): PageFile => {
  const content = readFileSync(placeOf(name));
  const version = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { type: types[name], content, version };
};

let files: ReadonlyMap<PageFileName, PageFile> | undefined;

/** What the page loads, read at the first request. Throws where the page was not built. */
export const pageFiles = (): ReadonlyMap<PageFileName, PageFile> => {
  files ??= new Map((Object.keys(types) as PageFileName[]).map((name) => [name, load(name)]));
  return files;
};

/** Where the file is as it is now: another content has another address. */
export const versioned = (name: PageFileName): string =>
  `/equipe/${name}?v=${pageFiles().get(name)?.version ?? ''}`;
