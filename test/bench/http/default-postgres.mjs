import pg from 'pg';
import { startDebianPostgres } from '../../support/database/debian-postgres.mjs';
import { settingsOf } from '../support/bed.mjs';

/** @import { Bed } from '../support/bed.mjs' */

/**
 * A PostgreSQL beside the bed's, as Debian installs it, with its defaults; it ends with the bed. What is fast only with the product's own
 * settings shows here.
 * @param {Bed} bed
 */
export const startDefaultPostgres = async (bed) => {
  const postgres = await startDebianPostgres();
  bed.onClose(() => postgres.stop());
  const admin = new pg.Pool({ connectionString: await postgres.createDatabase('admin'), max: 1 });
  // It is stopped at once at the end, whoever is still connected.
  admin.on('error', () => undefined);
  bed.onClose(() => admin.end());
  return {
    version: postgres.version,
    /** @param {string} name */
    database: (name) => postgres.createDatabase(name),
    checkpoint: () => admin.query('CHECKPOINT'),
    settings: () => settingsOf(admin),
  };
};
