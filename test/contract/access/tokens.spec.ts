import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exportSPKI, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose';
import {
  developmentAudience,
  developmentIssuer,
  readDevelopmentKey,
} from '../../../src/access/development-issuer.js';
import { Client, clientOf } from '../../support/api/client.js';
import { expectProblem, opening } from '../../support/api/contract.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';

let server: TestServer;
let privateKey: CryptoKey;
let publicKey: CryptoKey;
beforeAll(async () => {
  server = await startTestServer();
  ({ privateKey, publicKey } = await readDevelopmentKey());
});
afterAll(() => server.close());

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;

const claims = (changes: JWTPayload = {}): JWTPayload => ({
  iss: developmentIssuer,
  aud: developmentAudience,
  sub: 'alice',
  roles: ['producer'],
  establishments: ['*'],
  exp: inSeconds(600),
  ...changes,
});

const signed = (payload: JWTPayload, key = privateKey, alg = 'ES256'): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg }).sign(key);

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token whose header is written by hand, with an invalid signature. */
const withHeader = (header: unknown, signature = 'c2lnbmF0dXJl'): string =>
  `${part(header)}.${part(claims())}.${signature}`;

const ask = (authorization: string | undefined) =>
  new Client(server.url).get(
    '/v1/billets-quotidiens/2026-05-15',
    authorization === undefined ? {} : { Authorization: authorization },
  );

const expectUnauthenticated = async (authorization: string | undefined): Promise<void> => {
  const answer = await ask(authorization);
  expectProblem(answer, 401, 'unauthenticated');
  expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer\b/);
};

const tampered = (token: string): string => {
  const [header, , signature] = token.split('.');
  return `${header!}.${part(claims({ roles: ['agent', 'operator'] }))}.${signature!}`;
};

/** A token signed with the public key as an HMAC secret, which a verifier that trusts `alg` would accept. */
const signedWithThePublicKey = async (): Promise<string> => {
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims())}`;
  const secret = await exportSPKI(publicKey);
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
};

describe('a request without a good token', () => {
  it.each<[string, () => string | undefined | Promise<string>]>([
    ['no token', () => undefined],
    ['an empty header', () => ''],
    ['no token after «Bearer»', () => 'Bearer '],
    ['another scheme', () => 'Basic YWxpY2U6c2VjcmV0'],
    ['garbage', () => 'Bearer garbage'],
    ['garbage in three parts', () => 'Bearer a.b.c'],
    ['something after the token', async () => `Bearer ${await signed(claims())} x`],
    [
      'a token that expired an hour ago',
      async () => `Bearer ${await signed(claims({ exp: inSeconds(-3600) }))}`,
    ],
    [
      'a token that expired a minute ago',
      async () => `Bearer ${await signed(claims({ exp: inSeconds(-60) }))}`,
    ],
    ['a token that is not valid yet', async () => `Bearer ${await signed(claims({ nbf: inSeconds(600) }))}`],
    ['a token without exp', async () => `Bearer ${await signed(claims({ exp: undefined }))}`],
    ['another audience', async () => `Bearer ${await signed(claims({ aud: 'someone-else' }))}`],
    ['no audience', async () => `Bearer ${await signed(claims({ aud: undefined }))}`],
    ['another issuer', async () => `Bearer ${await signed(claims({ iss: 'https://login.example' }))}`],
    ['no subject', async () => `Bearer ${await signed(claims({ sub: undefined }))}`],
    ['an empty subject', async () => `Bearer ${await signed(claims({ sub: '' }))}`],
    ['no roles', async () => `Bearer ${await signed(claims({ roles: undefined }))}`],
    [
      'establishments that are not a list',
      async () => `Bearer ${await signed(claims({ establishments: '*' }))}`,
    ],
    [
      'a signature by another key',
      async () => `Bearer ${await signed(claims(), (await generateKeyPair('ES256')).privateKey)}`,
    ],
    ['claims changed after signing', async () => `Bearer ${tampered(await signed(claims()))}`],
    ['no signature', () => `Bearer ${withHeader({ alg: 'none' }, '')}`],
    ['no signature, with alg NONE in capitals', () => `Bearer ${withHeader({ alg: 'NONE' }, '')}`],
    ['an RSA algorithm for an elliptic key', () => `Bearer ${withHeader({ alg: 'RS256' })}`],
    ['an Edwards algorithm for an elliptic key', () => `Bearer ${withHeader({ alg: 'EdDSA' })}`],
    ['a stronger algorithm than the key’s', () => `Bearer ${withHeader({ alg: 'ES384' })}`],
    ['no algorithm', () => `Bearer ${withHeader({ typ: 'JWT' })}`],
    ['the public key as an HMAC secret', async () => `Bearer ${await signedWithThePublicKey()}`],
    ['a header that is a list', () => `Bearer ${withHeader([])}`],
    [
      'an extension that must be understood',
      () => `Bearer ${withHeader({ alg: 'ES256', crit: ['x'], x: 1 })}`,
    ],
    // The reason quotes the extension's name, and goes into the header WWW-Authenticate: it must not break it.
    [
      'a required extension whose name has a line break',
      () => `Bearer ${withHeader({ alg: 'ES256', crit: ['a\r\nX: b'] })}`,
    ],
    [
      'a required extension whose name is in Cyrillic',
      () => `Bearer ${withHeader({ alg: 'ES256', crit: ['ж"\\'] })}`,
    ],
  ])('is refused: %s', async (_what, authorization) => {
    await expectUnauthenticated(await authorization());
  });

  it('is refused before its body is validated', async () => {
    const answer = await new Client(server.url).post('/v1/tickets', { colour: 'red' });
    expectProblem(answer, 401, 'unauthenticated');
  });
});

/** The timers that stay real, so that only the date is faked: a server runs in this process. */
const everyTimer = [
  ...([
    'setTimeout',
    'clearTimeout',
    'setInterval',
    'clearInterval',
    'setImmediate',
    'clearImmediate',
  ] as const),
  ...(['nextTick', 'queueMicrotask', 'performance', 'hrtime'] as const),
];

describe('a request with a good token', () => {
  afterEach(() => void jest.useRealTimers());

  it('is served, also after all the bad ones', async () => {
    expect((await ask(`Bearer ${await signed(claims())}`)).status).toBe(200);
    expect((await ask(`bearer ${await signed(claims())}`)).status).toBe(200);
    expect((await (await clientOf(server)).post('/v1/tickets', opening())).status).toBe(201);
  });

  it('that expired 5 s ago is served: clocks may differ a little', async () => {
    expect((await ask(`Bearer ${await signed(claims({ exp: inSeconds(-5) }))}`)).status).toBe(200);
  });

  it('is refused once the token has expired, though it was served before', async () => {
    const token = `Bearer ${await signed(claims())}`;
    expect((await ask(token)).status).toBe(200);
    jest.useFakeTimers({ doNotFake: everyTimer, now: Date.now() + 3_600_000 });
    await expectUnauthenticated(token);
  });

  it('has no rights from unknown roles', async () => {
    const unknown = await ask(`Bearer ${await signed(claims({ roles: ['superuser', '__proto__'] }))}`);
    expectProblem(unknown, 403, 'role-not-allowed');
    const none = await ask(`Bearer ${await signed(claims({ roles: [] }))}`);
    expectProblem(none, 403, 'role-not-allowed');
  });

  it('has no rights at any establishment where the token names none', async () => {
    const token = await signed(claims({ roles: ['agent'], establishments: undefined }));
    const answer = await new Client(server.url, token).post('/v1/tickets', opening());
    expectProblem(answer, 403, 'establishment-not-yours');
  });
});
