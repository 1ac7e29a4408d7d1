import { assetFile, type AssetFile } from '../page/asset-file.js';

const names = [
  ...['equipe.js', 'equipe.css', 'icon.svg'],
  ...['icon-180.png', 'icon-192.png', 'icon-512.png', 'icon-maskable-512.png'],
] as const;
type PageFileName = (typeof names)[number];

/** The place of a file. Bundles are built into dist; the path leads there from dist and, in tests, from src. */
const placeOf = (name: PageFileName): URL =>
  name.endsWith('.js')
    ? new URL(`../../../dist/web/equipe/app/${name}`, import.meta.url)
    : new URL(`./assets/${name}`, import.meta.url);

let files: ReadonlyMap<PageFileName, AssetFile> | undefined;

/** The files that the page loads, read at the first request. Throws where the page was not built. */
export const pageFiles = (): ReadonlyMap<PageFileName, AssetFile> => {
  files ??= new Map(names.map((name) => [name, assetFile(placeOf(name))]));
  return files;
};

/** The address of a file with the version of its content, so that changed content has a new address. */
export const versioned = (name: PageFileName): string =>
  `/equipe/${name}?v=${pageFiles().get(name)?.version ?? ''}`;
