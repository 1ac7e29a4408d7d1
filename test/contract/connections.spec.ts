import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connectDatabase, databaseOptions, poolOf } from '../../src/platform/database/database.js';
import { openPool } from '../../src/platform/database/pool.js';
import { createDatabase, type TestDatabase } from '../support/database.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** As PostgreSQL comes: it compiles what it takes for costly. */
it('have their statements run as they are, whatever the server is set to', async () => {
  const { pathname } = new URL(database.url);
  await database.query(`ALTER DATABASE ${pathname.slice(1)} SET jit = on`);
  const source = await connectDatabase(
    databaseOptions({ url: database.url, migrations: [], entities: [] }),
    'DATABASE_URL',
  );
  const pool = openPool(database.url);
  try {
    for (const one of [poolOf(source), pool]) {
      expect((await one.query<{ jit: string }>('SHOW jit')).rows).toEqual([{ jit: 'off' }]);
    }
  } finally {
    await pool.end();
    await source.destroy();
  }
});
