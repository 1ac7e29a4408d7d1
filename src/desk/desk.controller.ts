import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentPrincipal, Requires } from '../access/access.guard.js';
import type { Principal } from '../access/permissions.js';
import { Establishments } from '../establishments/establishments.js';
import { Answers } from '../platform/http/openapi.js';
import { linkToNext, readCursor, writeCursor } from '../platform/http/paging.js';
import { awaitPosition } from '../platform/http/positions.js';
import { Projections } from '../platform/projections/projections.js';
import { filterOf, listQuery, type ListQuery } from './list.query.js';
import { listSchema, type ListAnswer } from './list.view.js';
import { listedTicket, statuses } from './listed-ticket.js';
import { ListTickets } from './queries/list-tickets.js';
import { reachWithin } from './reach.js';
import { TicketList } from './ticket-list.projection.js';
import { cursorOf, cursorSchema } from './ticket-order.js';

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class DeskController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projections: Projections,
    private readonly establishments: Establishments,
  ) {}

  @Get()
  @Requires('tickets:read')
  @Answers('The tickets of your establishments, page by page', listSchema)
  async list(
    @Query({ schema: listQuery }) query: ListQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListAnswer> {
    const reach = reachWithin(principal, this.establishments, query.establishment);
    const { sort = 'priority', cursor, limit } = query;
    const after = cursor === undefined ? undefined : readCursor(cursor, cursorSchema(sort)).after;
    const filter = filterOf(query, this.establishments.reportingTimeZone);
    await awaitPosition(query.minPosition, (position, timeoutMs) =>
      this.projections.reach(TicketList, position, timeoutMs),
    );
    const asked = new ListTickets(reach, filter, { sort, after, limit, counts: query.counts === 'true' });
    const { rows, more, counts, position, incomplete } = await this.queries.execute(asked);
    const last = rows.at(-1);
    const nextCursor = more && last ? writeCursor(cursorOf(sort, last)) : null;
    if (nextCursor !== null) void reply.header('Link', linkToNext(request.url, nextCursor));
    return {
      items: rows.map(listedTicket),
      nextCursor,
      position,
      ...(counts ? { counts: everyStatus(counts) } : {}),
      ...(incomplete > 0 ? { incomplete } : {}),
    };
  }
}

const everyStatus = (counts: ListAnswer['counts'] | Partial<ListAnswer['counts']>): ListAnswer['counts'] =>
  Object.fromEntries(statuses.map((status) => [status, counts?.[status] ?? 0])) as ListAnswer['counts'];
