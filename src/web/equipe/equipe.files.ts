import { readFileSync } from 'node:fs';
import { versionOf } from '../page/asset-file.js';
import { equipePage } from './equipe.page.js';
import { manifest } from './manifest.js';
import { pageFiles, versioned } from './page-files.js';

/** A file as it is sent to browsers. */
export interface SentFile {
  type: string;
  content: string | Buffer;
  /** Whether the file's address changes with its content. */
  isVersioned: boolean;
}

/** A file that the service worker keeps for offline use: its address, and its version where the address does not have it. */
interface Precached {
  url: string;
  revision: string | null;
}

const precached = (): Precached[] => [
  { url: '/equipe', revision: versionOf(equipePage()) },
  ...[...pageFiles().keys()].map((name) => ({ url: versioned(name), revision: null })),
  { url: '/equipe/manifest.webmanifest', revision: versionOf(manifest()) },
];

/** The service worker’s script, with the list of files before it: a change of any file changes the script, which browsers compare. */
const serviceWorker = (): string => {
  const built = new URL('../../../dist/web/equipe/app/service-worker.js', import.meta.url);
  return `self.precached=${JSON.stringify(precached())};\n${readFileSync(built, 'utf8')}`;
};

let files: ReadonlyMap<string, SentFile> | undefined;

/** Every file of the page by its name below /equipe/. Throws where the page was not built. */
export const equipeFiles = (): ReadonlyMap<string, SentFile> => {
  files ??= new Map<string, SentFile>([
    ...[...pageFiles()].map(
      ([name, file]) => [name, { ...file, isVersioned: true }] satisfies [string, SentFile],
    ),
    [
      'manifest.webmanifest',
      { type: 'application/manifest+json; charset=utf-8', content: manifest(), isVersioned: false },
    ],
    [
      'service-worker.js',
      { type: 'text/javascript; charset=utf-8', content: serviceWorker(), isVersioned: false },
    ],
  ]);
  return files;
};
