import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import type { Scope } from '../../access/index.js';
import { KeptPages } from './kept/kept-pages.js';
import { answerOf, type PageAnswer } from './list-answer.js';
import { type PageQuery, readTicketPage, type TicketPageRequest } from './list-tickets.js';
import type { TicketFilter } from './ticket-filter.js';

/** A page of the tickets at some establishments, as it is answered. */
export class ListTickets extends Query<PageAnswer> implements PageQuery {
  constructor(
    readonly scope: Scope,
    readonly filter: TicketFilter,
    readonly page: TicketPageRequest,
    /** Whether the same filter finds the same tickets for as long as the rows of the list are the same. */
    readonly dependsOnRowsAlone: boolean,
  ) {
    super();
  }
}

@QueryHandler(ListTickets)
export class ListTicketsHandler implements IQueryHandler<ListTickets> {
  constructor(
    private readonly pool: Pool,
    private readonly pages: KeptPages,
  ) {}

  async execute({ scope, filter, page, dependsOnRowsAlone }: ListTickets): Promise<PageAnswer> {
    const query = { scope, filter, page };
    if (dependsOnRowsAlone) return this.pages.answer(query);
    return answerOf(await readTicketPage(this.pool, query), page);
  }
}
