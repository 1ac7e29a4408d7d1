import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { entitySource } from '../../src/platform/database/data-source.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/platform/database/embedded/embedded-postgres.js';
import { openPool } from '../../src/platform/database/connections/pool.js';
import { queryAt } from '../support/database/database.js';
import { until } from '../support/projections/projections.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

interface Host {
  postgres: EmbeddedPostgres;
  dataDir: string;
  socket: string;
}

let folder: TemporaryFolder;
let hosts: [Host, Host];
beforeAll(async () => {
  folder = await temporaryFolder();
  const start = async (name: string): Promise<Host> => {
    const dataDir = join(folder.path, name);
    const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
    await queryAt(postgres.ownerUrl, 'CREATE TABLE written (at text)');
    return { postgres, dataDir, socket: new URL(postgres.ownerUrl).searchParams.get('host')! };
  };
  hosts = [await start('one'), await start('other')];
});
afterAll(async () => {
  for (const { postgres } of hosts) await postgres.stop();
  await folder.remove();
});

/** Makes a host read-only or writable, as a demotion or promotion does while its connections stay. */
const setReadOnly = async ({ postgres }: Host, readOnly: boolean): Promise<void> => {
  await queryAt(
    postgres.ownerUrl,
    readOnly
      ? 'ALTER SYSTEM SET default_transaction_read_only = on'
      : 'ALTER SYSTEM RESET default_transaction_read_only',
  );
  await queryAt(postgres.ownerUrl, 'SELECT pg_reload_conf()');
  await until('it is set', async () => {
    const [row] = await queryAt<{ set: string }>(
      postgres.ownerUrl,
      `SELECT current_setting('default_transaction_read_only') AS set`,
    );
    return (row?.set === 'on') === readOnly;
  });
};

const urlOf = () => {
  const sockets = hosts.map(({ socket }) => encodeURIComponent(socket)).join(',');
  return `postgres://billets@/billets_quotidiens?host=${sockets}&sslmode=disable`;
};

const written = async (host: Host, text: string): Promise<boolean> =>
  (await queryAt(host.postgres.ownerUrl, 'SELECT FROM written WHERE at = $1', [text])).length > 0;

interface Connections {
  query: (text: string, values: unknown[]) => Promise<unknown>;
  close: () => Promise<void>;
}

describe.each<[string, () => Promise<Connections>]>([
  [
    'the pool of the projections and commands',
    () => {
      const pool = openPool(urlOf());
      return Promise.resolve({
        query: (text, values) => pool.query(text, values),
        close: () => pool.end(),
      });
    },
  ],
  [
    'the pool of TypeORM',
    async () => {
      const database = await entitySource(urlOf(), []).initialize();
      return {
        query: (text, values) => database.query(text, values),
        close: () => database.destroy(),
      };
    },
  ],
])('with two hosts, %s', (what, open) => {
  it('writes to the writable host, and to the other one after a failover', async () => {
    const [first, second] = hosts;
    await setReadOnly(first, false);
    await setReadOnly(second, true);
    const { query, close } = await open();
    try {
      const write = async (text: string) => {
        await until(`${text} is written`, () =>
          query('INSERT INTO written VALUES ($1)', [text]).then(
            () => true,
            () => false,
          ),
        );
      };
      await write(`${what}, before`);
      expect([await written(first, `${what}, before`), await written(second, `${what}, before`)]).toEqual([
        true,
        false,
      ]);
      await setReadOnly(first, true);
      await setReadOnly(second, false);
      await write(`${what}, after`);
      expect([await written(first, `${what}, after`), await written(second, `${what}, after`)]).toEqual([
        false,
        true,
      ]);
    } finally {
      await close();
    }
  });
});

it('the pool moves from a stopped host to the other one, without a restart', async () => {
  const [first, second] = hosts;
  await setReadOnly(first, false);
  await setReadOnly(second, true);
  const pool = openPool(urlOf());
  try {
    await pool.query(`INSERT INTO written VALUES ('once')`);
    await first.postgres.stop();
    await setReadOnly(second, false);
    await until('the other is written to', () =>
      pool.query(`INSERT INTO written VALUES ('moved')`).then(
        () => true,
        () => false,
      ),
    );
    expect(await written(second, 'moved')).toBe(true);
  } finally {
    await pool.end();
  }
});
