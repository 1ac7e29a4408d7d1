import type { Settings } from '../config/settings.js';
import { keysRights } from '../keys/core.js';
import type { ApplicationRights } from '../platform/database/application-rights.js';
import type { DatabaseOwner } from '../platform/database/database.js';
import { holdsKeys } from './registry.js';

/**
 * What a server may do in the main database where another role owns what is in it. Events are added and never changed. What projections
 * make is the application's own.
 */
const applicationRights: ApplicationRights = {
  schemas: {
    event_store: 'USAGE',
    projections: 'USAGE',
    search: 'USAGE',
    access: 'USAGE',
    audit: 'USAGE',
    preferences: 'USAGE',
    attachments: 'USAGE',
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
    'tickets.viewers': 'SELECT, INSERT, UPDATE, DELETE',
    'access.sessions': 'SELECT, INSERT, UPDATE, DELETE',
    'audit.accesses': 'SELECT, INSERT',
    'audit.access_head': 'SELECT, UPDATE',
    'preferences.kept': 'SELECT, INSERT, UPDATE, DELETE',
    'preferences.applications': 'SELECT, INSERT, DELETE',
    'preferences.own_teams': 'SELECT, INSERT, UPDATE',
    'attachments.objects': 'SELECT, INSERT, UPDATE, DELETE',
  },
};

/** The same where the keys are in the main database, too. */
export const rightsWithKeys: ApplicationRights = {
  schemas: { ...applicationRights.schemas, ...keysRights.schemas },
  tables: { ...applicationRights.tables, ...keysRights.tables },
};

export const rightsFor = (settings: Pick<Settings, 'keys' | 'plainTexts'>): ApplicationRights =>
  holdsKeys(settings) ? rightsWithKeys : applicationRights;

/** The owner that MIGRATIONS_DATABASE_URL names. */
export const ownerOf = (settings: Settings): DatabaseOwner | undefined => {
  const { migrationsUrl: url } = settings;
  return url === undefined
    ? undefined
    : { url, setting: 'MIGRATIONS_DATABASE_URL', rights: rightsFor(settings) };
};
