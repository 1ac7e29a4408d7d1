/** What access is without a server: for the thread of the projections, the migrations and the commands. Nothing of it loads NestJS. */
export { issueDevelopmentToken, signDevelopmentToken } from './development-issuer.js';
export { AccessLog1796200000001 } from './log/storage/access-log.migration.js';
export { verifyAccessChain } from './log/storage/access-chain.js';
export { writeAccesses } from './log/storage/write-accesses.js';
export { type Role, roles } from './permissions.js';
export { Sessions1795300000630 } from './sign-in/sessions.migration.js';
