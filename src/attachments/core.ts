/** What attachments are without a server: for the migrations. Nothing of it loads NestJS. */
export { Attachments1796700000001 } from './storage/attachments.migration.js';
