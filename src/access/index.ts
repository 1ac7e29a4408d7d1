/** What the rest of the product may use of access; nothing else of it is imported from outside. */
export { CurrentAccessEnd, CurrentPrincipal, OpenToReaders, Requires } from './access.guard.js';
export { AccessModule, type AccessResources } from './access.module.js';
export * from './log/index.js';
export {
  type Permission,
  type Principal,
  isAllowed,
  isPublicReader,
  canAccess,
  wallScreen,
} from './permissions.js';
export {
  developmentProvider,
  developmentProviderHandler,
  developmentProviderPath,
} from './sign-in/development-provider.js';
export { narrowedScope, type Scope, scopeOf } from './scope.js';
export { Seal } from './sign-in/seal.js';
export { SessionStore } from './sign-in/session-store.js';
export { SessionWatch } from './sign-in/session-watch.js';
export { Sessions, isFromOurPages } from './sign-in/sessions.js';
export { type IdentityProvider, SignIn, attemptSeconds } from './sign-in/sign-in.js';
export { type AccessEnd, Identity } from './identity.js';
export { TokenVerifier } from './token-verifier.js';
export { type WallScreen, WallScreens, claimableMinutes } from './sign-in/wall-screens.js';
