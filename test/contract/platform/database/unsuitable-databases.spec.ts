import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../../../src/config/settings.js';
import { StartRefused } from '../../../../src/config/start-refused.js';
import { startServer } from '../../../../src/boot/server.js';
import { clientOf } from '../../../support/api/client.js';
import { openedTicket } from '../../../support/api/contract.js';
import { queryAt } from '../../../support/database/database.js';
import { TransactionPooler } from '../../../support/database/transaction-pooler.js';
import { testMasterKey } from '../../../support/keys/master-key.js';

const root = () => process.env.TEST_DATABASE_URL!;
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

interface Made {
  name: string;
  url: URL;
  query: (sql: string) => Promise<unknown>;
}

/** A new database with these options of CREATE DATABASE, and a new role that owns nothing. */
const made = async (words = ''): Promise<Made & { role: string }> => {
  const name = `unsuitable_${randomUUID().replaceAll('-', '')}`;
  const role = `${name}_role`;
  await queryAt(root(), `CREATE ROLE ${role} LOGIN`);
  undo.push(() => queryAt(root(), `DROP ROLE ${role}`));
  await queryAt(root(), `CREATE DATABASE ${name} ${words} TEMPLATE template0`);
  undo.push(() => queryAt(root(), `DROP DATABASE ${name} WITH (FORCE)`));
  const url = new URL(root());
  url.pathname = `/${name}`;
  const asRoot = url.href;
  url.username = role;
  return { name, role, url, query: (sql) => queryAt(asRoot, sql) };
};

/** With the development issuer, which no server with a DATABASE_URL has of its own. */
const settingsAt = (url: string) => ({
  ...readSettings({ MASTER_KEY: testMasterKey, DATABASE_URL: url }),
  noDevelopmentIssuer: undefined,
});

const startAt = async (url: string): Promise<string> => {
  try {
    const server = await startServer({ ...settingsAt(url), port: 0, logLevel: 'silent' });
    await server.close();
    return 'started';
  } catch (error) {
    if (!(error instanceof StartRefused)) throw error;
    return error.message;
  }
};

const owned = async (words = ''): Promise<Made & { role: string }> => {
  const database = await made(words);
  await queryAt(root(), `ALTER DATABASE ${database.name} OWNER TO ${database.role}`);
  return database;
};

const line = (words: string) => new RegExp(`^DATABASE_URL: [^\n]*${words}[^\n]*$`);

describe('a server refuses to start, in one line that says what to change', () => {
  it.each([
    [
      'that is encoded in LATIN1',
      `ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'`,
      'encoded in LATIN1.*ENCODING .UTF8.',
    ],
    [
      'that is encoded in SQL_ASCII',
      `ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C'`,
      'encoded in SQL_ASCII',
    ],
    ['that is encoded in EUC_JP', `ENCODING 'EUC_JP' LOCALE_PROVIDER libc LOCALE 'C'`, 'encoded in EUC_JP'],
    [
      'whose locale is C',
      `ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'`,
      'locale.*\\(C\\).*LOCALE_PROVIDER',
    ],
    [
      'whose locale is POSIX',
      `ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'POSIX'`,
      'locale.*LOCALE_PROVIDER',
    ],
    [
      'whose built-in locale is C',
      `ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C' LOCALE 'C'`,
      'locale.*LOCALE_PROVIDER',
    ],
    [
      'whose locale is Turkish',
      `ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C'`,
      'locale.*lower case',
    ],
  ])('on a database %s', async (_what, words, reason) => {
    const { url } = await owned(words);
    expect(await startAt(url.href)).toMatch(line(reason));
  });

  it('where the role may not create schemas', async () => {
    const { url, name, role } = await made();
    expect(await startAt(url.href)).toMatch(line(`GRANT CREATE ON DATABASE "${name}" TO "${role}"`));
  });

  it('where the role may not create tables', async () => {
    const { url, name, role, query } = await made();
    await query(`GRANT CREATE ON DATABASE ${name} TO ${role}`);
    expect(await startAt(url.href)).toMatch(line(`GRANT CREATE ON SCHEMA "public" TO "${role}"`));
  });

  it('where no schema of the search path exists', async () => {
    const { url, query } = await owned();
    await query('DROP SCHEMA public CASCADE');
    expect(await startAt(url.href)).toMatch(line('CREATE SCHEMA public'));
  });

  it('where the tables belong to another role', async () => {
    const { url, role, query, name } = await owned();
    const asRoot = new URL(root());
    asRoot.pathname = `/${name}`;
    expect(await startAt(asRoot.href)).toBe('started');
    expect(await startAt(url.href)).toMatch(line('lacks SELECT or INSERT on migrations'));
    await query(`GRANT USAGE ON SCHEMA event_store, projections TO ${role}`);
    await query(`GRANT SELECT ON ALL TABLES IN SCHEMA event_store, projections TO ${role}`);
    await query(`GRANT SELECT, INSERT ON migrations TO ${role}`);
    expect(await startAt(url.href)).toMatch(line('lacks INSERT on event_store.events'));
    await query(`GRANT ALL ON ALL TABLES IN SCHEMA event_store, projections TO ${role}`);
    expect(await startAt(url.href)).toMatch(line('which it has to replace when a projection is made anew'));
  });

  it('where an extension is outside the search path, until the advised statement is run', async () => {
    const { url, name, role, query } = await owned();
    await query('CREATE SCHEMA extensions; CREATE EXTENSION unaccent SCHEMA extensions');
    await query(`GRANT USAGE ON SCHEMA extensions TO ${role}; ALTER SCHEMA public OWNER TO ${role}`);
    const refusal = await startAt(url.href);
    expect(refusal).toMatch(line('unaccent is in the schema extensions'));
    // The statement that the refusal advises.
    const [, statement = ''] = /«(ALTER ROLE [^»]+)»/.exec(refusal)!;
    await query(statement);
    expect(await startAt(url.href)).toBe('started');
    await query(`ALTER ROLE ${role} IN DATABASE ${name} RESET ALL`);
  });

  it('where the database is read-only', async () => {
    const { url, name } = await owned();
    await queryAt(root(), `ALTER DATABASE ${name} SET default_transaction_read_only = on`);
    expect(await startAt(url.href)).toMatch(line('takes no writes'));
  });

  it.each([2, 3, 5])('where a pooler shares %i sessions between transactions', async (sessions) => {
    const { url } = await owned();
    const folder = url.searchParams.get('host')!;
    const pooler = new TransactionPooler({ path: `${folder}/.s.PGSQL.${url.port}` }, sessions);
    const port = await pooler.open();
    undo.push(() => pooler.close());
    url.searchParams.delete('host');
    url.host = `127.0.0.1:${port}`;
    expect(await startAt(url.href)).toMatch(line('session pooling'));
  });
});

describe('a server starts', () => {
  it.each([
    `ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'fr-CA' LOCALE 'C'`,
    `ENCODING 'UTF8' LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'`,
  ])('on a database made with %s', async (words) => {
    const { url } = await owned(words);
    expect(await startAt(url.href)).toBe('started');
  });

  it('on a database with other defaults for dates and isolation, and records the right time', async () => {
    const { url, name } = await owned();
    for (const setting of [
      `DateStyle = 'SQL, DMY'`,
      `IntervalStyle = 'sql_standard'`,
      `TimeZone = 'Asia/Tokyo'`,
      `default_transaction_isolation = 'serializable'`,
      `bytea_output = 'escape'`,
    ]) {
      await queryAt(root(), `ALTER DATABASE ${name} SET ${setting}`);
    }
    const settings = { ...settingsAt(url.href), port: 0, logLevel: 'silent' as const };
    const server = await startServer(settings);
    undo.push(() => server.close());
    const client = await clientOf(server);
    const before = Date.now();
    const ticketId = await openedTicket(client);
    const { body } = await client.get<{ items: { recordedAt: string }[] }>(`/v1/tickets/${ticketId}/history`);
    const recorded = Date.parse(body.items[0]!.recordedAt);
    expect(Math.abs(recorded - before)).toBeLessThan(600_000);
  });

  it('with a URL whose parameters name the folder of the socket', async () => {
    const { url, name, role } = await owned();
    const folder = url.searchParams.get('host')!;
    for (const written of [
      `postgres://${role}@/${name}?host=${folder}`,
      `postgresql://${role}:any@/${name}?host=${encodeURIComponent(folder)}&port=${url.port}&sslmode=disable`,
      `postgres://${role}@${encodeURIComponent(folder)}:${url.port}/${name}`,
      `postgres://${role}@${encodeURIComponent(folder)}/${name}?sslmode=require`,
      `postgres://${role}@/${name}?host=${folder}&sslmode=prefer`,
      `postgres://${role}@127.0.0.1:1,[::1]:2/${name}?host=/nowhere,${folder}&port=5432&target_session_attrs=read-write`,
    ]) {
      expect(await startAt(written)).toBe('started');
    }
  });
});
