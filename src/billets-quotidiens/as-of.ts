import type { Instant } from '../shared/instant.js';

/** Where in the log, or in time, what is known ends: that position, or what was recorded at that instant, included. */
export type AsOf = { position: bigint } | { instant: Instant };

/** The columns that tell where an entry, and a sum of entries, lie; and how the bound is written. */
export const boundOf = (asOf: AsOf) =>
  'position' in asOf
    ? {
        own: 'position',
        first: 'first_position',
        last: 'last_position',
        type: 'bigint',
        value: String(asOf.position),
      }
    : {
        own: 'recorded_at',
        first: 'first_recorded_at',
        last: 'last_recorded_at',
        type: 'timestamptz',
        value: asOf.instant,
      };

/** Beyond every position. */
export const everything: AsOf = { position: 2n ** 63n - 1n };
