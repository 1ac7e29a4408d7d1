import type { Instant } from '../shared/instant.js';

/** Where in the log, or in time, what is known ends: that position, or what was recorded at that instant, included. */
export type AsOf = { position: bigint } | { instant: Instant };

/** The instant that is the bound, $1. */
export const instantAsked = '(SELECT $1::timestamptz)';

/**
 * The columns that tell where an entry, and a sum of entries, lie; and the bound, $1 of a statement. It is written as a SELECT so that
 * the planner makes one plan for all bounds: where it saw each instant, it planned anew each time, for 2 of 7 ms.
 */
export const boundOf = (asOf: AsOf) =>
  'position' in asOf
    ? {
        own: 'position',
        first: 'first_position',
        last: 'last_position',
        at: '(SELECT $1::bigint)',
        value: String(asOf.position),
      }
    : {
        own: 'recorded_at',
        first: 'first_recorded_at',
        last: 'last_recorded_at',
        at: instantAsked,
        value: asOf.instant,
      };

/** Beyond every position. */
export const everything: AsOf = { position: 2n ** 63n - 1n };
