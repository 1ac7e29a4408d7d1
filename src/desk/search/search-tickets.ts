import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { sql, type Sql } from '../../platform/database/sql.js';
import { inSnapshot, type SnapshotReader } from '../../platform/database/snapshot.js';
import type { WeekBuckets } from './week-buckets.js';
import type { Scope } from '../../access/index.js';
import type { TicketFilter } from '../list/ticket-filter.js';
import type { SearchTerm } from './search-terms.js';
import { TicketList } from '../list/ticket-list.projection.js';
import { TicketSearch } from './indexing/ticket-search.projection.js';
import { countMatches, firstMatches } from './first-matches.js';
import { foundTickets, type MatchedText } from './found-tickets.js';
import type { TicketPageRequest, TicketPage } from '../list/list-tickets.js';
import { parseSearch } from './parse-search.js';
import type { SearchRequest } from './search.js';

export interface FoundTickets extends TicketPage {
  highlights: MatchedText[];
}

/** A page of the tickets whose texts match all terms, exactly or nearly, or whose reference was typed. */
export class SearchTickets extends Query<FoundTickets> {
  constructor(
    readonly scope: Scope,
    readonly filter: TicketFilter,
    readonly page: TicketPageRequest,
    readonly terms: readonly SearchTerm[],
    /** What was typed, where it is the reference of a ticket. */
    readonly reference: string | undefined,
    /** Internal notes are searched, too. */
    readonly internal: boolean,
  ) {
    super();
  }
}

/**
 * The tables and settings of the transaction of a search. Parallel workers would take longer to start than a whole search takes. With
 * less `work_mem`, a bitmap becomes lossy: it names pages instead of rows, and each row of them is checked again. A process that
 * freezes during a search is cut off after 2 s, so that it does not hold up a rebuild.
 */
export const searchSnapshot = {
  tables: ['desk.tickets', 'desk.ticket_texts', 'desk.known_words'],
  settings: {
    idle_in_transaction_session_timeout: '2s',
    max_parallel_workers_per_gather: '0',
    work_mem: '32MB',
  },
};

interface Served {
  position: string;
  incomplete: number;
  weeks: WeekBuckets;
}

const projections = [new TicketList().name, new TicketSearch().name];

export const selectServed = (): Sql => sql`
  SELECT min(position) AS position, max(incomplete) AS incomplete,
         (SELECT json_build_object('oldest', coalesce(min(band), 0), 'newest', coalesce(max(band), -1)) FROM desk.ticket_texts) AS weeks
    FROM projections.served WHERE name = ANY(${projections}::text[])`;

@QueryHandler(SearchTickets)
export class SearchTicketsHandler implements IQueryHandler<SearchTickets> {
  constructor(private readonly pool: Pool) {}

  execute(query: SearchTickets): Promise<FoundTickets> {
    return inSnapshot(this.pool, searchSnapshot, (client) => this.found(client, query));
  }

  private async found(
    client: SnapshotReader,
    { terms, reference, ...query }: SearchTickets,
  ): Promise<FoundTickets> {
    const { page } = query;
    const { weeks, ...known } = await this.served(client);
    const question = await parseSearch(client, terms, reference);
    if (!question) {
      return { items: '', last: undefined, highlights: [], counts: page.counts ? {} : undefined, ...known };
    }
    const search: SearchRequest = { ...query, question, weeks };
    const matches = await firstMatches(client, search);
    return {
      ...(await foundTickets(client, search, matches)),
      counts: page.counts ? await countMatches(client, search) : undefined,
      ...known,
    };
  }

  private async served(client: SnapshotReader): Promise<Served> {
    const [served] = await client.read<Served>(selectServed(), 'search-served');
    if (!served) throw new Error('a least position is a row');
    return served;
  }
}
