import type { Pool } from 'pg';
import type { Settings } from '../config/settings.js';
import {
  ConfidentialEventStore,
  ConfidentialTexts,
  openKeys,
  openKeysAgain,
  type DataKeys,
  type OpenKeys,
} from '../keys/core.js';
import type { EventStore, RecordedEvent } from '../platform/event-store/event-store.js';
import { openEventStore } from '../platform/event-store/open-event-store.js';
import type { SecurityLog } from '../platform/observability/security-log.js';
import { erasureType, ticketTexts } from '../tickets/core.js';

/** What a log is opened by: plain data, so that a thread can be given it. */
export type LogSettings = Pick<Settings, 'eventStoreUrl' | 'keys' | 'databaseUrl' | 'dataDir' | 'plainTexts'>;

/** What a thread needs of them, and nothing that can't be copied to it. */
export const logSettings = ({
  eventStoreUrl,
  keys,
  databaseUrl,
  dataDir,
  plainTexts,
}: Settings): LogSettings => ({ eventStoreUrl, keys, databaseUrl, dataDir, plainTexts });

export interface EventLog {
  store: EventStore;
  /** Absent where texts are kept in plain. */
  keys: DataKeys | undefined;
  close: () => Promise<void>;
}

/** What is encrypted in it. */
export const logTexts = new ConfidentialTexts(ticketTexts);

/** Whether an event erases the texts of its stream. Until the key is destroyed, which a crash may put off, they can still be read. */
export const erasesTexts = ({ type }: Pick<RecordedEvent, 'type'>): boolean => type === erasureType;

/** A log as everyone in this product is to use it: one that holds no confidential text in plain. */
export const confidential = (log: EventStore, { keys }: OpenKeys): EventStore =>
  new ConfidentialEventStore(log, keys, ticketTexts);

interface LogContext {
  /** Leads to the read models. */
  pool: Pool;
  security: SecurityLog;
}

/** The log that is named by the settings, and the keys of what stands in it. Throws StartRefused. */
export const openEventLog = (settings: LogSettings, context: LogContext): Promise<EventLog> =>
  opened(settings, context, openKeys);

/** The same for a thread of a process that has opened it. */
export const openEventLogAgain = (settings: LogSettings, context: LogContext): Promise<EventLog> =>
  opened(settings, context, openKeysAgain);

const opened = async (
  settings: LogSettings,
  { pool, security }: LogContext,
  open: typeof openKeys,
): Promise<EventLog> => {
  const context = { main: pool, record: security.by('system') };
  const keys = settings.plainTexts ? undefined : await open(settings, context);
  try {
    const log = await openEventStore(settings.eventStoreUrl, pool);
    const close = () => log.close().finally(() => keys?.close());
    return { store: keys ? confidential(log, keys) : log, keys: keys?.keys, close };
  } catch (error) {
    await keys?.close();
    throw error;
  }
};
