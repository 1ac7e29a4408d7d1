/** What the rest of the product may use of tickets; nothing else of it is imported from outside. */
export { ErasureModule } from './erasure/erasure.module.js';
export { TicketsModule } from './tickets.module.js';
export {
  activeStatuses,
  referenceSchema,
  statuses,
  ticketSchema,
  ticketViewOf,
  type TicketView,
} from './ticket.view.js';
