import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { clientOf } from '../support/api/client.js';
import { createDatabase, type TestDatabase } from '../support/database/database.js';
import { readFigures } from '../support/figures/figures.js';
import { appendSome, countOf, createLog, rowsOf, type TestLog } from '../support/log/log.js';
import {
  runLogCommand,
  runLogCommandProcess,
  scriptOf,
  startLogCommand,
  summaryIn,
} from '../support/cli/log-commands.js';
import { sampleLines, sampleRange } from '../support/figures/sample-week.js';
import { startTestServer } from '../support/server/server.js';
import { startServer } from '../../src/boot/server.js';
import { readSettings } from '../../src/config/settings.js';
import { plainEnvironment } from '../support/server/server-process.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { patienceMs } from '../support/patience.js';
import { testMasterKey } from '../support/keys/master-key.js';

/** The sizes of the first archive and of the whole log, in events: more than two batches of everything that works in batches. */
const early = 1_700;
const size = 2_600;

const eventually = async (condition: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('it did not come to be');
    await sleep(20);
  }
};

/** Whether some statement hangs in pg_sleep in the database. */
const isHanging = async (database: TestDatabase): Promise<boolean> => {
  const [row] = await database.query<{ hangs: boolean }>(
    `SELECT count(*) > 0 AS hangs FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event = 'PgSleep'`,
  );
  return row!.hangs;
};

let source: TestLog;
let folder: TemporaryFolder;
let rows: Record<string, string>[];
/** The archive of the first `early` events, exported when there were no others. */
let earlyArchive: string;
let archive: string;
let lines: string[];
const databases: TestDatabase[] = [];

const empty = async (): Promise<TestDatabase> => {
  const database = await createDatabase();
  databases.push(database);
  return database;
};
const importText = (to: TestDatabase, input: string) =>
  runLogCommand('import-events', ['-', '--to', to.url], { input });
const copyTo = (to: TestDatabase, run = runLogCommand) =>
  run('copy-events', ['--from', source.database.url, '--to', to.url]);

beforeAll(async () => {
  folder = await temporaryFolder();
  source = await createLog();
  await appendSome(source.store, early);
  const exported = () => runLogCommand('export-events', ['--from', source.database.url]);
  earlyArchive = (await exported()).stdout;
  await appendSome(source.store, size - early);
  rows = await rowsOf(source.database);
  archive = (await exported()).stdout;
  lines = archive.trimEnd().split('\n');
});
afterAll(async () => {
  await source.drop();
  for (const database of databases) await database.drop();
  await folder.remove();
});

describe('an export of the log', () => {
  it('has one CloudEvent per line, in order, and a summary on standard error', async () => {
    const { code, stdout, stderr } = await runLogCommandProcess('export-events', [], {
      settings: { DATABASE_URL: source.database.url },
    });
    expect(code).toBe(0);
    expect(stdout).toBe(archive);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    const events = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(summaryIn(stderr)).toEqual({ events: size, position: String(size), hash: events.at(-1)!.hash });
    const log = await source.store.identity();
    expect(
      events.map(({ id, source: from, type, subject, position, revision }) => ({
        ...{ id, from, type, subject, position, revision },
      })),
    ).toEqual(
      rows.map(({ event_id: id, type, stream: subject, position, revision }) => ({
        ...{ id, from: `/logs/${log}`, type, subject, position, revision },
      })),
    );
    expect(events.filter(({ last }) => last)).toEqual([events.at(-1)]);
  });

  it('can go to a file, gzipped by its name, which appears only once it is complete', async () => {
    const file = join(folder.path, 'log.ndjson.gz');
    const { code, stdout, stderr } = await runLogCommand('export-events', [
      ...['--from', source.database.url, '--out', file],
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(summaryIn(stderr).events).toBe(size);
    expect(gunzipSync(await readFile(file)).toString()).toBe(archive);
    expect(await readdir(folder.path)).toEqual(['log.ndjson.gz']);
  });

  it('with --after is the end of the whole export', async () => {
    const { stdout, stderr } = await runLogCommand('export-events', [
      ...['--from', source.database.url, '--after', String(early)],
    ]);
    expect(stdout).toBe(lines.slice(early).join('\n') + '\n');
    expect(summaryIn(stderr)).toMatchObject({ events: size - early, position: String(size) });
  });

  it('ends without an error when its reader stops', async () => {
    const { stdout, stderr } = await promisify(execFile)(
      'bash',
      [
        ...['-c', 'set -o pipefail; "$0" "$1" --from "$2" | head -n 1'],
        ...[process.execPath, scriptOf('export-events'), source.database.url],
      ],
      { env: plainEnvironment() },
    );
    expect({ stdout, stderr }).toEqual({ stdout: `${lines[0]}\n`, stderr: '' });
  });

  it('is refused where there is no log, and leaves the database unchanged', async () => {
    const database = await empty();
    const { code, stderr } = await runLogCommand('export-events', ['--from', database.url]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '--from: this database holds no log\n' });
    expect(await database.query(`SELECT FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
    const dataDir = join(folder.path, 'none');
    const embedded = await runLogCommand('export-events', [], { settings: { DATA_DIR: dataDir } });
    expect(embedded).toMatchObject({ code: 1, stderr: expect.stringContaining(`${dataDir} holds no data`) });
    await expect(stat(dataDir)).rejects.toThrow('ENOENT');
  });
});

describe('an import of an archive', () => {
  it('restores the log row for row, and does nothing when it is run again', async () => {
    const database = await empty();
    const file = join(folder.path, 'again.ndjson.gz');
    await writeFile(file, gzipSync(archive));
    const parameters = [file, '--to', database.url];
    const first = await runLogCommandProcess('import-events', parameters);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const { hash } = JSON.parse(lines.at(-1)!) as { hash: string };
    expect(summaryIn(first.stdout)).toEqual({ events: size, hash, position: String(size) });
    expect(await rowsOf(database)).toEqual(rows);

    const second = await runLogCommand('import-events', parameters);
    expect(second).toEqual({ ...first, stderr: `${size} events were there already\n` });
    expect(await rowsOf(database)).toEqual(rows);
  });

  it('works with the embedded database, as does the export', async () => {
    const settings = { DATA_DIR: join(folder.path, 'data') };
    expect(await runLogCommand('import-events', ['-'], { input: archive, settings })).toMatchObject({
      code: 0,
    });
    const { stdout } = await runLogCommand('export-events', [], { settings });
    const bare = (text: string) => text.replaceAll(/"source":"[^"]+"/g, '');
    expect(bare(stdout)).toBe(bare(archive));
  });

  it('continues after a kill', async () => {
    const database = await empty();
    const command = startLogCommand('import-events', ['-', '--to', database.url]);
    command.stdin.write(lines.slice(0, 1_500).join('\n'));
    await eventually(async () => (await countOf(database).catch(() => 0)) > 0);
    await command.kill();
    const there = await countOf(database);
    expect(there).toBeLessThan(size);
    expect(await importText(database, archive)).toMatchObject({
      code: 0,
      stderr: `${there} events were there already\n`,
    });
    expect(await rowsOf(database)).toEqual(rows);
  });

  it('accepts consecutive archives of a log, one by one or joined, and none out of order', async () => {
    const later = lines.slice(early).join('\n');
    const database = await empty();
    expect(await importText(database, later)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^line 1 does not follow the 0 events/),
    });
    expect(await importText(database, earlyArchive)).toMatchObject({ code: 0 });
    expect(await importText(database, later)).toMatchObject({ code: 0, stderr: '' });
    expect(await rowsOf(database)).toEqual(rows);
    // An archive whose events are all there is accepted, although the log has more.
    expect(await importText(database, earlyArchive)).toMatchObject({ code: 0 });

    const joined = await empty();
    expect(await importText(joined, earlyArchive + later)).toMatchObject({ code: 0 });
    expect(await rowsOf(joined)).toEqual(rows);
  });

  const changed = (number: number, change: (line: string) => string): string =>
    lines.with(number - 1, change(lines[number - 1]!)).join('\n');
  const swapped = () => lines.with(1_200, lines[1_201]!).with(1_201, lines[1_200]!).join('\n');

  it.each<[string, () => string | Buffer, RegExp]>([
    [
      'with a changed word',
      () => changed(1_201, (line) => line.replace('alice', 'alicf')),
      /^line 1201 is damaged/,
    ],
    ['with a broken line', () => changed(2_345, (line) => line.slice(0, 99)), /^line 2345: not JSON/],
    ['that lacks a line', () => lines.toSpliced(1_234, 1).join('\n'), /^line 1235 is damaged/],
    ['with two lines swapped', swapped, /^line 1201 is damaged/],
    ['that lacks its beginning', () => lines.slice(3).join('\n'), /^line 1 does not follow the 0 events/],
    [
      'cut off after a line',
      () => lines.slice(0, 1_999).join('\n'),
      /^the archive breaks off after line 1999/,
    ],
    ['cut off within a line', () => archive.slice(0, -30), /^line 2600: not JSON/],
    ['cut off, gzipped', () => gzipSync(archive).subarray(0, -20), /^the file breaks off after line \d+/],
    ['that is empty', () => '', /^the archive holds no events/],
  ])('is refused at the damaged line: an archive %s', async (_, damaged, reason) => {
    const database = await empty();
    const file = join(folder.path, 'damaged');
    await writeFile(file, damaged());
    const refused = await runLogCommand('import-events', [file, '--to', database.url]);
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(reason) });
    // The database holds a beginning of the log, if anything.
    expect(rows.slice(0, await countOf(database))).toEqual(await rowsOf(database));
  });

  it('continues after the events that a damaged archive has brought', async () => {
    const database = await empty();
    expect(await importText(database, archive.slice(0, -30))).toMatchObject({ code: 1 });
    expect(await countOf(database)).toBe(size - 1);
    expect(await importText(database, archive)).toMatchObject({ code: 0 });
    expect(await rowsOf(database)).toEqual(rows);
  });

  it('is refused by a log that holds other events', async () => {
    const foreign = await createLog();
    await appendSome(foreign.store, 10);
    const { code, stderr } = await importText(foreign.database, archive);
    expect({ code, stderr }).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^line 1 does not follow/),
    });
    expect(await countOf(foreign.database)).toBe(10);
    await foreign.drop();
  });
});

describe('a copy of a log', () => {
  it('continues after a kill, and ends with the same rows', async () => {
    const target = await createLog();
    await target.database.query(`
      CREATE FUNCTION hang() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM event_store.events OFFSET 999) THEN PERFORM pg_sleep(600); END IF;
        RETURN NULL;
      END $$`);
    await target.database.query(
      'CREATE TRIGGER hang BEFORE INSERT ON event_store.events FOR EACH STATEMENT EXECUTE FUNCTION hang()',
    );
    const killed = startLogCommand('copy-events', [
      ...['--from', source.database.url, '--to', target.database.url],
    ]);
    await eventually(() => isHanging(target.database));
    await killed.kill();
    const copied = await countOf(target.database);
    expect(copied).toBeGreaterThanOrEqual(1_000);
    await target.database.query(
      `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE '%INSERT INTO event_store.events%' AND pid <> pg_backend_pid()`,
    );
    await target.database.query('DROP TRIGGER hang ON event_store.events');

    const { code, stdout, stderr } = await copyTo(target.database, runLogCommandProcess);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${copied} events were there already\n` });
    const { hash } = JSON.parse(lines.at(-1)!) as { hash: string };
    expect(summaryIn(stdout)).toEqual({ events: size, hash, position: String(size) });
    expect(await rowsOf(target.database)).toEqual(rows);
    await target.drop();
  });

  it('is refused by a log that begins differently or has more events, and changes nothing there', async () => {
    const foreign = await createLog();
    await appendSome(foreign.store, 10);
    expect(await copyTo(foreign.database)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('differs from event number 1 on'),
    });
    expect(await countOf(foreign.database)).toBe(10);
    await foreign.drop();

    const further = await createLog();
    expect(await copyTo(further.database)).toMatchObject({ code: 0 });
    await appendSome(further.store, 1);
    expect(await copyTo(further.database)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('holds more than these 2600 events'),
    });
    await further.drop();
  });

  it.each([
    [['--to', 'postgres://localhost:1/none'], /^DATA_DIR .* holds no data/],
    [
      ['--from', 'kurrentdb://me:s3cret@localhost:1?tls=false', '--to', 'postgres://localhost:1/none'],
      /^--from: localhost:1 can't be used: (?!.*s3cret).*ECONNREFUSED/,
    ],
    [['--from', 'mysql://localhost/none', '--to', 'postgres://localhost:1/none'], /^--from: expected a URL/],
    [['--from', 'postgres://localhost:1/none'], /^--to: missing/],
  ])('says what is wrong with %j', async (parameters, reason) => {
    const settings = { DATA_DIR: join(folder.path, 'none') };
    const { code, stdout, stderr } = await runLogCommand('copy-events', parameters, { settings });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(reason);
  });
});

describe('a server on a copy', () => {
  it('gives the same figures', async () => {
    const original = await startTestServer();
    const database = await empty();
    try {
      const client = await clientOf(original);
      const { body } = await client.post<{ position: string }>(
        '/v1/sync',
        `{"deviceId":"test","commands":[${sampleLines().slice(0, 1_000).join(',')}]}`,
      );
      const range = { ...sampleRange, minPosition: body.position };
      // The copy is made while the original serves.
      const parameters = ['--from', original.database.url, '--to', database.url];
      expect(await runLogCommand('copy-events', parameters)).toMatchObject({ code: 0 });
      const figures = await readFigures(client, range);
      const copy = await startServer({
        ...readSettings({ MASTER_KEY: testMasterKey }),
        ...{ port: 0, databaseUrl: database.url, logLevel: 'silent' },
      });
      const copied = await readFigures(await clientOf(copy), range).finally(() => copy.close());
      expect(copied).toEqual(figures);
      expect(Object.values(figures.days).some(({ total }) => total.opened > 0)).toBe(true);
    } finally {
      await original.close();
    }
  });
});
