import { resolve } from 'node:path';
import type { Settings } from '../../config/settings.js';
import { StartRefused } from '../../config/start-refused.js';
import type { RecordSecurity } from '../../platform/observability/security-log.js';
import { LocalMasterKey } from './local-master-key.js';
import { MasterKeyChain } from './master-key-chain.js';
import { hasKeyFile, keysIn, ownKeyFile, putNewKey, readKeyFile } from './master-key-file.js';
import type { MasterKey } from './master-key.js';
import { VaultMasterKey } from './vault-master-key.js';

export type MasterKeySettings = Pick<Settings, 'keys' | 'databaseUrl' | 'dataDir'>;

export interface MasterKeyUse {
  /** Something is wrapped already, so that none is made. */
  isUsed: boolean;
  record: RecordSecurity;
}

/**
 * The master key that is set; for the embedded database, the one in its folder, which is made where nothing was wrapped yet. Throws
 * StartRefused in one line that says how to make one.
 */
export const openMasterKey = async (settings: MasterKeySettings, use: MasterKeyUse): Promise<MasterKey> => {
  const { vault } = settings.keys;
  const local = await localKey(settings, use, vault === undefined);
  if (!vault) return local ?? missing();
  const current = await VaultMasterKey.open(vault);
  return local ? new MasterKeyChain(current, [local]) : current;
};

/** Beside a Vault it is what was used before that, where there is any. */
const localKey = async (
  { keys, databaseUrl, dataDir }: MasterKeySettings,
  use: MasterKeyUse,
  isOnly: boolean,
): Promise<MasterKey | undefined> => {
  const { masterKey, masterKeyFile } = keys;
  if (masterKey !== undefined && masterKeyFile !== undefined) {
    throw new StartRefused('MASTER_KEY: MASTER_KEY_FILE is set too; expected one of the two');
  }
  if (masterKey !== undefined) {
    const given = keysIn(masterKey, 'MASTER_KEY');
    return LocalMasterKey.open('MASTER_KEY', () => Promise.resolve(given));
  }
  if (masterKeyFile !== undefined) return fromFile(resolve(masterKeyFile), 'MASTER_KEY_FILE');
  if (databaseUrl !== undefined) return undefined;
  return ownKey(ownKeyFile(resolve(dataDir)), use, isOnly);
};

const ownKey = async (
  path: string,
  { isUsed, record }: MasterKeyUse,
  isOnly: boolean,
): Promise<MasterKey | undefined> => {
  if (!(await hasKeyFile(path))) {
    if (!isOnly) return undefined;
    if (isUsed) {
      throw new StartRefused(
        `${path} is missing: the texts in this database are encrypted with what was in it; put it back from your backup of it`,
      );
    }
    await putNewKey(path, { older: [], record });
  }
  return fromFile(path, 'DATA_DIR');
};

const fromFile = (path: string, setting: string): Promise<MasterKey> =>
  LocalMasterKey.open(setting, () => readKeyFile(path, setting));

const missing = (): never => {
  throw new StartRefused(
    'MASTER_KEY: missing; expected the key that confidential texts are encrypted with, in a file that MASTER_KEY_FILE names or here: ' +
      'make one with «openssl rand -base64 32», and keep a copy apart from the backups of the database',
  );
};
