import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentPrincipal, isAllowed, LogsAccess, type Principal, Requires } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { linkNext } from '../../platform/http/paging.js';
import { AnswerLanguage } from '../../platform/http/request-parameters.js';
import { waitForPosition, logContains, minPositionQuery } from '../../platform/positions.js';
import { answerWithItems } from '../../platform/http/answer-with-items.js';
import { referenceOf } from '../../shared/ticket-reference.js';
import { CommandIntake } from '../execution/command-intake.js';
import { uuid, type CommandBody } from '../execution/command-body.js';
import { openTicket } from '../commands/open-ticket.js';
import { HistoryNames } from '../history/history-names.js';
import { erasureOf, HistoryPages } from '../history/history-page.js';
import { historyCursor, historyQuery, rangeOf, type HistoryQuery } from '../history/history.query.js';
import { historyItems, historySchema } from '../history/history.view.js';
import { idempotencyKeyHeader } from './idempotency-key.js';
import { TicketRequestContext } from './ticket-command-route.js';
import { MergedTickets } from '../relations/merged-here.js';
import { answerWithTicket, commandAnswerSchema, type TicketAnswer } from './ticket-answer.js';
import { ticketSchema } from '../ticket.view.js';
import { TicketRepository } from '../repository/ticket-repository.js';

type ReadQuery = z.output<typeof minPositionQuery>;

/** Opening a ticket, and reading one with its history. */
@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class TicketsController {
  constructor(
    private readonly intake: CommandIntake,
    private readonly tickets: TicketRepository,
    private readonly pages: HistoryPages,
    private readonly names: HistoryNames,
    private readonly merged: MergedTickets,
    private readonly store: EventStore,
  ) {}

  @Post()
  @Requires(openTicket.permission)
  @LogsAccess('command')
  @ApiHeader(idempotencyKeyHeader)
  @ApiAnswers('Open a ticket', commandAnswerSchema, { created: true })
  async open(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: openTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketAnswer> {
    return answerWithTicket(reply, await this.intake.submit('open', body, context));
  }

  @Get(':ticketId')
  @Requires('tickets:read')
  @LogsAccess('read')
  @ApiAnswers('A ticket as it is now', ticketSchema)
  async read(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Query({ schema: minPositionQuery }) { minPosition }: ReadQuery,
    @CurrentPrincipal() principal: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketAnswer> {
    await waitForPosition(minPosition, logContains(this.store));
    const history = await this.tickets.loadAccessible(ticketId, principal, 'tickets:read');
    return answerWithTicket(reply, history.snapshot());
  }

  @Get(':ticketId/history')
  @Requires('tickets:history')
  @LogsAccess('history', 'named-in-history')
  @ApiAnswers('The events of a ticket, page by page', historySchema)
  async history(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Query({ schema: historyQuery }) query: HistoryQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @AnswerLanguage() language: AnswerLanguage,
  ): Promise<string> {
    const { minPosition, cursor } = query;
    const range = rangeOf(query);
    await waitForPosition(minPosition, logContains(this.store));
    const history = await this.tickets.loadAccessible(ticketId, principal, 'tickets:history');
    const mergedFrom =
      cursor === undefined ? await this.merged.into(ticketId, { principal, language }, minPosition) : [];
    const page = await this.pages.read(history, range, isAllowed(principal, 'tickets:internal-notes'));
    const names = await this.names.of(
      page.entries.map(({ recorded }) => recorded),
      principal,
    );
    const shown = { ...names, erasure: erasureOf(history) };
    const last = page.isLast ? undefined : page.entries.at(-1);
    const next = last && historyCursor(range.order, last.recorded.revision);
    const nextCursor = linkNext(request, reply, next);
    return answerWithItems(reply, await historyItems(page.entries, shown, language), {
      ticketId,
      reference: referenceOf(ticketId),
      nextCursor,
      mergedFrom,
    });
  }
}
