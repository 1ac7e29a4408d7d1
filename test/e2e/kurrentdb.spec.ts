import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSettings } from '../../src/config/settings.js';
import { startServer } from '../../src/boot/server.js';
import { tokenOf } from '../support/access/tokens.js';
import { Client, clientOf } from '../support/api/client.js';
import { expectProblem, openedTicket, opening, ticketOf } from '../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../support/database/database.js';
import { readFigures, type DayFigures } from '../support/figures/figures.js';
import { KurrentDbDouble } from '../support/kurrentdb-double/kurrentdb-double.js';
import { appendSome, createLog, rowsOf } from '../support/log/log.js';
import { runLogCommand, startLogCommand, summaryIn } from '../support/cli/log-commands.js';
import { NaiveFigures, type NaiveCommand } from '../support/figures/naive-figures.js';
import { expectedDates, sampleLines, sampleRange } from '../support/figures/sample-week.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';
import { patienceMs } from '../support/patience.js';
import { fullScanOf, wordsIn } from '../support/keys/full-scan.js';
import { testMasterKey } from '../support/keys/master-key.js';
import { allPlanted, plantWords } from '../support/keys/planted-words.js';

// The built server and commands run as processes, over real connections to PostgreSQL and to a KurrentDB double in this process.

const undo: (() => unknown)[] = [];
afterAll(async () => {
  await stopServerProcesses();
  for (const step of undo.splice(0).reverse()) await step();
});

const newDouble = async (): Promise<KurrentDbDouble> => {
  const double = await KurrentDbDouble.start();
  undo.push(() => double.stop());
  return double;
};
const newDatabase = async (): Promise<TestDatabase> => {
  const database = await createDatabase();
  undo.push(() => database.drop());
  return database;
};
const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not come to be');
    await sleep(10);
  }
};
const copy = (from: string, to: string) => runLogCommand('copy-events', ['--from', from, '--to', to]);

describe('a server whose events are in KurrentDB', () => {
  const batchSize = 120;
  const batches = [0, 1, 2, 3].map((n) => sampleLines().slice(n * batchSize, (n + 1) * batchSize));
  /** The figures of the first `count` batches by the naive fold. */
  const expected = (count: number): Record<string, DayFigures> => {
    const zone = { timeZone: 'America/Toronto', sites: {} };
    const figures = new NaiveFigures({ NIM: zone, MCQ: zone });
    const lines = batches.slice(0, count).flat();
    for (const line of lines) figures.apply(JSON.parse(line) as NaiveCommand, Date.now());
    return figures.days(expectedDates);
  };

  let double: KurrentDbDouble;
  let database: TestDatabase;
  let server: ServerProcess;
  let client: Client;
  let position: string;

  const start = async (): Promise<void> => {
    server = await startServerProcess({ DATABASE_URL: database.url, EVENT_STORE_URL: double.url });
    client = await clientOf(server);
  };
  const post = (batch: number) =>
    client.post<{ position: string }>(
      '/v1/sync',
      `{"deviceId":"test","commands":[${batches[batch]!.join(',')}]}`,
    );
  /** Sends the same batch again every 50 ms until it is not answered 503, as a device does. */
  const send = async (batch: number): Promise<void> => {
    for (;;) {
      const { status, body } = await post(batch);
      if (status === 200) return void ({ position } = body);
      expect(status).toBe(503);
      await sleep(50);
    }
  };
  const halfOf = (batch: number) => {
    const target = double.log.all.length + batches[batch]!.length / 2;
    return until(() => double.log.all.length > target);
  };
  const figures = async () => (await readFigures(client, { ...sampleRange, minPosition: position })).days;

  beforeAll(async () => {
    double = await newDouble();
    database = await newDatabase();
    await start();
  });

  it('gives exact figures at the position it answered with', async () => {
    await send(0);
    expect(await figures()).toEqual(expected(1));
    expect(await database.query('SELECT FROM event_store.events')).toEqual([]);
  });

  it('erases a ticket: its words stand nowhere in KurrentDB, and nobody is answered them any more', async () => {
    const ticketId = await plantWords(client);
    const keptId = await openedTicket(client, { title: 'Chaussette' });
    const operator = new Client(server.url, await tokenOf('operator', []));
    const erased = await operator.post(`/v1/admin/tickets/${ticketId}/erase`, {
      ...{ reason: 'Demande de la personne', basis: 'Loi 25, art. 28' },
    });
    expect([erased.status, erased.body.emptied]).toEqual([200, true]);
    const log = double.log.all.map(({ data }) => Buffer.from(data).toString('utf8')).join('\n');
    expect(double.log.all.map(({ type }) => type)).toContain('TicketTextsErased');
    expect(wordsIn(log, [...allPlanted, 'Chaussette'])).toEqual([]);
    expect((await ticketOf(client, ticketId)).title).toBe('');
    expect((await ticketOf(client, keptId)).title).toBe('Chaussette');
    const exported = await runLogCommand('export-events', ['--decrypt', '--reason', 'Contrôle'], {
      settings: { DATABASE_URL: database.url, EVENT_STORE_URL: double.url, MASTER_KEY: testMasterKey },
    });
    expect(wordsIn(exported.stdout, [...allPlanted, 'Chaussette'])).toEqual(['Chaussette']);
    expect(wordsIn(await fullScanOf(database), [...allPlanted, 'Chaussette'])).toEqual(['Chaussette']);
  });

  it('continues when a connection is cut within a batch, with each command applied once', async () => {
    const sent = send(1);
    await halfOf(1);
    double.door.drop();
    await sent;
    expect(await figures()).toEqual(expected(2));
  });

  it('continues when KurrentDB ends every call, as a leaving node does', async () => {
    const sent = send(2);
    await halfOf(2);
    double.endCalls();
    await sent;
    expect(await figures()).toEqual(expected(3));
  });

  it('continues after a kill from the stored position, not from the beginning', async () => {
    const lost = post(3).catch(() => 'no answer');
    await halfOf(3);
    await server.kill('SIGKILL');
    expect(await lost).toBe('no answer');
    const [stored] = await database.query<{ position: string }>(
      'SELECT min(position)::text AS position FROM projections.served',
    );
    const before = double.subscribedAfter.length;
    await start();
    // None may start from the beginning. They may stand at several places, and PostgreSQL may still have committed for the killed server.
    const begun = () => double.subscribedAfter.slice(before);
    await until(() => begun().some((after) => after !== undefined && after >= BigInt(stored!.position)));
    expect(begun()).not.toContain(undefined);
    await send(3);
    expect(await figures()).toEqual(expected(4));
  });

  it('answers 503 and is not ready while KurrentDB is down, and recovers once it is back', async () => {
    await double.door.shut();
    expectProblem(await client.post('/v1/tickets', opening()), 503, 'unavailable');
    expect((await client.get('/health/ready')).status).toBe(503);
    await double.door.open();
    await until(async () => (await client.get('/health/ready')).status === 200);
    expect(await figures()).toEqual(expected(4));
  });

  it('stops with exit code 0 at SIGTERM', async () => {
    expect(await server.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  });

  it('gives the same figures from a copy of its log in PostgreSQL', async () => {
    const moved = await newDatabase();
    expect(await copy(double.url, moved.url)).toMatchObject({ code: 0 });
    const settings = {
      ...readSettings({ MASTER_KEY: testMasterKey }),
      port: 0,
      databaseUrl: moved.url,
      logLevel: 'silent' as const,
    };
    const onCopy = await startServer(settings);
    undo.push(() => onCopy.close());
    const [end] = await moved.query<{ position: string }>('SELECT position FROM event_store.head');
    const range = { ...sampleRange, minPosition: end!.position };
    expect((await readFigures(await clientOf(onCopy), range)).days).toEqual(expected(4));
  });
});

describe('a log copied from PostgreSQL to KurrentDB and back', () => {
  const size = 250;

  it('is the same row for row, even if the first copy was killed', async () => {
    const source = await createLog();
    undo.push(() => source.drop());
    await appendSome(source.store, size);
    const double = await newDouble();
    const isKilled = () => double.log.all.length > size / 2;
    double.faults.beforeAnswer = isKilled;
    const killed = startLogCommand('copy-events', ['--from', source.database.url, '--to', double.url]);
    await until(isKilled);
    await killed.kill();
    double.faults.beforeAnswer = undefined;

    const there = await copy(source.database.url, double.url);
    expect(there).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^\d+ events were there already\n$/),
    });
    const target = await newDatabase();
    const back = await copy(double.url, target.url);
    expect(back).toMatchObject({ code: 0, stderr: '' });
    const [outward, homeward] = [summaryIn(there.stdout), summaryIn(back.stdout)];
    expect(homeward).toEqual({ events: size, hash: outward.hash, position: String(size) });
    expect(outward.events).toBe(size);
    expect(await rowsOf(target)).toEqual(await rowsOf(source.database));
  });

  it('has the same hash when it is moved as an archive', async () => {
    const source = await createLog();
    undo.push(() => source.drop());
    await appendSome(source.store, 50);
    const double = await newDouble();
    const exported = await runLogCommand('export-events', ['--from', source.database.url]);
    const imported = await runLogCommand('import-events', ['-', '--to', double.url], {
      input: exported.stdout,
    });
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    const again = await runLogCommand('export-events', [], { settings: { EVENT_STORE_URL: double.url } });
    expect(summaryIn(again.stderr)).toMatchObject({ events: 50, hash: summaryIn(imported.stdout).hash });
  });

  it('can’t be exported where KurrentDB holds no log', async () => {
    const double = await newDouble();
    const { code, stderr } = await runLogCommand('export-events', ['--from', double.url]);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^--from: .* holds no log\n$/),
    });
  });
});
