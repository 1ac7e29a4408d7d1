import type { Pool } from 'pg';
import type { EventStore } from './event-store.js';
import { openKurrentDb } from './open-kurrentdb.js';
import { PostgresEventStore } from './postgres/postgres-event-store.js';

/** The log at `url`, a KurrentDB; without a URL, the log in the PostgreSQL that also holds the read models. */
export const openEventStore = async (url: string | undefined, pool: Pool): Promise<EventStore> =>
  url === undefined ? new PostgresEventStore(pool) : openKurrentDb(url);
