import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { requireIssuer, type Settings } from '../config/settings.js';
import { clientOfClaims, principalOfClaims } from './claims.js';
import {
  developmentAlgorithm,
  developmentAudience,
  developmentIssuer,
  readDevelopmentKey,
} from './development-issuer.js';
import type { Principal } from './permissions.js';
import { DomainError } from '../shared/problems/domain-error.js';
import { faultOfTimes, faultOfUse, hasNameTwice, isCompact } from './token-form.js';

/** Clocks are only roughly right. */
const toleranceSeconds = 30;

/** Whom a token speaks for. */
export interface Verified {
  principal: Principal;
  /** The program that the token was issued to, where it says so. */
  client: string | undefined;
  /** When it stops being accepted, in milliseconds since 1970. */
  endsAt: number;
}

/** Signatures only: a shared secret would let every holder of it make tokens. */
const asymmetric = ['ES256', 'ES384', 'EdDSA', 'RS256', 'RS384', 'RS512', 'PS256'];

/** A token is sent with every request: to check its signature again would take a sixth of the time of opening a ticket. */
const trustedMs = 30_000;
const maxTrusted = 10_000;

interface Trusted extends Verified {
  until: number;
}

/** Turns bearer tokens into principals. Throws `unauthenticated`, or `unavailable` while the issuer's keys can't be had. */
export class TokenVerifier {
  /** Verified tokens, by the header that showed them; the one used least recently is dropped when there are too many. */
  private readonly trusted = new LRUCache<string, Trusted>({ max: maxTrusted });

  private constructor(
    private readonly issuer: string,
    private readonly audience: string,
    private readonly keys: JWTVerifyGetKey,
    private readonly algorithms: string[],
    private readonly maxLifetimeSeconds: number,
  ) {}

  /** For the configured issuer, else the development issuer. Throws StartRefused where neither exists. */
  static async create(settings: Settings): Promise<TokenVerifier> {
    requireIssuer(settings);
    const maxLifetime = settings.tokenMaxLifetimeSeconds;
    if (settings.oidc) {
      const { issuer, audience } = settings.oidc;
      return new TokenVerifier(issuer, audience, discoveredKeys(issuer), asymmetric, maxLifetime);
    }
    const { publicKey } = await readDevelopmentKey();
    return new TokenVerifier(
      developmentIssuer,
      developmentAudience,
      () => publicKey,
      [developmentAlgorithm],
      maxLifetime,
    );
  }

  async verify(authorization: string | undefined): Promise<Verified> {
    const trusted = authorization === undefined ? undefined : this.trusted.get(authorization);
    if (trusted && Date.now() < trusted.until) return trusted;
    const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    if (authorization === undefined || token === undefined) throw unauthenticated('no bearer token');
    if (!isCompact(token)) throw unauthenticated('the token is no signed JWT');
    const payload = await this.payloadOf(token);
    const principal = principalOfClaims(payload);
    if (!principal) throw unauthenticated('the token lacks a good sub, roles or establishments');
    const expiresAt = payload.exp * 1000;
    const verified = {
      principal,
      client: clientOfClaims(payload),
      endsAt: expiresAt + toleranceSeconds * 1000,
    };
    this.trusted.set(authorization, { ...verified, until: Math.min(Date.now() + trustedMs, expiresAt) });
    return verified;
  }

  private async payloadOf(token: string): Promise<JWTPayload & { exp: number }> {
    try {
      const { issuer, audience } = this;
      const { payload, protectedHeader } = await jwtVerify(token, this.keys, {
        issuer,
        audience,
        algorithms: this.algorithms,
        requiredClaims: ['exp'],
        clockTolerance: toleranceSeconds,
        // One clock for all that is checked here, which tests can set.
        currentDate: new Date(Date.now()),
      });
      const times = { now: Date.now() / 1000, toleranceSeconds, maxLifetimeSeconds: this.maxLifetimeSeconds };
      const fault =
        faultOfUse(protectedHeader, payload) ??
        faultOfTimes(payload, times) ??
        (hasNameTwice(token) ? 'a name stands twice in the token' : undefined);
      if (fault !== undefined) throw new errors.JWTInvalid(fault);
      return payload as JWTPayload & { exp: number };
    } catch (error) {
      if (isOurs(error)) throw unauthenticated(error.message);
      throw new DomainError('unavailable', { cause: error });
    }
  }
}

/** jose's own errors are about the token, save those about fetching keys. */
const isOurs = (error: unknown): error is errors.JOSEError =>
  error instanceof errors.JOSEError &&
  !(error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) &&
  error.code !== 'ERR_JOSE_GENERIC';

const unauthenticated = (reason: string): DomainError =>
  new DomainError('unauthenticated', {
    members: { reason },
  });

const discoveryTimeoutMs = 5_000;

/** The issuer's keys, found through OpenID Connect Discovery at the first token and again after a failure. */
const discoveredKeys = (issuer: string): JWTVerifyGetKey => {
  let discovery: Promise<JWTVerifyGetKey> | undefined;
  const discover = async (): Promise<JWTVerifyGetKey> => {
    const response = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(discoveryTimeoutMs),
    });
    if (!response.ok) throw new Error(`OIDC_ISSUER: discovery answered ${response.status}`);
    const { jwks_uri } = z.object({ jwks_uri: z.url() }).parse(await response.json());
    // Keys that anyone on the way can replace are nobody's.
    if (issuer.startsWith('https:') && !jwks_uri.startsWith('https:')) {
      throw new Error('OIDC_ISSUER: discovery names keys without https');
    }
    return createRemoteJWKSet(new URL(jwks_uri));
  };
  return async (header, token) => {
    discovery ??= discover();
    const keys = await discovery.catch((error: unknown) => {
      discovery = undefined;
      throw error;
    });
    return keys(header, token);
  };
};
