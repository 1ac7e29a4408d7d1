import { VersionedFiles } from '../page/files/versioned-files.js';

const names = ['bureau.js', 'bureau.css'] as const;

const placeOf = (name: (typeof names)[number]): URL => {
  // The bundle is built into dist; the path leads there from dist and, in tests, from src.
  if (name === 'bureau.js') return new URL('../../../dist/web/bureau/app/bureau.js', import.meta.url);
  return new URL(`./assets/${name}`, import.meta.url);
};

/** The files that the agents' page loads. */
export const bureauFiles = new VersionedFiles('bureau', names, placeOf);
