import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Since when a generation's leader reports an error, so that every process can say so, and the next leader goes on counting. */
export class FailingSince1796500000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE projections.generations ADD COLUMN failing_since timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE projections.generations DROP COLUMN failing_since');
  }
}
