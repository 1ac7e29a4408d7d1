import { announceMerge, selectNewestMerge, settleMerge } from '../../../src/tickets/merges/merge-intents.js';
import * as applications from '../../../src/tickets/templates/application-statements.js';
import * as viewers from '../../../src/tickets/viewing/viewer-statements.js';
import { countRelated, selectRelated } from '../../../src/tickets/relations/relations.js';
import * as erasure from '../../../src/tickets/erasure/erasure-statements.js';
import { instant } from '../../../src/shared/instant.js';
import { form, forms, instants, ticketId, type CataloguedStatement } from './catalogue.js';
import { append } from './platform.js';

const at = instant(instants.first);
const rules = [{ status: 'closed' as const, period: 'P2Y' }];
const done = { ticketId, establishment: 'MTL', at, actor: 'alice', position: 7n, reason: 'Demande' };

const viewing = { ticketId, viewerId: ticketId, person: 'alice' };
const application = { person: 'alice', commandId: ticketId };

const erasures: CataloguedStatement[] = [
  ...form(erasure.deleteEnded, [ticketId]),
  ...form(erasure.upsertEnded, [{ ticketId, establishment: 'MTL', status: 'resolved', at }]),
  ...form(erasure.closeEnded, [{ ticketId, at }]),
  ...form(erasure.insertErasures, [{ ...done, basis: 'Loi 25' }]),
  ...form(erasure.deleteHolds, [ticketId]),
  ...form(erasure.upsertHolds, [done]),
  ...form(erasure.selectErasures, { before: '7', limit: 51 }),
  ...form(erasure.selectHolds, { before: '7', limit: 51 }),
  ...form(erasure.selectErasedAfter, 7n, 500),
  ...form(erasure.selectDue, rules, at, 100),
  ...form(erasure.countDue, rules, at),
  ...form(erasure.tryRetentionLock),
];

export const tickets: CataloguedStatement[] = [
  ...erasures,
  ...form(selectNewestMerge),
  ...form(announceMerge, 7n, append),
  ...form(settleMerge, 8n),
  ...form(applications.selectApplication, application),
  ...form(applications.insertApplication, application, ticketId, { ticketIds: [ticketId] }),
  ...form(applications.deleteOldApplications, 30),
  ...form(viewers.upsertViewer, viewing, 45),
  ...form(viewers.selectOthers, viewing),
  ...form(viewers.deleteOverViewers),
  ...form(viewers.deleteViewer, viewing),
  ...form(countRelated, 7n, { related: 'parent', otherId: ticketId }),
  ...forms(selectRelated, {
    'as many as asked for': [7n, { related: 'parent', otherId: ticketId, limit: 50 }],
  }),
];
