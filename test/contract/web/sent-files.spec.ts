import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOf } from '../../support/access/tokens.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let server: HostedServer;
beforeAll(async () => {
  server = await startHostedServer();
});
afterAll(() => server.close());

/** A file as it is sent to whoever accepts these encodings; `fetch` decodes what comes. */
const fileFor = async (path: string, encodings: string) => {
  const answer = await fetch(new URL(path, server.url), { headers: { 'Accept-Encoding': encodings } });
  return {
    encoding: answer.headers.get('Content-Encoding'),
    length: Number(answer.headers.get('Content-Length')),
    vary: answer.headers.get('Vary'),
    content: Buffer.from(await answer.arrayBuffer()),
  };
};

const browsers = 'gzip, deflate, br, zstd';

describe('a file of a page', () => {
  it.each([
    ...[
      '/equipe/equipe.js',
      '/equipe/equipe.css',
      '/equipe/service-worker.js',
      '/equipe/manifest.webmanifest',
    ],
    ...['/bureau/bureau.js', '/bureau/bureau.css', '/assets/board.js', '/assets/board.css'],
  ])('is sent gzipped to browsers: %s', async (path) => {
    const [plain, short] = [await fileFor(path, 'identity'), await fileFor(path, browsers)];
    expect([plain.encoding, short.encoding]).toEqual([null, 'gzip']);
    expect([plain.vary, short.vary]).toEqual(['Accept-Encoding', 'Accept-Encoding']);
    expect(short.content.equals(plain.content)).toBe(true);
    expect(plain.length).toBe(plain.content.length);
    expect(short.length).toBeLessThan(0.7 * plain.length);
  });

  it.each([
    ['gzip', 'gzip'],
    ['*', 'gzip'],
    ['gzip;q=0.5, br', 'gzip'],
    ['gzip;q=0', null],
    ['identity, gzip;q=0.5', null],
    ['br', null],
    ['', null],
  ])('is sent to whoever accepts «%s» in the encoding %s', async (accepted, encoding) => {
    expect((await fileFor('/bureau/bureau.css', accepted)).encoding).toBe(encoding);
  });

  it('is sent as it is where gzip would not make it shorter', async () => {
    for (const path of ['/equipe/icon-512.png', '/assets/a4.css'])
      expect((await fileFor(path, browsers)).encoding).toBeNull();
  });
});

describe('what is made for one person', () => {
  it('is not compressed: its length would tell of what is secret in it', async () => {
    const headers = { Authorization: `Bearer ${await tokenOf('agent')}`, 'Accept-Encoding': browsers };
    for (const path of ['/bureau', '/v1/tickets']) {
      const answer = await fetch(new URL(path, server.url), { headers });
      expect([answer.status, answer.headers.get('Content-Encoding')]).toEqual([200, null]);
      await answer.text();
    }
  });
});
