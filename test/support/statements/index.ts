import { access, accessLog } from './access.js';
import { attachments } from './attachments.js';
import type { CataloguedStatement } from './catalogue.js';
import * as desk from './desk.js';
import * as figures from './figures.js';
import { ticketKeys } from './keys.js';
import { preferences } from './preferences.js';
import * as platform from './platform.js';
import * as reports from './reports.js';
import { tickets } from './tickets.js';

/** Every statement with each of its forms, by the file of docs/sql that shows it. */
export const catalogue: Readonly<Record<string, readonly CataloguedStatement[]>> = {
  'desk-list': desk.list,
  'desk-views': desk.views,
  'desk-changes': desk.changes,
  'desk-search': desk.searches,
  'desk-notifications': desk.notifications,
  'desk-projections': desk.projections,
  'figures-queries': figures.queries,
  'figures-projections': figures.projections,
  'reports-queries': reports.queries,
  'reports-projections': reports.projections,
  tickets,
  attachments,
  access,
  'access-log': accessLog,
  keys: ticketKeys,
  preferences,
  'event-store': platform.eventStore,
  projections: platform.projections,
  database: platform.database,
};
