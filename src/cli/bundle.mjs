// The last step of the build: links what is built in dist/, and the packages it uses, into a few files in dist/bundle/, which is laid out
// as dist/ is. A process then reads these instead of two thousand, and begins in half of the processor's time. `npm start`, all commands
// and the tests run what is here; all else that a module finds beside itself, such as fonts, pages and lists, it finds in dist/.
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { build } from 'esbuild';

const project = join(import.meta.dirname, '../..');
const dist = join(project, 'dist');
const folder = join(dist, 'bundle');

/** What a process begins with, beside the commands, and what tests and benchmarks begin with. */
const beginnings = [
  'billets-quotidiens/projections/daily-figures.projection.js',
  'boot/projections-worker.js',
  'boot/registry.js',
  'boot/server.js',
  'boot/workers/worker-program.js',
  'cli/terminal/stop-signals.js',
  'config/settings.js',
  'demo/demo.js',
  'desk/list/ticket-list.projection.js',
  'main.js',
  'platform/database/connections/connect-pool.js',
  'platform/database/database.js',
  'platform/database/embedded/embedded-postgres.js',
  'platform/event-store/event-store.js',
  'platform/event-store/postgres/postgres-event-store.js',
  'platform/observability/logger.js',
  'platform/projections/projections.js',
];

/** They begin a thread, or processes, with a file of the bundle. */
const starters = ['boot/projections-thread.js', 'boot/workers/workers.js'].map((path) => join(dist, path));

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

/** Stands at the head of each file: packages in CommonJS ask for modules of Node, and each module for its own place. */
const banner = [
  "import { createRequire as $requireFrom } from 'node:module';",
  "import { dirname as $folderOf } from 'node:path';",
  "import { fileURLToPath as $pathOf } from 'node:url';",
  'const require = $requireFrom(import.meta.url);',
  "const $dist = import.meta.url.slice(0, import.meta.url.lastIndexOf('/bundle/') + 1);",
  'const __same = (value) => value;',
].join(' ');

/**
 * Lets each module find what it finds by its own place where it was before, wherever the project lies.
 *
 * @type {import('esbuild').Plugin}
 */
const places = {
  name: 'places',
  setup: (bundle) =>
    bundle.onLoad({ filter: /\.[cm]?js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const place = starters.includes(path) ? join(folder, relative(dist, path)) : path;
      const url = `new URL(${JSON.stringify(relative(dist, place))}, $dist).href`;
      const contents = text.replaceAll('import.meta.url', url);
      const isCommonJs = /\b__(?:dir|file)name\b/.test(text) && !/^(?:import|export)\b/m.test(text);
      const names = `var __filename = $pathOf(${url}), __dirname = $folderOf(__filename);`;
      return { contents: isCommonJs ? `${names} ${contents.replace(/^#!.*/, '')}` : contents };
    }),
};

/** @param {string} source */
const isOurs = (source) => source.startsWith(join(project, 'src/')) && existsSync(source);

/** Drops the maps that lead to packages only: each map is read when its file is loaded. */
const dropMapsOfPackages = async () => {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((each) => each.endsWith('.map'))) {
    const map = join(folder, name);
    /** @type {unknown} */
    const content = JSON.parse(await readFile(map, 'utf8'));
    const { sources } = /** @type {{ sources: string[] }} */ (content);
    if (sources.some((source) => isOurs(resolve(dirname(map), source)))) continue;
    const file = map.slice(0, -'.map'.length);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n'));
    await rm(map);
  }
};

/**
 * Keeps the names of classes, which are asked for, and not those of functions: each closure would be given its name whenever it is made,
 * which took a fifth of the thread that answers. As long as the other, so that maps still lead to the same columns.
 */
const nameClassesOnly = async () => {
  const names = await readdir(folder, { recursive: true });
  for (const name of names.filter((each) => each.endsWith('.js'))) {
    const file = join(folder, name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replaceAll(/\b__name\((?!this,)/g, '__same('));
  }
};

await rm(folder, { recursive: true, force: true });
const commands = (await readdir(join(dist, 'cli'))).filter((name) => name.endsWith('.js'));
await build({
  ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20' },
  ...{ keepNames: true, logLevel: 'error', external: notBundled, outbase: dist, outdir: folder },
  ...{ sourcemap: true, sourcesContent: false },
  entryPoints: [...beginnings, ...commands.map((name) => `cli/${name}`)].map((path) => join(dist, path)),
  chunkNames: 'chunks/[hash]',
  banner: { js: banner },
  plugins: [places],
});
await dropMapsOfPackages();
await nameClassesOnly();
