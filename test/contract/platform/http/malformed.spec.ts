import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, type Client } from '../../../support/api/client.js';
import {
  ago,
  command,
  commandBodies,
  expectProblem,
  naming,
  openedTicket,
  opening,
  pointersOf,
  type CommandName,
} from '../../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../../support/server/hosted-server.js';

let server: HostedServer;
let client: Client;
let ticketId: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  ticketId = await openedTicket(client);
});
afterAll(() => server.close());
afterEach(async () => {
  expect((await client.get('/health/live')).status).toBe(200);
  expect((await client.post('/v1/tickets', opening())).status).toBe(201);
});

const nul = 'avant\u0000après';
const halfCharacter = 'avant\ud83dapr\u00e8s';

describe('the body of an opening', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a number for a title', { title: 7 }, '/title'],
    ['no title', { title: undefined }, '/title'],
    ['null for a title', { title: null }, '/title'],
    ['an empty title', { title: '' }, '/title'],
    ['a title of spaces', { title: ' \t ' }, '/title'],
    ['a title of 201 characters', { title: 'é'.repeat(201) }, '/title'],
    ['a title with NUL', { title: nul }, '/title'],
    ['a title with a lone surrogate', { title: halfCharacter }, '/title'],
    ['an object for a title', { title: { fr: 'x' } }, '/title'],
    ['a description of 10 001 characters', { description: 'x'.repeat(10_001) }, '/description'],
    ['a description with NUL', { description: nul }, '/description'],
    ['a team with a lone surrogate', { team: halfCharacter }, '/team'],
    ['a location with NUL', { location: nul }, '/location'],
    ['no establishment', { establishment: undefined }, '/establishment'],
    ['an establishment with NUL', { establishment: nul }, '/establishment'],
    ['a site that is a list', { site: ['BLANC-SABLON'] }, '/site'],
    ['no category', { category: undefined }, '/category'],
    ['an unknown category', { category: 'plomberie' }, '/category'],
    ['a category named after a property of every object', { category: 'constructor' }, '/category'],
    ['an unknown priority', { priority: 'P5' }, '/priority'],
    ['a priority in lower case', { priority: 'p1' }, '/priority'],
    ['a commandId that is not a UUID', { commandId: 'x' }, '/commandId'],
    ['a ticketId that is not a UUID', { ticketId: `${randomUUID()}0` }, '/ticketId'],
    ['another type than the path’s', { type: 'close' }, '/type'],
    ['a field that no opening has', { colour: 'red' }, '/colour'],
    ['a field whose name needs escaping', { 'a/b~c': 1 }, '/a~1b~0c'],
    ['a time without its offset', { occurredAt: '2026-05-15T08:12:33' }, '/occurredAt'],
    ['a day for a time', { occurredAt: '2026-05-15' }, '/occurredAt'],
    ['a time that is a word', { occurredAt: 'hier' }, '/occurredAt'],
    ['a time that is a number', { occurredAt: 1_778_846_400_000 }, '/occurredAt'],
    ['a day that does not exist', { occurredAt: '2026-02-30T08:00:00Z' }, '/occurredAt'],
    ['an hour that does not exist', { occurredAt: '2026-05-15T25:00:00Z' }, '/occurredAt'],
    ['a time before 1970', { occurredAt: '1969-12-31T23:59:59.999Z' }, '/occurredAt'],
    ['a time that is before 1970 in UTC', { occurredAt: '1970-01-01T00:30:00+01:00' }, '/occurredAt'],
    ['a time after 9999', { occurredAt: '+010000-01-01T00:00:00Z' }, '/occurredAt'],
    ['a time that is after 9999 in UTC', { occurredAt: '9999-12-31T23:59:59-01:00' }, '/occurredAt'],
  ])('is refused with %s', async (_what, changes, pointer) => {
    const problem = expectProblem(await client.post('/v1/tickets', opening(changes)), 400, 'malformed');
    expect([...new Set(pointersOf(problem))]).toEqual([pointer]);
  });

  it('gets one error per wrong field', async () => {
    const answer = await client.post('/v1/tickets', opening({ occurredAt: 'hier' }));
    expect(pointersOf(expectProblem(answer, 400, 'malformed'))).toEqual(['/occurredAt']);
  });

  it('is refused with all wrong fields at once', async () => {
    const answer = await client.post('/v1/tickets', opening({ title: 7, priority: 'P9', colour: 'red' }));
    const pointers = pointersOf(expectProblem(answer, 400, 'malformed'));
    expect(pointers.sort()).toEqual(['/colour', '/priority', '/title']);
  });

  it.each([
    ['a list', '[]'],
    ['a text', '"bonjour"'],
    ['a number', '7'],
    ['true', 'true'],
  ])('is refused where it is %s', async (_what, body) => {
    expect(pointersOf(expectProblem(await client.post('/v1/tickets', body), 400, 'malformed'))).toEqual(['']);
  });

  it('is refused where it is missing or null', async () => {
    const withoutAny = expectProblem(await client.post('/v1/tickets'), 400, 'malformed');
    expect(pointersOf(withoutAny).sort()).toEqual(['/category', '/establishment', '/priority', '/title']);
    expectProblem(await client.post('/v1/tickets', ''), 400, 'malformed');
    expectProblem(await client.post('/v1/tickets', 'null'), 400, 'malformed');
    expectProblem(await client.post('/v1/sync'), 400, 'malformed');
  });

  it('is accepted with the longest texts allowed', async () => {
    const body = opening({ title: 'é'.repeat(200), description: '😀'.repeat(5_000), team: 'x'.repeat(100) });
    const { status, body: ticket } = await client.post('/v1/tickets', body);
    expect([status, ticket.title, ticket.description]).toEqual([201, body.title, body.description]);
  });
});

describe('the body of a command', () => {
  it.each<[CommandName, string, Record<string, unknown>, string]>([
    ['assign', 'nobody to assign it to', { team: undefined }, ''],
    ['assign', 'an empty team', { team: '' }, '/team'],
    ['hold', 'no reason', { reason: undefined }, '/reason'],
    ['hold', 'an unknown reason', { reason: 'lunch' }, '/reason'],
    ['note', 'no text', { body: undefined }, '/body'],
    ['note', 'a text too long', { body: 'x'.repeat(10_001) }, '/body'],
    ['note', 'a text for a boolean', { internal: 'yes' }, '/internal'],
    ['link', 'an unknown relation', { to: randomUUID(), relation: 'cousin' }, '/relation'],
    ['recategorize', 'an unknown category', { category: 'x' }, '/category'],
    ['reprioritize', 'an unknown priority', { priority: 1 }, '/priority'],
    ['resolve', 'no resolution', { resolution: undefined }, '/resolution'],
    ['resolve', 'an unknown code', { resolution: { code: 'magic', note: 'x' } }, '/resolution/code'],
    ['resolve', 'no note', { resolution: { code: 'fixed' } }, '/resolution/note'],
    [
      'resolve',
      'an unknown member',
      { resolution: { code: 'fixed', note: 'x', by: 'me' } },
      '/resolution/by',
    ],
    ['reopen', 'no reason', { reason: undefined }, '/reason'],
    ['cancel', 'no reason', { reason: undefined }, '/reason'],
    ['merge', 'no target', {}, '/into'],
    ['merge', 'a target that is not a UUID', { into: 'there' }, '/into'],
    ['transfer', 'no establishment', { establishment: undefined }, '/establishment'],
    ['start', 'a field it does not have', { reason: 'x' }, '/reason'],
    ['close', 'another type than the path’s', { type: 'open' }, '/type'],
    ['start', 'another ticket than the path’s', { ticketId: randomUUID() }, '/ticketId'],
  ])('%s is refused with %s', async (name, _what, changes, pointer) => {
    const problem = expectProblem(await command(client, ticketId, name, changes), 400, 'malformed');
    expect(pointersOf(problem)).toEqual([pointer]);
  });

  it.each(Object.keys(commandBodies) as CommandName[])(
    '%s is refused with a bad id, a bad time or an unknown field',
    async (name) => {
      const into = naming(name, randomUUID());
      const bad = { commandId: 7, occurredAt: 'hier', colour: 'red', ...into };
      const problem = expectProblem(await command(client, ticketId, name, bad), 400, 'malformed');
      expect([...new Set(pointersOf(problem))].sort()).toEqual(['/colour', '/commandId', '/occurredAt']);
    },
  );
});

describe('the path and the query', () => {
  it.each([
    ['a word', 'bonjour'],
    ['a UUID with something after it', `${randomUUID()}x`],
    ['a property of every object', '__proto__'],
    ['NUL, escaped', '%00'],
  ])('are refused where the ticket is %s', async (_what, id) => {
    for (const answer of [
      await client.get(`/v1/tickets/${id}`),
      await client.get(`/v1/tickets/${id}/history`),
      await client.post(`/v1/tickets/${id}/start`, {}),
    ]) {
      expectProblem(answer, 400, 'malformed');
    }
  });

  it.each(['abc', '-1', '1.5', '', '1e3', '٣', '99999999999999999999'])(
    'are refused with minPosition %j, which is not a position',
    async (position) => {
      for (const path of [
        `/v1/tickets/${ticketId}`,
        `/v1/tickets/${ticketId}/history`,
        '/v1/billets-quotidiens/2026-05-15',
        '/v1/billets-quotidiens?from=2026-05-15&to=2026-05-15',
      ]) {
        const url = `${path}${path.includes('?') ? '&' : '?'}minPosition=${encodeURIComponent(position)}`;
        expectProblem(await client.get(url), 400, 'malformed');
      }
    },
  );

  it('are pointed at with ?name, unlike the members of a body', async () => {
    const position = await client.get(`/v1/tickets/${ticketId}?minPosition=x`);
    expect(pointersOf(expectProblem(position, 400, 'malformed'))).toEqual(['?minPosition']);
    const range = await client.get('/v1/billets-quotidiens?from=hier&to=2026-05-15');
    expect([...new Set(pointersOf(expectProblem(range, 400, 'malformed')))]).toEqual(['?from']);
  });

  it('are refused with minPosition twice', async () => {
    expectProblem(await client.get(`/v1/tickets/${ticketId}?minPosition=1&minPosition=2`), 400, 'malformed');
  });
});

describe('a position', () => {
  const messageOf = async (position: string, language: string): Promise<string> => {
    const path = `/v1/billets-quotidiens/2026-05-15?asOfPosition=${position}`;
    const answer = await client.get(path, { 'Accept-Language': language });
    const { errors = [] } = expectProblem(answer, 400, 'malformed');
    expect(errors).toHaveLength(1);
    return errors[0]!.message;
  };

  it('that is too great gets another message than one that is not a number', async () => {
    const tooGreat = '1'.repeat(20);
    expect(await messageOf(tooGreat, 'fr')).toMatch(/trop grande/);
    expect(await messageOf(tooGreat, 'en')).toMatch(/too great/);
    for (const noNumber of ['-1', '0x10', '1.5', 'x'.repeat(20)]) {
      expect(await messageOf(noNumber, 'en')).toMatch(/decimal digits/);
    }
  });

  it('that is too great is refused in a forged cursor', async () => {
    for (const position of ['9'.repeat(19), '9'.repeat(20)]) {
      const cursor = Buffer.from(JSON.stringify({ after: position, known: '1' })).toString('base64url');
      const path = `/v1/billets-quotidiens/2026-05-15/tickets?figure=opened&cursor=${cursor}`;
      expect(pointersOf(expectProblem(await client.get(path), 400, 'malformed'))).toEqual(['?cursor']);
    }
  });
});

describe('a body that is not JSON', () => {
  const invalid: [string, string | Uint8Array][] = [
    ['spaces', '   '],
    ['an object that does not end', '{"title": "x"'],
    ['something after the object', '{"title": "x"}}'],
    ['a word', 'bonjour'],
    ['undefined', 'undefined'],
    ['bytes that are not UTF-8', Buffer.from([...Buffer.from('{"title":"'), 0xff, ...Buffer.from('"}')])],
  ];

  it.each(invalid)('is refused as invalid-json on every route with a body: %s', async (_what, body) => {
    for (const path of ['/v1/tickets', '/v1/sync', `/v1/tickets/${ticketId}/note`]) {
      expectProblem(await client.post(path, body), 400, 'invalid-json');
    }
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'json',
  ])('is refused where it is sent as %s', async (type) => {
    const body = JSON.stringify(opening());
    const send = (path: string) => client.post(path, body, { 'Content-Type': type });
    for (const path of ['/v1/tickets', '/v1/sync', `/v1/tickets/${ticketId}/note`]) {
      expectProblem(await send(path), 415, 'unsupported-media-type');
    }
  });

  it('is told apart from JSON with a charset, which is accepted', async () => {
    const headers = { 'Content-Type': 'application/json; charset=utf-8' };
    expect((await client.post('/v1/tickets', JSON.stringify(opening()), headers)).status).toBe(201);
  });
});

describe('names that every JavaScript object inherits', () => {
  it.each([
    ['__proto__', '"__proto__":{"polluted":true}'],
    ['constructor', '"constructor":{"prototype":{"polluted":true}}'],
    ['toString', '"toString":"x"'],
    ['hasOwnProperty', '"hasOwnProperty":1'],
  ])('are refused as fields, and pollute no prototype: %s', async (_name, member) => {
    const body = JSON.stringify(opening());
    const { status } = await client.post('/v1/tickets', `${body.slice(0, -1)},${member}}`);
    expect(status).toBe(400);
    const note = await client.post(`/v1/tickets/${ticketId}/note`, `{"body":"x",${member}}`);
    expect(note.status).toBe(400);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.hasOwn({}, 'toString')).toBe(false);
  });
});

describe('deep nesting', () => {
  const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it('is refused like any other wrong type', async () => {
    const body = JSON.stringify(opening({ title: 0 })).replace('"title":0', `"title":${deep(100_000)}`);
    expectProblem(await client.post('/v1/tickets', body), 400, 'malformed');
    expectProblem(await client.post('/v1/tickets', deep(100_000)), 400, 'malformed');
  });

  it('is refused as one command of a batch, without the others', async () => {
    const good = { type: 'start', ticketId, commandId: randomUUID(), occurredAt: ago(60) };
    const commands = `[${deep(500_000)},${JSON.stringify(good)}]`;
    const answer = await client.post<{ results: { status: string }[] }>(
      '/v1/sync',
      `{"deviceId":"d","commands":${commands}}`,
    );
    expect(answer.status).toBe(200);
    expect(answer.body.results.map(({ status }) => status)).toEqual(['refused', 'applied']);
  });
});
