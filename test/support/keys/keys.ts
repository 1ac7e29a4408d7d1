import { readSettings, type KeySettings } from '../../../src/config/settings.js';
import { testMasterKey } from './master-key.js';

export { testMasterKey };

/** As settings have it, beside anything else that is about keys. */
export const testKeys = (environment: Record<string, string> = {}): KeySettings =>
  readSettings({ MASTER_KEY: testMasterKey, ...environment }).keys;
