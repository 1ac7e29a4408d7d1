import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import { opening, ticketOf, type TicketBody } from '../../support/api/contract.js';
import { createDatabase } from '../../support/database/database.js';
import { runLogCommandProcess } from '../../support/cli/log-commands.js';
import { startServerProcess, stopServerProcesses } from '../../support/server/server-process.js';

const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  await stopServerProcesses();
  for (const step of undo.splice(0).reverse()) await step();
});

const key = () => randomBytes(32).toString('base64');

it('a master key is replaced while tickets are opened and read, and no request fails', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'keys-'));
  undo.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'master-key');
  await writeFile(file, key());
  const database = await createDatabase();
  undo.push(() => database.drop());
  const settings = { DATABASE_URL: database.url, ROLES: 'api', MASTER_KEY: '', MASTER_KEY_FILE: file };
  const server = await startServerProcess(settings);
  const client = await clientOf(server);

  const failures: unknown[] = [];
  const opened: string[] = [];
  let stopped = false;
  const load = async (own: Client) => {
    while (!stopped) {
      const answer = await own.post<TicketBody>('/v1/tickets', opening({ title: 'Sous charge' }));
      if (answer.status === 201) opened.push(answer.body.ticketId);
      else failures.push(answer.body);
      const id = opened[Math.floor(Math.random() * opened.length)];
      const read = id && (await own.get(`/v1/tickets/${id}`));
      if (read && read.status !== 200) failures.push(read.body);
      // The rotation is to have some of the processor, too.
      await sleep(10);
    }
  };
  const loads = [1, 2, 3, 4].map(() => load(client));
  while (opened.length < 50) await sleep(10);
  const rotated = await runLogCommandProcess('rotate-keys', ['--new'], { settings });
  const there = opened.length;
  while (opened.length < there + 20) await sleep(10);
  stopped = true;
  await Promise.all(loads);

  expect(rotated).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^{"rewrapped":\d+,"masterKeyId":"local:/),
  });
  expect(failures).toEqual([]);
  const recorded = (what: string) =>
    expect.stringMatching(new RegExp(`"security":"sensitive_[a-z]+","subject":"account .*"what":"${what}"`));
  for (const what of ['master-key', 'current-master-key', 'data-keys'])
    expect(rotated.stderr).toEqual(recorded(what));
  for (const made of (await readFile(file, 'utf8')).trim().split('\n'))
    expect(rotated.stderr + server.output()).not.toContain(made);
  const { rewrapped, masterKeyId } = JSON.parse(rotated.stdout) as { rewrapped: number; masterKeyId: string };
  expect(rewrapped).toBeGreaterThanOrEqual(50);
  const ids = await database.query('SELECT DISTINCT master_key_id FROM keys.ticket_keys');
  expect(ids).toEqual([{ master_key_id: masterKeyId }]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  // With the new one alone everything is read by a server that knows nothing by heart.
  const [current] = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, current!);
  await server.kill('SIGTERM');
  const again = await startServerProcess(settings);
  const reader = await clientOf(again);
  for (const id of [opened[0]!, opened.at(-1)!])
    expect(await ticketOf(reader, id)).toMatchObject({ title: 'Sous charge' });
});
