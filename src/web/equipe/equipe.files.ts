import { readFileSync } from 'node:fs';
import { versionOf } from '../page/files/asset-file.js';
import { equipePage } from './equipe.page.js';
import { languages } from '../../shared/text/text.js';
import { manifest, manifestNames, manifestPath } from './manifest.js';
import { pageFiles, versioned } from './page-files.js';

/** A file as it is sent to browsers. */
export interface SentFile {
  type: string;
  content: Buffer;
  /** Whether the file's address changes with its content. */
  isVersioned: boolean;
}

/** A file that the service worker keeps for offline use: its address, and its version where the address does not have it. */
interface Precached {
  url: string;
  revision: string | null;
}

const precached = (): Precached[] => [
  // In whichever language the browser asks for; the script shows the one that was chosen.
  { url: '/equipe', revision: versionOf(languages.map(equipePage).join('')) },
  ...[...pageFiles().keys()].map((name) => ({ url: versioned(name), revision: null })),
  ...languages.map((language) => ({
    url: manifestPath(language),
    revision: versionOf(manifest(language)),
  })),
];

/** The service worker’s script, with the list of files before it: a change of any file changes the script, which browsers compare. */
const serviceWorker = (): Buffer => {
  const built = new URL('../../../dist/web/equipe/app/service-worker.js', import.meta.url);
  return Buffer.from(`self.precached=${JSON.stringify(precached())};\n${readFileSync(built, 'utf8')}`);
};

let files: ReadonlyMap<string, SentFile> | undefined;

/** Every file of the page by its name below /equipe/. Throws where the page was not built. */
export const equipeFiles = (): ReadonlyMap<string, SentFile> => {
  files ??= new Map<string, SentFile>([
    ...[...pageFiles()].map(
      ([name, file]) => [name, { ...file, isVersioned: true }] satisfies [string, SentFile],
    ),
    ...languages.map((language) => {
      const type = 'application/manifest+json; charset=utf-8';
      const file = { type, content: Buffer.from(manifest(language)), isVersioned: false };
      return [manifestNames[language], file] satisfies [string, SentFile];
    }),
    [
      'service-worker.js',
      { type: 'text/javascript; charset=utf-8', content: serviceWorker(), isVersioned: false },
    ],
  ]);
  return files;
};
