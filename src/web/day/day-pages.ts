import { DayController } from './day.controller.js';
import { FigureController } from './drill-down/figure.controller.js';
import { LateController } from './drill-down/late.controller.js';
import { ReadDay } from './read-day.js';

/** The pages of a day and of what its figures count, for the module of the pages. */
export const dayControllers = [DayController, FigureController, LateController];
export const dayProviders = [ReadDay];
