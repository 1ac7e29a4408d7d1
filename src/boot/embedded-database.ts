import { resolve } from 'node:path';
import type { Settings } from '../config/settings.js';
import { grantRightsAs, type DatabaseOwner } from '../platform/database/database.js';
import { startEmbeddedPostgres } from '../platform/database/embedded/embedded-postgres.js';
import { rightsFor } from './application-rights.js';

export interface EmbeddedDatabase {
  /** Of the application's role. */
  url: string;
  /** Migrates, and grants that role its rights. */
  owner: DatabaseOwner;
  stop: () => Promise<void>;
}

/** Its pools and listeners use up to so many. */
const connectionsOfWorker = 30;

/** Starts the embedded database with its two roles. Throws StartRefused. */
export const startEmbeddedDatabase = async (
  settings: Pick<Settings, 'dataDir' | 'freshData' | 'keys' | 'plainTexts' | 'workers'>,
  log: (line: string) => void,
): Promise<EmbeddedDatabase> => {
  const dataDir = resolve(settings.dataDir);
  const { url, ownerUrl, stop } = await startEmbeddedPostgres({
    ...{ dataDir, fresh: settings.freshData, log },
    moreConnections: (settings.workers - 1) * connectionsOfWorker,
  });
  const owner = { url: ownerUrl, setting: `DATA_DIR ${dataDir}`, rights: rightsFor(settings) };
  return { url, owner, stop };
};

/**
 * The same for a command that looks at what a server has made, and so migrates nothing: its role gets the rights on what is there, which
 * an earlier version may not have given it.
 */
export const startEmbeddedDatabaseAsItIs = async (
  ...started: Parameters<typeof startEmbeddedDatabase>
): Promise<EmbeddedDatabase> => {
  const database = await startEmbeddedDatabase(...started);
  try {
    await grantRightsAs(database.owner, database.url);
    return database;
  } catch (error) {
    await database.stop();
    throw error;
  }
};
