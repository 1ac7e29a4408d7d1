import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { signDevelopmentToken } from '../../../../src/access/development-issuer.js';
import { Client, clientOf } from '../../../support/api/client.js';
import { createDatabase, type TestDatabase } from '../../../support/database/database.js';
import { until } from '../../../support/projections/projections.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../../../support/server/server-process.js';

jest.setTimeout(300_000);

const secret = 'zwickmuehle';
let database: TestDatabase;
let server: ServerProcess;
let client: Client;
beforeAll(async () => {
  database = await createDatabase();
  server = await startServerProcess({ DATABASE_URL: database.url, LOG_LEVEL: 'trace' });
  client = await clientOf(server);
});
afterAll(async () => {
  await stopServerProcesses();
  await database.drop();
});

interface Line {
  level: number;
  msg: string;
  security?: string;
  subject?: string;
  route?: string;
}
const lines = (): Line[] =>
  server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
const securityEvents = (name: string): Line[] => lines().filter(({ security }) => security === name);

const uploadBrokenOff = (): Promise<void> =>
  new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
      socket.write(
        `POST /v1/sync HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${client.token!}\r\n` +
          `Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"${secret}`,
        () => socket.resetAndDestroy(),
      );
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });

describe('the log', () => {
  it('holds no query, no text and no token, at any level and any failure', async () => {
    await database.query('ALTER TABLE event_store.events RENAME TO events_gone');
    await client.get(`/v1/tickets?q=${secret}`);
    await client.post('/v1/tickets', {
      title: secret,
      establishment: 'NIM',
      category: 'impression',
      priority: 'P2',
    });
    await client.post('/v1/tickets', `{"title": "${secret}`);
    await client.get(`/v1/${secret}?a=${secret}`);
    await new Client(server.url, secret).get('/v1/tickets');
    await database.query('ALTER TABLE event_store.events_gone RENAME TO events');
    await uploadBrokenOff();
    await until('the failures are logged', () => Promise.resolve(lines().some(({ level }) => level >= 50)));
    expect(server.output()).not.toContain(secret);
    expect(server.output()).not.toContain(client.token!);
    expect(server.output()).not.toMatch(/"url":"[^"]*\?/);
  });

  it('takes an upload that is broken off for no error', async () => {
    const errors = () => lines().filter(({ level }) => level >= 50).length;
    const before = errors();
    await uploadBrokenOff();
    await until('it is noticed', () =>
      Promise.resolve(lines().some(({ msg }) => msg === 'the request was broken off')),
    );
    expect(errors()).toBe(before);
  });

  it('has a line for each thing that a security officer looks for', async () => {
    const subject = 'team-17';
    const team = new Client(
      server.url,
      await signDevelopmentToken({ subject, roles: ['mobile-team'], establishments: ['NIM'] }),
    );
    await team.get('/v1/admin/projections');
    await client.post('/v1/admin/projections/ticket-list/rebuild');
    await client.get('/v1/billets-quotidiens/2026-05-15?format=csv');
    await fetch(`${server.url}/sign-in/callback?code=x&state=y`);
    await until('all are logged', () =>
      Promise.resolve(
        ['authz_fail', 'authz_admin', 'sensitive_read', 'authn_login_fail', 'authn_token_refused'].every(
          (name) => securityEvents(name).length > 0,
        ),
      ),
    );
    expect(securityEvents('authz_fail').at(-1)).toMatchObject({
      ...{ subject: `person ${subject}`, route: '/v1/admin/projections' },
    });
  });
});
