import { StartRefused } from '../../config/start-refused.js';
import type { RecordSecurity } from '../../platform/observability/security-log.js';
import type { KeyTable } from '../storage/key-table.js';
import type { MasterKey } from './master-key.js';

/** What is wrapped to be recognised: nobody's key. */
const checkId = 'check';
const checkKey = Buffer.from('billets-quotidiens: check value.');

/**
 * Whether the master key is the one that what is there was wrapped with, and those before it. Throws StartRefused in one line before
 * anything is written with another one.
 */
export const checkMasterKey = async (
  table: KeyTable,
  masterKey: MasterKey,
  record: RecordSecurity,
): Promise<void> => {
  const known = (await table.checkValues()).map((row) => ({ ...row, id: checkId }));
  const inUse = new Set(await table.masterKeysInUse());
  const plain = await masterKey.unwrap(known);
  for (const [index, { masterKeyId }] of known.entries()) {
    const isRight = plain[index]?.equals(checkKey) ?? false;
    if (!isRight && inUse.has(masterKeyId)) throw refusal(masterKey, masterKeyId);
    inUse.delete(masterKeyId);
  }
  const [unchecked] = inUse;
  if (unchecked !== undefined) throw refusal(masterKey, unchecked);
  const [made] = await masterKey.wrap([{ id: checkId, key: checkKey }]);
  if (!made || known.some(({ masterKeyId }) => masterKeyId === made.masterKeyId)) return;
  // Of several processes that start at once, one keeps it and says so.
  if (await table.keepCheckValue(made))
    record('sensitive_update', { what: 'current-master-key', masterKeyId: made.masterKeyId });
};

const refusal = ({ setting }: MasterKey, masterKeyId: string): StartRefused =>
  new StartRefused(
    `${setting}: the texts in this database are encrypted with another master key, ${masterKeyId}; ` +
      'give that one, or both with the new one first and then run «npm run --silent rotate-keys»',
  );
