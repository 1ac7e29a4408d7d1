import type { Reader } from '../../platform/database/one-snapshot.js';
import { bandOf } from './bands.js';
import { openedAtAfter } from '../list/ticket-order.js';
import { fromBandToBand, type Step } from './from-band-to-band.js';
import { firstOf, whereToLook } from './looking.js';
import type { Match, Search } from './search.js';

/** Bands are weeks: so they are in the order of age, too. */
export const firstByAge = async (client: Reader, search: Search): Promise<Match[]> => {
  const { sort, after, limit } = search.page;
  const { oldest, newest, begin } = await whereToLook(client, search);
  const last = after && bandOf(openedAtAfter(after));
  const wanted = { query: search.question.wide, keys: 'opened AS opened_at' };
  const look = (step: Step) => firstOf(client, search, step, wanted);
  return sort === 'age'
    ? fromBandToBand(
        { oldest, newest: Math.min(newest, last ?? newest) },
        'newest first',
        limit + 1,
        begin,
        look,
      )
    : fromBandToBand(
        { oldest: Math.max(oldest, last ?? oldest), newest },
        'oldest first',
        limit + 1,
        begin,
        look,
      );
};
