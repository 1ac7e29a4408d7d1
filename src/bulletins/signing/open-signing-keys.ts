import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Settings } from '../../config/settings.js';
import { StartRefused } from '../../config/start-refused.js';
import { writePrivateFile } from '../../platform/files/private-file.js';
import type { RecordSecurity } from '../../platform/observability/security-log.js';
import { codeOf, messageOf } from '../../shared/message-of.js';
import { SigningKeys } from './signing-keys.js';

export type SigningSettings = Pick<Settings, 'signingKey' | 'databaseUrl' | 'dataDir'>;

/**
 * The keys that are set; for the embedded database, those in its folder, where one is made once. With a database of one's own and no
 * key bulletins are published unsigned. Throws StartRefused.
 */
export const openSigningKeys = async (
  settings: SigningSettings,
  record: RecordSecurity,
): Promise<SigningKeys> => {
  const { signingKey, databaseUrl, dataDir } = settings;
  if (signingKey !== undefined) return SigningKeys.fromPem(signingKey, 'SIGNING_KEY');
  if (databaseUrl !== undefined) return SigningKeys.none;
  const path = join(resolve(dataDir), 'signing-key');
  const found = await readIfThere(path);
  if (found !== undefined) return SigningKeys.fromPem(found, path);
  const made = await SigningKeys.fromPem(await make(path), path);
  const [{ kid: signingKeyId } = { kid: '' }] = made.published;
  record('sensitive_create', { what: 'signing-key', signingKeyId });
  return made;
};

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new StartRefused(`${path} can't be read: ${messageOf(error)}`, { cause: error });
  }
};

const make = async (path: string): Promise<string> => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  await writePrivateFile(path, pem);
  return pem;
};
