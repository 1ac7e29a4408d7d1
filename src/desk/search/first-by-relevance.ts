import type { SnapshotReader } from '../../platform/database/snapshot.js';
import { relevanceAfter } from '../list/ticket-order.js';
import { fromWeekToWeek } from './from-week-to-week.js';
import type { ParsedQuery } from './parse-search.js';
import { planScan, selectFirst } from './plan-scan.js';
import type { SearchMatch, SearchRequest } from './search.js';

interface Level {
  exact: number;
  query: string;
  except?: string;
}

/** What is searched for, one after the other; each leaves out what was found before. */
const levelsOf = ({ named, exact, wide }: ParsedQuery): Level[] => [
  ...(named === undefined ? [] : [{ exact: 2, query: named }]),
  { exact: 1, query: exact, ...(named === undefined ? {} : { except: named }) },
  ...(wide === exact ? [] : [{ exact: 0, query: wide, except: exact }]),
];

/**
 * The first matches by relevance: the ticket whose reference it is, those that have the words, and where those are not enough, tickets
 * with similar words.
 */
export const firstByRelevance = async (
  client: SnapshotReader,
  search: SearchRequest,
): Promise<SearchMatch[]> => {
  const { page, question } = search;
  const { begin, ...weeks } = await planScan(client, search);
  const after = page.after && relevanceAfter(page.after);
  const found: SearchMatch[] = [];
  for (const { exact, ...queries } of levelsOf(question)) {
    if (after && after.exact < exact) continue;
    const newest = after?.exact === exact ? Math.min(after.band, weeks.newest) : weeks.newest;
    const wanted = { ...queries, keys: `${exact} AS exact, band, rank` };
    const maxMatches = page.limit + 1 - found.length;
    found.push(
      ...(await fromWeekToWeek({ ...weeks, newest }, 'newest first', maxMatches, begin, (step) =>
        client.read<SearchMatch>(selectFirst(search, step, wanted)),
      )),
    );
  }
  return found;
};
