/** What reports are without a server: for the thread of the projections. Nothing of it loads NestJS. */
export { ReportedTickets } from './projections/reported-tickets.projection.js';
