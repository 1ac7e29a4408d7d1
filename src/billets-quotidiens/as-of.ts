import { shared, sql, type Sql } from '../platform/database/sql.js';
import type { Instant } from '../shared/instant.js';

/** The bound up to which the log was known: a position, or the instant of recording; both included. */
export type AsOf = { position: bigint } | { instant: Instant };

/** A bound as SQL, and the columns it is compared with: that of an entry, and the first and last of a sum of entries. */
export interface Bound {
  own: 'position' | 'recorded_at';
  first: 'first_position' | 'first_recorded_at';
  last: 'last_position' | 'last_recorded_at';
  at: Sql;
}

/**
 * A bound in a statement. It is written as a SELECT so that the planner makes one generic plan for all bounds: where it saw each
 * instant, it planned anew each time, which took 2 of 7 ms.
 */
export const boundOf = (asOf: AsOf): Bound =>
  'position' in asOf
    ? {
        own: 'position',
        first: 'first_position',
        last: 'last_position',
        at: sql`(SELECT ${shared(String(asOf.position))}::bigint)`,
      }
    : {
        own: 'recorded_at',
        first: 'first_recorded_at',
        last: 'last_recorded_at',
        at: instantBound(asOf.instant),
      };

/** An instant as a bound in a statement; a SELECT for the same reason. */
export const instantBound = (at: Instant): Sql => sql`(SELECT ${shared(at)}::timestamptz)`;

/** The bound that includes every event: the greatest position of PostgreSQL's `bigint`. */
export const everything: AsOf = { position: 2n ** 63n - 1n };
