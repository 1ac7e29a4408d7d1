import type { Instant } from '../../shared/instant.js';

const weekMs = 7 * 24 * 3_600_000;

/**
 * The week in which a ticket was opened, counted from 1970: the same whatever comes later, and however often the rows are made
 * anew. What is found is looked for, ranked and shown from band to band.
 */
export const weekOf = (openedAt: Instant): number => Math.floor(Date.parse(openedAt) / weekMs);

/** From the oldest to the newest, both included. */
export interface WeekBuckets {
  oldest: number;
  newest: number;
}

const word = /'((?:[^']|'')*)'/g;
/** That one word follows another: the words of bands have no places. */
const follows = /<(?:-|\d+)>/g;

/** What a tsquery asks of all words, asked of the words of these bands, as `desk.in_band` writes them. */
export const askedOf = (query: string, { oldest, newest }: WeekBuckets): string => {
  const asked = query.replaceAll(follows, '&');
  return Array.from(
    { length: newest - oldest + 1 },
    (_, index) => `(${asked.replaceAll(word, `'${newest - index}/$1'`)})`,
  ).join(' | ');
};
