import { afterAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clientOf } from '../support/api/client.js';
import { historyOf, ticketOf } from '../support/api/contract.js';
import { createDatabase, type TestDatabase } from '../support/database/database.js';
import { readFigures } from '../support/figures/figures.js';
import { testMasterKey } from '../support/keys/master-key.js';
import { cutTail } from '../support/log/log-history.js';
import { runLogCommand, runLogCommandProcess, summaryIn } from '../support/cli/log-commands.js';
import { allPlanted, dumpOf, foundIn, plantWords } from '../support/keys/planted-words.js';
import { sampleLines, sampleRange } from '../support/figures/sample-week.js';
import { startHostedServerOn } from '../support/server/hosted-server.js';

const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

const newDatabase = async (): Promise<TestDatabase> => {
  const database = await createDatabase();
  undo.push(() => database.drop());
  return database;
};

const serverOn = (database: TestDatabase, plainTexts: boolean) =>
  startHostedServerOn(database, { plainTexts });

/** What the log says beside its texts. */
const skeletonOf = (database: TestDatabase) =>
  database.query(`SELECT position, stream, revision, event_id, type, recorded_at::text, metadata ->> 'actor' AS actor
                    FROM event_store.events ORDER BY position`);

describe('a log of before texts were encrypted', () => {
  const settings = { MASTER_KEY: testMasterKey };
  let source: TestDatabase;
  let target: TestDatabase;
  let ticketId: string;
  let figures: unknown;
  let ticket: unknown;
  let history: unknown;
  let end: string;

  it('is read as it is, and what is added to it is encrypted', async () => {
    source = await newDatabase();
    const older = await serverOn(source, true);
    const client = await clientOf(older);
    ticketId = await plantWords(client);
    const commands = sampleLines()
      .slice(0, 300)
      .map((line) => JSON.parse(line) as unknown);
    const sent = await client.post<{ position: string }>('/v1/sync', { deviceId: 'week', commands });
    await older.close();
    expect(foundIn(await dumpOf(source, ['event_store']))).toEqual(allPlanted);

    const newer = await serverOn(source, false);
    const there = await clientOf(newer);
    const added = await plantWords(there);
    expect(foundIn(JSON.stringify(await historyOf(there, ticketId)))).toEqual(allPlanted);
    expect(foundIn(JSON.stringify(await historyOf(there, added)))).toEqual(allPlanted);
    end = (await historyOf(there, added)).at(-1)!.position;
    expect(BigInt(end)).toBeGreaterThan(BigInt(sent.body.position));
    figures = await readFigures(there, { ...sampleRange, minPosition: end });
    [ticket, history] = [await ticketOf(there, ticketId), await historyOf(there, ticketId)];
    await newer.close();
  });

  it('is copied into one that holds no text in plain, with ids, positions and times as they were', async () => {
    target = await newDatabase();
    const parameters = ['--from', source.url, '--to', target.url];
    const first = await runLogCommandProcess('encrypt-log', parameters, { settings });
    expect(first).toMatchObject({ code: 0 });
    expect(summaryIn(first.stdout)).toMatchObject({ position: end });
    expect(foundIn(await dumpOf(target, ['event_store', 'keys']))).toEqual([]);
    expect(await skeletonOf(target)).toEqual(await skeletonOf(source));
  });

  it('goes on after an accident where it was, and refuses another log', async () => {
    await cutTail(target, 40);
    const parameters = ['--from', source.url, '--to', target.url];
    const again = await runLogCommand('encrypt-log', parameters, { settings });
    expect(again).toMatchObject({ code: 0 });
    expect(JSON.parse(again.stdout)).toMatchObject({ restored: Number(end) - 40, position: end });
    const other = await newDatabase();
    await (await serverOn(other, true)).close();
    const refused = await runLogCommand('encrypt-log', ['--from', other.url, '--to', target.url], {
      settings,
    });
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^the log to be filled holds other events/),
    });
  });

  it('gives a server the same tickets, histories and figures', async () => {
    const server = await serverOn(target, false);
    undo.push(() => server.close());
    const client = await clientOf(server);
    expect(await readFigures(client, { ...sampleRange, minPosition: end })).toEqual(figures);
    expect([await ticketOf(client, ticketId), await historyOf(client, ticketId)]).toEqual([ticket, history]);
  });

  it('is exported encrypted, and in plain only for a reason, which is logged, to a file for its owner', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'export-'));
    undo.push(() => rm(folder, { recursive: true }));
    const out = join(folder, 'log.ndjson');
    const own = { settings: { ...settings, DATABASE_URL: target.url } };
    expect(await runLogCommand('export-events', ['--out', out], own)).toMatchObject({ code: 0 });
    expect(foundIn(readFileSync(out, 'utf8'))).toEqual([]);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
    const refused = await runLogCommand('export-events', ['--out', out, '--decrypt'], own);
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^--decrypt: expected with --reason/),
    });
    const parameters = ['--out', out, '--decrypt', '--reason', 'demande d’accès 2026-17'];
    const plain = await runLogCommandProcess('export-events', parameters, own);
    expect(plain).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(
        /"security":"sensitive_read","subject":"account .*"log-in-plain".*2026-17/,
      ),
    });
    expect(foundIn(readFileSync(out, 'utf8'))).toEqual(allPlanted);
    expect((await stat(out)).mode & 0o777).toBe(0o600);
  });
});
