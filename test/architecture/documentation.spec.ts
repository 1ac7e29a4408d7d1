import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settingNames } from '../../src/config/settings.js';

const project = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(project, path), 'utf8');

const pages = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: project,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .filter((path) => existsSync(join(project, path)));

const { scripts, dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
>;

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found!);

/** The names between backticks in the first column of a page's tables. */
const tableNames = (text: string): string[] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => matches(line.split('|')[1]!, /`([^`]+)`/g));

describe('the documentation', () => {
  it('can be read in a terminal of 120 columns', () => {
    const tooLong = pages.flatMap((path) =>
      read(path)
        .split('\n')
        .flatMap((line, index) => (Array.from(line).length > 120 ? [`${path}:${index + 1}`] : [])),
    );
    expect(tooLong).toEqual([]);
  });

  it('links only to what exists', () => {
    const broken = pages.flatMap((path) =>
      matches(read(path), /\]\(([^)#]+)(?:#[^)]*)?\)/g)
        .filter((target) => !/^[a-z]+:/.test(target))
        .filter((target) => !existsSync(join(project, dirname(path), target)))
        .map((target) => `${path}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('names only sources that exist, except in decision records, which tell of the past', () => {
    const missing = pages
      .filter((path) => !path.startsWith('docs/decisions/'))
      .flatMap((path) => matches(read(path), /`((?:src|test|docker)\/[\w./-]+)`/g))
      .filter((source) => !existsSync(join(project, source)));
    expect(missing).toEqual([]);
  });

  it('names only npm scripts that exist', () => {
    const named = pages.flatMap((path) => matches(read(path), /npm run (?:--silent )?([a-z][\w:-]*)/g));
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('explains every setting, and nothing that is no setting', () => {
    expect(tableNames(read('docs/settings.md')).sort()).toEqual([...settingNames].sort());
  });

  it('says what each dependency is for', () => {
    const isOfTypes = (name: string) => name.startsWith('@types/');
    const installed = Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !isOfTypes(name));
    const explained = tableNames(read('docs/dependencies.md')).filter((name) => !isOfTypes(name));
    expect(explained.sort()).toEqual(installed.sort());
  });

  it('lists every decision record in the index', () => {
    const records = pages
      .map((path) => /^docs\/decisions\/(\d{4}-.+\.md)$/.exec(path)?.[1])
      .filter((name) => name !== undefined);
    const listed = matches(read('docs/decisions/README.md'), /\]\((\d{4}-[^)]+)\)/g);
    expect(listed.sort()).toEqual(records.sort());
  });
});
