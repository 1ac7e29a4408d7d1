import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Settings } from '../config/settings.js';
import { roleThatOwns } from '../platform/database/application-rights.js';
import { connectPool } from '../platform/database/connections/connect-pool.js';
import { openDatabase, type DatabaseOwner } from '../platform/database/database.js';
import { asStartRefused } from '../platform/database/suitability/suitability.js';
import type { EventStore } from '../platform/event-store/event-store.js';
import { claimReadModels } from '../platform/projections/log-identity/claim-read-models.js';
import { ownerOf } from './application-rights.js';
import type { Close } from './closing.js';
import { startEmbeddedDatabase } from './embedded-database.js';
import { migrationsFor } from './registry.js';

/** What the process that starts workers has done for them: the database is checked and up to date, and its tables are there. */
export interface Prepared {
  databaseUrl: string;
  /** Where the provider of development answers; undefined: there is a real one. */
  providerPort: number | undefined;
}

/** Throws as StartRefused, which is printed in one line, what PostgreSQL refuses at the start. */
export const refusedInWords = async <Value>(work: Promise<Value>): Promise<Value> => {
  try {
    return await work;
  } catch (error) {
    throw asStartRefused(error, 'DATABASE_URL');
  }
};

/** Binds the read models to the log that they are made from. Throws StartRefused. */
export const bindReadModels = async (pool: Pool, store: EventStore, logger: Logger): Promise<void> => {
  const { moved } = await refusedInWords(claimReadModels(pool, store));
  if (moved) {
    logger.warn(
      'the database is elsewhere than when it was used last (restored, promoted or copied): live changes are resumed anew by those who were told of the log before',
    );
  }
};

interface MainDatabase {
  settings: Settings;
  logger: Logger;
  prepared: Prepared | undefined;
}

interface OpenDatabase {
  url: string;
  pool: Pool;
  /** The role, where it owns the log. */
  owningRole: string | undefined;
}

/** Opens it, up to date, the embedded one where no other is set. Throws StartRefused. */
export const openMainDatabase = async (
  { settings, logger, prepared }: MainDatabase,
  opened: Close[],
): Promise<OpenDatabase> => {
  if (prepared) {
    const pool = await connectPool(prepared.databaseUrl, 'DATABASE_URL');
    opened.push(() => pool.end());
    return { url: prepared.databaseUrl, pool, owningRole: undefined };
  }
  const { url, owner } = await placeOf(settings, logger, opened);
  const pool = await openDatabase({ url, migrations: migrationsFor(settings), owner });
  opened.push(() => pool.end());
  return { url, pool, owningRole: await refusedInWords(roleThatOwns(pool, 'event_store.events')) };
};

interface DatabasePlace {
  url: string;
  owner: DatabaseOwner | undefined;
}

const placeOf = async (settings: Settings, logger: Logger, opened: Close[]): Promise<DatabasePlace> => {
  if (settings.databaseUrl !== undefined) return { url: settings.databaseUrl, owner: ownerOf(settings) };
  const embedded = await startEmbeddedDatabase(settings, (line) => logger.info(line));
  opened.push(() => embedded.stop());
  return embedded;
};
