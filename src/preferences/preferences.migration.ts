import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people keep for themselves or share: saved views and templates. None of it is the history of a ticket. */
export class Preferences1796700000089 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS preferences;
      CREATE TABLE preferences.kept (
        kind           text        NOT NULL CHECK (kind IN ('view', 'template')),
        -- Made by whoever keeps it.
        id             uuid        NOT NULL,
        -- The order in which lists show what was kept.
        number         bigint      GENERATED ALWAYS AS IDENTITY,
        author         text        NOT NULL,
        revision       integer     NOT NULL DEFAULT 1,
        content        jsonb       NOT NULL,
        updated_at     timestamptz NOT NULL DEFAULT now(),
        -- Who sees it besides its author: whoever has one of these roles and reads all of these establishments.
        shared         boolean     NOT NULL,
        roles          text[]      NOT NULL,
        -- NULL: those who read every establishment.
        establishments text[],
        PRIMARY KEY (kind, id)
      );
      CREATE INDEX kept_author ON preferences.kept (kind, author, number);
      CREATE INDEX kept_shared ON preferences.kept (kind, number) WHERE shared;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE preferences.kept');
  }
}
