/** What the rest of the product may use of tickets; nothing else of it is imported from outside. */
export { ErasedFiles } from './attaching/erased-files.js';
export { TicketAttachments, type Attachment, type AttachmentSender } from './attaching/ticket-attachments.js';
export { withWarnings } from './command-warnings.js';
export { ErasureModule } from './erasure/erasure.module.js';
export { clockTime, uuid } from './execution/command-body.js';
export { commandIdOfKey, idempotencyKeyHeader } from './http/idempotency-key.js';
export { TicketsModule } from './tickets.module.js';
export { referenceSchema, statuses, ticketSchema, ticketViewOf, type TicketView } from './ticket.view.js';
