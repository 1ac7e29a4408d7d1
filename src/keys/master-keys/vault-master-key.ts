import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { KeySettings } from '../../config/settings.js';
import { StartRefused } from '../../config/start-refused.js';
import { messageOf } from '../../shared/message-of.js';
import { KeysUnavailable } from '../failures.js';
import { MasterKey, type PlainKey, type WrappedKey } from './master-key.js';

type VaultSettings = NonNullable<KeySettings['vault']>;

const deadlineMs = 5_000;

const answerSchema = z.object({
  data: z.object({
    batch_results: z.array(
      z.object({
        ciphertext: z.string().optional(),
        plaintext: z.string().optional(),
        error: z.string().optional(),
      }),
    ),
  }),
});
type Result = z.output<typeof answerSchema>['data']['batch_results'][number];

/**
 * The transit engine of a HashiCorp Vault: the master key never leaves it. Its key is of type aes256-gcm96; what a data key is for goes
 * along as associated data. Each version of that key counts as a master key of its own, so that `rotate-keys` finds what older ones wrapped.
 */
export class VaultMasterKey extends MasterKey {
  readonly setting = 'VAULT_ADDR';
  private readonly name: string;

  private constructor(private readonly settings: VaultSettings) {
    super();
    this.name = `vault:${settings.key}:`;
  }

  /** Throws StartRefused where it can't be used as it is set. */
  static async open(settings: VaultSettings): Promise<VaultMasterKey> {
    const key = new VaultMasterKey(settings);
    try {
      await key.wrap([{ id: 'check', key: Buffer.from('check') }]);
      return key;
    } catch (error) {
      const place = `the transit key ${settings.key} of ${new URL(settings.address).origin}`;
      throw new StartRefused(`VAULT_ADDR: ${place} can't be used: ${messageOf(error)}`, { cause: error });
    }
  }

  /** Vault itself wraps with the newest version. */
  refresh(): Promise<void> {
    return Promise.resolve();
  }

  async wrap(keys: readonly PlainKey[]): Promise<WrappedKey[]> {
    const items = keys.map(({ id, key }) => ({
      plaintext: key.toString('base64'),
      associated_data: aboutOf(id),
    }));
    const results = await this.ask('encrypt', items);
    return keys.map(({ id }, index) => {
      const { ciphertext, error } = results[index] ?? {};
      if (ciphertext === undefined)
        throw new KeysUnavailable(`Vault encrypts nothing: ${error ?? 'no answer'}`);
      return { id, masterKeyId: this.name + versionOf(ciphertext), wrapped: ciphertext };
    });
  }

  async unwrap(keys: readonly WrappedKey[]): Promise<(Buffer | undefined)[]> {
    const own = keys.filter(({ masterKeyId }) => masterKeyId.startsWith(this.name));
    const items = own.map(({ id, wrapped }) => ({ ciphertext: wrapped, associated_data: aboutOf(id) }));
    const results = items.length > 0 ? await this.ask('decrypt', items) : [];
    const plain = new Map(own.map((key, index) => [key, results[index]?.plaintext]));
    return keys.map((key) => {
      const text = plain.get(key);
      return text === undefined ? undefined : Buffer.from(text, 'base64');
    });
  }

  /** A request for many at once. One of them that is wrong has an error of its own: Vault then answers 400 with all the results. */
  private async ask(action: 'encrypt' | 'decrypt', items: readonly object[]): Promise<Result[]> {
    const { address, key } = this.settings;
    const [, mount = '', name = ''] = /^(.+)\/([^/]+)$/.exec(key) ?? [];
    try {
      const response = await fetch(new URL(`/v1/${mount}/${action}/${name}`, address), {
        method: 'POST',
        headers: { 'X-Vault-Token': await this.token(), 'Content-Type': 'application/json' },
        body: JSON.stringify({ batch_input: items }),
        signal: AbortSignal.timeout(deadlineMs),
        redirect: 'error',
      });
      const answer: unknown = await response.json();
      const read = answerSchema.safeParse(answer);
      if (read.success) return read.data.data.batch_results;
      throw new Error(`Vault answered ${response.status}${reasonsIn(answer)}`);
    } catch (error) {
      throw new KeysUnavailable(messageOf(error), { cause: error });
    }
  }

  /** Read each time: an agent beside the server renews it. */
  private async token(): Promise<string> {
    return (await readFile(this.settings.tokenFile, 'utf8')).trim();
  }
}

const aboutOf = (id: string): string => Buffer.from(id).toString('base64');

/** `vault:v3:…` */
const versionOf = (ciphertext: string): string => ciphertext.split(':')[1] ?? '';

const reasonsIn = (answer: unknown): string => {
  const { errors } = (answer ?? {}) as { errors?: unknown };
  return Array.isArray(errors) && errors.length > 0 ? `: ${errors.join(', ')}` : '';
};
