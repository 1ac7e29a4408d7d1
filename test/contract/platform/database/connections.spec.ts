import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { entitySource } from '../../../../src/platform/database/data-source.js';
import { openPool } from '../../../../src/platform/database/connections/pool.js';
import { Health } from '../../../../src/platform/observability/health.js';
import { createDatabase, type TestDatabase } from '../../../support/database/database.js';
import { doorTo } from '../../../support/database/database-door.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(() => database.drop());

/** PostgreSQL's default is jit = on: it compiles statements that it estimates as costly. */
it('connections turn JIT compilation off, whatever the server’s setting', async () => {
  const { pathname } = new URL(database.url);
  await database.query(`ALTER DATABASE ${pathname.slice(1)} SET jit = on`);
  const source = await entitySource(database.url, []).initialize();
  const pool = openPool(database.url);
  try {
    expect(await source.query('SHOW jit')).toEqual([{ jit: 'off' }]);
    expect((await pool.query('SHOW jit')).rows).toEqual([{ jit: 'off' }]);
  } finally {
    await pool.end();
    await source.destroy();
  }
});

it('connections that have gone silent make a server unready until others replace them', async () => {
  const { door, url } = await doorTo(database.url);
  const pool = openPool(url, { max: 1 });
  const store = { lastPosition: () => Promise.resolve(0n), identity: () => Promise.resolve('log') };
  const projections = { generations: { current: () => Promise.resolve([]) } };
  const health = new Health(pool, store as never, projections as never, 60, {
    read: () => Promise.reject(new Error('no clocks here')),
  });
  const status = async () => (await health.check()).status;
  try {
    expect(await status()).toBe('ok');
    door.silence();
    expect([await status(), await status()]).toEqual(['unavailable', 'ok']);
  } finally {
    door.drop();
    await pool.end();
    await door.shut();
  }
});
