import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StartRefused } from '../../config/start-refused.js';
import type { RecordSecurity } from '../../platform/observability/security-log.js';
import { ownKeyFile, putNewKey, readKeyFile } from './master-key-file.js';
import type { MasterKeySettings } from './open-master-key.js';

/** Puts a new key before those in the file of the settings; gives the file. Throws StartRefused where the key is not in a file. */
export const addMasterKey = async (
  { keys, databaseUrl, dataDir }: MasterKeySettings,
  record: RecordSecurity,
): Promise<string> => {
  const { masterKey, masterKeyFile, vault } = keys;
  const isOwn = masterKey === undefined && masterKeyFile === undefined && databaseUrl === undefined;
  if (vault !== undefined || (masterKeyFile === undefined && !isOwn)) {
    throw new StartRefused(
      '--new: the master key is not in a file that could be written here; put the new one before the old where it is set ' +
        '(in Vault: «vault write -f transit/keys/…/rotate»), then run this without --new',
    );
  }
  const path = masterKeyFile === undefined ? ownKeyFile(resolve(dataDir)) : resolve(masterKeyFile);
  await readKeyFile(path, masterKeyFile === undefined ? 'DATA_DIR' : 'MASTER_KEY_FILE');
  const older = (await readFile(path, 'utf8')).split(/[\s,]+/).filter((key) => key !== '');
  await putNewKey(path, { older, record });
  return path;
};
