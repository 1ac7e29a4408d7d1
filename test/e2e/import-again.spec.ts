import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStore } from '../../src/platform/event-store/event-store.js';
import { clientOf, type Client } from '../support/api/client.js';
import { readFigures } from '../support/figures/figures.js';
import { startForgetfulProxy } from '../support/network/forgetful-proxy.js';
import { runImport } from '../support/cli/import-process.js';
import { startTestServer, type TestServer } from '../support/server/server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

const day = '2026-05-15';
const at = (time: string) => ({ commandId: randomUUID(), occurredAt: `${day}T${time}:00-04:00` });
const opening = (ticketId: string) => ({
  ...at('08:00'),
  type: 'open',
  ticketId,
  establishment: 'NIM',
  title: 'Imprimante muette',
  category: 'impression',
  priority: 'P3',
});
const resolution = { code: 'fixed', note: 'Redémarrée.' };

let server: TestServer;
let client: Client;
let folder: TemporaryFolder;

beforeAll(async () => {
  server = await startTestServer();
  client = await clientOf(server);
  folder = await temporaryFolder();
});
afterAll(async () => {
  await server.close();
  await folder.remove();
});

/** A ticket's commands in order of arrival. One has no effect when it first arrives, and would have one if it were applied later. */
const files: [string, (ticketId: string) => Record<string, unknown>[], object, object][] = [
  [
    'a transfer to where the ticket was then',
    (ticketId) => [
      opening(ticketId),
      { ...at('09:00'), type: 'transfer', ticketId, establishment: 'NIM' },
      { ...at('10:00'), type: 'transfer', ticketId, establishment: 'MCQ' },
    ],
    { applied: 2, unchanged: 1, refused: 0 },
    { status: 'open', establishment: 'MCQ', revision: 2 },
  ],
  [
    'a reopening that came before the resolution it would undo',
    (ticketId) => [
      opening(ticketId),
      { ...at('10:00'), type: 'reopen', ticketId, reason: 'Encore muette.' },
      { ...at('09:00'), type: 'resolve', ticketId, resolution },
    ],
    { applied: 2, unchanged: 1, refused: 0 },
    { status: 'resolved', establishment: 'NIM', revision: 2 },
  ],
  [
    'a resolution of a ticket that was cancelled then',
    (ticketId) => [
      opening(ticketId),
      { ...at('09:00'), type: 'cancel', ticketId, reason: 'Retirée.' },
      { ...at('11:00'), type: 'resolve', ticketId, resolution },
      { ...at('10:00'), type: 'reopen', ticketId, reason: 'Encore muette.' },
    ],
    { applied: 3, unchanged: 0, refused: 1 },
    { status: 'open', establishment: 'NIM', revision: 3 },
  ],
];

const written = async (commands: Record<string, unknown>[]): Promise<string> => {
  const file = join(folder.path, `${randomUUID()}.ndjson`);
  await writeFile(file, commands.map((command) => `${JSON.stringify(command)}\n`).join(''));
  return file;
};

describe('importing a file twice', () => {
  it.each(files)('changes nothing the second time: %s', async (_name, commandsOf, counts, ticket) => {
    const ticketId = randomUUID();
    const file = await written(commandsOf(ticketId));
    const run = () => runImport(file, { url: server.url, dataDir: folder.path });
    const figures = async (minPosition: string) =>
      (await readFigures(client, { from: day, to: day, minPosition })).days;

    const first = await run();
    expect(first).toMatchObject({ code: 0, counts });
    const afterFirst = await figures(first.counts.position);
    const second = await run();
    expect(second).toMatchObject({ code: 0, counts: { ...counts, applied: 0 } });
    expect(await figures(second.counts.position)).toEqual(afterFirst);
    expect((await client.get(`/v1/tickets/${ticketId}`)).body).toMatchObject(ticket);
  });
});

describe('importing a file while an answer is lost', () => {
  it.each(files)(
    'has the same result as without the loss: %s',
    async (_name, commandsOf, _counts, ticket) => {
      const ticketId = randomUUID();
      const file = await written(commandsOf(ticketId));
      const proxy = await startForgetfulProxy(server.url);
      try {
        expect(await runImport(file, { url: proxy.url, dataDir: folder.path })).toMatchObject({ code: 0 });
      } finally {
        await proxy.close();
      }
      expect((await client.get(`/v1/tickets/${ticketId}`)).body).toMatchObject(ticket);
    },
  );
});

describe('importing a file with lines whose ticket can’t be read', () => {
  it('ends with exit 1 after all other lines, and the same command again applies the missing ones', async () => {
    const [broken, whole] = [randomUUID(), randomUUID()];
    const openings = [opening(broken), opening(whole)];
    expect(await runImport(await written(openings), { url: server.url, dataDir: folder.path })).toMatchObject(
      {
        code: 0,
      },
    );
    const file = await written([
      { ...at('09:00'), type: 'start', ticketId: broken },
      { ...at('09:00'), type: 'resolve', ticketId: whole, resolution },
      { ...at('10:00'), type: 'resolve', ticketId: broken, resolution },
      { ...at('10:00'), type: 'note', ticketId: whole, body: 'Vu.' },
    ]);
    const run = () => runImport(file, { url: server.url, dataDir: folder.path });

    const store = server.app.get(EventStore);
    const read = store.readStream.bind(store);
    const reading = jest.spyOn(store, 'readStream').mockImplementation((stream, from) => {
      if (stream === `ticket-${broken}`) throw new Error('what is there can’t be read');
      return read(stream, from);
    });
    const first = await run();
    expect(first).toMatchObject({ code: 1, counts: { applied: 2, unchanged: 0, refused: 0 } });
    expect(first.stderr).toMatch(/line 1, 3 could not be judged \(.+\); run the same command again/);

    reading.mockRestore();
    expect(await run()).toMatchObject({ code: 0, counts: { applied: 2, duplicate: 2, refused: 0 } });
    const { body } = await client.get(`/v1/tickets/${broken}`);
    expect(body).toMatchObject({ status: 'resolved', revision: 3 });
  });
});
