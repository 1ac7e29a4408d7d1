import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '../support/api/client.js';
import { expectProblem, openedTicket } from '../support/api/contract.js';
import { tokenOfAll } from '../support/access/tokens.js';
import { attach, dataFolder, download, filesIn, pdf } from '../support/attachments/files.js';
import { createMigratedDatabase } from '../support/database/database.js';
import { patienceMs } from '../support/patience.js';
import { startServerProcess, stopServerProcesses } from '../support/server/server-process.js';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await stopServerProcesses();
  for (const close of opened.splice(0).reverse()) await close();
});
afterAll(stopServerProcesses);

const place = async () => {
  const folder = await dataFolder();
  const database = await createMigratedDatabase();
  opened.push(folder.remove, () => database.drop());
  const settings = { DATABASE_URL: database.url, DATA_DIR: folder.path, RATE_LIMIT: '0' };
  const start = async () => {
    const server = await startServerProcess(settings);
    return { server, client: new Client(server.url, await tokenOfAll()) };
  };
  return { dataDir: folder.path, database, start };
};

/** Begins an upload that announces more than it sends; it stays open. */
const beginUpload = ({ url, token }: Client, ticketId: string) => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.write(
    [
      `POST /v1/tickets/${ticketId}/attachments?commandId=${randomUUID()} HTTP/1.1`,
      ...[`Host: ${hostname}`, `Authorization: Bearer ${token!}`, 'X-File-Name: a.pdf'],
      ...['Content-Type: application/pdf', 'Content-Length: 5000000', '', ''],
    ].join('\r\n'),
  );
  socket.write(pdf);
  socket.write(Buffer.alloc(1_000_000));
  return socket;
};

const until = async (isSo: () => Promise<boolean>): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it did not come to that');
    await sleep(20);
  }
};

describe('an upload', () => {
  it('leaves nothing behind where the server is killed amid it, once there is one again', async () => {
    const { dataDir, start } = await place();
    const first = await start();
    const ticketId = await openedTicket(first.client);
    const socket = beginUpload(first.client, ticketId);
    await until(async () => (await filesIn(dataDir)).length === 1);
    await first.server.kill('SIGKILL');
    socket.destroy();
    expect(await filesIn(dataDir)).toHaveLength(1);
    const { client } = await start();
    await until(async () => (await filesIn(dataDir)).length === 0);
    const { body } = await client.get<{ items: unknown[] }>(`/v1/tickets/${ticketId}/attachments`);
    expect(body.items).toEqual([]);
    expect((await attach(client, ticketId)).status).toBe(201);
  });

  it('that is broken off leaves nothing behind, and is no error in the log', async () => {
    const { dataDir, database, start } = await place();
    const { client, server } = await start();
    const socket = beginUpload(client, await openedTicket(client));
    await until(async () => (await filesIn(dataDir)).length === 1);
    socket.destroy();
    await until(async () => (await filesIn(dataDir)).length === 0);
    await until(async () => (await database.query('SELECT FROM attachments.objects')).length === 0);
    expect(server.output()).not.toMatch(/"level":(?:50|60)/);
  });

  it('is answered 503 while nothing can be stored, and taken once it can', async () => {
    const { dataDir, start } = await place();
    const { client } = await start();
    const ticketId = await openedTicket(client);
    // What is written to this device finds the disk full; a folder that is a file can’t be used, even by root.
    await mkdir(join(dataDir, 'attachments'), { recursive: true });
    const unfinished = join(dataDir, 'attachments', 'unfinished');
    await symlink('/dev/full', unfinished);
    const away = await attach(client, ticketId);
    expectProblem(away, 503, 'unavailable');
    expect(away.headers.get('Retry-After')).not.toBeNull();
    await rm(unfinished);
    const sent = await attach(client, ticketId);
    expect(sent.status).toBe(201);
    expect((await download(client, sent.headers.get('Location')!)).status).toBe(200);
    await chmod(join(dataDir, 'attachments'), 0o700);
  });

  it('of five megabytes, two hundred times, takes no more memory', async () => {
    const { start } = await place();
    const { client, server } = await start();
    const residentMegabytes = async () =>
      Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;
    const sendMany = async (count: number) => {
      for (let sent = 0; sent < count; sent += 10) {
        const ticketId = await openedTicket(client);
        const files = Array.from({ length: 10 }, () => {
          const bytes = Buffer.concat([pdf, Buffer.alloc(5_000_000)]);
          bytes.write(randomUUID(), pdf.length);
          return bytes;
        });
        for (const { status } of await Promise.all(
          files.map((bytes) => attach(client, ticketId, { bytes, type: 'application/pdf' })),
        ))
          expect(status).toBe(201);
      }
    };
    await sendMany(40);
    const before = await residentMegabytes();
    await sendMany(200);
    // A gigabyte went through it; what is read and not written yet is a few megabytes.
    expect(await residentMegabytes()).toBeLessThan(before + 100);
  });
});
