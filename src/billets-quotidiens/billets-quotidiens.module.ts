import { Module } from '@nestjs/common';
import { BacklogController } from './http/backlog.controller.js';
import { BilletsQuotidiensController } from './http/billets-quotidiens.controller.js';
import { FigureItemsController } from './http/figure-items.controller.js';
import { FiguresProgress } from './queries/figures-progress.js';
import { AsOfResolver } from './queries/as-of-resolver.js';
import { ReadLastCountedDayHandler } from './queries/board/read-last-counted-day.js';
import { ReadSameHourHandler } from './queries/board/read-same-hour.js';
import { ReadAgeingHandler } from './queries/read-ageing.js';
import { ReadBacklogHandler } from './queries/read-backlog.js';
import { ReadDailyFiguresHandler } from './queries/read-daily-figures.js';
import { ReadFigureCausesHandler } from './queries/read-figure-causes.js';
import { ReadFigureItemsHandler } from './queries/read-figure-items.js';
import { ReadFigureSumHandler } from './queries/read-figure-sum.js';
import { ReadKnownPositionHandler } from './queries/read-known-position.js';
import { ReadLateEventsHandler } from './queries/read-late-events.js';
import { ReadLateItemsHandler } from './queries/read-late-items.js';
import { ReadPublicationHandler } from './queries/read-publication.js';
import { ReadPublishedBulletinsHandler } from './queries/read-published-bulletins.js';
import { ReadTransferBalanceHandler } from './queries/read-transfer-balance.js';

/** The daily figures, as they are known now or were known at an earlier time, with the tickets and events that each counts. */
@Module({
  controllers: [BilletsQuotidiensController, FigureItemsController, BacklogController],
  providers: [
    AsOfResolver,
    FiguresProgress,
    ReadAgeingHandler,
    ReadLastCountedDayHandler,
    ReadSameHourHandler,
    ReadBacklogHandler,
    ReadDailyFiguresHandler,
    ReadFigureCausesHandler,
    ReadFigureItemsHandler,
    ReadFigureSumHandler,
    ReadKnownPositionHandler,
    ReadLateEventsHandler,
    ReadLateItemsHandler,
    ReadPublicationHandler,
    ReadPublishedBulletinsHandler,
    ReadTransferBalanceHandler,
  ],
  exports: [AsOfResolver, FiguresProgress],
})
export class BilletsQuotidiensModule {}
