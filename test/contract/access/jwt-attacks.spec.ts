import { createHmac, createPrivateKey, createSign, sign as signBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, type CryptoKey } from 'jose';
import { Client } from '../../support/api/client.js';
import { expectProblem } from '../../support/api/contract.js';
import { audience, Issuer } from '../../support/access/issuer.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

/** A server of the attacker with the attacker's keys, and how many times anyone fetched them. */
let lure: Server;
let lured = 0;
let lureUrl: string;
let issuer: Issuer;
let server: HostedServer;
let attacker: { privateKey: CryptoKey; publicKey: CryptoKey };
const maxLifetimeSeconds = 3_600;

beforeAll(async () => {
  issuer = await Issuer.create('ES256', 'RS256');
  await issuer.start();
  server = await startHostedServer({
    oidc: { issuer: issuer.url, audience },
    tokenMaxLifetimeSeconds: maxLifetimeSeconds,
  });
  attacker = await generateKeyPair('ES256', { extractable: true });
  lure = createServer((_request, response) => {
    lured += 1;
    void exportJWK(attacker.publicKey).then((jwk) => response.end(JSON.stringify({ keys: [jwk] })));
  }).listen(0, '127.0.0.1');
  await once(lure, 'listening');
  lureUrl = `http://127.0.0.1:${(lure.address() as { port: number }).port}/keys`;
});
afterAll(async () => {
  await server.close();
  await issuer.stop();
  lure.close();
});

type Json = Record<string, unknown>;
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds;
const claims = (changes: Json = {}): Json => ({
  ...{ iss: issuer.url, aud: audience, sub: 'alice', roles: ['producer'], establishments: ['*'] },
  ...{ iat: inSeconds(0), exp: inSeconds(600) },
  ...changes,
});
const encoded = (text: string): string => Buffer.from(text).toString('base64url');
const part = (value: unknown): string => encoded(JSON.stringify(value));

/** A token signed by the issuer's own key, whatever its header and claims; text is signed as it is, JSON or not. */
const ownToken = async (payload: Json | string, header: Json | string = {}): Promise<string> => {
  const head =
    typeof header === 'string' ? header : JSON.stringify({ alg: 'ES256', kid: 'ES256', ...header });
  const content = `${encoded(head)}.${encoded(typeof payload === 'string' ? payload : JSON.stringify(payload))}`;
  return `${content}.${await signedBy(issuer.keyOf('ES256').privateKey, content)}`;
};

const signedBy = async (key: CryptoKey, content: string): Promise<string> => {
  const pem = createPrivateKey(await exportPKCS8(key));
  return signBytes('sha256', Buffer.from(content), { key: pem, dsaEncoding: 'ieee-p1363' }).toString(
    'base64url',
  );
};

/** A token signed by the attacker, with a header that tries to make the server use the attacker's key. */
const forged = async (header: Json, alg = 'ES256'): Promise<string> => {
  const content = `${part({ alg, kid: 'ES256', ...header })}.${part(claims())}`;
  return `${content}.${await signedBy(attacker.privateKey, content)}`;
};

const unsigned = (header: Json, signature = ''): string => `${part(header)}.${part(claims())}.${signature}`;

const hmac = (secret: string | Buffer, header: Json = {}): string => {
  const content = `${part({ alg: 'HS256', typ: 'JWT', kid: 'ES256', ...header })}.${part(claims())}`;
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`;
};

const ask = (token: string) =>
  new Client(server.url).get('/v1/billets-quotidiens/2026-05-15', { Authorization: `Bearer ${token}` });

/** A signed token with these claims changed. Changes that depend on the time or the issuer are functions, called when the token is made. */
const withClaims = (changes: Json | (() => Json)) => () =>
  ownToken(claims(typeof changes === 'function' ? changes() : changes));
const withHeader = (header: Json) => () => ownToken(claims(), header);

/** A token whose claims are JSON written by hand, with `end` as the last members: duplicates survive there. */
const writtenClaims = (end: string) => () => ownToken(JSON.stringify(claims()).replace(/\}$/, `${end}}`));

describe('a good token', () => {
  it.each<[string, () => Promise<string>]>([
    ['as it is', withClaims({})],
    ['of the type at+jwt', withHeader({ typ: 'at+jwt' })],
    ['of the type application/at+jwt', withHeader({ typ: 'application/at+jwt' })],
    ['of the type JWT', withHeader({ typ: 'JWT' })],
    ['for several audiences, ours among them', withClaims({ aud: ['other', audience] })],
    ['issued 20 s in the future: clocks may differ a little', withClaims(() => ({ iat: inSeconds(20) }))],
    ['with the longest lifetime allowed', withClaims(() => ({ exp: inSeconds(maxLifetimeSeconds) }))],
    ['without iat', withClaims({ iat: undefined })],
    ['with a subject of 255 characters', withClaims({ sub: 'é'.repeat(255) })],
    [
      'with claims meant for other applications',
      withClaims({ azp: 'x', scope: 'a b', realm_access: { roles: ['x'] } }),
    ],
    ['with a claim whose text looks like other claims', withClaims({ note: '","sub":"bob","sub":"' })],
  ])('is accepted: %s', async (_what, token) => {
    expect((await ask(await token())).status).toBe(200);
  });
});

describe('a token that must not be accepted', () => {
  it.each<[string, () => string | Promise<string>]>([
    ['alg none', () => unsigned({ alg: 'none' })],
    ['alg none with a signature', () => unsigned({ alg: 'none' }, 'c2ln')],
    ['alg nOnE', () => unsigned({ alg: 'nOnE' }, 'c2ln')],
    ['no alg', () => unsigned({ kid: 'ES256' }, 'c2ln')],
    ['an alg that is a list', () => unsigned({ alg: ['ES256'], kid: 'ES256' }, 'c2ln')],
    ['an empty signature', () => unsigned({ alg: 'ES256', kid: 'ES256' })],
    ['HS256 with the public key as PEM', async () => hmac(await exportSPKI(issuer.keyOf('ES256').publicKey))],
    [
      'HS256 with the public key as JWK',
      async () => hmac(JSON.stringify(await exportJWK(issuer.keyOf('RS256').publicKey)), { kid: 'RS256' }),
    ],
    ['HS256 with an empty secret', () => hmac('')],
    ['HS256 with a guessed secret', () => hmac('secret')],
    ['HS384 by name', () => unsigned({ alg: 'HS384', kid: 'ES256' }, 'c2ln')],
    ['an algorithm for another key', () => unsigned({ alg: 'RS256', kid: 'ES256' }, 'c2ln')],
    ['an elliptic signature said to be RSA’s', () => forged({ kid: 'RS256' }, 'RS256')],
    ['another key', () => forged({})],
    ['kid of a file', () => forged({ kid: '../../../../dev/null' })],
    ['kid of an injection', () => forged({ kid: "x' UNION SELECT 'key' --" })],
    ['kid of a command', () => forged({ kid: 'x|/bin/true' })],
    ['kid of an address', () => forged({ kid: lureUrl })],
    ['kid with a line end', () => forged({ kid: 'a\r\nX: b' })],
    ['kid that is no text', () => forged({ kid: { $ne: null } })],
    ['kid __proto__', () => forged({ kid: '__proto__' })],
    ['jku of the attacker', () => forged({ jku: lureUrl })],
    ['x5u of the attacker', () => forged({ x5u: lureUrl })],
    ['jwk of the attacker', async () => forged({ jwk: await exportJWK(attacker.publicKey) })],
    ['x5c of the attacker', () => forged({ x5c: ['MIIB'] })],
    ['crit with an unknown extension', withHeader({ crit: ['exp'], exp: 1 })],
    ['crit that is empty', withHeader({ crit: [] })],
    ['crit that is no list', withHeader({ crit: 'exp' })],
    ['b64 false', withHeader({ b64: false, crit: ['b64'] })],
    ['b64 false without crit', () => forged({ b64: false })],
    ['a signature of zeros', () => unsigned({ alg: 'ES256', kid: 'ES256' }, encoded('\0'.repeat(64)))],
    ['a signature in DER', async () => derSigned()],
    ['a signature cut short', async () => (await ownToken(claims())).slice(0, -8)],
    ['claims changed after signing', async () => swapped(await ownToken(claims()))],
    ['another issuer', withClaims({ iss: 'https://login.example' })],
    ['the issuer with a slash', withClaims(() => ({ iss: `${issuer.url}/` }))],
    ['no issuer', withClaims({ iss: undefined })],
    ['a list of issuers', withClaims(() => ({ iss: [issuer.url] }))],
    ['another audience', withClaims({ aud: 'someone-else' })],
    ['an audience that begins like ours', withClaims({ aud: `${audience}.evil` })],
    ['no audience', withClaims({ aud: undefined })],
    ['an empty list of audiences', withClaims({ aud: [] })],
    ['expired', withClaims(() => ({ iat: inSeconds(-700), exp: inSeconds(-60) }))],
    ['no exp', withClaims({ exp: undefined })],
    ['exp as text', withClaims(() => ({ exp: String(inSeconds(600)) }))],
    ['exp that is null', withClaims({ exp: null })],
    ['exp that is infinite', () => ownToken(JSON.stringify(claims()).replace(/"exp":\d+/, '"exp":1e400'))],
    [
      'exp beyond the longest lifetime allowed',
      withClaims(() => ({ exp: inSeconds(maxLifetimeSeconds + 60) })),
    ],
    [
      'exp beyond the longest lifetime, without iat',
      withClaims(() => ({ iat: undefined, exp: inSeconds(maxLifetimeSeconds + 60) })),
    ],
    ['iat long ago', withClaims(() => ({ iat: inSeconds(-maxLifetimeSeconds - 60) }))],
    ['iat in the future', withClaims(() => ({ iat: inSeconds(120) }))],
    ['iat as text', withClaims(() => ({ iat: String(inSeconds(0)) }))],
    ['iat that is null', withClaims({ iat: null })],
    ['nbf in the future', withClaims(() => ({ nbf: inSeconds(120) }))],
    ['nbf as text', withClaims({ nbf: 'now' })],
    ['an ID token by its nonce', withClaims({ nonce: 'n-0S6_WzA2Mj' })],
    ['an ID token by its at_hash', withClaims({ at_hash: '77QmUPtjPfzWtF2AnpK9RQ' })],
    ['an ID token by its claim', withClaims({ typ: 'ID' })],
    ['a refresh token by its claim', withClaims({ typ: 'Refresh' })],
    ['a logout token', () => ownToken(claims({ events: {} }), { typ: 'logout+jwt' })],
    ['a proof of possession', withHeader({ typ: 'dpop+jwt' })],
    ['a security event', withHeader({ typ: 'secevent+jwt' })],
    ['an ID token by its type', withHeader({ typ: 'id_token+jwt' })],
    ['a type that is no text', withHeader({ typ: ['at+jwt'] })],
    ['no subject', withClaims({ sub: undefined })],
    ['a subject that is a number', withClaims({ sub: 7 })],
    ['a subject that is an object', withClaims({ sub: { $gt: '' } })],
    ['a subject of white space', withClaims({ sub: ' ' })],
    ['a subject with white space around it', withClaims({ sub: ' alice' })],
    ['a subject with a NUL', withClaims({ sub: 'alice\u0000' })],
    ...['\u200b', '\u2060', '\u00ad', '\u115f', '\ufe0f', '\u{e0041}'].map(
      (sign): [string, () => Promise<string>] => [
        `a subject with U+${sign.codePointAt(0)!.toString(16)}, which nobody sees`,
        withClaims({ sub: `ali${sign}ce` }),
      ],
    ),
    ['a subject of two lines', withClaims({ sub: 'alice\nbob' })],
    ['a subject with an escape', withClaims({ sub: 'alice\u001b[2J' })],
    ['a subject with a C1 control', withClaims({ sub: 'alice\u009b' })],
    ['a subject with a right-to-left override', withClaims({ sub: 'alice\u202ebob' })],
    ['a subject with a byte order mark', withClaims({ sub: '\ufeffalice' })],
    [
      'a subject with a lone surrogate',
      () => ownToken(JSON.stringify(claims()).replace('"alice"', '"\\ud800"')),
    ],
    ['a subject of invisible characters', withClaims({ sub: '\u200b\u200d' })],
    ['a subject of 256 characters', withClaims({ sub: 'a'.repeat(256) })],
    ['roles as text', withClaims({ roles: 'producer' })],
    ['roles as an object', withClaims({ roles: { producer: true } })],
    ['roles of objects', withClaims({ roles: [{ name: 'producer' }] })],
    ['roles within roles', withClaims({ roles: [['producer']] })],
    ['roles as an object that looks like a list', withClaims({ roles: { 0: 'producer', length: 1 } })],
    ['roles that are null', withClaims({ roles: null })],
    ['establishments as text', withClaims({ establishments: '*' })],
    ['establishments of numbers', withClaims({ establishments: [1] })],
    ['a claim twice', writtenClaims(',"sub":"bob"')],
    ['a claim twice, the same', writtenClaims(',"sub":"alice"')],
    ['a claim twice, once with an escaped name', writtenClaims(',"s\\u0075b":"bob"')],
    ['a name twice within a claim', writtenClaims(',"x":{"a":1,"a":2}')],
    ['a header parameter twice', () => ownToken(claims(), '{"alg":"none","alg":"ES256","kid":"ES256"}')],
    ['claims that are a list', () => ownToken('[]')],
    ['claims that are null', () => ownToken('null')],
    ['claims that are text', () => ownToken('"alice"')],
    ['claims that are no JSON', () => ownToken('{"sub":')],
    ['a header that is null', () => ownToken(claims(), 'null')],
    ['white space in the header', async () => (await ownToken(claims())).replace('.', '\t.')],
    ['white space in the claims', async () => (await ownToken(claims())).replace(/\.(.)/, '. $1')],
    ['padding', async () => (await ownToken(claims())).replace('.', '=.')],
    ['base64 that is not base64url', async () => `${await ownToken(claims())}+/`],
    ['two parts', async () => (await ownToken(claims())).split('.').slice(0, 2).join('.')],
    ['four parts', async () => `${await ownToken(claims())}.x`],
    ['an encrypted token', () => `${part({ alg: 'dir', enc: 'A256GCM' })}..AAAA.AAAA.AAAA`],
    [
      'two tokens, separated by a comma',
      async () => `${await ownToken(claims())},${await ownToken(claims())}`,
    ],
    ['9 kB of claims', withClaims({ note: 'x'.repeat(7_000) })],
    ['9 kB of nesting', () => unsigned({ alg: 'ES256', x: '['.repeat(6_500) }, 'c2ln')],
  ])('is refused: %s', async (_what, token) => {
    const answer = await ask(await token());
    expectProblem(answer, 401, 'unauthenticated');
    expect(answer.headers.get('WWW-Authenticate')).toMatch(/^Bearer error="invalid_token"/);
  });

  it('is refused unread when it is longer than the limit on request headers', async () => {
    expect((await ask('x'.repeat(20_000))).status).toBe(431);
  });

  it('may also be a good one outside the header Authorization', async () => {
    const token = await ownToken(claims());
    for (const path of [`?access_token=${token}`, `?token=${token}`]) {
      const answer = await new Client(server.url).get(`/v1/billets-quotidiens/2026-05-15${path}`);
      expectProblem(answer, 401, 'unauthenticated');
    }
    const cookie = await new Client(server.url).get('/v1/billets-quotidiens/2026-05-15', {
      Cookie: `session=${token}; access_token=${token}`,
    });
    expectProblem(cookie, 401, 'unauthenticated');
  });

  it('never makes the server fetch an attacker’s keys, and leaves it able to serve', async () => {
    expect(lured).toBe(0);
    expect((await ask(await issuer.token('ES256', { roles: ['producer'] }))).status).toBe(200);
  });
});

const swapped = (token: string): string => {
  const [header, , signature] = token.split('.');
  return `${header!}.${part(claims({ roles: ['producer', 'operator'] }))}.${signature!}`;
};

const derSigned = async (): Promise<string> => {
  const content = `${part({ alg: 'ES256', kid: 'ES256' })}.${part(claims())}`;
  const key = createPrivateKey(await exportPKCS8(issuer.keyOf('ES256').privateKey));
  return `${content}.${createSign('sha256').update(content).sign(key, 'base64url')}`;
};
