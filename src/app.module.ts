import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import { DataSource } from 'typeorm';
import { AccessGuard, Public } from './access/access.guard.js';
import { TokenVerifier } from './access/token-verifier.js';
import { BacklogController } from './billets-quotidiens/backlog.controller.js';
import { BilletsQuotidiensController } from './billets-quotidiens/billets-quotidiens.controller.js';
import { FigureItemsController } from './billets-quotidiens/figure-items.controller.js';
import { KnownThen } from './billets-quotidiens/known-then.js';
import { ReadAgeingHandler } from './billets-quotidiens/queries/read-ageing.js';
import { ReadBacklogHandler } from './billets-quotidiens/queries/read-backlog.js';
import { Sessions } from './access/sign-in/sessions.js';
import { SignIn } from './access/sign-in/sign-in.js';
import { FiguresProgress } from './billets-quotidiens/queries/figures-progress.js';
import { ReadDailyFiguresHandler } from './billets-quotidiens/queries/read-daily-figures.js';
import { ReadFigureCausesHandler } from './billets-quotidiens/queries/read-figure-causes.js';
import { ReadTransferBalanceHandler } from './billets-quotidiens/queries/read-transfer-balance.js';
import { AssetsController } from './web/page/assets.controller.js';
import { BoardController } from './web/board/board.controller.js';
import { DayController } from './web/day/day.controller.js';
import { FigureController } from './web/day/figure.controller.js';
import { LateController } from './web/day/late.controller.js';
import { ReadDay } from './web/day/read-day.js';
import { PageFrame } from './web/page/page-frame.js';
import { UnknownAddressFilter } from './web/page/unknown-address.filter.js';
import { BulletinPagesController } from './web/bulletins/bulletin-pages.controller.js';
import { ReadBulletinState } from './web/bulletins/bulletin-state.js';
import { EditorController } from './web/bulletins/editor.controller.js';
import { Editor } from './web/bulletins/editor.js';
import { PublishingController } from './web/bulletins/publishing.controller.js';
import { StartingPoint } from './web/bulletins/starting-point.js';
import { LiveBoard } from './web/board/live-board.js';
import { ReadBoard } from './web/board/read-board.js';
import { EquipeController } from './web/equipe/equipe.controller.js';
import { SignInController } from './web/sign-in/sign-in.controller.js';
import { BulletinsController } from './bulletins/bulletins.controller.js';
import { Bulletins } from './bulletins/bulletins.js';
import { DraftContents } from './bulletins/draft-contents.js';
import { bulletinCommandHandlers } from './bulletins/commands/index.js';
import { Printing } from './bulletins/rendering/printing.js';
import { ShownBulletins } from './bulletins/shown.js';
import { TicketDay } from './bulletins/ticket-day.js';
import type { Role } from './config/roles.js';
import { ReadFigureItemsHandler } from './billets-quotidiens/queries/read-figure-items.js';
import { ReadFigureSumHandler } from './billets-quotidiens/queries/read-figure-sum.js';
import { ReadKnownPositionHandler } from './billets-quotidiens/queries/read-known-position.js';
import { ReadLateEventsHandler } from './billets-quotidiens/queries/read-late-events.js';
import { ReadLateItemsHandler } from './billets-quotidiens/queries/read-late-items.js';
import { ReadPublicationHandler } from './billets-quotidiens/queries/read-publication.js';
import { DeskController } from './desk/desk.controller.js';
import { LiveController } from './desk/live/live.controller.js';
import { LiveTickets } from './desk/live/live-tickets.js';
import { ReadChangesHandler } from './desk/queries/read-changes.js';
import { SyncChangesController } from './desk/sync-changes.controller.js';
import { ListTicketsHandler } from './desk/queries/list-tickets.js';
import { SearchTicketsHandler } from './desk/queries/search-tickets.js';
import { BegunDays } from './establishments/begun-days.js';
import { Establishments } from './establishments/establishments.js';
import { DeadLettersController } from './operations/dead-letters.controller.js';
import { ProjectionsController } from './operations/projections.controller.js';
import { EventStore } from './platform/event-store/event-store.js';
import { ProblemsController } from './platform/http/problems.controller.js';
import { ValidationPipe } from './platform/http/validation.js';
import type { ClockWatch } from './platform/observability/clock-watch.js';
import { HealthController } from './platform/observability/health.controller.js';
import { Health } from './platform/observability/health.js';
import { LOGGER } from './platform/observability/logger.js';
import { MetricsController } from './platform/observability/metrics.controller.js';
import { Metrics } from './platform/observability/metrics.js';
import { Projections } from './platform/projections/projections.js';
import { Clock, SystemClock } from './shared/clock.js';
import { BulkController } from './tickets/bulk.controller.js';
import { Bulk } from './tickets/bulk.js';
import { CommandBatch } from './tickets/command-batch.js';
import { CommandIntake } from './tickets/command-intake.js';
import { ticketCommandHandlers } from './tickets/commands/index.js';
import { HistoryPages } from './tickets/history-page.js';
import { HistoryNames } from './tickets/history-names.js';
import { MergeIntents } from './tickets/merges/merge-intents.js';
import { Merges } from './tickets/merges/merges.js';
import { Places } from './tickets/places.js';
import { Children } from './tickets/relations/children.js';
import { MergedTickets } from './tickets/relations/merged-here.js';
import { Relations } from './tickets/relations/relations.js';
import { SyncBatch } from './tickets/sync-batch.js';
import { SyncController } from './tickets/sync.controller.js';
import { TicketHistories } from './tickets/ticket-histories.js';
import { Tickets } from './tickets/tickets.js';
import { TicketsController } from './tickets/tickets.controller.js';

/** What exists before the application does: made in server.ts, and closed there in the opposite order. */
export interface Resources {
  logger: Logger;
  establishments: Establishments;
  tokens: TokenVerifier;
  sessions: Sessions;
  signIn: SignIn;
  database: DataSource;
  store: EventStore;
  projections: Projections;
  metrics: Metrics;
  clocks: ClockWatch;
  /** Beyond it, a projection makes the process unready. */
  mostLagSeconds: number;
  roles: ReadonlySet<Role>;
  printing: Printing;
}

// Platform knows nothing of who may what; its own routes tell nothing that is anyone's.
for (const controller of [HealthController, MetricsController, ProblemsController]) {
  Public()(controller);
}

/** Whatever a process does, whoever runs it looks after it. */
const operations = [
  ProjectionsController,
  DeadLettersController,
  HealthController,
  MetricsController,
  ProblemsController,
];
/** What users ask for, of a process with the role `api`. */
const api = [
  DeskController,
  BulkController,
  TicketsController,
  SyncController,
  SyncChangesController,
  LiveController,
  BilletsQuotidiensController,
  BulletinsController,
  FigureItemsController,
  BacklogController,
  BoardController,
  DayController,
  FigureController,
  LateController,
  BulletinPagesController,
  EditorController,
  PublishingController,
  EquipeController,
  SignInController,
  AssetsController,
];

@Module({
  imports: [CqrsModule.forRoot()],
  providers: [
    { provide: Clock, useClass: SystemClock },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_PIPE, useClass: ValidationPipe },
    Places,
    TicketHistories,
    Tickets,
    HistoryPages,
    HistoryNames,
    Relations,
    Children,
    MergedTickets,
    MergeIntents,
    Merges,
    CommandIntake,
    CommandBatch,
    SyncBatch,
    Bulk,
    ...ticketCommandHandlers,
    BegunDays,
    KnownThen,
    ReadBacklogHandler,
    ReadAgeingHandler,
    ListTicketsHandler,
    ReadChangesHandler,
    SearchTicketsHandler,
    LiveTickets,
    ReadDailyFiguresHandler,
    ReadFigureCausesHandler,
    ReadTransferBalanceHandler,
    FiguresProgress,
    ReadBoard,
    LiveBoard,
    ReadDay,
    PageFrame,
    ReadBulletinState,
    StartingPoint,
    Editor,
    Bulletins,
    DraftContents,
    ShownBulletins,
    TicketDay,
    ...bulletinCommandHandlers,
    ReadFigureItemsHandler,
    ReadKnownPositionHandler,
    ReadLateEventsHandler,
    ReadLateItemsHandler,
    ReadFigureSumHandler,
    ReadPublicationHandler,
  ],
})
export class AppModule {
  static with(resources: Resources): DynamicModule {
    const { logger, establishments, tokens, database, store, projections, metrics } = resources;
    const { clocks, mostLagSeconds, roles, printing, sessions, signIn } = resources;
    return {
      module: AppModule,
      controllers: roles.has('api') ? [...api, ...operations] : operations,
      providers: [
        { provide: Establishments, useValue: establishments },
        { provide: TokenVerifier, useValue: tokens },
        { provide: Sessions, useValue: sessions },
        { provide: SignIn, useValue: signIn },
        { provide: DataSource, useValue: database },
        { provide: EventStore, useValue: store },
        { provide: Projections, useValue: projections },
        { provide: Metrics, useValue: metrics },
        { provide: Health, useValue: new Health(database, store, projections, mostLagSeconds, clocks) },
        { provide: Printing, useValue: printing },
        { provide: LOGGER, useValue: logger },
        { provide: APP_FILTER, useClass: UnknownAddressFilter },
      ],
    };
  }
}
