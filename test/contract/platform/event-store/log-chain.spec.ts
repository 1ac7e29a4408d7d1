import { afterEach, describe, expect, it } from '@jest/globals';
import { connectPool } from '../../../../src/platform/database/connections/connect-pool.js';
import { openDatabase } from '../../../../src/platform/database/database.js';
import { EventStore1795300000000 } from '../../../../src/platform/event-store/postgres/event-store.migration.js';
import { readLink, verifyChain } from '../../../../src/platform/event-store/postgres/log-chain.js';
import { eventStoreMigrations } from '../../../../src/platform/event-store/postgres/migrations.js';
import { createDatabase, type TestDatabase } from '../../../support/database/database.js';
import { appendSome, createLog, type TestLog } from '../../../support/log/log.js';

const signal = new AbortController().signal;

/** What somebody who may do everything in the database does behind the server's back. */
const tamper = async (database: TestDatabase, sql: string): Promise<void> => {
  await database.query(`ALTER TABLE event_store.events DISABLE TRIGGER append_only`);
  await database.query(sql);
  await database.query(`ALTER TABLE event_store.events ENABLE TRIGGER append_only`);
};

const verified = async (database: TestDatabase) => {
  const pool = await connectPool(database.url, 'DATABASE_URL');
  try {
    return await verifyChain(pool, { signal });
  } finally {
    await pool.end();
  }
};

describe('the chain of the log', () => {
  let log: TestLog | undefined;
  afterEach(async () => {
    await log?.drop();
    log = undefined;
  });

  const filled = async (events = 120): Promise<TestLog> => {
    log = await createLog();
    await appendSome(log.store, events);
    return log;
  };

  it('holds for every way an event is written', async () => {
    const { database, store } = await filled();
    const stream = 'ticket-judged';
    const twice = {
      stream,
      expectedRevision: 0,
      events: [{ id: crypto.randomUUID(), type: 'Noted', data: {}, metadata: {} }],
    };
    // A conflict beside others: each of them is judged on its own.
    await store.appendMany([twice, { ...twice, events: [{ ...twice.events[0]!, id: crypto.randomUUID() }] }]);
    await store.append({
      ...twice,
      stream: 'ticket-alone',
      events: [{ ...twice.events[0]!, id: crypto.randomUUID() }],
    });
    expect(await verified(database)).toEqual({ position: 122n, events: 122, hash: expect.any(String) });
  });

  it('is begun where the log is empty, and gives each position’s hash', async () => {
    const { database, store } = await filled(0);
    expect(await verified(database)).toEqual({ position: 0n, events: 0, hash: '0'.repeat(64) });
    await appendSome(store, 5);
    const pool = await connectPool(database.url, 'DATABASE_URL');
    const { hash } = await verifyChain(pool, { signal });
    expect(await readLink(pool, 5n)).toEqual({ position: 5n, hash });
    expect(await readLink(pool, 6n)).toBeUndefined();
    await pool.end();
  });

  it('is carried on by events that are restored', async () => {
    const { store } = await filled(40);
    const copy = await createLog();
    try {
      for await (const { events, caughtUp } of store.subscribe({ after: 0n, signal })) {
        if (events.length > 0) await copy.store.restore(events);
        if (caughtUp) break;
      }
      expect(await verified(copy.database)).toMatchObject({ position: 40n, events: 40 });
      await appendSome(copy.store, 10);
      expect(await verified(copy.database)).not.toHaveProperty('broken');
    } finally {
      await copy.drop();
    }
  });

  it.each([
    ['a text', `UPDATE event_store.events SET data = '{"changed":true}' WHERE position = 40`, 40n, 'changed'],
    [
      'white space in the JSON',
      `UPDATE event_store.events SET data = (data::text || ' ')::json WHERE position = 40`,
      40n,
      'changed',
    ],
    [
      'who did it',
      `UPDATE event_store.events SET metadata = '{"actor":"mallory"}' WHERE position = 1`,
      1n,
      'changed',
    ],
    ['a type', `UPDATE event_store.events SET type = 'TicketResolved' WHERE position = 120`, 120n, 'changed'],
    [
      'a time by a millisecond',
      `UPDATE event_store.events SET recorded_at = recorded_at + interval '1 ms' WHERE position = 77`,
      77n,
      'changed',
    ],
    ['a stream', `UPDATE event_store.events SET stream = 'ticket-other' WHERE position = 77`, 77n, 'changed'],
    [
      'an id',
      `UPDATE event_store.events SET event_id = gen_random_uuid() WHERE position = 77`,
      77n,
      'changed',
    ],
    ['a hash', `UPDATE event_store.events SET hash = sha256('') WHERE position = 77`, 77n, 'changed'],
    [
      'the order of two',
      `UPDATE event_store.events SET position = CASE position WHEN 30 THEN -1 ELSE 30 END WHERE position IN (30, 31);
       UPDATE event_store.events SET position = 31 WHERE position = -1`,
      30n,
      'changed',
    ],
    ['an event taken out', `DELETE FROM event_store.events WHERE position = 50`, 50n, 'missing'],
    ['the tail cut off', `DELETE FROM event_store.events WHERE position > 100`, 101n, 'missing'],
    [
      'the tail cut off with the head put back',
      `DELETE FROM event_store.events WHERE position > 100;
       UPDATE event_store.head SET position = 100`,
      100n,
      'head',
    ],
    ['an event behind the head', `UPDATE event_store.head SET position = 119`, 119n, 'head'],
  ])('shows where %s was changed', async (_, sql, position, reason) => {
    const { database } = await filled();
    await tamper(database, sql);
    expect(await verified(database)).toMatchObject({ broken: { position, reason } });
  });

  it('is made for a log of before', async () => {
    const database = await createDatabase();
    try {
      const old = await openDatabase({ url: database.url, migrations: [EventStore1795300000000] });
      await old.query(`SELECT event_store.append($1, $2, $3, $4, $5, $6, '', '{}')`, [
        ['ticket-1', 'ticket-1', 'ticket-2'].join('\x1e'),
        [1, 2, 1],
        [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()],
        ['Opened', 'Noted', 'Opened'].join('\x1e'),
        ['{}', '{"body":"é"}', '{}'].join('\x1e'),
        ['{}', '{}', '{}'].join('\x1e'),
      ]);
      await old.end();
      const upgraded = await openDatabase({ url: database.url, migrations: eventStoreMigrations });
      await upgraded.end();
      expect(await verified(database)).toMatchObject({ position: 3n, events: 3 });
    } finally {
      await database.drop();
    }
  });
});
