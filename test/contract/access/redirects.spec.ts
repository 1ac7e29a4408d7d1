import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { exchange } from '../../support/api/raw-http.js';
import { PlainBrowser, type Jar } from '../../support/access/session.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

let server: HostedServer;
let jar: Jar;
const browser = new PlainBrowser(() => server.url);
beforeAll(async () => {
  server = await startHostedServer();
  ({ jar } = await browser.signedIn('producer'));
});
afterAll(() => server.close());

/** The origin that a Location header leads a browser to from the requested path; undefined without a redirect. */
const originSentTo = (location: string | null, from = '/'): string | undefined =>
  location === null ? undefined : new URL(location, new URL(from, server.url)).origin;

/** A GET whose target goes over the socket unchanged; any client that parses URLs would normalize it. */
const rawGet = (target: string, headers: Record<string, string> = {}) =>
  exchange(
    server.url,
    [
      `GET ${target} HTTP/1.1`,
      ...Object.entries({ Host: new URL(server.url).host, ...headers }).map(
        ([name, value]) => `${name}: ${value}`,
      ),
      'Connection: close',
      '\r\n',
    ].join('\r\n'),
  );

/** Addresses that lead to evil.test for at least one URL parser. */
const elsewhere = [
  'https://evil.test/',
  '//evil.test/',
  '///evil.test/',
  '/\\evil.test',
  '\\\\evil.test',
  '/\t/evil.test',
  '/..//evil.test/x',
  '/.//evil.test/x',
  '/a/..//evil.test/x',
  '/%2e%2e//evil.test/x',
  '/..\\\\evil.test/x',
  '/../..////evil.test',
  'blob:https://evil.test/',
  'javascript:alert(1)',
];

describe('signing in', () => {
  it.each(elsewhere)('always ends on this server, whatever returnTo says: %j', async (returnTo) => {
    const { end } = await browser.signedIn('producer', returnTo);
    expect(originSentTo(end.headers.get('Location'), '/sign-in/callback')).toBe(server.url);
  });

  it.each([
    'http://evil.test/sign-in',
    'http://evil.test//evil.test/sign-in',
    'https://evil.test/sign-in?returnTo=/x',
  ])('begins on this server only, whatever host the request names: %s', async (target) => {
    for (const host of ['evil.test', new URL(server.url).host]) {
      const answer = await rawGet(target, { Host: host });
      const location = answer.headers.get('Location');
      expect(originSentTo(location?.trim() ?? null) ?? server.url).toBe(server.url);
    }
  });
});

describe('the provider of development', () => {
  it('answers by its own name only, which a stranger’s page can’t take for its own', async () => {
    const discovery = '/development-sign-in/.well-known/openid-configuration';
    expect((await rawGet(discovery)).status).toBe(200);
    for (const host of [
      'evil.test',
      `evil.test:${new URL(server.url).port}`,
      `${new URL(server.url).host}.evil.test`,
    ]) {
      expect((await rawGet(discovery, { Host: host })).status).toBe(421);
    }
  });
});

describe('signing out', () => {
  it.each(elsewhere)('always ends on this server, whatever its parameters say: %j', async (returnTo) => {
    const answer = await browser.send(
      new Map(),
      `/sign-out?${new URLSearchParams({ returnTo, post_logout_redirect_uri: returnTo }).toString()}`,
      { method: 'POST', headers: { Origin: server.url } },
    );
    expect(originSentTo(answer.headers.get('Location'))).toBe(server.url);
  });
});

describe('no answer redirects a browser to another host', () => {
  const templates = [
    '/jours?date=',
    '/bulletins/open?date=',
    '/bulletins/',
    '/jours/',
    '/?lang=',
    '/docs/',
    '/equipe/',
    '/assets/',
    '/',
    '',
  ];

  it.each(['signed in', 'not signed in'])(
    'on any path with a hostile ending, %s',
    async (who) => {
      const cookie = [...(who === 'signed in' ? jar : new Map<string, string>())]
        .map(([name, value]) => `${name}=${value}`)
        .join('; ');
      for (const template of templates) {
        for (const end of elsewhere) {
          for (const written of [encodeURIComponent(end), end.replaceAll(/[\t ]/g, '%09')]) {
            const answer = await rawGet(`${template}${written}`, {
              Accept: 'text/html',
              Cookie: cookie,
            }).catch(() => undefined);
            const location = answer?.headers.get('Location')?.trim() ?? null;
            expect([template, written, originSentTo(location) ?? server.url]).toEqual([
              template,
              written,
              server.url,
            ]);
          }
        }
      }
    },
    60_000,
  );

  it('on any chain of the pieces that addresses are made of', async () => {
    const piece = fc.constantFrom(
      '/',
      '//',
      '\\',
      '.',
      '..',
      '%2e',
      '%2f',
      '%5c',
      '@',
      ':',
      'evil.test',
      'a',
      '?',
      '#',
    );
    const ends = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('/sign-in?returnTo=', ...templates), ends, async (template, end) => {
        const own: Jar = new Map(template.startsWith('/sign-in') ? [] : jar);
        const answer = await rawGet(`${template || '/'}${end}`, {
          Accept: 'text/html',
          Cookie: [...own].map(([name, value]) => `${name}=${value}`).join('; '),
        });
        const location = answer.headers.get('Location')?.trim() ?? null;
        expect(originSentTo(location) ?? server.url).toBe(server.url);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});
