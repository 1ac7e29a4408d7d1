import { MasterKey, type PlainKey, type WrappedKey } from './master-key.js';

/** Wraps with the first, unwraps with whichever can: so that one kind of master key can take another's place. */
export class MasterKeyChain extends MasterKey {
  constructor(
    private readonly current: MasterKey,
    private readonly older: readonly MasterKey[],
  ) {
    super();
  }

  get setting(): string {
    return this.current.setting;
  }

  async refresh(): Promise<void> {
    await Promise.all([this.current, ...this.older].map((member) => member.refresh()));
  }

  wrap(keys: readonly PlainKey[]): Promise<WrappedKey[]> {
    return this.current.wrap(keys);
  }

  async unwrap(keys: readonly WrappedKey[]): Promise<(Buffer | undefined)[]> {
    const plain = await this.current.unwrap(keys);
    for (const member of this.older) {
      const left = keys.filter((_, index) => plain[index] === undefined);
      if (left.length === 0) break;
      const found = new Map(zipped(left, await member.unwrap(left)));
      keys.forEach((key, index) => (plain[index] ??= found.get(key)));
    }
    return plain;
  }
}

const zipped = <First, Second>(
  firsts: readonly First[],
  seconds: readonly Second[],
): [First, Second | undefined][] => firsts.map((first, index) => [first, seconds[index]]);
