import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { isAllowed, type Principal, type Scope } from '../../access/index.js';
import { Establishments } from '../../establishments/index.js';
import { inSnapshot, readerOn, type SnapshotReader } from '../../platform/database/snapshot.js';
import { join, sql, type Sql } from '../../platform/database/sql.js';
import { Clock } from '../../shared/clock.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { readReference } from '../../shared/ticket-reference.js';
import { filterOf, type Asking } from '../list/list.query.js';
import { conditionsOf, withinScope, type TicketFilter } from '../list/ticket-filter.js';
import { scopeWithin } from '../scope.js';
import { countMatches } from '../search/first-matches.js';
import { parseSearch } from '../search/parse-search.js';
import { searchSnapshot } from '../search/search-tickets.js';
import { searchTerms } from '../search/search-terms.js';
import { queryOfView } from './view-query.js';
import type { View } from './views.js';

/** Which tickets a view lists, for whoever asks. */
interface Counted {
  scope: Scope;
  filter: TicketFilter;
  q: string | undefined;
}

/** How many tickets each of some views lists, by the conditions of the list itself. */
@Injectable()
export class ViewCounts {
  constructor(
    private readonly pool: Pool,
    private readonly establishments: Establishments,
    private readonly clock: Clock,
  ) {}

  /** In the order of the views; null where the list would refuse, as for an establishment that is not the principal's any more. */
  async of(views: readonly View[], principal: Principal): Promise<(number | null)[]> {
    const asking = {
      person: principal.id,
      now: this.clock.now(),
      reportingTimeZone: this.establishments.reportingTimeZone,
    };
    const counted = views.map((view) => this.countedBy(view, principal, asking));
    const isSearched = counted.some((view) => view?.q !== undefined);
    const internal = isAllowed(principal, 'tickets:internal-notes');
    return isSearched
      ? inSnapshot(this.pool, searchSnapshot, (reader) => countsOf(reader, counted, internal))
      : countsOf(readerOn(this.pool), counted, internal);
  }

  private countedBy({ content }: View, principal: Principal, asking: Asking): Counted | undefined {
    try {
      const query = queryOfView(content);
      const scope = scopeWithin(principal, this.establishments, query.establishment);
      return { scope, filter: filterOf(query, asking), q: query.q };
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }
}

const countsOf = async (
  reader: SnapshotReader,
  counted: readonly (Counted | undefined)[],
  internal: boolean,
): Promise<(number | null)[]> => {
  const counts = new Map<Counted, number>();
  const listed = counted.filter((view) => view !== undefined && view.q === undefined) as Counted[];
  if (listed.length > 0) {
    const [row] = await reader.read<{ counts: number[] }>(selectViewCounts(listed));
    listed.forEach((view, at) => counts.set(view, row?.counts[at] ?? 0));
  }
  for (const view of counted) {
    if (view?.q !== undefined) counts.set(view, await countFound(reader, view, internal));
  }
  return counted.map((view) => (view ? (counts.get(view) ?? null) : null));
};

/** All in one statement: of the same moment, and by one way to the database. */
export const selectViewCounts = (views: readonly Pick<Counted, 'scope' | 'filter'>[]): Sql => {
  const counts = views.map(({ scope, filter }) => {
    const conditions = [sql`ticket.establishment = mine.establishment`, ...conditionsOf(filter)];
    return sql`(SELECT count(*) FROM ${withinScope(scope)} JOIN desk.tickets AS ticket ON ${join(conditions, ' AND ')})::integer`;
  });
  return sql`SELECT ARRAY[${join(counts, ', ')}] AS counts`;
};

const countFound = async (
  reader: SnapshotReader,
  { q = '', scope, filter }: Counted,
  internal: boolean,
): Promise<number> => {
  const question = await parseSearch(reader, searchTerms(q), readReference(q));
  if (!question) return 0;
  const byStatus = await countMatches(reader, { scope, filter, internal, question });
  return Object.values(byStatus).reduce((sum, count) => sum + count, 0);
};
