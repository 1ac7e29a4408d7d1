import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { ApplicationRights } from '../../platform/database/application-rights.js';

/**
 * The keys of the texts, one a ticket, each wrapped by a master key that is in no database. They may be in another database than the
 * log: then a copy of either is of no use without the other. A key that is destroyed leaves its row, so that none is made in its place.
 */
class Keys1795300000600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA keys;

      CREATE TABLE keys.ticket_keys (
        ticket_id     text        PRIMARY KEY,
        wrapped       text,
        master_key_id text        NOT NULL,
        created_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
        destroyed_at  timestamptz,
        CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
      );
      CREATE INDEX ticket_keys_by_master_key ON keys.ticket_keys (master_key_id) WHERE wrapped IS NOT NULL;

      -- What each master key makes of something known, so that another one is noticed before it wraps anything.
      CREATE TABLE keys.master_keys (
        id          text        PRIMARY KEY,
        check_value text        NOT NULL,
        created_at  timestamptz NOT NULL DEFAULT clock_timestamp()
      );`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA keys CASCADE');
  }
}

/** What a database needs to hold keys, whatever else it holds; oldest first. */
export const keysMigrations = [Keys1795300000600];

/**
 * What a server may do with keys that another role owns: make them, wrap them anew and destroy them, each of which changes the same
 * columns of their rows; no row is ever deleted.
 */
export const keysRights: ApplicationRights = {
  schemas: { keys: 'USAGE' },
  tables: {
    'keys.ticket_keys': 'SELECT, INSERT, UPDATE (wrapped, master_key_id, destroyed_at)',
    'keys.master_keys': 'SELECT, INSERT, DELETE',
  },
};
