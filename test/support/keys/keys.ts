import { readSettings, type KeySettings } from '../../../src/config/settings.js';

/** The master key of all tests: whatever starts a server on a database of its own needs one. */
export const testMasterKey = Buffer.alloc(32, 'a master key of tests').toString('base64');

/** As settings have it, beside anything else that is about keys. */
export const testKeys = (environment: Record<string, string> = {}): KeySettings =>
  readSettings({ MASTER_KEY: testMasterKey, ...environment }).keys;
