import { setTimeout as sleep } from 'node:timers/promises';
import { StartRefused } from '../config/start-refused.js';
import type { RecordSecurity } from '../platform/observability/security-log.js';
import type { MasterKey, WrappedKey } from './master-keys/master-key.js';
import type { KeyTable } from './storage/key-table.js';
import type { OpenKeys } from './open-keys.js';

export interface Rotation {
  /** How many keys are wrapped anew. */
  rewrapped: number;
  /** The master key that wraps all of them now. */
  masterKeyId: string;
}

export interface RotationOptions {
  signal: AbortSignal;
  onProgress: (rewrapped: number, of: number) => void;
  record: RecordSecurity;
}

const batchSize = 500;
/** A process that was just making keys when it was told may still keep some, wrapped by the older one: for as long as a statement may take. */
const settleMs = 6_000;

/**
 * Wraps every data key with the current master key, in batches, while servers run; events stay as they are. Run again after any
 * accident: what is done stays done. Throws StartRefused where a key can't be unwrapped, after all the others.
 */
export const rotateKeys = async (
  { table, masterKey }: Pick<OpenKeys, 'table' | 'masterKey'>,
  { signal, onProgress, record }: RotationOptions,
): Promise<Rotation> => {
  const masterKeyId = await currentId(masterKey);
  // Whatever runs must wrap with it from now on, or there would be no end.
  await table.tellOfMasterKey();
  const of = await table.countOtherThan(masterKeyId);
  const stuck = new Set<string>();
  let rewrapped = 0;
  const rewrapAll = async () => {
    for (;;) {
      signal.throwIfAborted();
      const found = await table.otherThan(masterKeyId, batchSize + stuck.size);
      const batch = found.filter(({ id }) => !stuck.has(id));
      if (batch.length === 0) return;
      rewrapped += await rewrap(table, masterKey, batch, stuck);
      onProgress(rewrapped, of);
    }
  };
  try {
    await rewrapAll();
    await sleep(settleMs, undefined, { signal }).catch(() => undefined);
    await rewrapAll();
  } finally {
    // What was wrapped anew before an accident stays so.
    record('sensitive_update', { what: 'data-keys', rewrapped, stuck: stuck.size, masterKeyId });
  }
  if (stuck.size > 0) {
    throw new StartRefused(
      `${masterKey.setting}: ${stuck.size} keys can't be unwrapped (of the ticket ${[...stuck][0]}, say): ` +
        'give the master key that wrapped them too, and run this again',
    );
  }
  await table.forgetCheckValuesBut([masterKeyId]);
  return { rewrapped, masterKeyId };
};

const currentId = async (masterKey: MasterKey): Promise<string> => {
  const [made] = await masterKey.wrap([{ id: 'check', key: Buffer.alloc(32) }]);
  return made?.masterKeyId ?? '';
};

const rewrap = async (
  table: KeyTable,
  masterKey: MasterKey,
  batch: readonly WrappedKey[],
  stuck: Set<string>,
): Promise<number> => {
  const plain = await masterKey.unwrap(batch);
  const before = batch.filter((_, index) => plain[index] !== undefined);
  for (const [index, { id }] of batch.entries()) if (plain[index] === undefined) stuck.add(id);
  if (before.length === 0) return 0;
  const keys = batch.flatMap(({ id }, index) => {
    const key = plain[index];
    return key ? [{ id, key }] : [];
  });
  return table.rewrap(before, await masterKey.wrap(keys));
};
