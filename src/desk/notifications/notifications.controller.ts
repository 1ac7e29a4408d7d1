import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  CurrentPrincipal,
  isAllowed,
  LogsAccess,
  type Principal,
  Requires,
  scopeOf,
} from '../../access/index.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { linkNext, pagingQuery, readCursor, writeCursor } from '../../platform/http/paging.js';
import { cursorPositionSchema, minPositionQuery, waitForPosition } from '../../platform/positions.js';
import { Projections } from '../../platform/projections/projections.js';
import { TicketList } from '../list/ticket-list.projection.js';
import { Notifications } from './notifications.projection.js';
import { notificationsSchema, type NotificationsAnswer } from './notifications.view.js';
import { ReadNotifications } from './read-notifications.js';

const notificationsQuery = minPositionQuery.extend(pagingQuery);
type NotificationsQuery = z.output<typeof notificationsQuery>;

const cursorSchema = z.strictObject({ before: cursorPositionSchema });

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/notifications')
export class NotificationsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly projections: Projections,
  ) {}

  @Get()
  @Requires('tickets:read')
  @LogsAccess('list')
  @ApiAnswers(
    'What became of the tickets that you watch, that were given to you or mention you',
    notificationsSchema,
  )
  async notifications(
    @Query({ schema: notificationsQuery }) { cursor, limit, minPosition }: NotificationsQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NotificationsAnswer> {
    const before = cursor === undefined ? undefined : readCursor(cursor, cursorSchema).before;
    await waitForPosition(minPosition, (position, timeoutMs) =>
      this.projections.waitForPositions([TicketList, Notifications], position, timeoutMs),
    );
    const page = { before, limit, internal: isAllowed(principal, 'tickets:internal-notes') };
    const { items, more, position } = await this.queries.execute(
      new ReadNotifications(principal.id, scopeOf(principal), page),
    );
    const last = more ? items.at(-1) : undefined;
    const nextCursor = linkNext(request, reply, last && writeCursor({ before: last.position }));
    return { items, nextCursor, position };
  }
}
