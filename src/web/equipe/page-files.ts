import { VersionedFiles } from '../page/files/versioned-files.js';

const names = [
  ...['equipe.js', 'tokens.css', 'equipe.css', 'icon.svg'],
  ...['icon-180.png', 'icon-192.png', 'icon-512.png', 'icon-maskable-512.png'],
] as const;

/** The files that the page loads. Bundles are built into dist; the path leads there from dist and, in tests, from src. */
const files = new VersionedFiles<(typeof names)[number]>('equipe', names, (name) => {
  if (name.endsWith('.js')) return new URL(`../../../dist/web/equipe/app/${name}`, import.meta.url);
  // The colours are those of all pages; below the tablet's own address, so that its service worker keeps them.
  return new URL(name === 'tokens.css' ? '../page/assets/tokens.css' : `./assets/${name}`, import.meta.url);
});

export const pageFiles = () => files.all();
export const versioned = (name: (typeof names)[number]): string => files.address(name);
