import { setTimeout as sleep } from 'node:timers/promises';
import { decrypt, encrypt } from '../texts/cipher.js';
import type { LocalKey } from './key-list.js';
import { MasterKey, type PlainKey, type WrappedKey } from './master-key.js';

const rereadMs = 1_000;

/** Master keys that this process holds itself, from a setting or a file. */
export class LocalMasterKey extends MasterKey {
  private keys: readonly LocalKey[];
  private readAt = -Infinity;
  private reading: Promise<unknown> | undefined;

  /** `read` gives the keys, current first; asked again where something is wrapped with one that was not among them. */
  private constructor(
    readonly setting: string,
    private readonly read: () => Promise<readonly [LocalKey, ...LocalKey[]]>,
    keys: readonly [LocalKey, ...LocalKey[]],
  ) {
    super();
    this.keys = keys;
  }

  static async open(
    setting: string,
    read: () => Promise<readonly [LocalKey, ...LocalKey[]]>,
  ): Promise<LocalMasterKey> {
    return new LocalMasterKey(setting, read, await read());
  }

  wrap(plain: readonly PlainKey[]): Promise<WrappedKey[]> {
    const [current] = this.keys;
    if (!current) throw new Error('a master key has at least one key');
    return Promise.resolve(
      plain.map(({ id, key }) => ({
        id,
        masterKeyId: current.id,
        wrapped: encrypt(current.key, id, key).toString('base64'),
      })),
    );
  }

  async unwrap(wrapped: readonly WrappedKey[]): Promise<(Buffer | undefined)[]> {
    if (wrapped.some(({ masterKeyId }) => this.find(masterKeyId) === undefined)) await this.readAgain();
    return wrapped.map((item) => {
      const found = this.find(item.masterKeyId);
      return found && decrypt(found.key, item.id, Buffer.from(item.wrapped, 'base64'));
    });
  }

  async refresh(): Promise<void> {
    await (this.reading ??= this.takeAgain());
  }

  private find(id: string): LocalKey | undefined {
    return this.keys.find((key) => key.id === id);
  }

  /** A new key may have been put into the file while this process runs. What is not there is looked for now and then only. */
  private async readAgain(): Promise<void> {
    if (performance.now() - this.readAt < rereadMs) return;
    await this.refresh();
  }

  private async takeAgain(): Promise<void> {
    try {
      // A file that is just being replaced is there again in a moment.
      this.keys = await this.read().catch(() => sleep(50).then(this.read));
    } catch {
      // Those that were read before still hold.
    } finally {
      this.readAt = performance.now();
      this.reading = undefined;
    }
  }
}
