import type { WeekBuckets } from './week-buckets.js';

/** Weeks in one step at most: for more, the index over all words is as fast. */
const maxWeeks = 16;
/** Weeks to search before giving up on small steps: an empty first week does not mean that matches are rare. */
const minWeeks = 2;
/** How many times larger a step may be than the one before: the matches of one week say little about those of many. */
const maxGrowth = 4;
/** Where more full steps than this would be needed, all weeks that are left are searched in one. */
const maxSteps = 4;
/** The factor by which a step exceeds the weeks that seem enough: a few weeks more are cheaper than another step. */
const margin = 1.2;

export interface WeekStep {
  weeks: WeekBuckets;
  /** Whether these are all weeks that are left, however many. */
  rest: boolean;
  /** The most matches wanted. */
  limit: number;
}

/**
 * The first matches, `maxMatches` at most, found week by week; `readStep` gives the first matches of some weeks. The first step has
 * `begin` weeks, or all of them (Infinity); the size of each later step follows from how many matches the last one gave.
 */
export const fromWeekToWeek = async <Match>(
  { oldest, newest }: WeekBuckets,
  first: 'newest first' | 'oldest first',
  maxMatches: number,
  begin: number,
  readStep: (step: WeekStep) => Promise<Match[]>,
): Promise<Match[]> => {
  const found: Match[] = [];
  let left = { oldest, newest };
  let size = begin;
  while (left.oldest <= left.newest && found.length < maxMatches) {
    const weeks =
      first === 'newest first'
        ? { ...left, oldest: Math.max(left.oldest, left.newest - size + 1) }
        : { ...left, newest: Math.min(left.newest, left.oldest + size - 1) };
    const matches = await readStep({ weeks, rest: size === Infinity, limit: maxMatches - found.length });
    found.push(...matches);
    left =
      first === 'newest first'
        ? { ...left, newest: weeks.oldest - 1 }
        : { ...left, oldest: weeks.newest + 1 };
    size = nextSize(size, matches.length, maxMatches - found.length);
  }
  return found;
};

const nextSize = (size: number, matches: number, wanted: number): number => {
  if (matches === 0) return size < minWeeks ? minWeeks : Infinity;
  const enough = Math.ceil((size * wanted * margin) / matches);
  return enough > maxSteps * maxWeeks ? Infinity : Math.min(enough, size * maxGrowth, maxWeeks);
};
