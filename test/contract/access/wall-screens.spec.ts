import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { roles, type Role } from '../../../src/access/permissions.js';
import { PlainBrowser, type Jar } from '../../support/access/session.js';
import { runningRoutes } from '../../support/api/routes.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';

let server: HostedServer;
let producer: Jar;
const browser = new PlainBrowser(() => server.url);
beforeAll(async () => {
  server = await startHostedServer();
  ({ jar: producer } = await browser.signedIn('producer'));
});
afterAll(() => server.close());

const post = (jar: Jar, path: string, fields: Record<string, string>, origin = server.url) =>
  browser.send(jar, path, { method: 'POST', headers: { Origin: origin }, body: new URLSearchParams(fields) });

const codeFor = async (label: string, jar = producer): Promise<string> => {
  const answer = await post(jar, '/ecrans', { label });
  expect(answer.status).toBe(200);
  return /id="code">([^<]+)</.exec(await answer.text())![1]!;
};
const screenFor = async (label: string): Promise<Jar> => {
  const jar: Jar = new Map();
  const answer = await post(jar, '/ecran', { code: await codeFor(label) });
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/']);
  return jar;
};
const showsBoard = async (jar: Jar): Promise<boolean> =>
  (await (await browser.send(new Map(jar), '/')).text()).includes('id="board"');
const endOf = async (label: string): Promise<string> => {
  const list = await (await browser.send(producer, '/ecrans')).text();
  return new RegExp(`${label}</h2>[^]*?action="(/ecrans/[0-9a-f]+/end)"`).exec(list)![1]!;
};

describe('a screen on a wall', () => {
  it('shows the board, live, with nobody signed in at it', async () => {
    const jar = await screenFor('Accueil');
    const page = await (await browser.send(jar, '/')).text();
    expect(page).toContain('id="board"');
    expect(page).not.toContain('/sign-out');
    expect(page).not.toContain('href="/ecrans"');
    // Nobody touches it, and what links lead to is closed to it.
    expect(page).toContain('data-layout="wall"');
    expect(page).not.toMatch(/<a (?!id="sign-in-again")|<button/);
    const listening = new AbortController();
    const live = await fetch(new URL('/board/events', server.url), {
      headers: { cookie: `session=${jar.get('session')!}` },
      signal: listening.signal,
    });
    expect(live.status).toBe(200);
    listening.abort();
  });

  it('can do nothing else, by any route there is', async () => {
    const jar = await screenFor('Corridor');
    const open = [
      '/',
      '/.well-known/bulletin-keys.json',
      '/ecran',
      '/equipe',
      '/sign-in',
      '/sign-out',
      '/board/events',
      '/metrics',
      '/openapi.json',
    ];
    const isOpen = (path: string) =>
      open.includes(path) ||
      /^\/(docs|assets|health|problems|problemes|sign-in|(equipe|bureau)\/:name)/.test(path);
    const closed = runningRoutes(await server.routeTree()).filter(({ path }) => !isOpen(path));
    expect(closed.length).toBeGreaterThan(40);
    for (const { method, path } of closed) {
      const address = path.replaceAll(/:date/g, '2026-05-15').replaceAll(/:\w+/g, '1');
      const isForm = method === 'POST' && !path.startsWith('/v1/');
      const answer = await browser.send(jar, address, {
        method,
        headers: {
          Origin: server.url,
          'Content-Type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
        },
        ...(method === 'GET' || method === 'DELETE' ? {} : { body: isForm ? 'label=x&revision=1' : '{}' }),
      });
      expect([method, path, answer.status]).toEqual([method, path, 403]);
    }
  });

  it('is let in by its code once, however that is typed', async () => {
    const code = await codeFor('Salle 2');
    const typed = ` ${code.toLowerCase().replace('-', ' ')} `;
    const jar: Jar = new Map();
    expect((await post(jar, '/ecran', { code: typed })).status).toBe(303);
    expect(await showsBoard(jar)).toBe(true);
    const second: Jar = new Map();
    expect((await post(second, '/ecran', { code })).status).toBe(400);
    expect(await showsBoard(second)).toBe(false);
  });

  it.each(['AAAAA-AAAAA', '%', 'code', "' OR 1=1 --", 'A'.repeat(40)])(
    'is not let in by what is no code: %s',
    async (code) => {
      const jar: Jar = new Map();
      const answer = await post(jar, '/ecran', { code });
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('Demandez-en un autre');
      expect(jar.has('session')).toBe(false);
    },
  );

  it('is not let in by a code whose minutes are over', async () => {
    const code = await codeFor('Trop tard');
    await server.database.query(
      `UPDATE access.sessions SET claimable_until = now() - interval '1 second' WHERE label = 'Trop tard'`,
    );
    expect((await post(new Map(), '/ecran', { code })).status).toBe(400);
    expect(await (await browser.send(producer, '/ecrans')).text()).not.toContain('Trop tard');
  });

  it('is not put there by another site’s page', async () => {
    const code = await codeFor('Ailleurs');
    const answer = await post(new Map(), '/ecran', { code }, 'https://elsewhere.example');
    // Refused before its body is read, as a request without a token is.
    expect(answer.status).toBe(401);
  });

  it('shows nothing any more once it is removed, and removing it again changes nothing', async () => {
    const jar = await screenFor('Urgence');
    const live = await fetch(new URL('/board/events', server.url), {
      headers: { cookie: `session=${jar.get('session')!}` },
    });
    const end = await endOf('Urgence');
    expect((await post(producer, end, {})).status).toBe(303);
    await live.text();
    expect(await showsBoard(jar)).toBe(false);
    expect((await post(producer, end, {})).status).toBe(303);
  });

  it('goes on when the one who added it signs out, unused for as long as it may last', async () => {
    const { jar: other } = await browser.signedIn('operator');
    const jar: Jar = new Map();
    await post(jar, '/ecran', { code: await codeFor('Pharmacie', other) });
    await post(other, '/sign-out', {});
    await server.database.query(
      `UPDATE access.sessions SET seen_at = now() - interval '300 days' WHERE label = 'Pharmacie'`,
    );
    expect(await showsBoard(jar)).toBe(true);
    await server.database.query(`UPDATE access.sessions SET ends_at = now() WHERE label = 'Pharmacie'`);
    expect(await showsBoard(jar)).toBe(false);
  });

  it('is added by producers and operators only', async () => {
    for (const role of roles.filter((name) => !['producer', 'operator'].includes(name))) {
      const { jar } = await browser.signedIn(role);
      expect((await post(jar, '/ecrans', { label: 'x' })).status).toBe(403);
    }
  });

  it('is nothing that a token can say it is', async () => {
    const claimed: readonly string[] = ['wall-screen'];
    const token = await tokenOf(claimed as Role[]);
    const answer = await fetch(new URL('/board/events', server.url), {
      headers: { Authorization: `Bearer ${token}`, Accept: 'text/event-stream' },
    });
    expect(answer.status).toBe(403);
    await answer.text();
  });

  it('is kept as nothing that lets another one in', async () => {
    const code = await codeFor('Bloc');
    const rows = await server.database.query('SELECT * FROM access.sessions');
    expect(JSON.stringify(rows)).not.toContain(code.replace('-', ''));
  });
});
