import { ActivitySpells } from './billets-quotidiens/activity-spells.projection.js';
import {
  DailyFigures1795300000002,
  DailyFiguresOfTheEngine1795300000021,
} from './billets-quotidiens/daily-figures.migration.js';
import { DailyFigures } from './billets-quotidiens/daily-figures.projection.js';
import { FigureEntries } from './billets-quotidiens/figure-entries.projection.js';
import { PublishedDays } from './billets-quotidiens/published-days.projection.js';
import { Search1795300000040 } from './desk/search.migration.js';
import { SearchBands1795300000050 } from './desk/search-bands.migration.js';
import { TicketList } from './desk/ticket-list.projection.js';
import { MergeIntents1795300000371 } from './tickets/merges/merge-intents.migration.js';
import { TicketRelations } from './tickets/relations/ticket-relations.projection.js';
import { TicketSearch } from './desk/ticket-search.projection.js';
import { eventStoreMigrations } from './platform/event-store/postgres/migrations.js';
import { Checkpoints1795300000001 } from './platform/projections/checkpoints.migration.js';
import { LogEpochs1795300000431 } from './platform/projections/log-epochs.migration.js';
import type { ProjectionType } from './platform/projections/projection.js';
import { ProjectedLog1795300000030 } from './platform/projections/projected-log.migration.js';
import { ProjectionEngine1795300000020 } from './platform/projections/projection-engine.migration.js';

/** Every migration, oldest first; new ones are added at the end and none is ever changed. */
export const migrations = [
  ...eventStoreMigrations,
  Checkpoints1795300000001,
  DailyFigures1795300000002,
  ProjectionEngine1795300000020,
  DailyFiguresOfTheEngine1795300000021,
  ProjectedLog1795300000030,
  Search1795300000040,
  SearchBands1795300000050,
  MergeIntents1795300000371,
  LogEpochs1795300000431,
];

/** Every projection. */
export const projections: readonly ProjectionType[] = [
  DailyFigures,
  FigureEntries,
  ActivitySpells,
  PublishedDays,
  TicketList,
  TicketSearch,
  TicketRelations,
];
