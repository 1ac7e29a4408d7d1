import { Module } from '@nestjs/common';
import { BilletsQuotidiensModule } from '../billets-quotidiens/index.js';
import { BulletinsModule } from '../bulletins/index.js';
import { BoardController } from './board/board.controller.js';
import { LiveBoard } from './board/live-board.js';
import { ReadBoard } from './board/read-board.js';
import { EditorController } from './bulletins/editor/editor.controller.js';
import { Editor } from './bulletins/editor/editor.js';
import { StartingPoint } from './bulletins/editor/starting-point.js';
import { PublishingController } from './bulletins/publishing/publishing.controller.js';
import { ReadCautions } from './bulletins/publishing/read-cautions.js';
import { WithdrawingController } from './bulletins/publishing/withdrawing.controller.js';
import { BulletinPagesController } from './bulletins/reading/bulletin-pages.controller.js';
import { ReadBulletinState } from './bulletins/reading/bulletin-state.js';
import { DayController } from './day/day.controller.js';
import { FigureController } from './day/drill-down/figure.controller.js';
import { LateController } from './day/drill-down/late.controller.js';
import { ReadDay } from './day/read-day.js';
import { DeviceKeys } from './equipe/device-keys.js';
import { EquipeController } from './equipe/equipe.controller.js';
import { JournalController } from './journal/journal.controller.js';
import { AssetsController } from './page/assets.controller.js';
import { PageFrame } from './page/page-frame.js';
import { ScreensController } from './screens/screens.controller.js';
import { SignInController } from './sign-in/sign-in.controller.js';

/** The pages for people. */
@Module({
  imports: [BilletsQuotidiensModule, BulletinsModule],
  controllers: [
    BoardController,
    DayController,
    FigureController,
    LateController,
    BulletinPagesController,
    EditorController,
    PublishingController,
    WithdrawingController,
    EquipeController,
    JournalController,
    ScreensController,
    SignInController,
    AssetsController,
  ],
  providers: [
    PageFrame,
    ReadBoard,
    LiveBoard,
    ReadDay,
    ReadBulletinState,
    ReadCautions,
    StartingPoint,
    Editor,
    DeviceKeys,
  ],
})
export class WebModule {}
