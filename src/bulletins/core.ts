/** What bulletins are without a server: for the commands. Nothing of it loads NestJS. */
export { bulletinStreamPrefix } from './domain/bulletin.events.js';
export { openSigningKeys } from './signing/open-signing-keys.js';
export { SigningKeys } from './signing/signing-keys.js';
export { verifyPublications } from './signing/verify-publications.js';
