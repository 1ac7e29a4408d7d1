import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { Client, clientOf } from '../../support/api/client.js';
import { expectProblem, openedTicket } from '../../support/api/contract.js';
import { tokenOf } from '../../support/access/tokens.js';
import { attach, dataFolder, download, pdf } from '../../support/attachments/files.js';
import { startS3, type S3Server } from '../../support/attachments/s3-server.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let store: S3Server;
let server: HostedServer;
let client: Client;
let folder: Awaited<ReturnType<typeof dataFolder>>;

const stored = async () =>
  (await readdir(folder.path, { recursive: true })).filter((name) => /original|thumbnail/.test(name));
beforeAll(async () => {
  folder = await dataFolder();
  store = await startS3(folder.path);
  const attachmentsUrl = `s3://S3RVER:S3RVER@127.0.0.1:${store.port}/billets?tls=false&region=ca-east`;
  server = await startHostedServer({ attachmentsUrl });
  client = await clientOf(server);
});
afterAll(async () => {
  await server.close();
  await store.close().catch(() => undefined);
  await folder.remove();
});

describe('files in an S3-compatible store', () => {
  it('come back byte for byte, with and without an announced length, and are deleted with the ticket', async () => {
    const ticketId = await openedTicket(client);
    const bytes = Buffer.concat([pdf, randomBytes(3_000_000)]);
    const sent = await attach(client, ticketId, { bytes, type: 'application/pdf' });
    expect(sent.status).toBe(201);
    const streamed = await fetch(new URL(`/v1/tickets/${ticketId}/attachments`, server.url), {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${client.token!}`,
        'X-File-Name': 'a.txt',
        'Content-Type': 'text/plain',
      },
      body: new Blob(['Bonjour']).stream(),
      duplex: 'half',
    });
    expect(streamed.status).toBe(201);
    expect((await download(client, sent.headers.get('Location')!)).bytes.equals(bytes)).toBe(true);
    const read = await download(client, streamed.headers.get('Location')!);
    expect(read.bytes.toString()).toBe('Bonjour');
    expect((await stored()).length).toBeGreaterThan(0);
    const operator = new Client(server.url, await tokenOf('operator'));
    await operator.post(`/v1/admin/tickets/${ticketId}/erase`, { reason: 'Demande', basis: 'Loi 25' });
    expect(await stored()).toEqual([]);
  });

  it('that come to nothing are not stored', async () => {
    const ticketId = await openedTicket(client);
    const tooLarge = Buffer.alloc(10 * 1024 * 1024 + 1, 'a');
    expectProblem(await attach(client, ticketId, { bytes: tooLarge }), 413, 'attachment-too-large');
    expect(await stored()).toEqual([]);
  });

  it('are answered with 503 while the store is away, and taken once it is back', async () => {
    const ticketId = await openedTicket(client);
    const sent = { bytes: randomBytes(2_000), type: 'application/octet-stream' };
    await store.close();
    const away = await attach(client, ticketId, sent);
    expectProblem(away, 503, 'unavailable');
    expect(away.headers.get('Retry-After')).not.toBeNull();
    store = await startS3(folder.path, store.port);
    expect((await attach(client, ticketId, sent)).status).toBe(201);
  });
});
