import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which page looks at which ticket now. It is neither in the write-ahead log nor in base backups, is empty after a crash, and a row says
 * nothing once its time is over.
 */
export class Viewers1796800000099 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS tickets;
      CREATE UNLOGGED TABLE tickets.viewers (
        -- Made by the page: it looks at one ticket at most.
        viewer_id uuid        PRIMARY KEY,
        ticket_id uuid        NOT NULL,
        person    text        NOT NULL,
        until     timestamptz NOT NULL
      );
      CREATE INDEX viewers_ticket ON tickets.viewers (ticket_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tickets.viewers');
  }
}
