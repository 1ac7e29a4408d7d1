import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import encodeJpeg, { init } from '@jsquash/jpeg/encode.js';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { clientOf, type Client } from '../../support/api/client.js';
import { expectProblem, openedTicket } from '../../support/api/contract.js';
import { attach, dataFolder, download, pdf, png } from '../../support/attachments/files.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
let folder: Awaited<ReturnType<typeof dataFolder>>;
beforeAll(async () => {
  folder = await dataFolder();
  server = await startHostedServer({ dataDir: folder.path });
  client = await clientOf(server);
});
afterAll(async () => {
  await server.close();
  await folder.remove();
});

const html = '<!DOCTYPE html><script>alert(1)</script>';
const svg = '<?xml version="1.0"?>\n<!-- x --><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>';
const elf = Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), Buffer.alloc(64)]);
const exe = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(64)]);

describe('the type of a file', () => {
  it.each<[string, Uint8Array | string, string, string]>([
    ['an image', png, 'image/png', 'image/png'],
    ['an image that says it is another kind', png, 'image/jpeg', 'image/png'],
    ['an image that says nothing', png, 'application/octet-stream', 'image/png'],
    ['an image that says it is a PDF', png, 'application/pdf', 'application/octet-stream'],
    ['a PDF', pdf, 'application/pdf', 'application/pdf'],
    ['a PDF that says it is an image', pdf, 'image/png', 'application/octet-stream'],
    ['a text', 'Imprimante hors ligne', 'text/plain; charset=iso-8859-1', 'text/plain'],
    ['a text that speaks of HTML', 'réponse: <html><script>', 'text/plain', 'text/plain'],
    ['a table', 'a;b\n1;2\n', 'text/csv', 'text/csv'],
    ['JSON', '{"a":1}', 'application/json', 'text/plain'],
    ['a text that says it is an image', 'pas une image', 'image/png', 'application/octet-stream'],
    ['bytes that nobody knows', Buffer.from([0, 1, 2, 3]), 'image/png', 'application/octet-stream'],
  ])('is what its bytes are: %s', async (_what, bytes, type, contentType) => {
    const answer = await attach(client, await openedTicket(client), { bytes, type });
    expect([answer.status, answer.body.contentType]).toEqual([201, contentType]);
    const read = await download(client, answer.headers.get('Location')!);
    expect([read.status, read.headers.get('Content-Type')]).toEqual([200, contentType]);
    const kind = contentType === 'image/png' ? /^inline/ : /^attachment/;
    expect(read.headers.get('Content-Disposition')).toMatch(kind);
  });

  it.each<[string, Uint8Array | string, string]>([
    ['HTML by its bytes', html, 'text/plain'],
    ['HTML in UTF-16', Buffer.from(`\ufeff${html}`, 'utf16le'), 'text/plain'],
    ['HTML by what is declared', 'bonjour', 'text/html'],
    ['SVG', svg, 'image/png'],
    ['SVG by what is declared', png, 'image/svg+xml'],
    ['a program for Linux', elf, 'image/png'],
    ['a program for Windows', exe, 'application/octet-stream'],
    ['a script for a shell', '#!/bin/sh\nrm -rf /', 'text/plain'],
    ['JavaScript', 'alert(1)', 'text/javascript'],
  ])('is refused where a desktop or a browser would run it: %s', async (_what, bytes, type) => {
    const ticketId = await openedTicket(client);
    expectProblem(await attach(client, ticketId, { bytes, type }), 415, 'attachment-type-refused');
    const { body } = await client.get<{ items: unknown[] }>(`/v1/tickets/${ticketId}/attachments`);
    expect(body.items).toEqual([]);
  });

  it('is refused where its name makes a desktop or a browser run it', async () => {
    const ticketId = await openedTicket(client);
    const names = [
      ...['a.bat', 'a.CMD', 'a.ps1', 'a.js', 'a.mjs', 'a.hta', 'a.msi', 'a.lnk', 'a.vbs', 'a.scr', 'a.jar'],
      ...[
        'rapport.html',
        'x.htm',
        'x.xhtml',
        'plan.svg',
        'photo.png.exe',
        'photo.exe.',
        'photo.exe. . ',
        'a.sh',
      ],
    ];
    for (const name of names) {
      const sent = { bytes: 'bonjour', type: 'text/plain', name };
      expectProblem(await attach(client, ticketId, sent), 415, 'attachment-type-refused');
    }
    const link = Buffer.from('4c0000000114020000000000c000000000000046', 'hex');
    const sent = { bytes: link, type: 'application/octet-stream', name: 'raccourci' };
    expectProblem(await attach(client, ticketId, sent), 415, 'attachment-type-refused');
    for (const name of ['batterie', 'exe.txt', 'lisez-moi.md', 'htm', 'msi.log', 'journal.json']) {
      expect((await attach(client, ticketId, { bytes: `Vu ${name}`, type: 'text/plain', name })).status).toBe(
        201,
      );
    }
  });
});

/** A JPEG of these dimensions, with EXIF that says it lies on its side, and a word in it. */
const photo = async (width: number, height: number): Promise<Buffer> => {
  const wasm = createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm');
  const { WebAssembly: assembly } = globalThis as unknown as {
    WebAssembly: { compile: (bytes: Uint8Array) => Promise<object> };
  };
  await init(await assembly.compile(await readFile(wasm)));
  const data = new Uint8ClampedArray(width * height * 4).fill(120);
  const jpeg = Buffer.from(await encodeJpeg({ data, width, height, colorSpace: 'srgb' }));
  const orientation = Buffer.from('4d4d002a00000008000101120003000000010006000000000000', 'hex');
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), orientation, Buffer.from('Sarrasin')]);
  const head = Buffer.alloc(4);
  head.writeUInt16BE(0xffe1);
  head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
};

/** What a JPEG says of its size. */
const sizeOf = (jpeg: Buffer): [width: number, height: number] => {
  const at = jpeg.indexOf(Buffer.from([0xff, 0xc0])) + jpeg.indexOf(Buffer.from([0xff, 0xc2])) + 1;
  return [jpeg.readUInt16BE(at + 7), jpeg.readUInt16BE(at + 5)];
};

const thumbnailOf = (location: string | null) => download(client, `${location!}?size=thumbnail`);

describe('the thumbnail of an image', () => {
  it('has 320 pixels at most, lies as its camera was held, and tells nothing of where it was taken', async () => {
    const sent = await attach(client, await openedTicket(client), {
      ...{ bytes: await photo(1_600, 800), type: 'image/jpeg', name: 'photo.jpeg' },
    });
    for (const time of ['made', 'kept']) {
      const { status, headers, bytes } = await thumbnailOf(sent.headers.get('Location'));
      expect([time, status, headers.get('Content-Type')]).toEqual([time, 200, 'image/jpeg']);
      expect(headers.get('Content-Disposition')).toMatch(/^inline; filename="photo\.jpg"/);
      expect([bytes.includes('Exif'), bytes.includes('Sarrasin')]).toEqual([false, false]);
      expect(sizeOf(bytes)).toEqual([160, 320]);
    }
  });

  it('is made of a PNG', async () => {
    const sent = await attach(client, await openedTicket(client));
    expect(sizeOf((await thumbnailOf(sent.headers.get('Location'))).bytes)).toEqual([1, 1]);
  });

  it('is not made of what is no image, of a broken one, nor of one that is huge', async () => {
    const broken = Buffer.concat([png.subarray(0, 40), Buffer.alloc(100)]);
    const huge = Buffer.from(png);
    huge.writeUInt32BE(60_000, 16);
    huge.writeUInt32BE(60_000, 20);
    for (const bytes of [pdf, broken, huge]) {
      const sent = await attach(client, await openedTicket(client), {
        bytes,
        type: 'application/octet-stream',
      });
      const answer = await client.get(`${sent.headers.get('Location')!}?size=thumbnail`);
      expectProblem(answer, 422, 'thumbnail-not-available');
    }
  });

  it('has no other sizes', async () => {
    const sent = await attach(client, await openedTicket(client));
    expectProblem(await client.get(`${sent.headers.get('Location')!}?size=large`), 400, 'malformed');
  });
});
