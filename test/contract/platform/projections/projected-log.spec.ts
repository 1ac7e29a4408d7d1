import { afterEach, describe, expect, it } from '@jest/globals';
import { StartRefused } from '../../../../src/config/start-refused.js';
import { clientOf } from '../../../support/api/client.js';
import { opening } from '../../../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../../../support/database/database.js';
import { KurrentDbDouble } from '../../../support/kurrentdb-double/kurrentdb-double.js';
import { readSettings } from '../../../../src/config/settings.js';
import { startServer } from '../../../../src/boot/server.js';
import { testMasterKey } from '../../../support/keys/master-key.js';

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const databaseOfItsOwn = async (): Promise<TestDatabase> => {
  const database = await createDatabase();
  undo.push(() => database.drop());
  return database;
};
const kurrent = async (): Promise<string> => {
  const double = await KurrentDbDouble.start();
  undo.push(() => double.stop());
  return double.url;
};

/** Starts a server, opens this many tickets, waits until each is in the figures, and stops. */
const serve = async (
  { url: databaseUrl }: TestDatabase,
  eventStoreUrl: string | undefined,
  tickets: number,
): Promise<void> => {
  const settings = {
    ...readSettings({ MASTER_KEY: testMasterKey }),
    port: 0,
    logLevel: 'silent' as const,
    databaseUrl,
    eventStoreUrl,
  };
  const server = await startServer(settings);
  try {
    const client = await clientOf(server);
    for (let count = 0; count < tickets; count += 1) {
      const answer = await client.post('/v1/tickets', opening());
      const minPosition = answer.headers.get('Position')!;
      const path = `/v1/billets-quotidiens/2026-05-15?minPosition=${minPosition}`;
      expect((await client.get(path)).status).toBe(200);
    }
  } finally {
    await server.close();
  }
};

const refusal = /^EVENT_STORE_URL: .* made from another log \([-\w]{36}\).*empty database[^\n]*$/;
const expectRefused = async (start: Promise<void>): Promise<void> => {
  await expect(start).rejects.toThrow(StartRefused);
  await expect(start).rejects.toThrow(refusal);
};

describe('read models made from one log', () => {
  it('are not continued from another log, of either engine, and continue from their own', async () => {
    const database = await databaseOfItsOwn();
    const [ownLog, otherLog] = [await kurrent(), await kurrent()];
    await serve(database, ownLog, 1);
    await expectRefused(serve(database, otherLog, 0));
    await expectRefused(serve(database, undefined, 0));
    await serve(database, ownLog, 1);
  });

  it('are not continued from another log even if they were made before the log’s identity was stored', async () => {
    const database = await databaseOfItsOwn();
    await serve(database, undefined, 1);
    await database.query('DROP TABLE projections.projected_log');
    await database.query(`DELETE FROM migrations WHERE name = 'ProjectedLog1795300000030'`);
    await expectRefused(serve(database, await kurrent(), 0));
    await serve(database, undefined, 1);
  });

  it('can be started from any log while they are empty', async () => {
    const database = await databaseOfItsOwn();
    await serve(database, undefined, 0);
    await serve(database, await kurrent(), 1);
  });
});
