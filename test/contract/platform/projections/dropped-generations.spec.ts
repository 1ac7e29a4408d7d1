import { afterAll, beforeAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { createMigratedDatabase, type TestDatabase } from '../../../support/database/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createMigratedDatabase();
});
afterAll(() => database.drop());

it('a generation that is dropped while it is looked at holds no rows', async () => {
  const dropping = new pg.Client({ connectionString: database.url });
  dropping.on('error', () => undefined);
  await dropping.connect();
  try {
    await dropping.query('CREATE SCHEMA ended; CREATE TABLE ended.rows_made (made boolean)');
    await dropping.query('BEGIN');
    await dropping.query('DROP SCHEMA ended CASCADE');
    // It finds the table, which is not dropped yet, and waits for its lock.
    const held = database.query<{ held: boolean }>(`SELECT projections.holds_rows('ended') AS held`);
    const isWaiting = async (): Promise<boolean> => {
      const [row] = await database.query<{ waiting: number }>(
        `SELECT count(*)::integer AS waiting FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return row!.waiting > 0;
    };
    while (!(await isWaiting()));
    await dropping.query('COMMIT');
    expect(await held).toEqual([{ held: false }]);
  } finally {
    await dropping.end();
  }
});
