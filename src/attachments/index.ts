/** What the rest of the product may use of attachments; nothing else of it is imported from outside. */
export { AttachmentsModule } from './attachments.module.js';
