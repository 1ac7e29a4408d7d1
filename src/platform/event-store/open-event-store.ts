import type { Pool } from 'pg';
import type { EventStore } from './event-store.js';
import { openKurrentDb } from './open-kurrentdb.js';
import { PostgresEventStore } from './postgres/postgres-event-store.js';

/** The log that is named by the setting; where none is, the one beside the read models. */
export const openEventStore = async (url: string | undefined, pool: Pool): Promise<EventStore> =>
  url === undefined ? new PostgresEventStore(pool) : openKurrentDb(url);
