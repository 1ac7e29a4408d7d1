/** What the rest of the product may use of billets-quotidiens; nothing else of it is imported from outside. */
export { backlogChange, type Figures } from './figures.js';
export { BilletsQuotidiensModule } from './billets-quotidiens.module.js';
export { cautionColumns, type Cautioned } from './http/caution-columns.js';
export { dayFiguresTable } from './http/figures.table.js';
export { PublishedDayEntity } from './projections/published-day.entity.js';
export { AsOfResolver, type AsOfRequest, asOfQuery, isOneAsOf, notBoth } from './queries/as-of-resolver.js';
export { ReadLastCountedDay } from './queries/board/read-last-counted-day.js';
export { ReadSameHour } from './queries/board/read-same-hour.js';
export { type Behind, behindIn, behindMember, behindShape } from './queries/behind.js';
export {
  FiguresProgress,
  sourcesOfBoard,
  sourcesOfBulletins,
  sourcesOfDays,
} from './queries/figures-progress.js';
export { type Ageing, type AgeingCell, ReadAgeing } from './queries/read-ageing.js';
export { type Age, ages } from './queries/read-backlog.js';
export { type DayFigures, ReadDailyFigures, begunDay } from './queries/read-daily-figures.js';
export { ReadFigureCauses, definitionsVersion } from './queries/read-figure-causes.js';
export { type FigureItem, type FigureItems, ReadFigureItems } from './queries/read-figure-items.js';
export { type FigureSum, ReadFigureSum } from './queries/read-figure-sum.js';
export { ReadKnownPosition, sourcesOf } from './queries/read-known-position.js';
export { type LateEvents, ReadLateEvents } from './queries/read-late-events.js';
export { type LateItem, type LateItems, ReadLateItems } from './queries/read-late-items.js';
export { ReadPublication } from './queries/read-publication.js';
export { ReadPublishedBulletins } from './queries/read-published-bulletins.js';
export { ReadTransferBalance } from './queries/read-transfer-balance.js';
export { type Forecast, forecastOf, usedDays } from './forecast/forecast.js';
