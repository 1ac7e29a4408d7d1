import { Sessions1795300000630 } from '../access/index.js';
import {
  ActivitySpells,
  DailyFigures1795300000002,
  DailyFiguresOfTheEngine1795300000021,
  DailyFigures,
  FigureEntries,
  PublishedDayEntity,
  PublishedDays,
} from '../billets-quotidiens/index.js';
import { Search1795300000040, SearchBands1795300000050, TicketList, TicketSearch } from '../desk/index.js';
import { MergeIntents1795300000371, TicketRelations } from '../tickets/index.js';
import type { Settings } from '../config/settings.js';
import { keysMigrations } from '../keys/index.js';
import { eventStoreMigrations } from '../platform/event-store/postgres/migrations.js';
import { Checkpoints1795300000001 } from '../platform/projections/checkpoints.migration.js';
import { LogEpochs1795300000431 } from '../platform/projections/log-identity/log-epochs.migration.js';
import type { ProjectionType } from '../platform/projections/projection.js';
import { ProjectedLog1795300000030 } from '../platform/projections/log-identity/projected-log.migration.js';
import { ProjectionEngine1795300000020 } from '../platform/projections/projection-engine.migration.js';

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
  Sessions1795300000630,
];

/** What the main database needs: the keys of texts are in it unless they have one of their own. */
export const migrationsFor = ({ keys, plainTexts }: Settings): typeof migrations =>
  keys.databaseUrl === undefined && !plainTexts ? [...migrations, ...keysMigrations] : migrations;

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

/** The entities that repositories read and write. */
export const entities = [PublishedDayEntity];
