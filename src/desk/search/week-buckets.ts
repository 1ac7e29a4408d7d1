import type { Instant } from '../../shared/instant.js';

const weekMs = 7 * 24 * 3_600_000;

/**
 * The week in which a ticket was opened, in weeks since 1970. It never changes, whatever comes later and however often the rows are
 * rebuilt. Searches find, rank and show matches week by week.
 */
export const weekOf = (openedAt: Instant): number => Math.floor(Date.parse(openedAt) / weekMs);

/** The weeks from the oldest to the newest, both included. */
export interface WeekBuckets {
  oldest: number;
  newest: number;
}

const word = /'((?:[^']|'')*)'/g;
/** The operator for words that follow each other; it is dropped, since the words of weeks have no positions. */
const follows = /<(?:-|\d+)>/g;

/** A `tsquery` over all words, rewritten for the words of these weeks as `search.in_band` writes them. */
export const weekBucketQuery = (query: string, { oldest, newest }: WeekBuckets): string => {
  const unordered = query.replaceAll(follows, '&');
  return Array.from(
    { length: newest - oldest + 1 },
    (_, index) => `(${unordered.replaceAll(word, `'${newest - index}/$1'`)})`,
  ).join(' | ');
};
