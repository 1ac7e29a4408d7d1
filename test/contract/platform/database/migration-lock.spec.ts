import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { DataSource, MigrationInterface, QueryRunner } from 'typeorm';
import { StartRefused } from '../../../../src/config/start-refused.js';
import { openPool } from '../../../../src/platform/database/connections/pool.js';
import { migrationSource } from '../../../../src/platform/database/data-source.js';
import { migrate, type Migration } from '../../../../src/platform/database/migrate.js';
import { createDatabase, type TestDatabase } from '../../../support/database/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

class Good1795300000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE migrated (id integer)');
  }
  async down(): Promise<void> {
    // Migrations are never reverted.
  }
}

let began: () => void;
const hasBegun = new Promise<void>((resolve) => (began = resolve));
let wakeUp: () => void;
const wokenUp = new Promise<void>((resolve) => (wakeUp = resolve));

/** A migration of a frozen process: its transaction stays open, and it sends nothing more until it is woken up. */
class Frozen1795300000001 extends Good1795300000001 {
  override async up(runner: QueryRunner): Promise<void> {
    await super.up(runner);
    began();
    await wokenUp;
  }
}

interface Connected extends Migration {
  close: () => Promise<void>;
}

const connected = async (migrations: (new () => MigrationInterface)[]): Promise<Connected> => {
  const source: DataSource = await migrationSource(database.url, migrations).initialize();
  const pool = openPool(database.url);
  const close = async () => {
    await source.destroy();
    await pool.end();
  };
  return { database: source, pool, setting: 'DATABASE_URL', close };
};

const never = 2 ** 30;

describe('a server that starts while another one migrates', () => {
  it('refuses to start when the migration takes too long, and says why', async () => {
    const holder = new pg.Client({ connectionString: database.url });
    await holder.connect();
    const mine = await connected([Good1795300000001]);
    try {
      await holder.query('SELECT pg_advisory_lock($1)', [0x62696c6c]);
      const migrated = migrate(mine, { maxWaitMs: 200 });
      await expect(migrated).rejects.toThrow(StartRefused);
      await expect(migrated).rejects.toThrow(/^DATABASE_URL: another process .* 0\.2 s/);
    } finally {
      await holder.end();
      await mine.close();
    }
  });

  it('migrates in place of a server that froze during its migration', async () => {
    const frozen = await connected([Frozen1795300000001]);
    const mine = await connected([Good1795300000001]);
    try {
      const limits = { maxSilenceMs: 500, heartbeatMs: never };
      const woken = migrate(frozen, limits).then(
        () => 'migrated',
        () => 'failed',
      );
      await hasBegun;
      await migrate(mine);
      expect(await mine.database.query('SELECT * FROM migrated')).toEqual([]);
      wakeUp();
      expect(await woken).toBe('failed');
    } finally {
      wakeUp();
      await mine.close();
      await frozen.close();
    }
  });
});
