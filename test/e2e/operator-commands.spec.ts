import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../support/api/client.js';
import { openedTicket } from '../support/api/contract.js';
import {
  runLogCommand,
  runLogCommandProcess,
  type Ended,
  type OperatorCommandName,
} from '../support/cli/log-commands.js';
import { project } from '../support/server/server-process.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { testMasterKey } from '../support/keys/master-key.js';

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  for (let ticket = 0; ticket < 5; ticket += 1) await openedTicket(client);
  await counted();
}, 30_000);
afterAll(() => server.close());

const logEnd = async (): Promise<string> => {
  const { body } = await client.get<{ eventStore: { position: string } }>('/health/ready');
  return body.eventStore.position;
};
/** Yesterday in UTC: a day that has begun in every zone. */
const yesterday = () => new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
/** Waits until the figures include the end of the log. */
const counted = async () => {
  const answer = await client.get(
    `/v1/billets-quotidiens?from=2026-01-01&to=2026-01-01&minPosition=${await logEnd()}`,
  );
  expect(answer.status).toBe(200);
};

const withDatabase = () => ({
  settings: { DATABASE_URL: server.database.url, MASTER_KEY: testMasterKey },
});
const run = (name: OperatorCommandName, ...parameters: string[]): Promise<Ended> =>
  runLogCommand(name, parameters, withDatabase());
const runWithUrl = (name: OperatorCommandName, ...parameters: string[]): Promise<Ended> =>
  runLogCommand(name, [...parameters, '--url', server.url]);
const linesOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('verify-log', () => {
  const links = async (database: HostedServer['database']) =>
    database.query<{ position: string; hash: string }>(
      `SELECT position, encode(hash, 'hex') AS hash FROM event_store.events ORDER BY position`,
    );

  it('prints the newest link of the chain, beside the running server', async () => {
    const { code, stdout, stderr } = await runLogCommandProcess('verify-log', [], withDatabase());
    expect([code, stderr]).toEqual([0, '']);
    const newest = (await links(server.database)).at(-1)!;
    expect(linesOf(stdout)).toEqual([{ ...newest, events: Number(newest.position) }]);
  });

  it('needs no master key, since it reads no text', async () => {
    const settings = { DATABASE_URL: server.database.url };
    expect(await runLogCommand('verify-log', [], { settings })).toMatchObject({ code: 0, stderr: '' });
  });

  it('holds the log to links that were kept elsewhere', async () => {
    const [first, second] = await links(server.database);
    const kept = `${first!.position}:${first!.hash}`;
    expect((await run('verify-log', '--holds', kept)).code).toBe(0);
    const other = await run('verify-log', '--holds', kept, '--holds', `${first!.position}:${second!.hash}`);
    expect(other).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`does not hold 1:${second!.hash}`),
    });
    const beyond = await run('verify-log', '--holds', `999999:${first!.hash}`);
    expect(beyond).toMatchObject({ code: 1, stderr: expect.stringContaining('no event there') });
    const malformed = await run('verify-log', '--holds', '7');
    expect(malformed).toMatchObject({ code: 1, stderr: expect.stringContaining('--holds') });
  });

  it('names the position from which on a log was changed', async () => {
    const { database } = server;
    await database.query('ALTER TABLE event_store.events DISABLE TRIGGER append_only');
    const [before] = await database.query<{ type: string }>(
      'SELECT type FROM event_store.events WHERE position = 3',
    );
    await database.query(`UPDATE event_store.events SET type = 'Changed' WHERE position = 3`);
    const { code, stderr } = await run('verify-log');
    await database.query(`UPDATE event_store.events SET type = '${before!.type}' WHERE position = 3`);
    await database.query('ALTER TABLE event_store.events ENABLE TRIGGER append_only');
    expect(code).toBe(1);
    expect(stderr).toMatch(/at position 3 the event, or the hash stored with it, was changed/);
    expect((await run('verify-log')).code).toBe(0);
  });
});

describe('the settings of sign-in', () => {
  const production = () => ({ DATABASE_URL: server.database.url, NODE_ENV: 'production' });

  it('are demanded by no command that signs nobody in', async () => {
    const settings = { ...production(), MASTER_KEY: testMasterKey };
    expect(await runLogCommand('verify-log', [], { settings })).toMatchObject({ code: 0, stderr: '' });
    expect(await runLogCommand('rotate-keys', [], { settings })).toMatchObject({ code: 0 });
    const withToken = ['--url', server.url, '--token', client.token!];
    expect(await runLogCommand('dead-letters', withToken, { settings })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  it.each(['rebuild', 'dead-letters'] as const)('are not what %s asks for, but a token', async (name) => {
    const parameters = name === 'rebuild' ? ['daily-figures'] : [];
    const { code, stderr } = await runLogCommand(name, parameters, { settings: production() });
    expect([code, stderr]).toEqual([
      1,
      '--token: missing; expected a token of the identity provider that the server trusts\n',
    ]);
  });
});

describe('verify', () => {
  it('finds the served rows equal to the log while the server runs', async () => {
    const { code, stdout, stderr } = await runLogCommandProcess('verify', [], withDatabase());
    expect([code, stderr]).toEqual([0, '']);
    const found = linesOf(stdout);
    expect(found.map(({ projection }) => projection)).toContain('daily-figures');
    const position = await logEnd();
    for (const result of found) expect(result).toMatchObject({ position, different: 0, incomplete: 0 });
  }, 30_000);

  it('lists each row that differs, and exits with 1; a rebuild reports the same and repairs it', async () => {
    await server.database.query(
      `UPDATE billets_quotidiens.daily_figures SET opened = opened + 1 WHERE establishment = 'NIM'`,
    );
    const wrong = await run('verify', 'daily-figures');
    expect(wrong.code).toBe(1);
    expect(linesOf(wrong.stdout)).toEqual([expect.objectContaining({ different: 1 })]);
    const [difference] = linesOf(wrong.stderr.split('\n')[0]!);
    expect(difference).toMatchObject({
      key: { establishment: 'NIM' },
      served: { opened: 6 },
      expected: { opened: 5 },
    });

    const rebuilt = await runLogCommandProcess('rebuild', ['daily-figures', '--url', server.url]);
    expect([rebuilt.code, rebuilt.stderr]).toEqual([0, '']);
    const [outcome] = linesOf(rebuilt.stdout);
    expect(outcome).toMatchObject({ projection: 'daily-figures', generation: 2, different: 1 });
    expect((await run('verify', 'daily-figures')).code).toBe(0);
  }, 60_000);

  it('leaves no schema behind', async () => {
    const schemas = await server.database.query<{ name: string }>(
      `SELECT nspname AS name FROM pg_namespace WHERE nspname = 'verification'`,
    );
    expect(schemas).toEqual([]);
  });

  it('names the projections where it gets an unknown one, and the folder where there is no data', async () => {
    const unknown = await run('verify', 'nothing');
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      expect.stringMatching(/expected one of .*daily-figures/),
    ]);
    const folder = await temporaryFolder();
    const empty = await runLogCommand('verify', [], { settings: { DATA_DIR: folder.path } });
    await folder.remove();
    expect([empty.code, empty.stderr]).toEqual([1, expect.stringMatching(/^DATA_DIR .* holds no data/)]);
    expect(empty.stderr).not.toMatch(/demo/);
  }, 30_000);

  it('points at the demo’s data, which has a folder of its own', async () => {
    const folder = await temporaryFolder();
    const demo = join(folder.path, 'demo');
    await mkdir(join(demo, 'postgres'), { recursive: true });
    await writeFile(join(demo, 'postgres/PG_VERSION'), '18\n');
    for (const name of ['verify', 'export-events'] as const) {
      const { code, stderr } = await runLogCommand(name, [], { settings: { DATA_DIR: folder.path } });
      expect([name, code, stderr]).toEqual([name, 1, expect.stringContaining(`DATA_DIR=${demo}`)]);
    }
    await folder.remove();
  }, 30_000);
});

describe('rebuild', () => {
  it('passes on the server’s error', async () => {
    const unknown = await runWithUrl('rebuild', 'nothing');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringMatching(/No such projection/)]);
    const none = await runWithUrl('rebuild', 'daily-figures', '--cancel');
    expect([none.code, none.stderr]).toEqual([1, expect.stringMatching(/No rebuild is under way/)]);
    const away = await runLogCommand('rebuild', ['daily-figures', '--url', 'http://127.0.0.1:9']);
    expect([away.code, away.stderr]).toEqual([1, expect.stringMatching(/is the server running\?/)]);
  }, 30_000);
});

describe('dead-letters', () => {
  it('lists nothing where there is none', async () => {
    const none = await runLogCommandProcess('dead-letters', ['--url', server.url]);
    expect(none).toEqual({ code: 0, stdout: '', stderr: '' });
  }, 30_000);

  it('lists an event that can’t be applied, and retries it; the day is marked incomplete', async () => {
    const ticketId = await openedTicket(client);
    // An event type that this code does not know, as a newer server would write it.
    await server.database.query(
      `WITH head AS (UPDATE event_store.head SET position = position + 1 RETURNING position)
       INSERT INTO event_store.events (position, stream, revision, event_id, type, data, metadata, recorded_at, hash)
       SELECT head.position, $1, 2, gen_random_uuid(), 'TicketTeleported', '{}', '{"schemaVersion": 1}', now(), '\\x00'
         FROM head`,
      [`ticket-${ticketId}`],
    );
    await openedTicket(client);
    await counted();
    const { stdout } = await runWithUrl('dead-letters');
    const deadLetters = linesOf(stdout);
    expect(deadLetters).toContainEqual(
      expect.objectContaining({
        projection: 'daily-figures',
        stream: `ticket-${ticketId}`,
        eventType: 'TicketTeleported',
        error: expect.stringMatching(/TicketTeleported version 1 .* is not known here/),
      }),
    );
    const { body } = await client.get(`/v1/billets-quotidiens/${yesterday()}`);
    expect(body).toMatchObject({ incomplete: 1 });

    const retried = await runWithUrl('dead-letters', 'retry', 'all');
    expect(retried.code).toBe(1);
    expect(retried.stderr).toMatch(/can’t be applied – event TicketTeleported version 1/);
    const missing = await runWithUrl('dead-letters', 'retry', '999999');
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringMatching(/No such dead letter/)]);
    const verified = linesOf((await run('verify', 'daily-figures')).stdout);
    expect(verified).toEqual([expect.objectContaining({ different: 0, incomplete: 1 })]);
  }, 60_000);
});

describe('a command that exits at once', () => {
  it('has written all its output, even if nobody has read it yet', async () => {
    const length = 1_000_000;
    const program = `
      import { exitAfterOutput } from ${JSON.stringify(join(project, 'dist/cli/terminal/exit-after-output.js'))};
      setInterval(() => undefined, 1_000);
      process.stderr.write('x'.repeat(${length}));
      await exitAfterOutput(130);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = once(child, 'close');
    await sleep(1_000);
    let read = 0;
    child.stderr.on('data', (bytes: Buffer) => (read += bytes.length));
    expect([await ended, read]).toEqual([[130, null], length]);
  }, 30_000);
});

describe('a command that can’t be built', () => {
  it('says why', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder.path, 'src/cli'), { recursive: true });
    const script = join(folder.path, 'src/cli/ensure-built.mjs');
    await copyFile(join(project, 'src/cli/ensure-built.mjs'), script);
    const child = spawn(process.execPath, [script], { env: { PATH: folder.path }, stdio: 'pipe' });
    const ended = once(child, 'close');
    let output = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
    const [code] = (await ended) as [number];
    await folder.remove();
    expect([code, output]).toEqual([1, expect.stringMatching(/spawnSync npm ENOENT/)]);
  });
});
