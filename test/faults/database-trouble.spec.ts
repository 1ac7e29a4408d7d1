import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { clientOf, codeOf, type Client, type ProblemBody } from '../support/api/client.js';
import { createDatabase, queryAt, type TestDatabase } from '../support/database/database.js';
import { until } from '../support/projections/projections.js';
import { readSettings } from '../../src/config/settings.js';
import { startServer, type Server } from '../../src/boot/server.js';
import { testMasterKey } from '../support/keys/master-key.js';

/** A database on a shared PostgreSQL, where the server's role is an ordinary one that owns the database. */
let database: TestDatabase;
let name: string;
const role = `role_${randomUUID().replaceAll('-', '')}`;
let server: Server;
let client: Client;
let admin: (sql: string) => Promise<unknown>;

beforeAll(async () => {
  database = await createDatabase();
  const url = new URL(database.url);
  name = url.pathname.slice(1);
  const anotherUrl = new URL(url);
  anotherUrl.pathname = '/postgres';
  admin = (sql) => queryAt(anotherUrl.href, sql);
  await admin(`CREATE ROLE ${role} LOGIN`);
  await admin(`ALTER DATABASE ${name} OWNER TO ${role}`);
  await database.query(`ALTER SCHEMA public OWNER TO ${role}`);
  url.username = role;
  const settings = {
    ...readSettings({ MASTER_KEY: testMasterKey, DATABASE_URL: url.href }),
    noDevelopmentIssuer: undefined,
  };
  server = await startServer({ ...settings, port: 0, logLevel: 'silent' });
  client = await clientOf(server);
});
afterAll(async () => {
  await server.close();
  await database.drop();
  await admin(`DROP ROLE ${role}`);
});

const terminate = () =>
  admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);

const opening = () => ({
  commandId: randomUUID(),
  establishment: 'NIM',
  title: 'Lecteur de cartes muet',
  category: 'materiel',
  priority: 'P3',
});
const openOne = () => client.post<ProblemBody>('/v1/tickets', opening());

interface Ready {
  status: string;
  database: { status: string; code?: string; error?: string };
  projections: Record<string, { state: string; code?: string }>;
}
const ready = () => client.get<Ready>('/health/ready');

interface Trouble {
  begin: () => Promise<unknown>;
  end: () => Promise<unknown>;
  /** The code that readiness reports; undefined where readiness can't detect the trouble. */
  code?: string;
}

/** An exclusive lock on a table, held from `begin` to `end`; the server's statements wait 100 ms for it and then fail. */
const lock = (table: string): Pick<Trouble, 'begin' | 'end'> => {
  let holder: pg.Client;
  return {
    begin: async () => {
      holder = new pg.Client({ connectionString: database.url });
      await holder.connect();
      await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
      await admin(`ALTER ROLE ${role} SET lock_timeout = '100ms'`);
      await admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${role}'`);
    },
    end: async () => {
      await holder.end();
      await admin(`ALTER ROLE ${role} RESET lock_timeout`);
    },
  };
};

const troubles: Record<string, Trouble> = {
  'is set read-only': {
    begin: () => admin(`ALTER DATABASE ${name} SET default_transaction_read_only = on`).then(terminate),
    end: () => admin(`ALTER DATABASE ${name} RESET default_transaction_read_only`),
    code: 'read-only',
  },
  'is closed to connections': {
    begin: () => admin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`).then(terminate),
    end: () => admin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`),
    code: 'unreachable',
  },
  'is renamed': {
    begin: async () => {
      await admin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await terminate();
      await admin(`ALTER DATABASE ${name} RENAME TO ${name}_aside`);
    },
    end: async () => {
      await admin(`ALTER DATABASE ${name}_aside RENAME TO ${name}`);
      await admin(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    },
    code: 'unreachable',
  },
  'has no connection left': {
    begin: () => admin(`ALTER DATABASE ${name} CONNECTION LIMIT 0`).then(terminate),
    end: () => admin(`ALTER DATABASE ${name} CONNECTION LIMIT -1`),
    code: 'unreachable',
  },
  'does not let the role in': {
    begin: () => admin(`ALTER ROLE ${role} NOLOGIN`).then(terminate),
    end: () => admin(`ALTER ROLE ${role} LOGIN`),
    code: 'unreachable',
  },
  'has revoked the role’s right to write': {
    begin: () => database.query(`REVOKE INSERT ON event_store.events FROM ${role}`),
    end: () => database.query(`GRANT INSERT ON event_store.events TO ${role}`),
    code: 'not-permitted',
  },
  'has revoked the role’s right to use a schema': {
    begin: () => database.query(`REVOKE USAGE ON SCHEMA event_store FROM ${role}`),
    end: () => database.query(`GRANT USAGE ON SCHEMA event_store TO ${role}`),
    code: 'unreachable',
  },
  'ends every statement after 1 ms': {
    begin: () => admin(`ALTER ROLE ${role} SET statement_timeout = '1ms'`).then(terminate),
    end: () => admin(`ALTER ROLE ${role} RESET statement_timeout`).then(terminate),
  },
  'is locked': lock('event_store.head'),
};

describe.each(Object.entries(troubles))('when the database %s', (_what, { begin, end, code }) => {
  beforeAll(async () => {
    await until('all is well before', async () => (await ready()).body.status === 'ok');
    await begin();
  });

  it('a command is answered with 503 and Retry-After', async () => {
    // Commands under way when the trouble began may still succeed.
    const answer = await until('it is noticed', async () => {
      const opened = await openOne();
      return opened.status !== 201 && opened;
    });
    expect([answer.status, codeOf(answer.body)]).toEqual([503, 'unavailable']);
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
  });

  it('no request is answered with 500', async () => {
    const answers = await Promise.all([
      ...[
        '/v1/tickets',
        '/v1/tickets?q=lecteur',
        '/v1/billets-quotidiens/2026-05-15',
        '/v1/sync/changes',
      ].map((path) => client.get(path)),
      client.get('/v1/admin/projections'),
      openOne(),
    ]);
    for (const { status } of answers) expect([200, 201, 503]).toContain(status);
  });

  it('readiness reports it', async () => {
    if (code === undefined) return;
    const { body } = await until('it is unready', async () => {
      const answer = await ready();
      return answer.status === 503 && answer.body.database.code === code && answer;
    });
    expect(body.database).toMatchObject({ status: 'unavailable', error: expect.stringMatching(/\w{3}/) });
  });

  it('the server recovers by itself when the cause is gone, even without new events', async () => {
    await end();
    await until('it is ready, and every projection follows', async () => {
      const { status, body } = await ready();
      const states = Object.values(body.projections);
      return status === 200 && states.length > 0 && states.every(({ state }) => state === 'following');
    });
    await until('a command is taken', async () => (await openOne()).status === 201);
    const { body } = await client.get<{ items: unknown[] }>('/v1/admin/dead-letters');
    // The trouble must not be mistaken for a bad event.
    expect(body.items).toEqual([]);
  });
});

it('a stopped projection follows again, even without new events', async () => {
  const states = async () => Object.values((await ready()).body.projections).map(({ state }) => state);
  await until('all follow', async () => (await states()).every((state) => state === 'following'));
  await database.query(`REVOKE UPDATE ON projections.generations FROM ${role}`);
  await until('none is led any more', async () => (await states()).every((state) => state !== 'following'));
  await database.query(`GRANT UPDATE ON projections.generations TO ${role}`);
  // The projection has to follow at several lease renewals in a row: after one alone it may still fail.
  const renewals = 3;
  let seen = 0;
  await until(
    'all follow, and go on to',
    async () => {
      const now = await states();
      seen = now.every((state) => state === 'following') ? seen + 1 : 0;
      return seen >= renewals;
    },
    750,
  );
});
