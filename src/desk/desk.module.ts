import { Module } from '@nestjs/common';
import { ReadChangesHandler } from './changes/read-changes.js';
import { SyncChangesController } from './changes/sync-changes.controller.js';
import { DeskController } from './list/desk.controller.js';
import { ListTicketsHandler } from './list/list-tickets.js';
import { LiveTickets } from './live/live-tickets.js';
import { LiveController } from './live/live.controller.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { ReadNotificationsHandler } from './notifications/read-notifications.js';
import { SearchTicketsHandler } from './search/search-tickets.js';

/** What agents and teams read: lists, search, changes since a cursor, and changes as they happen. */
@Module({
  controllers: [DeskController, SyncChangesController, LiveController, NotificationsController],
  providers: [
    ListTicketsHandler,
    SearchTicketsHandler,
    ReadChangesHandler,
    ReadNotificationsHandler,
    LiveTickets,
  ],
})
export class DeskModule {}
