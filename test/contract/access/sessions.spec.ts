import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSettings, type Settings } from '../../../src/config/settings.js';
import { startServer, type Server } from '../../../src/boot/server.js';
import { createDatabase, type TestDatabase } from '../../support/database/database.js';
import { PlainBrowser, type Jar } from '../../support/access/session.js';
import { testMasterKey } from '../../support/keys/master-key.js';

const page = '/jours/2026-05-15';
const secrets = ['q8Zr2LmN5vXc7BtY1wKj4HsDf9GpA3eU', 'Zt5kQw9eR2yU7iOp4aSd6fGh1jKl3xCv'] as const;

let database: TestDatabase;
const servers: Server[] = [];
const start = async (changes: Partial<Settings> = {}): Promise<Server> => {
  const server = await startServer({
    ...readSettings({ MASTER_KEY: testMasterKey }),
    ...{ port: 0, databaseUrl: database.url, logLevel: 'silent', sessionSecrets: [secrets[0]], ...changes },
  });
  servers.push(server);
  return server;
};
beforeAll(async () => {
  database = await createDatabase();
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await database.drop();
});

const at = (server: Server) => new PlainBrowser(() => server.url);
const opens = async (server: Server, jar: Jar): Promise<boolean> =>
  (await at(server).send(new Map(jar), page)).status === 200;
const signOut = (server: Server, jar: Jar) =>
  at(server).send(jar, '/sign-out', { method: 'POST', headers: { Origin: server.url } });
/** As if it were so long ago that it was used, renewed or begun last. */
const aged = (column: 'seen_at' | 'renewed_at' | 'ends_at', seconds: number) =>
  database.query(`UPDATE access.sessions SET ${column} = ${column} - make_interval(secs => $1)`, [seconds]);

describe('a session', () => {
  let server: Server;
  beforeAll(async () => {
    server = await start();
  });

  it('is over for every copy of its cookie, in every process, once it is signed out', async () => {
    const other = await start();
    const { jar } = await at(server).signedIn('producer');
    const copy = new Map(jar);
    expect([await opens(server, copy), await opens(other, copy)]).toEqual([true, true]);
    expect((await signOut(server, jar)).status).toBe(303);
    expect([await opens(server, copy), await opens(other, copy)]).toEqual([false, false]);
    const api = await at(other).send(copy, '/v1/billets-quotidiens/2026-05-15');
    expect(api.status).toBe(401);
    const again = await start();
    expect(await opens(again, copy)).toBe(false);
  });

  it('of one person goes on when another’s ends', async () => {
    const [one, other] = [await at(server).signedIn('producer'), await at(server).signedIn('producer')];
    await signOut(server, one.jar);
    expect(await opens(server, other.jar)).toBe(true);
  });

  it('outlives a restart of the process', async () => {
    const { jar } = await at(server).signedIn('producer');
    expect(await opens(await start(), jar)).toBe(true);
  });

  it('ends the one before in the same browser', async () => {
    const before = new Map([['session', (await at(server).signedIn('producer')).jar.get('session')!]]);
    const jar = new Map(before);
    const callback = await at(server).chosen(jar, await at(server).begun(jar), 'producer');
    await at(server).send(jar, callback);
    expect([await opens(server, before), await opens(server, jar)]).toEqual([false, true]);
  });

  it('is nothing that can be made from what the database holds', async () => {
    const { jar } = await at(server).signedIn('producer');
    const rows = await database.query<{ id: Buffer }>('SELECT * FROM access.sessions');
    expect(rows.length).toBeGreaterThan(0);
    const cookie = jar.get('session')!;
    expect(JSON.stringify(rows)).not.toContain(cookie);
    for (const { id } of rows) {
      for (const made of [id.toString('hex'), id.toString('base64url')]) {
        expect(await opens(server, new Map([['session', made]]))).toBe(false);
      }
    }
  });

  it('is over when it was not used for as long as one may be, and not before', async () => {
    const { jar } = await at(server).signedIn('producer');
    await aged('seen_at', readSettings({}).sessions.idleSeconds - 60);
    expect(await opens(server, jar)).toBe(true);
    await aged('seen_at', readSettings({}).sessions.idleSeconds - 60);
    expect(await opens(server, jar)).toBe(true);
    await aged('seen_at', readSettings({}).sessions.idleSeconds + 1);
    expect(await opens(server, jar)).toBe(false);
  });

  it('is not used by what a page asks for by itself', async () => {
    const { jar } = await at(server).signedIn('agent');
    const { idleSeconds } = readSettings({}).sessions;
    await aged('seen_at', idleSeconds - 60);
    const path = `/v1/tickets/${randomUUID()}/viewers/${randomUUID()}`;
    const headers = { Origin: server.url };
    expect((await at(server).send(new Map(jar), path, { method: 'PUT', headers })).status).toBe(404);
    await aged('seen_at', 61);
    expect((await at(server).send(new Map(jar), path, { method: 'PUT', headers })).status).toBe(401);
  });

  it('is over when it lasted as long as one may, however much it is used', async () => {
    const { jar } = await at(server).signedIn('producer');
    await aged('ends_at', readSettings({}).sessions.lifetimeSeconds + 1);
    expect(await opens(server, jar)).toBe(false);
  });

  it('is open as long as the settings say', async () => {
    const limits = { ...readSettings({}).sessions, lifetimeSeconds: 77 };
    const { end } = await at(await start({ sessions: limits })).signedIn('producer');
    expect(end.headers.getSetCookie().find((line) => line.startsWith('session='))).toContain('Max-Age=77');
    await database.query('DELETE FROM access.sessions');
  });

  it('leaves nothing for the next person in what the browser keeps of our answers', async () => {
    const { jar } = await at(server).signedIn('producer');
    const answer = await signOut(server, jar);
    expect(answer.headers.get('Clear-Site-Data')).toBe('"cache"');
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
  });
});

describe('a live connection', () => {
  it.each([
    ['the board’s', '/board/events', 'producer'],
    ['the tickets’', '/v1/events', 'agent'],
  ])('ends when its session is ended elsewhere: %s', async (_what, path, role) => {
    const [server, other] = [await start(), await start()];
    const { jar } = await at(server).signedIn(role);
    const cookie = `session=${jar.get('session')!}`;
    const listening = await fetch(new URL(path, server.url), {
      headers: { cookie, Accept: 'text/event-stream' },
    });
    expect(listening.status).toBe(200);
    let ended = false;
    const read = listening.text().finally(() => (ended = true));
    await at(other).send(new Map(), '/');
    expect(ended).toBe(false);
    await signOut(other, jar);
    await read;
  });
});

describe('the secret of sessions', () => {
  it('can be replaced: the new one signs, the old one is still accepted, until it is taken away', async () => {
    const { jar } = await at(await start()).signedIn('producer');
    const both = await start({ sessionSecrets: [secrets[1], secrets[0]] });
    expect(await opens(both, jar)).toBe(true);
    const { jar: newer } = await at(both).signedIn('producer');
    const onlyNew = await start({ sessionSecrets: [secrets[1]] });
    expect([await opens(onlyNew, jar), await opens(onlyNew, newer)]).toEqual([false, true]);
  });
});
