import {
  createPrivateKey,
  createPublicKey,
  sign,
  verify,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { StartRefused } from '../../config/start-refused.js';
import type { Signature } from '../domain/bulletin.events.js';

/** What is found of a signature: the key may be one that is not known here. */
export type SignatureVerification = 'verified' | 'invalid' | 'unknown-key';

/** A public key as it is published: a JWK of RFC 8037 whose `kid` is its thumbprint by RFC 7638. */
export interface PublishedKey {
  kty: 'OKP';
  crv: 'Ed25519';
  x: string;
  kid: string;
  use: 'sig';
}

const expected =
  'expected an Ed25519 key in PEM (PKCS #8), the current one first and older ones after it, as private or public keys; ' +
  'make one with «openssl genpkey -algorithm ed25519»';

/** The keys of bulletins: the first one signs, where it is there; all of them verify. */
export class SigningKeys {
  private constructor(
    private readonly current: KeyObject | undefined,
    readonly published: readonly PublishedKey[],
  ) {}

  /** Nothing is signed, and nothing can be verified. */
  static readonly none = new SigningKeys(undefined, []);

  /** Keys from PEM. Throws StartRefused that begins with `where` and shows nothing of the keys. */
  static async fromPem(text: string, where: string): Promise<SigningKeys> {
    const keys = pemsIn(text).map((pem) => keyFrom(pem));
    const [current] = keys;
    if (current?.type !== 'private' || keys.some((key) => key?.asymmetricKeyType !== 'ed25519'))
      throw new StartRefused(`${where}: ${expected}`);
    const published = keys.flatMap((key) => (key ? [publishedKey(key)] : []));
    return new SigningKeys(current, await Promise.all(published));
  }

  /** Public keys alone, from what was published as a JWK set. Throws StartRefused that begins with `where`. */
  static async fromKeySet(text: string, where: string): Promise<SigningKeys> {
    try {
      const { keys } = JSON.parse(text) as { keys: JsonWebKey[] };
      const published = keys.map((key) => publishedKey(createPublicKey({ key, format: 'jwk' })));
      return new SigningKeys(undefined, await Promise.all(published));
    } catch (error) {
      throw new StartRefused(`${where}: expected a JWK set of Ed25519 keys`, { cause: error });
    }
  }

  /** The same text gives the same signature: Ed25519 uses no randomness. Undefined where there is no key to sign with. */
  sign(text: string): Signature | undefined {
    const [key] = this.published;
    if (!this.current || !key) return undefined;
    return { kid: key.kid, value: sign(null, Buffer.from(text), this.current).toString('base64url') };
  }

  verify(text: string, { kid, value }: Signature): SignatureVerification {
    const key = this.published.find((published) => published.kid === kid);
    if (!key) return 'unknown-key';
    const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
    const isValid = verify(null, Buffer.from(text), publicKey, Buffer.from(value, 'base64url'));
    return isValid ? 'verified' : 'invalid';
  }
}

const pemsIn = (text: string): string[] =>
  text.match(/-----BEGIN ([A-Z ]+)-----[\s\S]+?-----END \1-----/g) ?? [];

const keyFrom = (pem: string): KeyObject | undefined => {
  try {
    return pem.includes('PUBLIC KEY') ? createPublicKey(pem) : createPrivateKey(pem);
  } catch {
    return undefined;
  }
};

const publishedKey = async (key: KeyObject): Promise<PublishedKey> => {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const { kty, crv, x } = publicKey.export({ format: 'jwk' });
  if (kty !== 'OKP' || crv !== 'Ed25519' || x === undefined) throw new Error('a key of another kind');
  const kid = await calculateJwkThumbprint({ kty, crv, x }, 'sha256');
  return { kty, crv, x, kid, use: 'sig' };
};
