import { Injectable, Optional } from '@nestjs/common';
import type { KeyObject } from 'node:crypto';
import { DataKeys } from '../../keys/index.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { decryptedFile, encryptedBytes, encryptedFile } from '../encryption/file-cipher.js';
import { AttachmentStore, StoreUnavailable, type ObjectKey } from './attachment-store.js';

/**
 * The store, with everything in it encrypted by the ticket's key. Throws DomainError: `unavailable` while the store or the keys are away,
 * `texts-erased` and `attachment-erased` once the key is destroyed, `texts-in-plain` where there are no keys.
 */
@Injectable()
export class FileVault {
  constructor(
    private readonly store: AttachmentStore,
    @Optional() private readonly keys?: DataKeys,
  ) {}

  /** Stores all of it or nothing. What reading `plain` throws is thrown on. `size` is how long it will be, where that is known. */
  async put(key: ObjectKey, plain: AsyncIterable<Uint8Array>, size: number | undefined): Promise<void> {
    const ticketKey = await this.keysOrThrow().toWrite(key.ticketId, false);
    if (ticketKey === 'destroyed') throw new DomainError('texts-erased');
    const bytes = encryptedFile(ticketKey, key, plain);
    await asDomain(this.store.put(key, bytes, size === undefined ? undefined : encryptedBytes(size)));
  }

  /** The bytes as they were given; undefined where there are none. Throws FileDamaged where they are not, also later. */
  async open(key: ObjectKey): Promise<AsyncGenerator<Buffer> | undefined> {
    const ticketKey = await this.keyToRead(key.ticketId);
    const stored = await asDomain(this.store.open(key));
    return stored && begun(decryptedFile(ticketKey, key, stored));
  }

  /** A file with its thumbnail. */
  async delete({ ticketId, attachmentId }: Omit<ObjectKey, 'form'>): Promise<void> {
    for (const form of ['thumbnail', 'original'] as const)
      await asDomain(this.store.delete({ ticketId, attachmentId, form }));
  }

  /** Whether the ticket's key is destroyed. */
  async isErased(ticketId: string): Promise<boolean> {
    return (await this.keysOrThrow().toRead([ticketId])).get(ticketId) === 'destroyed';
  }

  private async keyToRead(ticketId: string): Promise<KeyObject> {
    const key = (await this.keysOrThrow().toRead([ticketId])).get(ticketId);
    if (key === 'destroyed') throw new DomainError('attachment-erased');
    if (key === undefined || key === 'missing') throw new Error(`there is no key of ${ticketId}`);
    if (key instanceof Error) throw key;
    return key;
  }

  private keysOrThrow(): DataKeys {
    if (!this.keys) throw new DomainError('texts-in-plain');
    return this.keys;
  }
}

/** The beginning is read at once: what can't be read is not begun to be answered with. Whoever does not read on has to `return`. */
const begun = async (bytes: AsyncGenerator<Buffer>): Promise<AsyncGenerator<Buffer>> => {
  const first = await bytes.next();
  return (async function* () {
    try {
      for (let next = first; !next.done; next = await bytes.next()) yield next.value;
    } finally {
      await bytes.return(undefined);
    }
  })();
};

const asDomain = async <Value>(work: Promise<Value>): Promise<Value> => {
  try {
    return await work;
  } catch (error) {
    throw error instanceof StoreUnavailable ? new DomainError('unavailable', { cause: error }) : error;
  }
};
