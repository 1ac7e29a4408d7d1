import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Gives the function of the search's indexes a schema of its own: `desk` holds nothing but what is made from the log, and is left out of
 * backups. The text search configurations are no longer used.
 */
export class SearchFunctions1796300000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA search;
      ALTER FUNCTION desk.in_band SET SCHEMA search;
      DROP TEXT SEARCH CONFIGURATION desk.words, desk.french, desk.english;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER FUNCTION search.in_band SET SCHEMA desk; DROP SCHEMA search');
  }
}
