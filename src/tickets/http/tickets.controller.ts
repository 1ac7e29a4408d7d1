import { Body, Controller, Get, Param, Post, Query, Req, Res, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CurrentPrincipal, Requires, may, type Principal } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { Answers } from '../../platform/http/openapi.js';
import { linkToNext } from '../../platform/http/paging.js';
import { awaitPosition, logReaches, minPositionQuery } from '../../platform/http/positions.js';
import { answerWithItems } from '../../platform/http/written-items.js';
import { CommandIntake } from '../commands/command-intake.js';
import { noteBody } from '../commands/add-note.js';
import { assignBody } from '../commands/assign-ticket.js';
import { cancelBody } from '../commands/cancel-ticket.js';
import { closeBody } from '../commands/close-ticket.js';
import { uuid, type CommandBody } from '../commands/command-body.js';
import { linkBody } from '../commands/link-ticket.js';
import { mergeBody } from '../commands/merge-ticket.js';
import { openBody } from '../commands/open-ticket.js';
import { holdBody } from '../commands/put-on-hold.js';
import { recategorizeBody } from '../commands/recategorize-ticket.js';
import { reopenBody } from '../commands/reopen-ticket.js';
import { reprioritizeBody } from '../commands/reprioritize-ticket.js';
import { resolveBody, type ResolveBody } from '../commands/resolve-ticket.js';
import { startBody } from '../commands/start-work.js';
import { transferBody } from '../commands/transfer-ticket.js';
import { HistoryNames } from '../history/history-names.js';
import { HistoryPages } from '../history/history-page.js';
import { historyCursor, historyQuery, rangeOf, type HistoryQuery } from '../history/history.query.js';
import { historyItems, historySchema } from '../history/history.view.js';
import { idempotencyKeyHeader } from './idempotency-key.js';
import { Caller, TicketCommandRoute } from './ticket-command-route.js';
import { Children } from '../relations/children.js';
import { MergedTickets } from '../relations/merged-here.js';
import { resolvedSchema, TicketAnswer, type Answered } from './ticket-answer.js';
import type { TicketCommandType } from '../domain/ticket.js';
import { ticketSchema } from './ticket.view.js';
import { Tickets } from '../repository/ticket-repository.js';

type ReadQuery = z.output<typeof minPositionQuery>;

@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets')
export class TicketsController {
  constructor(
    private readonly intake: CommandIntake,
    private readonly tickets: Tickets,
    private readonly pages: HistoryPages,
    private readonly names: HistoryNames,
    private readonly merged: MergedTickets,
    private readonly children: Children,
    private readonly store: EventStore,
  ) {}

  @Post()
  @Requires('tickets:open')
  @ApiHeader(idempotencyKeyHeader)
  @Answers('Open a ticket', ticketSchema, { created: true })
  @UseInterceptors(TicketAnswer)
  open(@Caller() caller: Caller, @Body({ schema: openBody }) body: CommandBody) {
    return this.intake.submit('open', body, caller);
  }

  @Get(':ticketId')
  @Requires('tickets:read')
  @Answers('A ticket as it is now', ticketSchema)
  @UseInterceptors(TicketAnswer)
  async read(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Query({ schema: minPositionQuery }) { minPosition }: ReadQuery,
    @CurrentPrincipal() principal: Principal,
  ) {
    await awaitPosition(minPosition, logReaches(this.store));
    return (await this.tickets.reachable(ticketId, principal, 'tickets:read')).snapshot();
  }

  @Get(':ticketId/history')
  @Requires('tickets:history')
  @Answers('The events of a ticket, page by page', historySchema)
  async history(
    @Param('ticketId', { schema: uuid }) ticketId: string,
    @Query({ schema: historyQuery }) query: HistoryQuery,
    @CurrentPrincipal() principal: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { minPosition, cursor } = query;
    const range = rangeOf(query);
    await awaitPosition(minPosition, logReaches(this.store));
    const history = await this.tickets.reachable(ticketId, principal, 'tickets:history');
    const mergedFrom = cursor === undefined ? await this.merged.into(ticketId, principal, minPosition) : [];
    const page = await this.pages.read(history, range, may(principal, 'tickets:internal-notes'));
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
  @TicketCommandRoute('assign', 'Give a ticket to a team or a person')
  assign(@Caller() caller: Caller, @Body({ schema: assignBody }) body: CommandBody) {
    return this.submit('assign', caller, body);
  }

  @Post(':ticketId/start')
  @TicketCommandRoute('start', 'Start the work')
  start(@Caller() caller: Caller, @Body({ schema: startBody }) body: CommandBody) {
    return this.submit('start', caller, body);
  }

  @Post(':ticketId/hold')
  @TicketCommandRoute('hold', 'Put a ticket on hold')
  hold(@Caller() caller: Caller, @Body({ schema: holdBody }) body: CommandBody) {
    return this.submit('hold', caller, body);
  }

  @Post(':ticketId/note')
  @TicketCommandRoute('note', 'Write a note')
  note(@Caller() caller: Caller, @Body({ schema: noteBody }) body: CommandBody) {
    return this.submit('note', caller, body);
  }

  @Post(':ticketId/link')
  @TicketCommandRoute('link', 'Tie a ticket to another')
  link(@Caller() caller: Caller, @Body({ schema: linkBody }) body: CommandBody) {
    return this.submit('link', caller, body);
  }

  @Post(':ticketId/recategorize')
  @TicketCommandRoute('recategorize', 'Correct the category')
  recategorize(@Caller() caller: Caller, @Body({ schema: recategorizeBody }) body: CommandBody) {
    return this.submit('recategorize', caller, body);
  }

  @Post(':ticketId/reprioritize')
  @TicketCommandRoute('reprioritize', 'Correct the priority')
  reprioritize(@Caller() caller: Caller, @Body({ schema: reprioritizeBody }) body: CommandBody) {
    return this.submit('reprioritize', caller, body);
  }

  @Post(':ticketId/resolve')
  @TicketCommandRoute('resolve', 'Resolve a ticket', resolvedSchema)
  async resolve(
    @Caller() caller: Caller,
    @Body({ schema: resolveBody }) body: ResolveBody,
  ): Promise<Answered> {
    const outcome = await this.submit('resolve', caller, body);
    if (body.cascade) return outcome;
    return { ...outcome, children: await this.children.offered(outcome, caller.principal) };
  }

  @Post(':ticketId/close')
  @TicketCommandRoute('close', 'Confirm a resolution')
  close(@Caller() caller: Caller, @Body({ schema: closeBody }) body: CommandBody) {
    return this.submit('close', caller, body);
  }

  @Post(':ticketId/reopen')
  @TicketCommandRoute('reopen', 'Reopen a ticket')
  reopen(@Caller() caller: Caller, @Body({ schema: reopenBody }) body: CommandBody) {
    return this.submit('reopen', caller, body);
  }

  @Post(':ticketId/cancel')
  @TicketCommandRoute('cancel', 'Withdraw a ticket')
  cancel(@Caller() caller: Caller, @Body({ schema: cancelBody }) body: CommandBody) {
    return this.submit('cancel', caller, body);
  }

  @Post(':ticketId/merge')
  @TicketCommandRoute('merge', 'Merge a ticket into another')
  merge(@Caller() caller: Caller, @Body({ schema: mergeBody }) body: CommandBody) {
    return this.submit('merge', caller, body);
  }

  @Post(':ticketId/transfer')
  @TicketCommandRoute('transfer', 'Transfer a ticket to another establishment')
  transfer(@Caller() caller: Caller, @Body({ schema: transferBody }) body: CommandBody) {
    return this.submit('transfer', caller, body);
  }

  private submit(type: TicketCommandType, { ticketId, ...sender }: Caller, body: CommandBody) {
    return this.intake.submit(type, body, sender, ticketId);
  }
}
