import { createHash } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt, type JWTPayload } from 'jose';

/** Encrypts what a browser keeps for us, so that it can neither be read nor changed there. */
export class Seal {
  private readonly keys: readonly [Uint8Array, ...Uint8Array[]];

  /** The first secret closes, any of them opens, so that one can be replaced by another while what it closed is in use. */
  constructor(secrets: readonly string[]) {
    const [first, ...others] = secrets.map((secret) => createHash('sha256').update(secret).digest());
    if (!first) throw new Error('a seal needs a secret');
    this.keys = [first, ...others];
  }

  /** `purpose` keeps a text that was sealed for one use from being taken for another. */
  close(purpose: string, contents: JWTPayload, lifetimeSeconds: number): Promise<string> {
    return new EncryptJWT(contents)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(purpose)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds} s`)
      .encrypt(this.keys[0]);
  }

  /** undefined where it was not sealed here for this purpose, or its time is over. */
  async open(purpose: string, sealed: string): Promise<JWTPayload | undefined> {
    for (const key of this.keys) {
      const contents = await openedWith(key, purpose, sealed);
      if (contents) return contents;
    }
    return undefined;
  }
}

const openedWith = async (
  key: Uint8Array,
  purpose: string,
  sealed: string,
): Promise<JWTPayload | undefined> => {
  try {
    const { payload } = await jwtDecrypt(sealed, key, {
      audience: purpose,
      requiredClaims: ['exp'],
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
};
