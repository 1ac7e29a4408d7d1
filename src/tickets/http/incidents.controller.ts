import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CurrentPrincipal, LogsAccess, type Principal, Requires } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { linkNext, pagingQuery, readCursor, writeCursor } from '../../platform/http/paging.js';
import { cursorPositionSchema, minPositionQuery, waitForPosition } from '../../platform/positions.js';
import { linkTicket } from '../commands/link-ticket.js';
import { uuid } from '../execution/command-body.js';
import { Incidents } from '../incidents/incidents.js';
import { MeToo, meTooBody, type MeTooBody } from '../incidents/me-too.js';
import { Relations } from '../relations/relations.js';
import { idempotencyKeyHeader } from './idempotency-key.js';
import { childrenSchema, incidentView, type ChildrenAnswer } from './incidents.view.js';
import { answerWithTicket, meTooSchema, type TicketAnswer } from './ticket-answer.js';
import { TicketRequestContext } from './ticket-command-route.js';

const childrenQuery = minPositionQuery.extend(pagingQuery);
type ChildrenQuery = z.output<typeof childrenQuery>;

const cursorSchema = z.strictObject({ after: cursorPositionSchema });

/** Tickets that many people have: who else has the same problem, and which tickets are under one. */
@ApiTags('tickets')
@ApiBearerAuth()
@ApiParam({ name: 'ticketId', schema: { type: 'string', format: 'uuid' } })
@Controller('v1/tickets/:ticketId')
export class IncidentsController {
  constructor(
    private readonly meToo: MeToo,
    private readonly incidents: Incidents,
    private readonly relations: Relations,
    private readonly store: EventStore,
  ) {}

  @Post('me-too')
  @Requires(linkTicket.permission)
  @LogsAccess('command')
  @ApiHeader(idempotencyKeyHeader)
  @ApiAnswers(
    'One more person has the same problem: opens a ticket, or takes one, under this one',
    meTooSchema,
    {
      created: true,
      operationId: 'Tickets_meToo',
    },
  )
  async join(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Body({ schema: meTooBody }) body: MeTooBody,
    @TicketRequestContext() { principal, commandId, correlationId }: TicketRequestContext,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketAnswer> {
    const { incident, isOpened, ...outcome } = await this.meToo.submit(ticketId, body, {
      principal,
      commandId,
      correlationId,
    });
    if (!isOpened) void reply.status(200);
    return answerWithTicket(reply, { ...outcome, incident: incidentView(incident) });
  }

  @Get('children')
  @Requires('tickets:read')
  @LogsAccess('list')
  @ApiAnswers('The tickets under a ticket, and how many people have its problem', childrenSchema)
  async children(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Query({ schema: childrenQuery }) { minPosition, cursor, limit }: ChildrenQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChildrenAnswer> {
    const after = BigInt(cursor === undefined ? 0 : readCursor(cursor, cursorSchema).after);
    await waitForPosition(minPosition, (position, timeoutMs) =>
      this.relations.waitForPosition(position, timeoutMs),
    );
    const position = await this.store.lastPosition();
    const { items, people, next } = await this.incidents.children(
      ticketId,
      { position, after, limit },
      principal,
    );
    const following = next === undefined ? undefined : writeCursor({ after: String(next) });
    const nextCursor = linkNext(request, reply, following);
    return { items, people, nextCursor };
  }
}
