import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What shows that a log went back: for each generation, the newest event that it has read and the epoch of the log then; the epochs
 * themselves; and where the database was when it was used last.
 */
export class LogEpochs1795300000431 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE projections.log_epochs (
        epoch      text        PRIMARY KEY,
        follows    text        NOT NULL UNIQUE,
        noticed_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      ALTER TABLE projections.generations
        ADD COLUMN mark text,
        ADD COLUMN mark_position bigint,
        ADD COLUMN log_epoch text NOT NULL DEFAULT '';
      CREATE TABLE projections.log_place (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        place    text    NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE projections.log_place;
      ALTER TABLE projections.generations DROP COLUMN mark, DROP COLUMN mark_position, DROP COLUMN log_epoch;
      DROP TABLE projections.log_epochs;
    `);
  }
}
