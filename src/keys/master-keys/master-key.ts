/** A data key on its way under the master key. */
export interface PlainKey {
  /** Whose texts it is for: bound to what is made of it, so that nobody's key passes for another's. */
  id: string;
  key: Buffer;
}

/** A data key as it is kept. */
export interface WrappedKey {
  id: string;
  /** Names the master key, and tells nothing of it. */
  masterKeyId: string;
  wrapped: string;
}

/**
 * What the data keys are encrypted with: the one secret that whoever has all databases and backups still lacks. It wraps with the
 * current one of its keys, and unwraps with older ones too, so that it can be replaced while everything runs.
 */
export abstract class MasterKey {
  /** What people set it by, as refusals name it. */
  abstract readonly setting: string;

  /** Looks for it again where it is set: there may be a new one. */
  abstract refresh(): Promise<void>;

  /** Throws KeysUnavailable where it is elsewhere and can't be reached. */
  abstract wrap(keys: readonly PlainKey[]): Promise<WrappedKey[]>;

  /** In the order asked for; undefined for what none of its keys has wrapped, or what was changed since. Throws KeysUnavailable. */
  abstract unwrap(keys: readonly WrappedKey[]): Promise<(Buffer | undefined)[]>;
}
