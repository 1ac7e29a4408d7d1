import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const project = join(import.meta.dirname, '../../..');
const dist = join(project, 'dist');
const cache = join(project, 'node_modules/.cache/billets-quotidiens');

/** What test processes begin with, beside the commands. */
const beginnings = [
  'billets-quotidiens/projections/daily-figures.projection.js',
  'boot/projections-worker.js',
  'boot/registry.js',
  'boot/server.js',
  'cli/terminal/stop-signals.js',
  'config/settings.js',
  'desk/list/ticket-list.projection.js',
  'platform/database/connections/connect-pool.js',
  'platform/database/database.js',
  'platform/database/embedded/embedded-postgres.js',
  'platform/event-store/event-store.js',
  'platform/event-store/postgres/postgres-event-store.js',
  'platform/observability/logger.js',
  'platform/projections/projections.js',
];

/** It begins a thread with a file of the bundle; all else that is found beside a module is found in dist/. */
const threadStarter = join(dist, 'boot/projections-thread.js');

/**
 * Packages that others would use if they were installed, and some that programs of tests use as well, or find in their folders: an error
 * of pg has to be of one class, whoever made the connection.
 */
const notBundled = [
  ...['@fastify/multipart', '@fastify/view', '@nestjs/microservices', '@nestjs/platform-express'],
  ...[
    '@nestjs/websockets',
    'class-transformer',
    'class-validator',
    'embedded-postgres',
    'oidc-provider',
    'pg',
  ],
  // Loaded when they are needed, which is seldom; the codecs write to the place they find themselves at.
  ...['@aws-sdk/client-s3', '@jsquash/*'],
];

/**
 * Links what is built in dist/, and the packages that it uses, into a few files, so that a process of a test reads these instead of two
 * thousand: it begins in a third of the processor's time. Resolves to a folder laid out as dist/ is; it is made again after a build.
 */
export const bundleDist = async () => {
  const folder = join(cache, `dist-${newestMs()}`);
  if (existsSync(folder)) return folder;
  await rm(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'draft-'));
  const commands = (await readdir(join(dist, 'cli'))).filter((name) => name.endsWith('.js'));
  await build({
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20' },
    ...{ keepNames: true, logLevel: 'error', external: notBundled, outbase: dist, outdir: draft },
    entryPoints: [...beginnings, ...commands.map((name) => `cli/${name}`)].map((path) => join(dist, path)),
    chunkNames: 'linked/[hash]',
    // Packages in CommonJS ask for modules of Node.
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    plugins: [placesOf(folder)],
  });
  // Another run may have been faster.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true }));
  return folder;
};

/** When the newest file was built, a package installed, or this file changed. */
const newestMs = () =>
  readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dist, name))
    .concat(join(project, 'node_modules/.package-lock.json'), import.meta.filename)
    .reduce((latest, path) => Math.max(latest, statSync(path).mtimeMs), 0);

/**
 * Lets each module find what it finds by its own place, such as fonts and lists, where it was before.
 *
 * @param {string} folder
 * @returns {import('esbuild').Plugin}
 */
const placesOf = (folder) => ({
  name: 'places',
  setup: (bundle) =>
    bundle.onLoad({ filter: /\.[cm]?js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const place = path === threadStarter ? join(folder, 'boot/projections-thread.js') : path;
      const contents = text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(place).href));
      const isCommonJs = /\b__(?:dir|file)name\b/.test(text) && !/^(?:import|export)\b/m.test(text);
      const names = `var __filename = ${JSON.stringify(path)}, __dirname = ${JSON.stringify(dirname(path))};`;
      return { contents: isCommonJs ? `${names}\n${contents.replace(/^#!.*/, '')}` : contents };
    }),
});
