/** What the rest of the product may use of access; nothing else of it is imported from outside. */
export { CurrentAccessEnd, CurrentPrincipal, Requires } from './access.guard.js';
export { AccessModule, type AccessResources } from './access.module.js';
export type { ShownTicket } from './log/access.js';
export { AccessAlerts } from './log/access-alerts.js';
export { AccessLog } from './log/access-log.js';
export { AccessRecorder, type GoingOn, showTickets } from './log/access-recorder.js';
export {
  accessCursorSchema,
  accessesShape,
  accessFilterOf,
  notInOrder,
  rangeInOrder,
} from './log/reading/accesses.query.js';
export { type AccessView, accessView } from './log/reading/accesses.view.js';
export { ReadAccesses } from './log/reading/read-accesses.js';
export { LogsAccess, ShowsNoTicket } from './log/access-rule.js';
export { shownTickets } from './log/shown-tickets.js';
export { AccessLog1796200000001 } from './log/storage/access-log.migration.js';
export { verifyAccessChain } from './log/storage/access-chain.js';
export { writeAccesses } from './log/storage/write-accesses.js';
export { issueDevelopmentToken, signDevelopmentToken } from './development-issuer.js';
export {
  type Permission,
  type Principal,
  type Role,
  isAllowed,
  canAccess,
  roles,
  wallScreen,
} from './permissions.js';
export {
  developmentProvider,
  developmentProviderHandler,
  developmentProviderPath,
} from './sign-in/development-provider.js';
export { Seal } from './sign-in/seal.js';
export { Sessions1795300000630 } from './sign-in/sessions.migration.js';
export { SessionStore } from './sign-in/session-store.js';
export { SessionWatch } from './sign-in/session-watch.js';
export { Sessions, isFromOurPages } from './sign-in/sessions.js';
export { type IdentityProvider, SignIn, attemptSeconds } from './sign-in/sign-in.js';
export { type AccessEnd, Identity } from './identity.js';
export { TokenVerifier } from './token-verifier.js';
export { type WallScreen, WallScreens, claimableMinutes } from './sign-in/wall-screens.js';
