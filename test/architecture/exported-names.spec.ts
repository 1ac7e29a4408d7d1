import { basename, dirname } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { sourceFiles } from '../support/architecture/source-files.js';

/**
 * The programs of browsers. They cannot import the server's rooms, so what the API answers has a type in each, under the API's word; what
 * they share with the server is in `shared`.
 */
const browserPrograms = ['web/equipe/app/', 'web/bureau/app/', 'web/page/scripts/'];

/** Files that are named after what their exports have in common, since no one of them is the file's subject. */
const collections: Record<string, string> = {
  'access/token-form.ts': 'what can be wrong with a token before its signature is looked at',
  'boot/registry.ts': 'what each slice has: migrations, projections, keys',
  'calendar/formatting.ts': 'how numbers and days are written in each language',
  'calendar/range-faults.ts': 'what can be wrong with a range of days',
  'demo/continuation/texts.ts': 'what invented tickets say',
  'desk/search/search-conditions.ts': 'the parts of a WHERE clause of searches',
  'keys/failures.ts': 'the errors of keys',
  'keys/texts/cipher.ts': 'both directions of one cipher',
  'platform/database/failures.ts': 'what an error of PostgreSQL means',
  'platform/database/sql.ts': 'how statements are written',
  'platform/http/request-parameters.ts': 'what handlers take from a request by decorators',
  'shared/quantiles.ts': 'ranges and the middle of numbers',
  'shared/vocabulary.ts': 'the words of the domain',
  'web/board/breakdowns.ts': 'the parts of a board that divide its figures',
  'web/bureau/app/browser.ts': 'what of the browser the program needs, to be replaced in tests',
  'web/page/scripts/formatting/marks.ts': 'how a text is marked as bold or as a list',
};

interface Exporting {
  path: string;
  names: string[];
}

/** The names that a program declares and exports itself. */
const exportsIn = (source: string): string[] =>
  ts.createSourceFile('x.ts', source, ts.ScriptTarget.Latest).statements.flatMap((statement) => {
    if (!ts.canHaveModifiers(statement)) return [];
    if (!ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
    const declared = ts.isVariableStatement(statement)
      ? statement.declarationList.declarations
      : [statement as ts.DeclarationStatement];
    return declared.flatMap(({ name }) => (name && ts.isIdentifier(name) ? [name.text] : []));
  });

const files: Exporting[] = sourceFiles
  .filter(({ path }) => path.endsWith('.ts') && !/\.d\.ts$|(^|\/)testing\/|^client\//.test(path))
  .map(({ path, text }) => ({ path, names: [...new Set(exportsIn(text))] }));

/** The files of each program, with those that it shares with others. */
const programs = [
  files.filter(({ path }) => !browserPrograms.some((folder) => path.startsWith(folder))),
  ...browserPrograms.map((folder) =>
    files.filter(({ path }) => path.startsWith(folder) || path.startsWith('shared/')),
  ),
];

const exportedTwice = (program: readonly Exporting[]): Record<string, string[]> => {
  const places = new Map<string, string[]>();
  for (const { path, names } of program) {
    for (const name of names) places.set(name, [...(places.get(name) ?? []), path]);
  }
  return Object.fromEntries([...places].filter(([, paths]) => paths.length > 1));
};

const wordsOf = (name: string): string[] =>
  (name.match(/[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])/g) ?? []).map((word) => word.toLowerCase());

/** Whether two words are forms of one: the same, or one that begins as the other does («publish» and «publishing»). */
const isAkin = (left: string, right: string): boolean => {
  const common = Math.min(left.length, right.length, 5);
  return common > 2 ? left.slice(0, common) === right.slice(0, common) : left === right;
};

/**
 * Whether a file's name has a word of one of its exports. An `index.ts` is named by its folder; a `*-statements.ts` has statements, whose
 * names begin with a verb of SQL.
 */
const isNamedAfterAnExport = ({ path, names }: Exporting): boolean => {
  const name = basename(path, '.ts');
  const fileWords = wordsOf(name === 'index' ? basename(dirname(path)) : name);
  if (fileWords.at(-1) === 'statements') return true;
  return names.some((name) => wordsOf(name).some((word) => fileWords.some((of) => isAkin(word, of))));
};

describe('a name', () => {
  it('is exported by one file of a program', () => {
    expect(programs.map(exportedTwice)).toEqual(programs.map(() => ({})));
  });

  it('that a file exports is found in the name of the file, or the file is a collection', () => {
    const unlike = files.filter((file) => file.names.length > 0 && !isNamedAfterAnExport(file));
    expect(unlike.map(({ path }) => path).sort()).toEqual(Object.keys(collections).sort());
  });
});

describe('the exported names of a program', () => {
  it('are those that it declares, and not those that it hands on', () => {
    const source = `
      export const a = 1, b = 2;
      export function c() {}
      export abstract class D {}
      export type E = 1;
      export interface F {}
      export { g } from './g.js';
      const h = 1;`;
    expect(exportsIn(source)).toEqual(['a', 'b', 'c', 'D', 'E', 'F']);
  });

  it('are told of with the files that export them', () => {
    const program = [
      { path: 'a.ts', names: ['once', 'twice'] },
      { path: 'b.ts', names: ['twice'] },
    ];
    expect(exportedTwice(program)).toEqual({ twice: ['a.ts', 'b.ts'] });
  });

  it.each([
    ['publishing.page.ts', 'publishMain', true],
    ['as-of.ts', 'AsOf', true],
    ['lease-statements.ts', 'selectLatest', true],
    ['usage.ts', 'ByteQuota', false],
  ])('are found in the name of a file, in any form: %s and %s', (path, name, isFound) => {
    expect(isNamedAfterAnExport({ path, names: [name] })).toBe(isFound);
  });
});
