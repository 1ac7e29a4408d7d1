import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartRefused } from '../../config/start-refused.js';
import { writePrivateFile } from '../../platform/files/private-file.js';
import type { RecordSecurity } from '../../platform/observability/security-log.js';
import { codeOf, messageOf } from '../../shared/message-of.js';
import { expectedKeys, parseKeys, type LocalKey } from './key-list.js';

/** Where the embedded database's own master key is. */
export const ownKeyFile = (dataDir: string): string => join(dataDir, 'master-key');

/** Throws StartRefused where the file can't be read or holds something else. */
export const readKeyFile = async (path: string, setting: string): Promise<[LocalKey, ...LocalKey[]]> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new StartRefused(`${setting}: ${path} can't be read: ${messageOf(error)}`, { cause: error });
  }
  return keysIn(text, `${setting}: ${path}`);
};

/** Throws StartRefused that begins with `where` where the text holds no keys. */
export const keysIn = (text: string, where: string): [LocalKey, ...LocalKey[]] => {
  const [current, ...older] = parseKeys(text) ?? [];
  if (!current) throw new StartRefused(`${where}: ${expectedKeys}`);
  return [current, ...older];
};

/** Whether there is one. */
export const hasKeyFile = async (path: string): Promise<boolean> => {
  try {
    await (await open(path, 'r')).close();
    return true;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw new StartRefused(`${path} can't be read: ${messageOf(error)}`, { cause: error });
  }
};

/** Makes a key and puts it into the file, one a line, before those that it holds. */
export const putNewKey = async (
  path: string,
  { older, record }: { older: readonly string[]; record: RecordSecurity },
): Promise<void> => {
  const made = randomBytes(32).toString('base64');
  await writePrivateFile(path, `${[made, ...older].join('\n')}\n`);
  const [{ id: masterKeyId }] = keysIn(made, path);
  record('sensitive_create', { what: 'master-key', masterKeyId, olderKeys: older.length });
};
