import { Body, Controller, Post, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { addNote } from '../commands/add-note.js';
import { assignTicket } from '../commands/assign-ticket.js';
import { cancelTicket } from '../commands/cancel-ticket.js';
import { closeTicket } from '../commands/close-ticket.js';
import { changeRequester } from '../commands/change-requester.js';
import type { CommandBody } from '../execution/command-body.js';
import { CommandIntake } from '../execution/command-intake.js';
import { linkTicket } from '../commands/link-ticket.js';
import { mergeTicket } from '../commands/merge-ticket.js';
import { putOnHold } from '../commands/put-on-hold.js';
import { recategorizeTicket } from '../commands/recategorize-ticket.js';
import { reopenTicket } from '../commands/reopen-ticket.js';
import { reprioritizeTicket } from '../commands/reprioritize-ticket.js';
import { resolveTicket, type ResolveBody } from '../commands/resolve-ticket.js';
import { startWork } from '../commands/start-work.js';
import { transferTicket } from '../commands/transfer-ticket.js';
import { unwatchTicket, watchTicket } from '../commands/watch-ticket.js';
import type { TicketCommandType } from '../domain/ticket.js';
import { Children } from '../relations/children.js';
import { answerWithTicket, resolvedSchema, type TicketAnswer } from './ticket-answer.js';
import { TicketRequestContext, TicketCommandRoute } from './ticket-command-route.js';

/** The commands on a ticket that was opened: a route for each. */
@ApiTags('tickets')
@ApiBearerAuth()
@Controller('v1/tickets/:ticketId')
export class TicketCommandsController {
  constructor(
    private readonly intake: CommandIntake,
    private readonly children: Children,
  ) {}

  @Post('assign')
  @TicketCommandRoute(assignTicket, 'Give a ticket to a team or a person')
  assign(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: assignTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('assign', context, body, reply);
  }

  @Post('start')
  @TicketCommandRoute(startWork, 'Start the work')
  start(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: startWork.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('start', context, body, reply);
  }

  @Post('hold')
  @TicketCommandRoute(putOnHold, 'Put a ticket on hold')
  hold(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: putOnHold.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('hold', context, body, reply);
  }

  @Post('requester')
  @TicketCommandRoute(changeRequester, 'Say who asked for help')
  requester(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: changeRequester.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('requester', context, body, reply);
  }

  @Post('watch')
  @TicketCommandRoute(watchTicket, 'Be told of what becomes of a ticket')
  watch(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: watchTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('watch', context, body, reply);
  }

  @Post('unwatch')
  @TicketCommandRoute(unwatchTicket, 'No longer be told of it')
  unwatch(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: unwatchTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('unwatch', context, body, reply);
  }

  @Post('note')
  @TicketCommandRoute(addNote, 'Write a note')
  note(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: addNote.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('note', context, body, reply);
  }

  @Post('link')
  @TicketCommandRoute(linkTicket, 'Tie a ticket to another')
  link(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: linkTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('link', context, body, reply);
  }

  @Post('recategorize')
  @TicketCommandRoute(recategorizeTicket, 'Correct the category')
  recategorize(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: recategorizeTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('recategorize', context, body, reply);
  }

  @Post('reprioritize')
  @TicketCommandRoute(reprioritizeTicket, 'Correct the priority')
  reprioritize(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: reprioritizeTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('reprioritize', context, body, reply);
  }

  @Post('resolve')
  @TicketCommandRoute(resolveTicket, 'Resolve a ticket', resolvedSchema)
  async resolve(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: resolveTicket.body }) body: ResolveBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TicketAnswer> {
    const { ticketId, ...sender } = context;
    const outcome = await this.intake.submit('resolve', body, sender, ticketId);
    const children = body.cascade ? [] : await this.children.offered(outcome, context.principal);
    return answerWithTicket(reply, { ...outcome, children });
  }

  @Post('close')
  @TicketCommandRoute(closeTicket, 'Confirm a resolution')
  close(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: closeTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('close', context, body, reply);
  }

  @Post('reopen')
  @TicketCommandRoute(reopenTicket, 'Reopen a ticket')
  reopen(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: reopenTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('reopen', context, body, reply);
  }

  @Post('cancel')
  @TicketCommandRoute(cancelTicket, 'Withdraw a ticket')
  cancel(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: cancelTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('cancel', context, body, reply);
  }

  @Post('merge')
  @TicketCommandRoute(mergeTicket, 'Merge a ticket into another')
  merge(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: mergeTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('merge', context, body, reply);
  }

  @Post('transfer')
  @TicketCommandRoute(transferTicket, 'Transfer a ticket to another establishment')
  transfer(
    @TicketRequestContext() context: TicketRequestContext,
    @Body({ schema: transferTicket.body }) body: CommandBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.submit('transfer', context, body, reply);
  }

  private async submit(
    type: TicketCommandType,
    { ticketId, ...context }: TicketRequestContext,
    body: CommandBody,
    reply: FastifyReply,
  ): Promise<TicketAnswer> {
    return answerWithTicket(reply, await this.intake.submit(type, body, context, ticketId));
  }
}
