import { AccessLog1796200000001, Sessions1795300000630 } from '../access/core.js';
import { Attachments1796700000001 } from '../attachments/core.js';
import {
  ActivitySpells,
  DailyFigures1795300000002,
  DailyFiguresOfTheEngine1795300000021,
  DailyFigures,
  FigureEntries,
  PublishedDays,
} from '../billets-quotidiens/core.js';
import {
  MergeIntents1795300000371,
  TemplateApplications1796700000090,
  TicketErasures,
  TicketRelations,
  Viewers1796800000099,
} from '../tickets/core.js';
import {
  Notifications,
  Search1795300000040,
  SearchBands1795300000050,
  SearchFunctions1796300000002,
  TicketList,
  TicketSearch,
} from '../desk/core.js';
import { ReportedTickets } from '../reports/core.js';
import type { Settings } from '../config/settings.js';
import { OwnTeams1796800000098, Preferences1796700000089 } from '../preferences/core.js';
import { keysMigrations } from '../keys/core.js';
import { eventStoreMigrations } from '../platform/event-store/postgres/migrations.js';
import { Checkpoints1795300000001 } from '../platform/projections/checkpoints.migration.js';
import { DroppedGenerations1796600000001 } from '../platform/projections/dropped-generations.migration.js';
import { FailingSince1796500000017 } from '../platform/projections/failing-since.migration.js';
import { LogEpochs1795300000431 } from '../platform/projections/log-identity/log-epochs.migration.js';
import type { ProjectionType } from '../platform/projections/projection.js';
import { ProjectedLog1795300000030 } from '../platform/projections/log-identity/projected-log.migration.js';
import { ProjectionEngine1795300000020 } from '../platform/projections/projection-engine.migration.js';
import { VolatileTables1796300000001 } from '../platform/projections/volatile-tables.migration.js';

/** Every migration of the log and of what is made from it; new ones are added and none is ever changed. */
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
  AccessLog1796200000001,
  VolatileTables1796300000001,
  SearchFunctions1796300000002,
  FailingSince1796500000017,
  DroppedGenerations1796600000001,
  Preferences1796700000089,
  TemplateApplications1796700000090,
  Attachments1796700000001,
  OwnTeams1796800000098,
  Viewers1796800000099,
];

/** A migration's name ends with the time it was written at, in milliseconds since 1970. */
const timestampOf = ({ name }: { name: string }): number => Number(name.slice(-13));

/** Whether the keys of texts are in the main database: unless they have one of their own, or there are none. */
export const holdsKeys = ({ keys, plainTexts }: Pick<Settings, 'keys' | 'plainTexts'>): boolean =>
  keys.databaseUrl === undefined && !plainTexts;

/** What the main database needs, oldest first. */
export const migrationsFor = (settings: Settings): typeof migrations => {
  const needed = holdsKeys(settings) ? [...migrations, ...keysMigrations] : migrations;
  return needed.toSorted((a, b) => timestampOf(a) - timestampOf(b));
};

/** Every projection. */
export const projections: readonly ProjectionType[] = [
  DailyFigures,
  FigureEntries,
  ActivitySpells,
  PublishedDays,
  ReportedTickets,
  TicketList,
  TicketSearch,
  Notifications,
  TicketRelations,
  TicketErasures,
];
