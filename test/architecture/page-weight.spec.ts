import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';

const project = join(import.meta.dirname, '../..');

/**
 * The most KiB, gzipped, that a script or a style of a page may have: a little more than it had when its budget was set. On slow 4G
 * (1.6 Mbit/s) 20 KiB take a tenth of a second.
 */
const budgets: Readonly<Record<string, number>> = {
  'banner.css': 1,
  'board.css': 4,
  'board.js': 2,
  'bulletin.js': 4.5,
  'bulletins.css': 2.5,
  'bureau.css': 6,
  'bureau.js': 44,
  'equipe.css': 4,
  'equipe.js': 46,
  'home.js': 1,
  'service-worker.js': 6.5,
  'tokens.css': 1,
  'wall.css': 1.25,
};

/** One line each, about the paper. */
const withoutBudget = ['a4.css', 'letter.css'];

const { scripts } = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
  scripts: Record<'build:browser', string>;
};
/** What the build makes of the entry points of pages. */
const built = [...scripts['build:browser'].matchAll(/src\/(web\/\S+)\.ts/g)].map(
  ([, path]) => `dist/${path}.js`,
);
const styles = readdirSync(join(project, 'src/web'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.css') && !withoutBudget.includes(basename(path)))
  .map((path) => `src/web/${path}`);

const kibibytesOf = (path: string): number =>
  gzipSync(readFileSync(join(project, path)), { level: 9 }).length / 1024;

const tooHeavy = (path: string): string[] => {
  const [size, budget] = [kibibytesOf(path), budgets[basename(path)] ?? 0];
  if (size <= budget) return [];
  return [
    `${path} has ${size.toFixed(1)} KiB gzipped, and its budget in test/architecture/page-weight.spec.ts is ${budget}. ` +
      'See what it consists of (esbuild --bundle --minify --analyze), leave out what the page does not need, ' +
      'or raise the budget and say in the commit what is worth it',
  ];
};

it('each script and style of a page keeps its budget', () => {
  expect([...built, ...styles].flatMap(tooHeavy)).toEqual([]);
});

it('each budget is of a file that there is, and is no more than a quarter above it, or a KiB', () => {
  const sizes = new Map([...built, ...styles].map((path) => [basename(path), kibibytesOf(path)]));
  expect([...sizes.keys()].sort()).toEqual(Object.keys(budgets).sort());
  const slack = Object.entries(budgets).filter(
    ([name, budget]) => budget > Math.max((sizes.get(name) ?? 0) * 1.25, (sizes.get(name) ?? 0) + 1),
  );
  expect(slack).toEqual([]);
});
