import { Module, type DynamicModule } from '@nestjs/common';
import { BilletsQuotidiensModule } from '../billets-quotidiens/index.js';
import { BulletinsModule } from '../bulletins/index.js';
import { OperationsModule } from '../operations/index.js';
import { ReportsModule } from '../reports/index.js';
import { boardControllers, boardProviders } from './board/board-pages.js';
import { BureauController } from './bureau/bureau.controller.js';
import { bulletinControllers, bulletinProviders } from './bulletins/bulletin-pages.js';
import { dayControllers, dayProviders } from './day/day-pages.js';
import { demonstrationParts } from './demonstration/demonstration-parts.js';
import type { Simulation } from './demonstration/simulation.js';
import { DeviceKeys } from './equipe/device-keys.js';
import { EquipeController } from './equipe/equipe.controller.js';
import { JournalController } from './journal/journal.controller.js';
import { OperationsPageController } from './operations/operations.controller.js';
import { reportControllers } from './reports/report-pages.js';
import { PageFrame } from './page/page-frame.js';
import { ProblemPages } from './page/problems/problem.page.js';
import { publicControllers } from './public-controllers.js';
import { ReadTasks } from './tasks/read-tasks.js';
import { ScreensController } from './screens/screens.controller.js';

/** The pages for people; with a simulation, those of the demo. */
@Module({
  imports: [BilletsQuotidiensModule, BulletinsModule, OperationsModule, ReportsModule],
  controllers: [
    ...boardControllers,
    ...dayControllers,
    ...bulletinControllers,
    BureauController,
    EquipeController,
    JournalController,
    OperationsPageController,
    ...reportControllers,
    ScreensController,
    ...publicControllers,
  ],
  providers: [
    PageFrame,
    ProblemPages,
    ...boardProviders,
    ...dayProviders,
    ReadTasks,
    ...bulletinProviders,
    DeviceKeys,
  ],
})
export class WebModule {
  static with(simulation: Simulation | undefined): DynamicModule {
    return { module: WebModule, ...(simulation && demonstrationParts(simulation)) };
  }
}
