/** What the rest of the product may use of keys; nothing else of it is imported from outside. */
export { isReadFromCiphertext } from './confidential-event-store.js';
export { DataKeys } from './data-keys.js';
export { KeysModule, type KeysResources } from './keys.module.js';
export { withTexts } from './texts/confidential-fields.js';
