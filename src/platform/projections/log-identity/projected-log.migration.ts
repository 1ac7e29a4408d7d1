import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which log the read models are made from: their positions mean nothing in any other. */
export class ProjectedLog1795300000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE projections.projected_log (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        identity uuid    NOT NULL
      );
    `);
    // Until now there was no other log than the one beside them.
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
