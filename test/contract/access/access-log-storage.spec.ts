import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Pool } from 'pg';
import { verifyAccessChain } from '../../../src/access/log/storage/access-chain.js';
import { writeAccesses } from '../../../src/access/log/storage/write-accesses.js';
import type { Access } from '../../../src/access/log/access.js';
import { connectPool } from '../../../src/platform/database/connections/connect-pool.js';
import { createMigratedDatabase, type TestDatabase } from '../../support/database/database.js';

let database: TestDatabase;
let pool: Pool;
beforeEach(async () => {
  database = await createMigratedDatabase();
  pool = await connectPool(database.url, 'DATABASE_URL');
});
afterEach(async () => {
  await pool.end();
  await database.drop();
});

const access = (changes: Partial<Access> = {}): Access => ({
  ...{ at: new Date('2026-05-15T12:00:00.123Z'), person: 'alice', roles: ['agent'], action: 'read' },
  tickets: [{ ticketId: randomUUID(), establishment: 'NIM' }],
  ...{ client: 'bureau', address: '10.0.0.7', purpose: undefined, refused: false },
  ...changes,
});

const verified = () => verifyAccessChain(pool, { signal: new AbortController().signal });

/** What somebody who may do everything in the database does behind the server's back. */
const tamper = async (sql: string): Promise<void> => {
  await database.query('ALTER TABLE audit.accesses DISABLE TRIGGER append_only');
  await database.query(sql);
  await database.query('ALTER TABLE audit.accesses ENABLE TRIGGER append_only');
};

describe('the table of accesses', () => {
  it.each([
    ['UPDATE audit.accesses SET person = $$bob$$'],
    ['DELETE FROM audit.accesses'],
    ['TRUNCATE audit.accesses'],
    ['DELETE FROM audit.access_head'],
    ['TRUNCATE audit.access_head'],
  ])('takes no change: %s', async (sql) => {
    await writeAccesses(pool, [access()]);
    await expect(database.query(sql)).rejects.toThrow(/append-only/);
    expect((await verified()).broken).toBeUndefined();
  });

  it('holds the tickets of each access, also where several show the same', async () => {
    const [same, other] = [[{ ticketId: randomUUID(), establishment: 'NIM' }], [{ ticketId: randomUUID() }]];
    const shown = [same, other, same, [], [...same], [...other, ...same]];
    await writeAccesses(
      pool,
      shown.map((tickets) => access({ tickets })),
    );
    const rows = await database.query(
      'SELECT ticket_ids, establishments FROM audit.accesses ORDER BY position',
    );
    expect(rows).toEqual(
      shown.map((tickets: Access['tickets']) => ({
        ticket_ids: tickets.map(({ ticketId }) => ticketId),
        establishments: tickets.map(({ establishment = null }) => establishment),
      })),
    );
    expect((await verified()).broken).toBeUndefined();
  });

  it('holds what it was given, whatever characters are in it', async () => {
    const quoted = access({
      person: 'l’«alice» "\\{},NULL',
      purpose: 'é, "x" \\ {} 😀',
      roles: ['agent', 'auditor'],
      tickets: [{ ticketId: randomUUID() }, { ticketId: randomUUID(), establishment: 'A"\\,{}' }],
    });
    await writeAccesses(pool, [quoted, access({ tickets: [], count: 7 })]);
    const rows = await database.query('SELECT * FROM audit.accesses ORDER BY position');
    expect(rows).toMatchObject([
      {
        ...{ at: quoted.at, person: quoted.person, purpose: quoted.purpose, roles: quoted.roles, count: 2 },
        ...{ ticket_ids: quoted.tickets.map(({ ticketId }) => ticketId), establishments: [null, 'A"\\,{}'] },
      },
      { ticket_ids: [], establishments: [], count: 7, purpose: null },
    ]);
    expect(await verified()).toMatchObject({ position: 2n });
    expect((await verified()).broken).toBeUndefined();
  });
});

describe('the chain of accesses', () => {
  it('has one order without gaps, however many processes write at once', async () => {
    const others = await Promise.all([1, 2, 3].map(() => connectPool(database.url, 'DATABASE_URL')));
    const batches = Array.from({ length: 30 }, (_, index) =>
      Array.from({ length: 1 + (index % 7) }, () => access()),
    );
    await Promise.all(batches.map((batch, index) => writeAccesses(others[index % 3]!, batch)));
    await Promise.all(others.map((other) => other.end()));
    const { broken, position } = await verified();
    expect([broken, Number(position)]).toEqual([undefined, batches.flat().length]);
  });

  it.each([
    ['a person', `UPDATE audit.accesses SET person = 'bob' WHERE position = 3`, 'changed'],
    ['a time', `UPDATE audit.accesses SET at = at - interval '1 ms' WHERE position = 3`, 'changed'],
    ['a ticket', `UPDATE audit.accesses SET ticket_ids = '{}' WHERE position = 3`, 'changed'],
    ['a purpose', `UPDATE audit.accesses SET purpose = 'x' WHERE position = 3`, 'changed'],
    ['a refusal', `UPDATE audit.accesses SET refused = true WHERE position = 3`, 'changed'],
    ['a row that is taken out', `DELETE FROM audit.accesses WHERE position = 3`, 'missing'],
  ])('shows where %s was changed', async (_what, sql, reason) => {
    await writeAccesses(
      pool,
      Array.from({ length: 5 }, () => access()),
    );
    await tamper(sql);
    expect((await verified()).broken).toEqual({ position: 3n, reason });
  });

  it('shows that the newest row was taken out', async () => {
    await writeAccesses(
      pool,
      Array.from({ length: 5 }, () => access()),
    );
    await tamper('DELETE FROM audit.accesses WHERE position = 5');
    expect((await verified()).broken).toEqual({ position: 5n, reason: 'missing' });
  });
});
