/** What keys are without a server: for the thread of the projections, the migrations and the commands. Nothing of it loads NestJS. */
export { ConfidentialEventStore } from './confidential-event-store.js';
export { DataKeys } from './data-keys.js';
export { openKeys, openKeysAgain, openKeysIfUsed, type OpenKeys } from './open-keys.js';
export { keysMigrations, keysRights } from './storage/keys.migration.js';
export { rotateKeys } from './rotate-keys.js';
export { addMasterKey } from './master-keys/add-master-key.js';
export { ConfidentialTexts, isEncrypted } from './texts/confidential-texts.js';
