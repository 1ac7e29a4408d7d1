import { describe, expect, it } from '@jest/globals';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'sql-formatter';
import { statement } from '../../../src/platform/database/sql.js';
import { catalogue } from '../../support/statements/index.js';
import type { CataloguedStatement } from '../../support/statements/catalogue.js';

const project = join(import.meta.dirname, '../../..');
const folder = join(project, 'docs/sql');
const header =
  '-- The statements as they are sent, in each of their forms. Written by `npm run sql`; a test compares.\n';

const shown = ({ builder, form, query }: CataloguedStatement): string => {
  const title = form === '' ? builder : `${builder}: ${form}`;
  const text = format(statement(query).text, {
    language: 'postgresql',
    keywordCase: 'preserve',
    expressionWidth: 100,
  });
  return `\n-- ${title}\n${text};\n`;
};

const fileOf = (statements: readonly CataloguedStatement[]): string =>
  header + statements.map(shown).join('');

if (process.env.WRITE_SQL === '1') {
  mkdirSync(folder, { recursive: true });
  for (const [name, statements] of Object.entries(catalogue))
    writeFileSync(join(folder, `${name}.sql`), fileOf(statements));
}

describe('the SQL statements', () => {
  it.each(Object.keys(catalogue))('in docs/sql/%s.sql are the ones that are sent', (name) => {
    expect(readFileSync(join(folder, `${name}.sql`), 'utf8')).toBe(fileOf(catalogue[name] ?? []));
  });

  const sources = readdirSync(join(project, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !/\.(spec|migration)\.ts$/.test(path))
    .map((path) => join('src', path))
    .map((path) => ({ path, text: readFileSync(join(project, path), 'utf8') }));

  /** Builders of parts of statements, which are never sent alone. */
  const parts = [
    ...['withinScope', 'orderBy', 'keysText', 'comesAfter', 'servedRows'],
    ...['queryWords', 'matchesQuery', 'isFirst', 'fitsNowhere', 'isFound', 'isFoundIn'],
    ...['columnsAfter', 'instantBound', 'selectPublished', 'stoodAt', 'withHeader', 'sumByDay'],
    ...['chosenTickets', 'ownTeamsOf'],
    ...['lastOfHourAt', 'selectLastCounted', 'countsIn', 'figureItems', 'knownPosition'],
  ];

  it('are all in the catalogue', () => {
    const made = sources.flatMap(({ text }) =>
      [...text.matchAll(/export const (\w+) = \((?:(?!\nconst |\nexport )[\s\S])*?\): Sql =>/g)].map(
        ([, name]) => name,
      ),
    );
    const catalogued = Object.values(catalogue).flatMap((statements) =>
      statements.map(({ builder }) => builder),
    );
    expect(made.length).toBeGreaterThan(80);
    expect([...new Set(made)].sort()).toEqual([...new Set([...catalogued, ...parts])].sort());
  });

  it('get their values by the tag `sql` only', () => {
    const numbered = sources.filter(({ text }) =>
      /\b(?:SELECT|UPDATE|INSERT|DELETE|VALUES)\b[^`']*\$\d/.test(text),
    );
    expect(numbered.map(({ path }) => path)).toEqual([]);
  });
});
