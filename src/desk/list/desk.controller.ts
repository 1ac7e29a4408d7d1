import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CurrentPrincipal,
  isAllowed,
  LogsAccess,
  type Principal,
  Requires,
  showTickets,
} from '../../access/index.js';
import { Establishments } from '../../establishments/index.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { linkNext, readCursor } from '../../platform/http/paging.js';
import { Clock } from '../../shared/clock.js';
import { readReference } from '../../shared/ticket-reference.js';
import { waitForPosition } from '../../platform/positions.js';
import { Projections } from '../../platform/projections/projections.js';
import { answerOf } from './list-answer.js';
import { dependsOnRowsAlone, filterOf, listQuery, type ListQuery } from './list.query.js';
import { ticketListSchema } from './list.view.js';
import { ListTickets } from './list-tickets.handler.js';
import { SearchTickets } from '../search/search-tickets.js';
import { scopeWithin } from '../scope.js';
import { Views } from '../views/views.js';
import { searchTerms } from '../search/search-terms.js';
import { TicketList } from './ticket-list.projection.js';
import { cursorSchema } from './ticket-order.js';
import { TicketSearch } from '../search/indexing/ticket-search.projection.js';

/** Requests whose view searches: the access log tells searches from lists. */
const searched = new WeakSet<object>();

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class DeskController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projections: Projections,
    private readonly establishments: Establishments,
    private readonly clock: Clock,
    private readonly views: Views,
  ) {}

  @Get()
  @Requires('tickets:read')
  @LogsAccess(
    (request) => ('q' in (request.query as object) || searched.has(request) ? 'search' : 'list'),
    'said',
  )
  @ApiAnswers('The tickets of your establishments, page by page', ticketListSchema)
  async list(
    @Query({ schema: listQuery }) sent: ListQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const query = await this.views.resolved(sent, principal);
    if (query.q !== undefined) searched.add(request);
    const scope = scopeWithin(principal, this.establishments, query.establishment);
    const { q, cursor, limit } = query;
    const { sort = q === undefined ? 'priority' : 'relevance' } = query;
    const start = cursor === undefined ? undefined : readCursor(cursor, cursorSchema(sort));
    const filter = filterOf(query, {
      person: principal.id,
      now: this.clock.now(),
      reportingTimeZone: this.establishments.reportingTimeZone,
    });
    await waitForPosition(query.minPosition, (position, timeoutMs) =>
      this.projections.waitForPositions(
        q === undefined ? [TicketList] : [TicketList, TicketSearch],
        position,
        timeoutMs,
      ),
    );
    const page = {
      ...{ sort, limit, counts: query.counts === 'true' },
      after: start?.after,
      until: start?.until,
    };
    const internal = isAllowed(principal, 'tickets:internal-notes');
    const { body, nextCursor, tickets } =
      q === undefined
        ? await this.queries.execute(new ListTickets(scope, filter, page, dependsOnRowsAlone(query)))
        : answerOf(
            await this.queries.execute(
              new SearchTickets(scope, filter, page, searchTerms(q), readReference(q), internal),
            ),
            page,
          );
    linkNext(request, reply, nextCursor);
    void reply.type('application/json; charset=utf-8');
    showTickets(request, tickets);
    return body;
  }
}
