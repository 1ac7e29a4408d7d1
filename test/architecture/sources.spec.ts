import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { sourceFiles } from '../support/architecture/source-files.js';

/** The most modules that a file may import from: whoever changes the file has to know all of them. */
const maxImports = 25;

/** Each module that a program imports or re-exports from, and the names that it takes from the module. */
const importsIn = (source: string): { module: string; names: string[] }[] =>
  ts
    .createSourceFile('x.ts', source, ts.ScriptTarget.Latest)
    .statements.filter((statement) => ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement))
    .flatMap((statement) => {
      const { moduleSpecifier } = statement;
      if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return [];
      const bindings = ts.isImportDeclaration(statement)
        ? statement.importClause?.namedBindings
        : statement.exportClause;
      const elements = bindings && 'elements' in bindings ? [...bindings.elements] : [];
      const names = elements.map(({ name, propertyName }) => (propertyName ?? name).text);
      return [{ module: moduleSpecifier.text, names }];
    });

const imports = sourceFiles
  .filter(({ path }) => !path.endsWith('.d.ts'))
  .map(({ path, text }) => ({ file: path, of: importsIn(text) }));

describe('the files of src', () => {
  it(`import from ${maxImports} modules at most`, () => {
    const tooMany = imports
      .map(({ file, of }) => ({ file, count: new Set(of.map(({ module }) => module)).size }))
      .filter(({ count }) => count > maxImports);
    expect(tooMany).toEqual([]);
  });

  it('use the HTTP exceptions of Nest only where errors become problems', () => {
    const users = imports
      .filter(({ of }) =>
        of.some(
          ({ module, names }) =>
            module === '@nestjs/common' && names.some((name) => name.endsWith('Exception')),
        ),
      )
      .map(({ file }) => file);
    expect(users).toEqual(['platform/http/problems/to-problem.ts']);
  });
});

describe('the imports of a program', () => {
  it('are found with the names they take, also renamed ones, and also in re-exports', () => {
    const source =
      "import a, { b, type C as d } from 'x';\nimport 'y';\nexport { e } from './z.js';\nexport const f = 1;";
    expect(importsIn(source)).toEqual([
      { module: 'x', names: ['b', 'C'] },
      { module: 'y', names: [] },
      { module: './z.js', names: ['e'] },
    ]);
  });
});
