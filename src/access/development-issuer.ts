import { readFile, link, writeFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type CryptoKey, type JWK } from 'jose';
import { requireIssuer, type Settings } from '../config/settings.js';
import { StartRefused } from '../config/start-refused.js';
import { makeFolder } from '../platform/files/make-folder.js';
import type { Role } from './permissions.js';

export const developmentIssuer = 'urn:billets-quotidiens:development';
export const developmentAudience = 'billets-quotidiens';
export const developmentAlgorithm = 'ES256';
const lifetimeSeconds = 12 * 3600;

/** Beside the sources, whatever DATA_DIR says: a token made in this checkout is good for every server run from it. */
const directory = fileURLToPath(new URL('../../.dev-issuer/', import.meta.url));
const keyFile = join(directory, 'key.json');

interface KeyPair {
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

/** The key of the built-in issuer, made at first use. Anyone who can read this folder can be anyone. */
export const readDevelopmentKey = async (): Promise<KeyPair> => {
  try {
    const jwk = await readKey().catch(async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      await makeKey();
      return readKey();
    });
    const { d: _d, ...publicJwk } = jwk;
    const [privateKey, publicKey] = await Promise.all([
      importJWK(jwk, developmentAlgorithm),
      importJWK(publicJwk, developmentAlgorithm),
    ]);
    return { privateKey: privateKey as CryptoKey, publicKey: publicKey as CryptoKey };
  } catch (error) {
    const reason = (error as Error).message;
    throw new StartRefused(
      `the development issuer's key ${keyFile} can't be used: ${reason}; delete it or run as its owner`,
    );
  }
};

const readKey = async (): Promise<JWK> => JSON.parse(await readFile(keyFile, 'utf8')) as JWK;

/** Written beside and linked into place: of two processes that start at once, both end with the first one's key. */
const makeKey = async (): Promise<void> => {
  await makeFolder(directory, 0o700);
  const { privateKey } = await generateKeyPair(developmentAlgorithm, { extractable: true });
  const draft = join(directory, `${randomUUID()}.tmp`);
  await writeFile(draft, JSON.stringify(await exportJWK(privateKey)), { mode: 0o600 });
  await link(draft, keyFile).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await rm(draft);
};

export interface TokenRequest {
  subject: string;
  roles: readonly Role[];
  /** Codes, or `*` for all. */
  establishments: readonly string[];
}

/** A signed bearer token, good for 12 hours. Throws StartRefused where these settings have no development issuer. */
export const issueDevelopmentToken = (
  request: TokenRequest,
  settings: Pick<Settings, 'oidc' | 'noDevelopmentIssuer'>,
): Promise<string> => {
  requireIssuer(settings);
  if (settings.oidc) {
    throw new StartRefused(
      `OIDC_ISSUER: tokens come from ${settings.oidc.issuer}; the development issuer does not exist beside it`,
    );
  }
  return signDevelopmentToken(request);
};

/** For who knows that the development issuer is there. */
export const signDevelopmentToken = async (request: TokenRequest): Promise<string> => {
  const { privateKey } = await readDevelopmentKey();
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ roles: request.roles, establishments: request.establishments })
    .setProtectedHeader({ alg: developmentAlgorithm, typ: 'at+jwt' })
    .setSubject(request.subject)
    .setIssuer(developmentIssuer)
    .setAudience(developmentAudience)
    .setIssuedAt(now)
    .setExpirationTime(now + lifetimeSeconds)
    .sign(privateKey);
};
