import type { WeekBuckets } from './week-buckets.js';

/** Of more at once, the index over all words tells as fast. */
const maxWeeks = 16;
/** Nothing in the newest one is no sign yet that there is little. */
const minWeeks = 2;
/** How much is in one says little of how much is in many. */
const maxGrowth = 4;
/** Where as many steps would not do, all that is left is looked at in one. */
const maxSteps = 4;
/** A little more than seems enough is cheaper than one more step. */
const margin = 1.2;

export interface WeekStep {
  bands: WeekBuckets;
  /** All that are left: there may be any number of them. */
  rest: boolean;
  /** Wanted, of what is there. */
  most: number;
}

/**
 * The first so many matches, band by band; `look` gives the first of some bands. It begins with so many bands, or with all
 * (Infinity); how many it looks at next follows from how much was found in the last ones.
 */
export const fromWeekToWeek = async <Match>(
  { oldest, newest }: WeekBuckets,
  first: 'newest first' | 'oldest first',
  most: number,
  begin: number,
  look: (step: WeekStep) => Promise<Match[]>,
): Promise<Match[]> => {
  const found: Match[] = [];
  let left = { oldest, newest };
  let size = begin;
  while (left.oldest <= left.newest && found.length < most) {
    const bands =
      first === 'newest first'
        ? { ...left, oldest: Math.max(left.oldest, left.newest - size + 1) }
        : { ...left, newest: Math.min(left.newest, left.oldest + size - 1) };
    const matches = await look({ bands, rest: size === Infinity, most: most - found.length });
    found.push(...matches);
    left =
      first === 'newest first'
        ? { ...left, newest: bands.oldest - 1 }
        : { ...left, oldest: bands.newest + 1 };
    size = nextSize(size, matches.length, most - found.length);
  }
  return found;
};

const nextSize = (size: number, matches: number, wanted: number): number => {
  if (matches === 0) return size < minWeeks ? minWeeks : Infinity;
  const enough = Math.ceil((size * wanted * margin) / matches);
  return enough > maxSteps * maxWeeks ? Infinity : Math.min(enough, size * maxGrowth, maxWeeks);
};
