import { EditorController } from './editor/editor.controller.js';
import { Editor } from './editor/editor.js';
import { ReadInsights } from './editor/insight/read-insights.js';
import { StartingPoint } from './editor/starting-point.js';
import { PublishingController } from './publishing/publishing.controller.js';
import { ReadCautions } from './publishing/read-cautions.js';
import { WithdrawingController } from './publishing/withdrawing.controller.js';
import { BulletinPagesController } from './reading/bulletin-pages.controller.js';
import { ReadBulletinState } from './reading/bulletin-state.js';

/** What answers the requests for pages of bulletins, and what it needs. */
export const bulletinControllers = [
  EditorController,
  PublishingController,
  WithdrawingController,
  BulletinPagesController,
];
export const bulletinProviders = [Editor, ReadInsights, StartingPoint, ReadCautions, ReadBulletinState];
