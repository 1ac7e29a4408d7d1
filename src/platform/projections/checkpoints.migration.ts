import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The table of checkpoints: how far each projection has come, updated in the same transaction as its rows. */
export class Checkpoints1795300000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA projections;
      CREATE TABLE projections.checkpoints (
        name        text        NOT NULL,
        version     integer     NOT NULL,
        position    bigint      NOT NULL DEFAULT 0,
        recorded_at timestamptz,
        updated_at  timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (name, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA projections CASCADE');
  }
}
