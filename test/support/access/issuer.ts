import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { freePort } from '../network/free-port.js';

/** The audience of the issuer's tokens. */
export const audience = 'billets-quotidiens-test';

/** An OpenID Connect issuer with what we need of one: a discovery document and keys. */
export class Issuer {
  private http: Server | undefined;
  private readonly keys: { alg: string; privateKey: CryptoKey; publicKey: CryptoKey }[] = [];
  /** Replaces the answer to the request for the discovery document, for tests of wrong ones. */
  discovery: { status: number; body: string } | undefined;
  keysStatus = 200;
  url = '';

  static async create(...algorithms: string[]): Promise<Issuer> {
    const issuer = new Issuer();
    for (const alg of algorithms) {
      issuer.keys.push({ alg, ...(await generateKeyPair(alg, { extractable: true })) });
    }
    issuer.url = `http://127.0.0.1:${await freePort()}`;
    return issuer;
  }

  async start(): Promise<void> {
    const set = { keys: await Promise.all(this.keys.map(({ alg, publicKey }) => this.jwk(alg, publicKey))) };
    this.http = createServer((request, response) => {
      const [status, body] = this.answer(request.url ?? '', JSON.stringify(set));
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(body);
    }).listen(Number(new URL(this.url).port), '127.0.0.1');
    await once(this.http, 'listening');
    expect((this.http.address() as AddressInfo).port).toBe(Number(new URL(this.url).port));
  }

  async stop(): Promise<void> {
    this.http?.closeAllConnections();
    this.http?.close();
    if (this.http) await once(this.http, 'close');
    this.http = undefined;
  }

  token(alg: string, changes: Record<string, unknown> = {}): Promise<string> {
    const claims = { iss: this.url, aud: audience, sub: 'alice', roles: ['agent'], establishments: ['NIM'] };
    return new SignJWT({ ...claims, ...changes })
      .setProtectedHeader({ alg, kid: alg })
      .setExpirationTime('10m')
      .sign(this.keyOf(alg).privateKey);
  }

  private answer(path: string, keys: string): [number, string] {
    if (path === '/keys') return [this.keysStatus, keys];
    if (path !== '/.well-known/openid-configuration') return [404, '{}'];
    const { status, body } = this.discovery ?? {
      status: 200,
      body: JSON.stringify({ issuer: this.url, jwks_uri: `${this.url}/keys` }),
    };
    return [status, body];
  }

  /** The key pair of an algorithm, for tokens that are put together by hand. */
  keyOf(alg: string): { privateKey: CryptoKey; publicKey: CryptoKey } {
    const key = this.keys.find((known) => known.alg === alg);
    if (!key) throw new Error(`no key for ${alg}`);
    return key;
  }

  private async jwk(alg: string, publicKey: CryptoKey) {
    return { ...(await exportJWK(publicKey)), kid: alg, alg, use: 'sig' };
  }
}
