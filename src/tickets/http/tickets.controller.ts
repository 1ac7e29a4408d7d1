import { Body, Controller, Get, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentPrincipal, Requires, isAllowed, type Principal } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { ApiAnswers } from '../../platform/http/openapi.js';
import { linkToNext } from '../../platform/http/paging.js';
import { waitForPosition, logContains, minPositionQuery } from '../../platform/positions.js';
import { answerWithItems } from '../../platform/http/answer-with-items.js';
import { CommandIntake } from '../execution/command-intake.js';
import { addNote } from '../commands/add-note.js';
import { assignTicket } from '../commands/assign-ticket.js';
import { cancelTicket } from '../commands/cancel-ticket.js';
import { closeTicket } from '../commands/close-ticket.js';
import { uuid, type CommandBody } from '../execution/command-body.js';
import { linkTicket } from '../commands/link-ticket.js';
import { mergeTicket } from '../commands/merge-ticket.js';
import { openTicket } from '../commands/open-ticket.js';
import { putOnHold } from '../commands/put-on-hold.js';
import { recategorizeTicket } from '../commands/recategorize-ticket.js';
import { reopenTicket } from '../commands/reopen-ticket.js';
import { reprioritizeTicket } from '../commands/reprioritize-ticket.js';
import { resolveTicket, type ResolveBody } from '../commands/resolve-ticket.js';
import { startWork } from '../commands/start-work.js';
import { transferTicket } from '../commands/transfer-ticket.js';
import { HistoryNames } from '../history/history-names.js';
import { HistoryPages } from '../history/history-page.js';
import { historyCursor, historyQuery, rangeOf, type HistoryQuery } from '../history/history.query.js';
import { historyItems, historySchema } from '../history/history.view.js';
import { idempotencyKeyHeader } from './idempotency-key.js';
import { TicketRequestContext, TicketCommandRoute } from './ticket-command-route.js';
import { Children } from '../relations/children.js';
import { MergedTickets } from '../relations/merged-here.js';
import { resolvedSchema, TicketAnswer, type Answered } from './ticket-answer.js';
import type { TicketCommandType } from '../domain/ticket.js';
import { ticketSchema } from '../ticket.view.js';
import { TicketRepository } from '../repository/ticket-repository.js';

type ReadQuery = z.output<typeof minPositionQuery>;

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
    private readonly children: Children,
    private readonly store: EventStore,
  ) {}

  @Post()
  @Requires(openTicket.permission)
  @ApiHeader(idempotencyKeyHeader)
  @ApiAnswers('Open a ticket', ticketSchema, { created: true })
  @UseInterceptors(TicketAnswer)
  open(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: openTicket.body }) body: CommandBody,
  ) {
    return this.intake.submit('open', body, context);
  }

  @Get(':ticketId')
  @Requires('tickets:read')
  @ApiAnswers('A ticket as it is now', ticketSchema)
  @UseInterceptors(TicketAnswer)
  async read(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Query({ schema: minPositionQuery }) { minPosition }: ReadQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    await waitForPosition(minPosition, logContains(this.store));
    return (await this.tickets.loadAccessible(ticketId, principal, 'tickets:read')).snapshot();
  }

  @Get(':ticketId/history')
  @Requires('tickets:history')
  @ApiAnswers('The events of a ticket, page by page', historySchema)
  async history(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Query({ schema: historyQuery }) query: HistoryQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { minPosition, cursor } = query;
    const range = rangeOf(query);
    await waitForPosition(minPosition, logContains(this.store));
    const history = await this.tickets.loadAccessible(ticketId, principal, 'tickets:history');
    const mergedFrom = cursor === undefined ? await this.merged.into(ticketId, principal, minPosition) : [];
    const page = await this.pages.read(history, range, isAllowed(principal, 'tickets:internal-notes'));
    const names = await this.names.of(
      page.entries.map(({ recorded }) => recorded),
      principal,
    );
    const last = page.entries.at(-1)?.recorded.revision;
    const nextCursor = page.isLast || last === undefined ? null : historyCursor(range.order, last);
    if (nextCursor !== null) void reply.header('Link', linkToNext(request.url, nextCursor));
    return answerWithItems(reply, await historyItems(page.entries, names), {
      ticketId,
      nextCursor,
      mergedFrom,
    });
  }

  @Post(':ticketId/assign')
  @TicketCommandRoute(assignTicket, 'Give a ticket to a team or a person')
  assign(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: assignTicket.body }) body: CommandBody,
  ) {
    return this.submit('assign', context, body);
  }

  @Post(':ticketId/start')
  @TicketCommandRoute(startWork, 'Start the work')
  start(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: startWork.body }) body: CommandBody,
  ) {
    return this.submit('start', context, body);
  }

  @Post(':ticketId/hold')
  @TicketCommandRoute(putOnHold, 'Put a ticket on hold')
  hold(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: putOnHold.body }) body: CommandBody,
  ) {
    return this.submit('hold', context, body);
  }

  @Post(':ticketId/note')
  @TicketCommandRoute(addNote, 'Write a note')
  note(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: addNote.body }) body: CommandBody,
  ) {
    return this.submit('note', context, body);
  }

  @Post(':ticketId/link')
  @TicketCommandRoute(linkTicket, 'Tie a ticket to another')
  link(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: linkTicket.body }) body: CommandBody,
  ) {
    return this.submit('link', context, body);
  }

  @Post(':ticketId/recategorize')
  @TicketCommandRoute(recategorizeTicket, 'Correct the category')
  recategorize(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: recategorizeTicket.body }) body: CommandBody,
  ) {
    return this.submit('recategorize', context, body);
  }

  @Post(':ticketId/reprioritize')
  @TicketCommandRoute(reprioritizeTicket, 'Correct the priority')
  reprioritize(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: reprioritizeTicket.body }) body: CommandBody,
  ) {
    return this.submit('reprioritize', context, body);
  }

  @Post(':ticketId/resolve')
  @TicketCommandRoute(resolveTicket, 'Resolve a ticket', resolvedSchema)
  async resolve(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: resolveTicket.body }) body: ResolveBody,
  ): Promise<Answered> {
    const outcome = await this.submit('resolve', context, body);
    if (body.cascade) return outcome;
    return { ...outcome, children: await this.children.offered(outcome, context.principal) };
  }

  @Post(':ticketId/close')
  @TicketCommandRoute(closeTicket, 'Confirm a resolution')
  close(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: closeTicket.body }) body: CommandBody,
  ) {
    return this.submit('close', context, body);
  }

  @Post(':ticketId/reopen')
  @TicketCommandRoute(reopenTicket, 'Reopen a ticket')
  reopen(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: reopenTicket.body }) body: CommandBody,
  ) {
    return this.submit('reopen', context, body);
  }

  @Post(':ticketId/cancel')
  @TicketCommandRoute(cancelTicket, 'Withdraw a ticket')
  cancel(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: cancelTicket.body }) body: CommandBody,
  ) {
    return this.submit('cancel', context, body);
  }

  @Post(':ticketId/merge')
  @TicketCommandRoute(mergeTicket, 'Merge a ticket into another')
  merge(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: mergeTicket.body }) body: CommandBody,
  ) {
    return this.submit('merge', context, body);
  }

  @Post(':ticketId/transfer')
  @TicketCommandRoute(transferTicket, 'Transfer a ticket to another establishment')
  transfer(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: transferTicket.body }) body: CommandBody,
  ) {
    return this.submit('transfer', context, body);
  }

  private submit(type: TicketCommandType, { ticketId, ...context }: TicketRequestContext, body: CommandBody) {
    return this.intake.submit(type, body, context, ticketId);
  }
}
