import type { Pool } from 'pg';
import { isUnavailable } from '../../platform/database/failures.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import type { Sql } from '../../platform/database/sql.js';
import { messageOf } from '../../shared/message-of.js';
import { KeysUnavailable } from '../failures.js';
import type { WrappedKey } from '../master-keys/master-key.js';
import {
  announceMasterKey,
  countOtherKeys,
  deleteCheckValuesBut,
  destroyKeys,
  insertCheckValue,
  insertKeys,
  replaceKeys,
  selectCheckValues,
  selectKeys,
  selectMasterKeysInUse,
  selectOtherKeys,
} from './key-statements.js';

/** A key as its table has it; null where it was destroyed. */
export interface StoredKey {
  id: string;
  masterKeyId: string;
  wrapped: string | null;
}

const deadlineMs = 5_000;

/** The keys in their database. Each statement takes many at once, and throws KeysUnavailable where the database does not answer. */
export class KeyTable {
  constructor(private readonly pool: Pool) {}

  find(ids: readonly string[]): Promise<StoredKey[]> {
    return this.query<StoredKey>(selectKeys(ids), 'keys-find');
  }

  /** Keeps those whose id has none yet; gives the ids of those, which are on disk then. */
  async keep(keys: readonly WrappedKey[]): Promise<Set<string>> {
    const rows = await this.query<{ id: string }>(insertKeys(keys), 'keys-keep');
    return new Set(rows.map(({ id }) => id));
  }

  /** What never had one gets a destroyed one. Gives the ids of those that were not destroyed before. */
  async destroy(ids: readonly string[]): Promise<string[]> {
    const rows = await this.query<{ id: string }>(destroyKeys(ids));
    return rows.map(({ id }) => id);
  }

  /** Some of those that are wrapped by another master key than this one. */
  otherThan(masterKeyId: string, limit: number): Promise<WrappedKey[]> {
    return this.query<WrappedKey>(selectOtherKeys(masterKeyId, limit));
  }

  /** Puts others in the place of what was read; what was changed or destroyed meanwhile stays as it is. Gives how many. */
  async rewrap(before: readonly WrappedKey[], after: readonly WrappedKey[]): Promise<number> {
    return (await this.query(replaceKeys(before, after))).length;
  }

  /** How many that would be. */
  async countOtherThan(masterKeyId: string): Promise<number> {
    const [row] = await this.query<{ count: number }>(countOtherKeys(masterKeyId));
    return row?.count ?? 0;
  }

  /** Which master keys are needed to unwrap what there is. */
  async masterKeysInUse(): Promise<string[]> {
    const rows = await this.query<{ id: string }>(selectMasterKeysInUse());
    return rows.map(({ id }) => id);
  }

  /** Tells every process to look for its master key again. */
  async tellOfMasterKey(): Promise<void> {
    await this.query(announceMasterKey());
  }

  checkValues(): Promise<WrappedKey[]> {
    return this.query<WrappedKey>(selectCheckValues());
  }

  /** False where there was one already. */
  async keepCheckValue(checkValue: WrappedKey): Promise<boolean> {
    return (await this.query(insertCheckValue(checkValue))).length > 0;
  }

  /** Of master keys that nothing needs any more. */
  async forgetCheckValuesBut(ids: readonly string[]): Promise<void> {
    await this.query(deleteCheckValuesBut(ids));
  }

  private async query<Row extends object>(query: Sql, name?: string): Promise<Row[]> {
    try {
      const named = name === undefined ? {} : { name };
      return await queryWithDeadline<Row>(this.pool, query, { ...named, timeoutMs: deadlineMs });
    } catch (error) {
      throw isUnavailable(error) ? new KeysUnavailable(messageOf(error), { cause: error }) : error;
    }
  }
}
