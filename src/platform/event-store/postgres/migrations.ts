import { EventStore1795300000000 } from './event-store.migration.js';

/** The migrations that make a database hold a log, without the read models; oldest first. */
export const eventStoreMigrations = [EventStore1795300000000];
