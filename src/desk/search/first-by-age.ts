import type { SnapshotReader } from '../../platform/database/snapshot.js';
import { weekOf } from './week-buckets.js';
import { openedAtAfter } from '../list/ticket-order.js';
import { fromWeekToWeek, type WeekStep } from './from-week-to-week.js';
import { planScan, selectFirst } from './plan-scan.js';
import type { SearchMatch, SearchRequest } from './search.js';

/** The first matches by age, week by week: the order of the weeks is the order of age. */
export const firstByAge = async (client: SnapshotReader, search: SearchRequest): Promise<SearchMatch[]> => {
  const { sort, after, limit } = search.page;
  const { oldest, newest, begin } = await planScan(client, search);
  const last = after && weekOf(openedAtAfter(after));
  const wanted = { query: search.question.wide, keys: 'opened AS opened_at' };
  const readStep = (step: WeekStep) => client.read<SearchMatch>(selectFirst(search, step, wanted));
  return sort === 'age'
    ? fromWeekToWeek(
        { oldest, newest: Math.min(newest, last ?? newest) },
        'newest first',
        limit + 1,
        begin,
        readStep,
      )
    : fromWeekToWeek(
        { oldest: Math.max(oldest, last ?? oldest), newest },
        'oldest first',
        limit + 1,
        begin,
        readStep,
      );
};
