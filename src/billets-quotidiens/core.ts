/** What the figures are without a server: for the thread of the projections and the migrations. Nothing of it loads NestJS. */
export { ActivitySpells } from './projections/activity-spells.projection.js';
export {
  DailyFigures1795300000002,
  DailyFiguresOfTheEngine1795300000021,
} from './projections/daily-figures.migration.js';
export { DailyFigures } from './projections/daily-figures.projection.js';
export { FigureEntries } from './projections/figure-entries.projection.js';
export { PublishedDays } from './projections/published-days.projection.js';
