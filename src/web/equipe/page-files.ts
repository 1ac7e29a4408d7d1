import { VersionedFiles } from '../page/versioned-files.js';

const names = [
  ...['equipe.js', 'equipe.css', 'icon.svg'],
  ...['icon-180.png', 'icon-192.png', 'icon-512.png', 'icon-maskable-512.png'],
] as const;

/** The files that the page loads. Bundles are built into dist; the path leads there from dist and, in tests, from src. */
const files = new VersionedFiles<(typeof names)[number]>('equipe', names, (name) =>
  name.endsWith('.js')
    ? new URL(`../../../dist/web/equipe/app/${name}`, import.meta.url)
    : new URL(`./assets/${name}`, import.meta.url),
);

export const pageFiles = () => files.all();
export const versioned = (name: (typeof names)[number]): string => files.address(name);
