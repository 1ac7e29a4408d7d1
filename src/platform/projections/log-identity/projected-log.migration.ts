import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table that names the log from which the read models are made: their positions mean nothing in any other log. */
export class ProjectedLog1795300000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE projections.projected_log (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        identity uuid    NOT NULL
      );
    `);
    // Before this migration the log was always in the same database as the read models.
    await runner.query(`
      INSERT INTO projections.projected_log (identity)
      SELECT identity FROM event_store.head
       WHERE EXISTS (SELECT FROM projections.generations WHERE position > 0)
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE projections.projected_log');
  }
}
