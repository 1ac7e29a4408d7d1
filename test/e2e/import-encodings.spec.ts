import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { clientOf, type Client } from '../support/api/client.js';
import { runImport } from '../support/cli/import-process.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

let server: HostedServer;
let client: Client;
let folder: TemporaryFolder;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  folder = await temporaryFolder();
});
afterAll(async () => {
  await server.close();
  await folder.remove();
});

const opening = (title: string) => ({
  commandId: randomUUID(),
  ticketId: randomUUID(),
  type: 'open',
  establishment: 'NIM',
  title,
  category: 'impression',
  priority: 'P3',
});
const line = (command: object, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(`${JSON.stringify(command)}\n`, encoding);

const run = async (bytes: Buffer, name: string, ...more: string[]) => {
  const file = join(folder.path, name);
  await writeFile(file, bytes);
  return runImport(file, { url: server.url, dataDir: folder.path, arguments: more });
};
const titleOf = async ({ ticketId }: { ticketId: string }) => {
  const { status, body } = await client.get(`/v1/tickets/${ticketId}`);
  return status === 200 ? body.title : status;
};

describe('importing a file with a line that is not UTF-8', () => {
  it.each([
    ['a plain file', 'plain.ndjson', (bytes: Buffer) => bytes, []],
    ['a compressed file', 'packed.ndjson.gz', (bytes: Buffer) => gzipSync(bytes), []],
    ['small batches', 'small.ndjson', (bytes: Buffer) => bytes, ['--batch', '1']],
  ])('applies the lines before it, none from it on, and fails: %s', async (_what, name, packed, more) => {
    const [before, broken, after] = [opening('Né avant'), opening('Bris d’été'), opening('Arrivé après')];
    const bytes = packed(Buffer.concat([line(before), line(broken, 'latin1'), line(after)]));
    const { code, counts, stderr } = await run(bytes, name, ...more);
    expect([code, counts.applied, counts.refused]).toEqual([1, 1, 0]);
    expect(stderr).toContain('line 2 is not utf-8; the lines before it were sent, nothing from it on was');
    expect(stderr).toContain('--encoding windows-1252');
    expect(await Promise.all([before, broken, after].map(titleOf))).toEqual(['Né avant', 404, 404]);
  });

  it('reads the file in the given encoding, and writes refused lines in UTF-8', async () => {
    const [good, refused] = [opening('Réseau'), { ...opening('Dépôt'), priority: 'É9' }];
    const bytes = Buffer.concat([line(good, 'latin1'), line(refused, 'latin1')]);
    const { code, counts, stderr } = await run(bytes, 'old.ndjson', '--encoding', 'windows-1252');
    expect([code, counts.applied, counts.refused]).toEqual([0, 1, 1]);
    expect(await titleOf(good)).toBe('Réseau');
    const kept = /in (\S+\.refused\.ndjson):/.exec(stderr)?.[1] ?? '';
    expect(JSON.parse(await readFile(kept, 'utf8'))).toEqual(refused);
  });

  it('names the known encodings where it does not know the given one', async () => {
    const failed = run(line(opening('x')), 'x.ndjson', '--encoding', 'ebcdic');
    await expect(failed).rejects.toThrow(/exit 1: --encoding: expected a name .* not "ebcdic"/);
  });
});
