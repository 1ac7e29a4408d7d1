import type { KeyRing } from './key-ring.js';
import { seal, sealBytes, unseal, unsealBytes, type Sealed, type SealedPlace } from './sealing.js';

/** Seals and unseals what is of whoever is signed in: the person of a place has to be the one whose key is held. */
export class PersonSealer {
  constructor(private readonly keys: KeyRing) {}

  /** Undefined while the tablet is locked. */
  async person(): Promise<string | undefined> {
    return (await this.keys.held())?.person;
  }

  /** Throws Locked where the key of the place's person is not held. */
  async seal(place: SealedPlace, value: unknown): Promise<Sealed> {
    return seal(await this.keyOf(place), place, value);
  }

  /** Throws Locked where the key of the place's person is not held. */
  async sealBytes(place: SealedPlace, bytes: ArrayBuffer): Promise<Sealed> {
    return sealBytes(await this.keyOf(place), place, bytes);
  }

  async unseal<Value>(place: SealedPlace, sealed: Sealed): Promise<Value | undefined> {
    const held = await this.keys.held();
    return held?.person === place[1] ? unseal<Value>(held.key, place, sealed) : undefined;
  }

  async unsealBytes(place: SealedPlace, sealed: Sealed): Promise<ArrayBuffer | undefined> {
    const held = await this.keys.held();
    return held?.person === place[1] ? unsealBytes(held.key, place, sealed) : undefined;
  }

  private async keyOf(place: SealedPlace): Promise<CryptoKey> {
    const held = await this.keys.held();
    if (held?.person !== place[1]) throw new Locked();
    return held.key;
  }
}

/** The session ended before something was stored. */
export class Locked extends Error {
  constructor() {
    super('the tablet is locked');
  }
}
