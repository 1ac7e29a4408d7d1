import { keysRights } from '../keys/core.js';
import type { ApplicationRights } from '../platform/database/application-rights.js';

/**
 * What a server may do in the main database where MIGRATIONS_DATABASE_URL names an owner of what is in it. Events are added and never
 * changed. What projections make is the application's own.
 */
export const applicationRights: ApplicationRights = {
  schemas: {
    event_store: 'USAGE',
    projections: 'USAGE',
    search: 'USAGE',
    access: 'USAGE',
    audit: 'USAGE',
    tickets: 'USAGE, CREATE',
    desk: 'USAGE, CREATE',
  },
  tables: {
    'event_store.events': 'SELECT, INSERT',
    'event_store.head': 'SELECT, UPDATE',
    'projections.generations': 'SELECT, INSERT, UPDATE',
    'projections.dead_letters': 'SELECT, INSERT, UPDATE, DELETE',
    'projections.served': 'SELECT',
    'projections.log_epochs': 'SELECT, INSERT',
    'projections.log_place': 'SELECT, INSERT, UPDATE',
    'projections.projected_log': 'SELECT, INSERT, UPDATE',
    'tickets.merge_intent': 'SELECT, UPDATE',
    'access.sessions': 'SELECT, INSERT, UPDATE, DELETE',
    'audit.accesses': 'SELECT, INSERT',
    'audit.access_head': 'SELECT, UPDATE',
  },
};

/** The same where the keys are in the main database, too. */
export const rightsWithKeys: ApplicationRights = {
  schemas: { ...applicationRights.schemas, ...keysRights.schemas },
  tables: { ...applicationRights.tables, ...keysRights.tables },
};
