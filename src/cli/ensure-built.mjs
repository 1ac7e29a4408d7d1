// Builds when dist/ is missing or older than what it is made from; prints nothing to standard output,
// so that `npm run --silent token` prints a token and nothing else. Plain JavaScript: it runs before the build.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('../../', import.meta.url));
const built = ['dist/bundle/main.js', 'dist/web/page/scripts/board.js'].map((path) => join(root, path));

/** @param {string} path */
const modifiedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
/** @param {string} directory */
const newest = (directory) =>
  readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.spec.ts'))
    .reduce((latest, name) => Math.max(latest, modifiedAt(join(directory, name))), 0);

const inputs = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'nest-cli.json'];
const changedAt = Math.max(newest(join(root, 'src')), ...inputs.map((name) => modifiedAt(join(root, name))));

if (built.some((path) => modifiedAt(path) < changedAt)) {
  process.stderr.write('Building…\n');
  const build = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  const { status, signal, error } = build;
  // The build could not even begin, or was killed: nobody else would say so.
  if (status === null) process.stderr.write(`the build did not end: ${error?.message ?? signal}\n`);
  process.exit(status ?? 1);
}
