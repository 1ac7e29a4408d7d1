import {
  lockGrants,
  selectHandOver,
  selectOwned,
  selectRole,
  selectSchemasThere,
  selectThere,
} from '../../../src/platform/database/application-rights.js';
import { selectLeavesMigrations } from '../../../src/platform/database/database.js';
import { takeMigrationLock } from '../../../src/platform/database/migration-lock.js';
import {
  selectFolded,
  selectForeignView,
  selectLackingRights,
  selectSuitability,
} from '../../../src/platform/database/suitability/suitability.js';
import {
  callAppend,
  callAppendWithVerdicts,
} from '../../../src/platform/event-store/postgres/appending/append-statements.js';
import { selectChainedRows, selectLink } from '../../../src/platform/event-store/postgres/log-chain.js';
import { selectEventAt, selectLog } from '../../../src/platform/event-store/postgres/log-pages.js';
import { selectHead } from '../../../src/platform/event-store/postgres/postgres-event-store.js';
import {
  insertEvents,
  lockHeadBefore,
  moveHead,
  selectConflict,
  selectUsedId,
} from '../../../src/platform/event-store/postgres/restore-in-postgres.js';
import { selectStreams } from '../../../src/platform/event-store/postgres/stream-reader.js';
import { selectWritable } from '../../../src/platform/observability/health.js';
import * as deadLetters from '../../../src/platform/projections/dead-letters/dead-letter-statements.js';
import * as leases from '../../../src/platform/projections/leading/lease-statements.js';
import { wakeAll } from '../../../src/platform/projections/leading/lease.js';
import { insertEpoch, selectEpoch } from '../../../src/platform/projections/log-identity/log-epochs.js';
import {
  claimLog,
  insertPlace,
  lockPlace,
  movePlace,
  selectClaimedLog,
} from '../../../src/platform/projections/log-identity/claim-read-models.js';
import * as generations from '../../../src/platform/projections/rebuild/generation-statements.js';
import {
  selectLackingColumns,
  selectNotShown,
} from '../../../src/platform/projections/rebuild/generation-tables.js';
import { announceReplaced } from '../../../src/platform/projections/rebuild/handover.js';
import { announce } from '../../../src/platform/projections/status/announcements.js';
import {
  selectColumns,
  selectDifferences,
} from '../../../src/platform/projections/verification/differences.js';
import { instant } from '../../../src/shared/instant.js';
import { form, forms, instants, ticketId, type CataloguedStatement } from './catalogue.js';

const stream = `ticket-${ticketId}`;
const event = { id: ticketId, type: 'TicketOpened', data: {}, metadata: {} };
export const append = { stream, expectedRevision: 1, events: [event] };
const recordedAt = instant(instants.first);
const recorded = { ...event, stream, revision: 2, position: 8n, recordedAt };

export const eventStore: CataloguedStatement[] = [
  ...form(callAppend, [append]),
  ...form(callAppendWithVerdicts, [append]),
  ...form(selectStreams, [{ stream, fromRevision: 1, maxCount: undefined }]),
  ...form(selectLog, 7n, 250),
  ...form(selectEventAt, 7n),
  ...form(selectHead),
  ...form(selectLink, 7n),
  ...form(selectChainedRows, 7n, 2_007n),
  ...form(lockHeadBefore, recordedAt),
  ...form(selectConflict, new Map([[stream, 1]])),
  ...form(insertEvents, [recorded], { position: '7', hash: Buffer.alloc(32) }),
  ...form(moveHead, 8n),
  ...form(selectUsedId, [recorded]),
];

const name = 'ticket-list';
const key = { name, generation: 1 };
const held = { ...key, epoch: 3n };
const table = {
  ...{
    name: 'tickets',
    primaryKey: ['ticket_id'],
    shared: ['ticket_id', 'status', 'title'],
    texts: ['title'],
  },
};
const schemas = { served: 'desk_ticket_list_1', expected: 'verification' };
const differences = { position: '7', rows: 1, different: 0, first: [] };

export const projections: CataloguedStatement[] = [
  ...form(leases.takeLease, key, 'node-1', { epoch: 2n, leaseUntil: null }),
  ...form(leases.renewLease, held, { rate: 10, batchSize: 5, lastError: null }),
  ...form(leases.keepDifferences, held, differences),
  ...form(leases.releaseLease, held, null),
  ...form(leases.moveCheckpoint, held, 7n, { position: 8n, recordedAt, bookmark: undefined }),
  ...form(leases.moveCheckpoints, [
    { lease: held, from: 7n, to: { position: 8n, recordedAt, bookmark: { position: 8n, mark: 'mark' } } },
  ]),
  ...form(wakeAll),
  ...form(announce, ['ticket-list 8']),
  ...form(announceReplaced, 'ticket-list 8'),
  ...form(generations.lockGenerations),
  ...form(generations.selectCurrentGenerations),
  ...form(generations.selectGenerationsOf, name),
  ...form(generations.selectServedPositions, [name]),
  ...forms(generations.selectServing, { '': [name, false], held: [name, true] }),
  ...form(generations.selectServedVersion, name),
  ...form(generations.lockBuilding, key, 3n),
  ...form(generations.selectGenerations, name, 'serving'),
  ...form(
    generations.insertGeneration,
    { name, version: 1, volatilePrefix: 'desk_ticket_list_' },
    'building',
  ),
  ...form(generations.serveGeneration, key),
  ...form(selectNotShown, ['tickets'], 'desk', 'desk_ticket_list_1'),
  ...form(selectLackingColumns, ['requester'], 'desk.tickets'),
  ...form(generations.endGeneration, key, 'retired'),
  ...form(deadLetters.selectDeadLetters),
  ...form(deadLetters.selectDeadLettersOf, key),
  ...form(deadLetters.selectDeadLetter, '1'),
  ...form(deadLetters.requestRetryOf, '1'),
  ...form(deadLetters.updateFailure, '1', 'no such site'),
  ...form(deadLetters.insertDeadLetter, key, { event: recorded, error: 'no such site', attempts: 3 }),
  ...form(deadLetters.addWaiting, key, new Map([[stream, 2]])),
  ...form(deadLetters.updateEvent, '1', recorded, 2),
  ...form(deadLetters.deleteDeadLetter, '1'),
  ...form(deadLetters.deleteDeadLettersOf, key),
  ...form(selectColumns, 'verification', 'tickets'),
  ...form(selectDifferences, table, schemas, 20),
  ...form(selectEpoch),
  ...form(insertEpoch, '123456789', ''),
  ...form(claimLog, 'log-1'),
  ...form(selectClaimedLog),
  ...form(insertPlace, 'here'),
  ...form(lockPlace),
  ...form(movePlace, 'there'),
];

export const database: CataloguedStatement[] = [
  ...form(selectSuitability),
  ...form(selectFolded),
  ...form(selectForeignView),
  ...form(selectLackingRights, [{ table: 'event_store.events', right: 'SELECT' }]),
  ...form(takeMigrationLock),
  ...form(lockGrants),
  ...form(selectThere, ['event_store.events']),
  ...form(selectSchemasThere, ['event_store']),
  ...form(selectHandOver, 'billets_application', ['desk']),
  ...form(selectLeavesMigrations),
  ...form(selectRole),
  ...form(selectOwned, 'event_store.events'),
  ...form(selectWritable),
];
