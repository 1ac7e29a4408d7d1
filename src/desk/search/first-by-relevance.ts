import type { Reader } from '../../platform/database/one-snapshot.js';
import { relevanceAfter } from '../list/ticket-order.js';
import { fromBandToBand } from './from-band-to-band.js';
import { firstOf, whereToLook } from './looking.js';
import type { Match, Search } from './search.js';

/** What has the words; and where that is not enough, what only comes near them. */
export const firstByRelevance = async (client: Reader, search: Search): Promise<Match[]> => {
  const { page, question } = search;
  const { begin, ...bands } = await whereToLook(client, search);
  const after = page.after && relevanceAfter(page.after);
  const found: Match[] = [];
  for (const exact of question.wide === question.exact ? [1] : [1, 0]) {
    if (after && after.exact < exact) continue;
    const newest = after?.exact === exact ? Math.min(after.band, bands.newest) : bands.newest;
    const wanted = {
      ...(exact ? { query: question.exact } : { query: question.wide, except: question.exact }),
      keys: `${exact} AS exact, band, rank`,
    };
    const most = page.limit + 1 - found.length;
    found.push(
      ...(await fromBandToBand({ ...bands, newest }, 'newest first', most, begin, (step) =>
        firstOf(client, search, step, wanted),
      )),
    );
  }
  return found;
};
