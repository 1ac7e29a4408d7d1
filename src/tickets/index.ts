/** What the rest of the product may use of tickets; nothing else of it is imported from outside. */
export { ticketTexts } from './domain/ticket-texts.js';
export { MergeIntents1795300000371 } from './merges/merge-intents.migration.js';
export { ErasureModule } from './erasure/erasure.module.js';
export { TicketErasures } from './erasure/ticket-erasures.projection.js';
export { TicketRelations } from './relations/ticket-relations.projection.js';
export { TicketsModule } from './tickets.module.js';
export { activeStatuses, statuses, ticketSchema, ticketViewOf, type TicketView } from './ticket.view.js';
