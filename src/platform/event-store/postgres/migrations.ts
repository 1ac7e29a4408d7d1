import { EventStore1795300000000 } from './event-store.migration.js';
import { LogChain1795300000601 } from './log-chain.migration.js';

/** What a database needs to hold a log, and nothing of what is made from it; oldest first. */
export const eventStoreMigrations = [EventStore1795300000000, LogChain1795300000601];
