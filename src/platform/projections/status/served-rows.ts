import { sql, type Sql } from '../../database/sql.js';

/**
 * An SQL expression that tells apart the rows of a projection that are served, beyond their position: rows that were made anew are of
 * another generation, and after the log went back positions are those of other events.
 */
export const servedRows = (name: string): Sql => sql`(
  SELECT concat_ws(' ', generation, log_epoch) FROM projections.generations
   WHERE name = ${name}::text AND state = 'serving')`;
