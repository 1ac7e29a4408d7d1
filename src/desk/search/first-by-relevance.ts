import type { SnapshotReader } from '../../platform/database/snapshot.js';
import { relevanceAfter } from '../list/ticket-order.js';
import { fromWeekToWeek } from './from-week-to-week.js';
import { planScan, selectFirst } from './plan-scan.js';
import type { SearchMatch, SearchRequest } from './search.js';

/** The first matches by relevance: tickets that have the words, and where those are not enough, tickets with similar words. */
export const firstByRelevance = async (
  client: SnapshotReader,
  search: SearchRequest,
): Promise<SearchMatch[]> => {
  const { page, question } = search;
  const { begin, ...weeks } = await planScan(client, search);
  const after = page.after && relevanceAfter(page.after);
  const found: SearchMatch[] = [];
  for (const exact of question.wide === question.exact ? [1] : [1, 0]) {
    if (after && after.exact < exact) continue;
    const newest = after?.exact === exact ? Math.min(after.band, weeks.newest) : weeks.newest;
    const wanted = {
      ...(exact ? { query: question.exact } : { query: question.wide, except: question.exact }),
      keys: `${exact} AS exact, band, rank`,
    };
    const maxMatches = page.limit + 1 - found.length;
    found.push(
      ...(await fromWeekToWeek({ ...weeks, newest }, 'newest first', maxMatches, begin, (step) =>
        client.read<SearchMatch>(selectFirst(search, step, wanted)),
      )),
    );
  }
  return found;
};
