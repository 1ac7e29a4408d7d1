import type { QueryRunner } from 'typeorm';
import { StartRefused } from '../../../config/start-refused.js';

/** The extensions that searches need. */
export const neededExtensions = ['unaccent', 'pg_trgm'];

/** The SQLSTATE codes of an extension that this role may not create, or that is not installed on the server. */
const refusals = ['42501', '0A000', '58P01'];

/** Creates the extensions that the database lacks. Throws StartRefused that says what somebody with the right must do. */
export const createExtensions = async (runner: QueryRunner, names: readonly string[]): Promise<void> => {
  try {
    for (const name of names) await runner.query(`CREATE EXTENSION IF NOT EXISTS ${name}`);
  } catch (error) {
    if (!refusals.includes((error as { code?: string }).code ?? '')) throw error;
    const statements = names.map((name) => `CREATE EXTENSION IF NOT EXISTS ${name};`).join(' ');
    throw new StartRefused(
      `DATABASE_URL: PostgreSQL's extensions ${names.join(' and ')} are needed and could not be created (${(error as Error).message}); ` +
        `install its contrib package, let a user who may run «${statements}» in this database, and start again`,
      { cause: error },
    );
  }
};
