import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../config/settings.js';
import type { SecurityEvent } from '../../platform/observability/security-log.js';
import { rotateKeys } from '../rotate-keys.js';
import type { KeyTable } from '../storage/key-table.js';
import { addMasterKey } from './add-master-key.js';
import { checkMasterKey } from './check-master-key.js';
import type { MasterKey, WrappedKey } from './master-key.js';
import { openMasterKey, type MasterKeySettings } from './open-master-key.js';

let dataDir: string;
let settings: MasterKeySettings;
let events: [SecurityEvent, object][];
const record = (event: SecurityEvent, details: object) => void events.push([event, details]);
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'billets-quotidiens-master-key-'));
  settings = readSettings({ DATA_DIR: dataDir });
  events = [];
});
afterEach(() => rm(dataDir, { recursive: true }));

const file = () => join(dataDir, 'master-key');
const open = () => openMasterKey(settings, { isUsed: false, record });
const idOf = async (key: MasterKey): Promise<string> =>
  (await key.wrap([{ id: 'check', key: Buffer.alloc(32) }]))[0]!.masterKeyId;

/** As the table of a database with some keys, as far as checks and rotations ask it. */
const tableOf = (stored: WrappedKey[]) => {
  const checks: WrappedKey[] = [];
  const table = {
    tellOfMasterKey: () => Promise.resolve(),
    masterKeysInUse: () => Promise.resolve([...new Set(stored.map((key) => key.masterKeyId))]),
    checkValues: () => Promise.resolve(checks),
    keepCheckValue: (value: WrappedKey) => {
      const isNew = !checks.some(({ masterKeyId }) => masterKeyId === value.masterKeyId);
      if (isNew) checks.push(value);
      return Promise.resolve(isNew);
    },
    forgetCheckValuesBut: () => Promise.resolve(),
    countOtherThan: (id: string) =>
      Promise.resolve(stored.filter(({ masterKeyId }) => masterKeyId !== id).length),
    otherThan: (id: string) => Promise.resolve(stored.filter(({ masterKeyId }) => masterKeyId !== id)),
    rewrap: (_before: readonly WrappedKey[], after: readonly WrappedKey[]) => {
      for (const key of after) stored[stored.findIndex(({ id }) => id === key.id)] = key;
      return Promise.resolve(after.length);
    },
  };
  return table as unknown as KeyTable;
};
// A rotation waits for processes that are just making keys, unless it is told to stop by then.
const rotated = (table: KeyTable, masterKey: MasterKey) => {
  const stopping = new AbortController();
  const onProgress = () => stopping.abort(new Error('stopped'));
  return rotateKeys({ table, masterKey }, { signal: stopping.signal, onProgress, record });
};

describe('a security event', () => {
  it('is recorded once when the first master key is made, and holds nothing of it', async () => {
    const made = await open();
    await open();
    expect(events).toEqual([
      ['sensitive_create', { what: 'master-key', masterKeyId: await idOf(made), olderKeys: 0 }],
    ]);
    expect(JSON.stringify(events)).not.toContain((await readFile(file(), 'utf8')).trim());
  });

  it('is recorded when a master key is put before those that there are', async () => {
    await open();
    events = [];
    await addMasterKey(settings, record);
    expect(events).toEqual([
      ['sensitive_create', { what: 'master-key', masterKeyId: await idOf(await open()), olderKeys: 1 }],
    ]);
  });

  it('is not recorded where none could be made', async () => {
    await writeFile(file(), 'no key');
    await expect(addMasterKey(settings, record)).rejects.toThrow(/expected 32 bytes/);
    await expect(open()).rejects.toThrow(/expected 32 bytes/);
    expect(events).toEqual([]);
  });

  it('is recorded once when a master key is the current one of a database for the first time', async () => {
    const table = tableOf([]);
    const first = await open();
    events = [];
    for (const _start of [1, 2]) await checkMasterKey(table, first, record);
    await addMasterKey(settings, record);
    const second = await open();
    await checkMasterKey(table, second, record);
    expect(events.filter(([event]) => event === 'sensitive_update')).toEqual(
      await Promise.all(
        [first, second].map(async (key) => [
          'sensitive_update',
          { what: 'current-master-key', masterKeyId: await idOf(key) },
        ]),
      ),
    );
  });

  it('is recorded of a rotation that is broken off, with what was wrapped anew and what can’t be', async () => {
    const first = await open();
    const stored = await first.wrap(['a', 'b'].map((id) => ({ id, key: Buffer.alloc(32, id) })));
    stored.push({ id: 'c', masterKeyId: 'local:of-nobody', wrapped: 'AAAA' });
    await addMasterKey(settings, record);
    const second = await open();
    events = [];
    await expect(rotated(tableOf(stored), second)).rejects.toThrow('stopped');
    const masterKeyId = await idOf(second);
    expect(events).toEqual([
      ['sensitive_update', { what: 'data-keys', rewrapped: 2, stuck: 1, masterKeyId }],
    ]);
  });
});
