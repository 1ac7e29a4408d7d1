import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import { Listener } from '../platform/database/connections/listener.js';
import { KeysUnavailable } from './failures.js';
import { BatchLoader } from './batch-loader.js';
import type { MasterKey } from './master-keys/master-key.js';
import { keysChannel } from './storage/key-statements.js';
import type { StoredKey, KeyTable } from './storage/key-table.js';
import type { KeyToRead } from './texts/confidential-texts.js';

/** A key to write by. */
export type KeyToWrite = KeyObject | 'destroyed';

type KeysToRead = ReadonlyMap<string, KeyToRead>;

const keyBytes = 32;
/** Some 500 bytes each. */
const maxKept = 20_000;
/** A process that missed that a key was destroyed, its connection to the database being lost unnoticed, has forgotten it after so long. */
export const keyTtlMs = 60_000;
const maxAtOnce = 1_000;
/** An id that another process is just making a key for is there the next time. */
const maxAttempts = 5;

/**
 * The keys of the texts, one for each whose texts they are, made when the first is written. In memory they are kept for a while; when
 * one is destroyed, every process is told and forgets it. All throw KeysUnavailable while their database, or the master key, is away.
 */
export class DataKeys {
  private readonly known = new LRUCache<string, KeyToWrite>({ max: maxKept, ttl: keyTtlMs });
  private readonly listener: Listener;
  private readonly reads = new BatchLoader<KeyToRead>((ids) => this.find(ids), maxAtOnce);
  private readonly writes = new BatchLoader<KeyToRead>((ids) => this.findOrMake(ids), maxAtOnce);
  private readonly creations = new BatchLoader<KeyToRead>((ids) => this.make(ids), maxAtOnce);
  private readonly told = new Set<(id: string | undefined) => void>();
  /** Raised whenever something is forgotten: what was asked for before is not kept. */
  private forgotten = 0;

  constructor(
    pool: Pool,
    private readonly table: KeyTable,
    private readonly masterKey: MasterKey,
  ) {
    this.listener = new Listener(pool, keysChannel, (id) => this.hear(id));
    this.listener.start();
  }

  /** The keys to read by, all with one statement, or at once where all are in memory. Makes none. */
  toRead(ids: Iterable<string>): KeysToRead | Promise<KeysToRead> {
    const keys = new Map<string, KeyToRead>();
    const missing: string[] = [];
    for (const id of ids) {
      const known = this.known.get(id);
      if (known) keys.set(id, known);
      else missing.push(id);
    }
    return missing.length === 0 ? keys : this.foundTo(keys, missing);
  }

  /** The key to write by, made where there is none. `isNew` where there is likely none. Throws where it can't be unwrapped. */
  async toWrite(id: string, isNew: boolean): Promise<KeyToWrite> {
    const key = this.known.get(id) ?? (await (isNew ? this.creations : this.writes).get(id));
    if (key instanceof Error) throw key;
    if (key === 'missing') throw new KeysUnavailable(`the key of ${id} was just removed`);
    return key;
  }

  /**
   * Destroys keys: what was written by them can't be read by anybody any more, and nothing more can be written. When it resolves
   * this process has forgotten them; the others have been told. Gives the ids of those that were not destroyed before.
   */
  async destroy(ids: readonly string[]): Promise<string[]> {
    const destroyed = await this.table.destroy(ids);
    for (const id of ids) this.forget(id);
    return destroyed;
  }

  /** Tells of each key that was destroyed, by whatever process; of undefined when some may have been without our hearing of it. */
  onDestroyed(told: (id: string | undefined) => void): void {
    this.told.add(told);
  }

  async close(): Promise<void> {
    await this.listener.close();
    this.known.clear();
  }

  private async foundTo(keys: Map<string, KeyToRead>, missing: readonly string[]): Promise<KeysToRead> {
    await Promise.all(missing.map(async (id) => keys.set(id, await this.reads.get(id))));
    return keys;
  }

  /** A notification: of a key that is destroyed, of a new master key, or of none but that some may have been missed. */
  private hear(id: string | undefined): void {
    if (id) this.forget(id);
    else {
      this.forget(undefined);
      this.masterKey.refresh().catch(() => undefined);
    }
  }

  private forget(id: string | undefined): void {
    this.forgotten += 1;
    if (id === undefined) this.known.clear();
    else this.known.delete(id);
    for (const tell of this.told) tell(id);
  }

  private async find(ids: readonly string[]): Promise<Map<string, KeyToRead>> {
    const before = this.forgotten;
    const found = await this.unwrapped(await this.table.find(ids));
    if (before === this.forgotten) this.remember(found);
    for (const id of ids) if (!found.has(id)) found.set(id, 'missing');
    return found;
  }

  private async findOrMake(ids: readonly string[], attempt = 1): Promise<Map<string, KeyToRead>> {
    const found = await this.find(ids);
    const missing = ids.filter((id) => found.get(id) === 'missing');
    if (missing.length === 0 || attempt > maxAttempts) return found;
    return new Map([...found, ...(await this.make(missing, attempt))]);
  }

  /** Makes keys, and gives those that were there first where they were. A key is kept before anything is written by it. */
  private async make(ids: readonly string[], attempt = 1): Promise<Map<string, KeyToRead>> {
    const before = this.forgotten;
    // All at once: asking for random bytes costs more than having them.
    const bytes = randomBytes(keyBytes * ids.length);
    const plain = ids.map((id, at) => ({ id, key: bytes.subarray(at * keyBytes, (at + 1) * keyBytes) }));
    const kept = await this.table.keep(await this.masterKey.wrap(plain));
    const made = new Map<string, KeyToRead>();
    for (const { id, key } of plain) if (kept.has(id)) made.set(id, createSecretKey(key));
    if (before === this.forgotten) this.remember(made);
    const others = ids.filter((id) => !kept.has(id));
    if (others.length === 0) return made;
    return new Map([...made, ...(await this.findOrMake(others, attempt + 1))]);
  }

  private remember(keys: ReadonlyMap<string, KeyToRead>): void {
    for (const [id, key] of keys) if (!(key instanceof Error) && key !== 'missing') this.known.set(id, key);
  }

  /** One that can't be unwrapped is an error of its own: it's in the way of nobody else's texts. */
  private async unwrapped(kept: readonly StoredKey[]): Promise<Map<string, KeyToRead>> {
    const found = new Map<string, KeyToRead>();
    const wrapped = kept.flatMap(({ wrapped: text, ...key }) =>
      text === null ? [] : [{ ...key, wrapped: text }],
    );
    const plain = wrapped.length > 0 ? await this.masterKey.unwrap(wrapped) : [];
    for (const { id, wrapped: text } of kept) if (text === null) found.set(id, 'destroyed');
    for (const [index, { id, masterKeyId }] of wrapped.entries()) {
      const key = plain[index];
      found.set(
        id,
        key ? createSecretKey(key) : new Error(`the master key ${masterKeyId} does not unwrap their key`),
      );
    }
    return found;
  }
}
