import { Module } from '@nestjs/common';
import { TicketAttachments } from './attaching/ticket-attachments.js';
import { Bulk } from './batch/bulk.js';
import { CommandBatch } from './batch/command-batch.js';
import { SyncBatch } from './batch/sync-batch.js';
import { executionProviders } from './execution/providers.js';
import { HistoryNames } from './history/history-names.js';
import { HistoryPages } from './history/history-page.js';
import { BulkController } from './http/batch/bulk.controller.js';
import { SyncController } from './http/batch/sync.controller.js';
import { TicketCommandsController } from './http/ticket-commands.controller.js';
import { TicketsController } from './http/tickets.controller.js';
import { incidentControllers, incidentProviders } from './incidents/providers.js';
import { relationProviders } from './relations/providers.js';
import { MergeIntents } from './merges/merge-intents.js';
import { Merges } from './merges/merges.js';
import { TicketHistories } from './repository/ticket-histories.js';
import { TicketRepository } from './repository/ticket-repository.js';
import { templateControllers, templateProviders } from './templates/providers.js';
import { viewingControllers, viewingProviders } from './viewing/providers.js';
import { PreferencesModule } from '../preferences/index.js';

/** The life of one ticket: what mobile teams and agents ask for, by itself or by a template. */
@Module({
  imports: [PreferencesModule],
  // Bulk first: its path would otherwise be taken for a ticket's id.
  controllers: [
    BulkController,
    TicketsController,
    TicketCommandsController,
    ...incidentControllers,
    ...viewingControllers,
    SyncController,
    ...templateControllers,
  ],
  providers: [
    TicketHistories,
    TicketRepository,
    ...executionProviders,
    CommandBatch,
    SyncBatch,
    Bulk,
    HistoryNames,
    HistoryPages,
    ...relationProviders,
    ...incidentProviders,
    MergeIntents,
    Merges,
    ...templateProviders,
    TicketAttachments,
    ...viewingProviders,
  ],
  exports: [TicketRepository, TicketAttachments],
})
export class TicketsModule {}
