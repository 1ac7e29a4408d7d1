import { createHash } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt, type JWTPayload } from 'jose';

/** Encrypts what a browser keeps for us, so that it can neither be read nor changed there. */
export class Seal {
  private readonly key: Uint8Array;

  constructor(secret: string) {
    this.key = createHash('sha256').update(secret).digest();
  }

  /** `purpose` keeps a text that was sealed for one use from being taken for another. */
  close(purpose: string, contents: JWTPayload, lifetimeSeconds: number): Promise<string> {
    return new EncryptJWT(contents)
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setAudience(purpose)
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds} s`)
      .encrypt(this.key);
  }

  /** undefined where it was not sealed here for this purpose, or its time is over. */
  async open(purpose: string, sealed: string): Promise<JWTPayload | undefined> {
    try {
      return (await jwtDecrypt(sealed, this.key, { audience: purpose, requiredClaims: ['exp'] })).payload;
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}
