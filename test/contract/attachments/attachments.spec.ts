import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import {
  ago,
  command,
  done,
  expectProblem,
  historyOf,
  openedTicket,
  pointersOf,
  ticketOf,
} from '../../support/api/contract.js';
import { tokenOf } from '../../support/access/tokens.js';
import {
  anyPng,
  attach,
  dataFolder,
  download,
  filesIn,
  pdf,
  png,
  sha256,
  type AttachmentBody,
} from '../../support/attachments/files.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

const mebibytes = (count: number) => count * 1024 * 1024;

let server: HostedServer;
let client: Client;
let operator: Client;
let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  folder = await dataFolder();
  server = await startHostedServer({ dataDir: folder.path });
  client = await clientOf(server);
  operator = new Client(server.url, await tokenOf('operator'));
});
afterAll(async () => {
  await server.close();
  await folder.remove();
});

const listOf = async (ticketId: string) =>
  (await client.get<{ items: (AttachmentBody & { state: string })[] }>(`/v1/tickets/${ticketId}/attachments`))
    .body.items;
const filesOf = async (ticketId: string) =>
  (await filesIn(folder.path)).filter((path) => path.includes(ticketId));

describe('attaching a file', () => {
  it('answers 201 with what it is, and gives it back byte for byte', async () => {
    const ticketId = await openedTicket(client);
    const bytes = anyPng();
    const answer = await attach(client, ticketId, { bytes, name: 'Écran bleu 🙂.png' });
    const attachment = answer.body;
    expect([answer.status, attachment]).toEqual([
      201,
      {
        attachmentId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        ...{ sha256: sha256(bytes), size: bytes.length, contentType: 'image/png', name: 'Écran bleu 🙂.png' },
      },
    ]);
    expect(answer.headers.get('ETag')).toBe('"2"');
    expect(answer.headers.get('Position')).toMatch(/^\d+$/);
    const path = `/v1/tickets/${ticketId}/attachments/${attachment.attachmentId}`;
    expect(answer.headers.get('Location')).toBe(path);
    const read = await download(client, path);
    expect([read.status, read.bytes.equals(bytes)]).toEqual([200, true]);
    expect(await listOf(ticketId)).toEqual([
      {
        ...attachment,
        ...{ occurredAt: expect.any(String), addedAt: expect.any(String), addedBy: expect.any(String) },
        state: 'available',
      },
    ]);
  });

  it('is answered with what its name says of a person, the first time and again', async () => {
    const ticketId = await openedTicket(client);
    const path = `/v1/tickets/${ticketId}/attachments?commandId=${randomUUID()}`;
    const bytes = anyPng();
    const name = { 'X-File-Name': 'TREM84511234 514-555-1234.png', 'Content-Type': 'image/png' };
    for (const status of [201, 200]) {
      const answer = await client.post<object>(path, bytes, name);
      expect([answer.status, answer.body]).toMatchObject([
        status,
        {
          warnings: [
            { code: 'health-number', pointer: '/name' },
            { code: 'phone-number', pointer: '/name' },
          ],
        },
      ]);
    }
    expect((await listOf(ticketId))[0]).not.toHaveProperty('warnings');
  });

  it('happened when its sender says, which is no time to come', async () => {
    const ticketId = await openedTicket(client);
    const occurredAt = ago(1800);
    const path = `/v1/tickets/${ticketId}/attachments`;
    const file = { 'X-File-Name': 'photo.png', 'Content-Type': 'image/png' };
    const send = (at: string) => client.post(`${path}?occurredAt=${at}`, anyPng(), file);
    expect((await send(occurredAt)).status).toBe(201);
    expect(await listOf(ticketId)).toMatchObject([{ occurredAt }]);
    expect((await historyOf(client, ticketId))[1]).toMatchObject({ occurredAt, claimedAt: occurredAt });
    expectProblem(await send(ago(-3600)), 422, 'occurred-in-the-future');
    expectProblem(await send('hier'), 400, 'malformed');
    expect(await filesOf(ticketId)).toHaveLength(1);
  });

  it('is an event of the ticket, with a sentence in both languages', async () => {
    const ticketId = await openedTicket(client);
    const { body } = await attach(client, ticketId, { name: 'photo.png' });
    const [, item] = await historyOf(client, ticketId);
    expect(item).toMatchObject({ type: 'AttachmentAdded', data: body });
    expect(item!.sentence).toMatch(/ a joint le fichier «photo\.png»\.$/);
    const { body: english } = await client.get<{ items: { sentence: string }[] }>(
      `/v1/tickets/${ticketId}/history`,
      { 'Accept-Language': 'en' },
    );
    expect(english.items[1]!.sentence).toMatch(/ attached the file «photo\.png»\.$/);
  });

  it('is counted in the ticket, in answers to commands, in lists and in changes', async () => {
    const title = `Sarrasin ${randomUUID().slice(0, 8)}`;
    const ticketId = await openedTicket(client, { title });
    expect((await ticketOf(client, ticketId)).attachments).toBe(0);
    await attach(client, ticketId);
    const { headers } = await attach(client, ticketId);
    const at = headers.get('Position');
    expect((await ticketOf(client, ticketId)).attachments).toBe(2);
    expect((await done(client, ticketId, 'start')).body.attachments).toBe(2);
    const listed = await client.get<{ items: unknown[] }>(
      `/v1/tickets?q=${title.split(' ')[1]}&minPosition=${at}`,
    );
    expect(listed.body.items).toEqual([expect.objectContaining({ ticketId, attachments: 2 })]);
  });

  it('twice by the same command stores it once, and answers the same', async () => {
    const ticketId = await openedTicket(client);
    const sent = { bytes: anyPng(), commandId: randomUUID() };
    const first = await attach(client, ticketId, sent);
    const again = await attach(client, ticketId, sent);
    expect([again.status, again.body]).toEqual([200, first.body]);
    for (const name of ['ETag', 'Position', 'Location'])
      expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect(await filesOf(ticketId)).toHaveLength(1);
    expect(await historyOf(client, ticketId)).toHaveLength(2);
  });

  it('at once many times by the same command stores it once', async () => {
    const ticketId = await openedTicket(client);
    const sent = { bytes: anyPng(), commandId: randomUUID() };
    const answers = await Promise.all(Array.from({ length: 6 }, () => attach(client, ticketId, sent)));
    expect(new Set(answers.map(({ body }) => body.attachmentId)).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 201]);
    expect(await filesOf(ticketId)).toHaveLength(1);
  });

  it('with bytes that the ticket has already is answered with what is there', async () => {
    const ticketId = await openedTicket(client);
    const bytes = anyPng();
    const first = await attach(client, ticketId, { bytes, name: 'a.png' });
    const again = await attach(client, ticketId, { bytes, name: 'b.png' });
    expect([again.status, again.body]).toEqual([200, first.body]);
    expect(await filesOf(ticketId)).toHaveLength(1);
    expect(await historyOf(client, ticketId)).toHaveLength(2);
  });

  it('is refused where the command id stands for another file', async () => {
    const ticketId = await openedTicket(client);
    const commandId = randomUUID();
    await attach(client, ticketId, { commandId });
    expectProblem(await attach(client, ticketId, { commandId }), 422, 'command-id-reused');
    expect(await filesOf(ticketId)).toHaveLength(1);
  });

  it('takes ten, and no eleventh but one that is there', async () => {
    const ticketId = await openedTicket(client);
    const bytes = anyPng();
    await attach(client, ticketId, { bytes });
    for (let count = 1; count < 10; count += 1) await attach(client, ticketId);
    expectProblem(await attach(client, ticketId), 409, 'too-many-attachments');
    expect((await attach(client, ticketId, { bytes })).status).toBe(200);
    expect(await filesOf(ticketId)).toHaveLength(10);
  });

  it('takes 10 MiB, and no byte more, announced or not', async () => {
    const ticketId = await openedTicket(client);
    const largest = Buffer.concat([pdf, randomBytes(mebibytes(10) - pdf.length)]);
    expect((await attach(client, ticketId, { bytes: largest, type: 'application/pdf' })).status).toBe(201);
    const tooLarge = Buffer.concat([largest, Buffer.from('x')]);
    expectProblem(await attach(client, ticketId, { bytes: tooLarge }), 413, 'attachment-too-large');
    const unannounced = await fetch(new URL(`/v1/tickets/${ticketId}/attachments`, server.url), {
      method: 'POST',
      headers: { Authorization: `Bearer ${client.token!}`, 'X-File-Name': 'a', 'Content-Type': 'image/png' },
      body: new Blob([tooLarge]).stream(),
      duplex: 'half',
    });
    expect(unannounced.status).toBe(413);
    expect(await filesOf(ticketId)).toHaveLength(1);
  });

  it('is refused without bytes, and without a name', async () => {
    const ticketId = await openedTicket(client);
    expectProblem(await attach(client, ticketId, { bytes: '' }), 400, 'attachment-empty');
    for (const name of ['', '  ', 'dossier/', 'x'.repeat(256)])
      expect(pointersOf(expectProblem(await attach(client, ticketId, { name }), 400, 'malformed'))).toEqual([
        'X-File-Name',
      ]);
    const nameless = await client.post(`/v1/tickets/${ticketId}/attachments`, png, {
      'Content-Type': 'image/png',
    });
    expectProblem(nameless, 400, 'malformed');
    const badId = await attach(client, ticketId, { commandId: 'x' });
    expect(pointersOf(expectProblem(badId, 400, 'malformed'))).toEqual(['?commandId']);
  });

  it.each([
    ['photo.jpg', 'photo.jpg'],
    ['C:\\Photos\\écran.png', 'écran.png'],
    ['../../etc/passwd', 'passwd'],
    ['a\nb\u202e.png', 'a b.png'],
  ])('knows a file named %j as %j', async (name, known) => {
    const ticketId = await openedTicket(client);
    expect((await attach(client, ticketId, { name })).body.name).toBe(known);
  });

  it('takes a name that is written as it is, in UTF-8 or with a stray percent sign', async () => {
    const ticketId = await openedTicket(client);
    const raw = Buffer.from('été.png').toString('latin1');
    const headers = { 'X-File-Name': raw };
    expect((await attach(client, ticketId, { headers })).body.name).toBe('été.png');
    const percent = { 'X-File-Name': '100% sûr.png'.replace('û', 'u') };
    expect((await attach(client, ticketId, { headers: percent })).body.name).toBe('100% sur.png');
    expectProblem(await attach(client, ticketId, { headers: { 'X-File-Name': '\xff' } }), 400, 'malformed');
  });

  it('is refused as a note is: merged, erased, foreign, unknown, and at another revision', async () => {
    const [merged, erased, foreign] = [
      await openedTicket(client),
      await openedTicket(client),
      await openedTicket(client, { establishment: 'MCQ' }),
    ];
    await done(client, merged, 'merge', { into: await openedTicket(client) });
    expectProblem(await attach(client, merged), 409, 'ticket-merged');
    await operator.post(`/v1/admin/tickets/${erased}/erase`, { reason: 'Demande', basis: 'Loi 25' });
    expectProblem(await attach(client, erased), 409, 'texts-erased');
    const elsewhere = new Client(server.url, await tokenOf('agent', ['NIM']));
    const unknown = expectProblem(await attach(elsewhere, randomUUID()), 404, 'ticket-not-found');
    const answer = expectProblem(await attach(elsewhere, foreign), 404, 'ticket-not-found');
    expect({ ...answer, correlationId: '' }).toEqual({ ...unknown, correlationId: '' });
    const changed = await openedTicket(client);
    const headers = { 'If-Match': '"7"' };
    expectProblem(await attach(client, changed, { headers }), 412, 'version-mismatch');
    expect(await filesIn(folder.path)).not.toContainEqual(
      expect.stringMatching(new RegExp([merged, erased, foreign, changed].join('|'))),
    );
  });
});

describe('the bytes of a file', () => {
  it('are stored encrypted, for their owner’s eyes only', async () => {
    const ticketId = await openedTicket(client);
    const word = Buffer.from('sarrasin-en-clair '.repeat(5_000));
    await attach(client, ticketId, { bytes: word, type: 'text/plain', name: 'note.txt' });
    const [path = ''] = await filesOf(ticketId);
    expect((await readFile(path)).includes('sarrasin')).toBe(false);
    expect([(await stat(path)).mode & 0o777, (await stat(dirname(path))).mode & 0o777]).toEqual([
      0o600, 0o700,
    ]);
  });

  it('are always saved, unless they are an image, and run nowhere', async () => {
    const ticketId = await openedTicket(client);
    const answers = [
      await attach(client, ticketId, { bytes: pdf, type: 'application/pdf', name: 'été "1".pdf' }),
      await attach(client, ticketId),
    ];
    const headers = await Promise.all(
      answers.map(async ({ headers: sent }) => (await download(client, sent.get('Location')!)).headers),
    );
    expect(headers.map((each) => each.get('Content-Disposition'))).toEqual([
      `attachment; filename="_t_ _1_.pdf"; filename*=UTF-8''%C3%A9t%C3%A9%20%221%22.pdf`,
      `inline; filename="_cran.png"; filename*=UTF-8''%C3%A9cran.png`,
    ]);
    for (const each of headers) {
      expect(each.get('X-Content-Type-Options')).toBe('nosniff');
      expect(each.get('Cache-Control')).toBe('no-store');
      expect(each.get('Content-Security-Policy')).toBe("default-src 'none'; sandbox");
    }
    expect(headers[0]!.get('Content-Type')).toBe('application/pdf');
  });

  it('are nobody’s of another establishment, and not found by another id or under another ticket', async () => {
    const ticketId = await openedTicket(client);
    const { attachmentId } = (await attach(client, ticketId)).body;
    const foreign = new Client(server.url, await tokenOf('agent', ['MCQ']));
    for (const path of [
      `/v1/tickets/${ticketId}/attachments`,
      `/v1/tickets/${ticketId}/attachments/${attachmentId}`,
    ])
      expectProblem(await foreign.get(path), 404, 'ticket-not-found');
    const other = await openedTicket(client);
    for (const path of [
      `/v1/tickets/${ticketId}/attachments/${randomUUID()}`,
      `/v1/tickets/${other}/attachments/${attachmentId}`,
    ])
      expectProblem(await client.get(path), 404, 'attachment-not-found');
  });

  it('follow the ticket when it is transferred', async () => {
    const ticketId = await openedTicket(client);
    const { headers } = await attach(client, ticketId);
    await done(client, ticketId, 'transfer', { establishment: 'MCQ' });
    const [there, here] = [await tokenOf('agent', ['MCQ']), await tokenOf('agent', ['NIM'])];
    const path = headers.get('Location')!;
    expect((await download({ url: server.url, token: there }, path)).status).toBe(200);
    expect((await download({ url: server.url, token: here }, path)).status).toBe(404);
  });

  it('that were changed on disk are not given', async () => {
    const ticketId = await openedTicket(client);
    const { headers } = await attach(client, ticketId);
    const [path = ''] = await filesOf(ticketId);
    const bytes = await readFile(path);
    bytes[bytes.length - 20]! ^= 1;
    await writeFile(path, bytes);
    expect((await download(client, headers.get('Location')!)).status).toBe(500);
  });
});

describe('erasing the texts of a ticket', () => {
  it('deletes its files, and gives them to nobody any more', async () => {
    const ticketId = await openedTicket(client);
    const { body, headers } = await attach(client, ticketId, { name: 'Sarrasin.png' });
    await client.get(`${headers.get('Location')!}?size=thumbnail`);
    expect((await filesOf(ticketId)).length).toBeGreaterThan(0);
    const why = { reason: 'Demande', basis: 'Loi 25' };
    await operator.post(`/v1/admin/tickets/${ticketId}/erase`, why);
    expect(await filesOf(ticketId)).toEqual([]);
    for (const query of ['', '?size=thumbnail'])
      expectProblem(await client.get(`${headers.get('Location')!}${query}`), 409, 'attachment-erased');
    expect(await listOf(ticketId)).toEqual([expect.objectContaining({ ...body, name: '', state: 'erased' })]);
    const [, item] = await historyOf(client, ticketId);
    expect(item!.sentence).toMatch(/a joint le fichier «texte effacé le .*, motif: Demande»/);
    expect((await ticketOf(client, ticketId)).attachments).toBe(1);
    expect((await operator.post(`/v1/admin/tickets/${ticketId}/erase`, why)).status).toBe(200);
  });
});

describe('a reading of files', () => {
  it('is in the access log, whatever was read', async () => {
    const ticketId = await openedTicket(client);
    const { headers } = await attach(client, ticketId);
    await client.get(`/v1/tickets/${ticketId}/attachments`);
    await download(client, headers.get('Location')!);
    await download(client, `${headers.get('Location')!}?size=thumbnail`);
    const auditor = new Client(server.url, await tokenOf('auditor'));
    const { body } = await auditor.get<{ items: { action: string; establishment: string }[] }>(
      `/v1/audit/accesses?ticket=${ticketId}`,
    );
    const shown = body.items.map(({ action, establishment }) => `${action} ${establishment}`).sort();
    expect(shown).toEqual([
      'attachment NIM',
      'attachment NIM',
      'attachment NIM',
      'command NIM',
      'command NIM',
    ]);
  });
});

describe('a command that is no file', () => {
  it('has no «attach» in a batch, nor as a route', async () => {
    const ticketId = await openedTicket(client);
    const { body } = await client.post<{ results: { status: string }[] }>('/v1/sync', {
      deviceId: 'd',
      commands: [{ commandId: randomUUID(), type: 'attach', ticketId }],
    });
    expect(body.results[0]!.status).toBe('refused');
    expect((await command(client, ticketId, 'attach' as never)).status).toBe(404);
  });
  it('is JSON as before: bytes are refused elsewhere', async () => {
    const ticketId = await openedTicket(client);
    const answer = await client.post(`/v1/tickets/${ticketId}/note`, png, {
      'Content-Type': 'application/octet-stream',
    });
    expectProblem(answer, 415, 'unsupported-media-type');
  });
});
