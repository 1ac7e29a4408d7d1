/** What the desk is without a server: for the thread of the projections and the migrations. Nothing of it loads NestJS. */
export { TicketList } from './list/ticket-list.projection.js';
export { Notifications } from './notifications/notifications.projection.js';
export { SearchBands1795300000050 } from './search/indexing/search-bands.migration.js';
export { SearchFunctions1796300000002 } from './search/indexing/search-functions.migration.js';
export { Search1795300000040 } from './search/indexing/search.migration.js';
export { TicketSearch } from './search/indexing/ticket-search.projection.js';
