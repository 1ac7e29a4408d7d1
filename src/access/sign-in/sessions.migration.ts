import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is signed in with a browser. A session is over once its row is gone: in every process, whoever kept a copy of its cookie. */
export class Sessions1795300000630 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS access;
      CREATE TABLE access.sessions (
        -- SHA-256 of what the cookie holds: who reads this table can't make one of it.
        id             bytea       PRIMARY KEY,
        kind           text        NOT NULL CHECK (kind IN ('person', 'wall-screen')),
        person         text        NOT NULL,
        roles          text[]      NOT NULL,
        -- NULL: all of them.
        establishments text[],
        began_at       timestamptz NOT NULL DEFAULT now(),
        ends_at        timestamptz NOT NULL,
        seen_at        timestamptz NOT NULL DEFAULT now(),
        -- NULL: it may be unused for as long as it lasts.
        idle_seconds   integer,
        -- What the identity provider gave, sealed; NULL: nothing.
        tokens         text,
        renewed_at     timestamptz NOT NULL DEFAULT now(),
        -- One process at a time asks the provider; after a failure none does until then.
        renewing_until timestamptz,
        -- Where a screen on a wall stands, and who let it in.
        label          text,
        made_by        text,
        -- Until then the id is that of a code, which somebody may type at the screen; NULL: it was, or there never was one.
        claimable_until timestamptz
      );
      CREATE INDEX sessions_ends_at ON access.sessions (ends_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE access.sessions');
  }
}
