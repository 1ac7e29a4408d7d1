import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest merge as it was announced before it was appended (see merges.ts): one row, replaced by compare-and-swap. */
export class MergeIntents1795300000371 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS tickets;
      CREATE TABLE tickets.merge_intent (
        singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
        number    bigint  NOT NULL,
        append    json
      );
      INSERT INTO tickets.merge_intent (number) VALUES (0);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tickets.merge_intent');
  }
}
