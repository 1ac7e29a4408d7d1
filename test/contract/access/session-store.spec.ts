import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { SessionStore } from '../../../src/access/index.js';
import { migrations } from '../../../src/boot/registry.js';
import { openDatabase } from '../../../src/platform/database/database.js';
import { createMigratedDatabase, type TestDatabase } from '../../support/database/database.js';

let database: TestDatabase;
let pool: Pool;
let store: SessionStore;
beforeAll(async () => {
  database = await createMigratedDatabase();
  pool = await openDatabase({ url: database.url, migrations });
  store = new SessionStore(pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const principal = { id: 'alice', roles: ['producer'], establishments: 'all' } as const;
const session = { kind: 'person', principal, lifetimeSeconds: 600, idleSeconds: 600 } as const;

describe('the renewal of a session', () => {
  it('is for one of those who found it due at the same time', async () => {
    await store.begin('one', { ...session, tokens: 'first' });
    const found = await Promise.all([1, 2, 3].map(() => store.find('one', 0)));
    const claims = await Promise.all(found.map((each) => store.claimRenewal(each!)));
    expect(claims.filter(Boolean)).toHaveLength(1);
  });

  it('is not for whoever found it before it was renewed: their refresh token was used', async () => {
    await store.begin('two', { ...session, tokens: 'first' });
    const [quick, slow] = [(await store.find('two', 0))!, (await store.find('two', 0))!];
    expect(await store.claimRenewal(quick)).toBe(true);
    await store.renew(quick.id, principal, 'second');
    expect(await store.claimRenewal(slow)).toBe(false);
    expect(await store.claimRenewal((await store.find('two', 0))!)).toBe(true);
  });

  it('is not for a session that the provider gave nothing for', async () => {
    await store.begin('three', { ...session, tokens: undefined });
    expect(await store.claimRenewal((await store.find('three', 0))!)).toBe(false);
  });
});
