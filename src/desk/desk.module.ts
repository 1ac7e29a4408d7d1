import { Module } from '@nestjs/common';
import { ReadChangesHandler } from './changes/read-changes.js';
import { SyncChangesController } from './changes/sync-changes.controller.js';
import { DeskController } from './list/desk.controller.js';
import { KeptPages } from './list/kept/kept-pages.js';
import { ListTicketsHandler } from './list/list-tickets.handler.js';
import { LiveTickets } from './live/live-tickets.js';
import { LiveController } from './live/live.controller.js';
import { NotificationsController } from './notifications/notifications.controller.js';
import { ReadNotificationsHandler } from './notifications/read-notifications.js';
import { PreferencesModule } from '../preferences/index.js';
import { SearchTicketsHandler } from './search/search-tickets.js';
import { ViewCounts } from './views/view-counts.js';
import { ViewsController } from './views/views.controller.js';
import { Views } from './views/views.js';

/** What agents and teams read: lists, views of them, search, changes since a cursor, and changes as they happen. */
@Module({
  imports: [PreferencesModule],
  controllers: [
    DeskController,
    ViewsController,
    SyncChangesController,
    LiveController,
    NotificationsController,
  ],
  providers: [
    ...[ListTicketsHandler, KeptPages, SearchTicketsHandler, Views, ViewCounts],
    ...[ReadChangesHandler, ReadNotificationsHandler, LiveTickets],
  ],
})
export class DeskModule {}
