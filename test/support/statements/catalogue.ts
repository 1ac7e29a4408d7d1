import type { Sql } from '../../../src/platform/database/sql.js';

/** A statement as it is sent, in one of its forms. */
export interface CataloguedStatement {
  /** The name of the function that makes the statement. */
  builder: string;
  form: string;
  query: Sql;
}

/** The forms of a statement, by name, each with the arguments that give it. */
export const forms = <Args extends unknown[]>(
  builder: (...args: Args) => Sql,
  byName: Record<string, Args>,
): CataloguedStatement[] =>
  Object.entries(byName).map(([form, args]) => ({ builder: builder.name, form, query: builder(...args) }));

/** A statement that has one form. */
export const form = <Args extends unknown[]>(
  builder: (...args: Args) => Sql,
  ...args: Args
): CataloguedStatement[] => forms(builder, { '': args });

export const instants = {
  first: '2026-05-16T04:00:00.000Z',
  second: '2026-05-17T04:00:00.000Z',
} as const;
export const ticketId = '0190c7a0-0000-7000-8000-000000000001';
