/** What tickets are without a server: for the thread of the projections, the migrations and the commands. Nothing of it loads NestJS. */
export { erasureType, ticketTexts } from './domain/ticket-texts.js';
export { TicketErasures } from './erasure/ticket-erasures.projection.js';
export { MergeIntents1795300000371 } from './merges/merge-intents.migration.js';
export { TicketRelations } from './relations/ticket-relations.projection.js';
export { TemplateApplications1796700000090 } from './templates/template-applications.migration.js';
export { Viewers1796800000099 } from './viewing/viewers.migration.js';
