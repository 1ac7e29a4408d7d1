/** A value that nobody reads without its key: AES-256-GCM, with a nonce of its own. */
export interface Sealed {
  nonce: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

/** Where a value stands; bound to what is sealed, so that it can't be put in another place. */
export type SealedPlace = readonly [store: string, person: string, ...rest: string[]];

const nonceBytes = 12;

const algorithm = (place: SealedPlace, iv: Uint8Array<ArrayBuffer>) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(JSON.stringify(place)),
});

/** A key from its base64, which is not kept: nobody can get the key's bytes back from what this gives. */
export const importKey = (base64: string): Promise<CryptoKey> => {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
};

export const sealBytes = async (key: CryptoKey, place: SealedPlace, bytes: BufferSource): Promise<Sealed> => {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
  return { nonce, data: await crypto.subtle.encrypt(algorithm(place, nonce), key, bytes) };
};

export const seal = (key: CryptoKey, place: SealedPlace, value: unknown): Promise<Sealed> =>
  sealBytes(key, place, new TextEncoder().encode(JSON.stringify(value)));

/** Undefined for what was sealed by another key or in another place, or was changed: nothing else may be in its way. */
export const unsealBytes = async (
  key: CryptoKey,
  place: SealedPlace,
  { nonce, data }: Sealed,
): Promise<ArrayBuffer | undefined> => {
  try {
    return await crypto.subtle.decrypt(algorithm(place, nonce), key, data);
  } catch (error) {
    console.error(`${place[0]}: one can't be read`, error);
    return undefined;
  }
};

export const unseal = async <Value>(
  key: CryptoKey,
  place: SealedPlace,
  sealed: Sealed,
): Promise<Value | undefined> => {
  const text = await unsealBytes(key, place, sealed);
  return text && (JSON.parse(new TextDecoder().decode(text)) as Value);
};
