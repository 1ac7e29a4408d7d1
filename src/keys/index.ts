/** What the rest of the product may use of keys; nothing else of it is imported from outside. */
export { ConfidentialEventStore, isReadFromCiphertext } from './confidential-event-store.js';
export { DataKeys } from './data-keys.js';
export { KeysModule, type KeysResources } from './keys.module.js';
export { openKeys, openKeysAgain, openKeysIfUsed, type OpenKeys } from './open-keys.js';
export { keysMigrations, keysRights } from './storage/keys.migration.js';
export { rotateKeys } from './rotate-keys.js';
export { addMasterKey } from './master-keys/add-master-key.js';
export { withTexts } from './texts/confidential-fields.js';
export { ConfidentialTexts, isEncrypted } from './texts/confidential-texts.js';
