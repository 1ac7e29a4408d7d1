import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { v5 as uuidFromName } from 'uuid';
import { z } from 'zod';
import { Problem } from '../../platform/http/problem.js';
import { CommandsTogether, NotForeseen } from '../repository/commands-together.js';
import { Merges, type AppendOne } from '../merges/merges.js';
import { Tickets, type Asked, type Outcome } from '../repository/ticket-repository.js';
import { commandBody, TicketRequest, uuid } from './command-body.js';

export const mergeBody = commandBody('merge', {
  into: uuid.describe('The ticket that goes on. It has to be active.'),
  reopenTarget: z
    .boolean()
    .optional()
    .transform((reopen) => (reopen ? true : undefined))
    .describe('Reopens the ticket that goes on, if it is resolved.'),
});

type MergeBody = z.output<typeof mergeBody>;

export class MergeTicket extends TicketRequest<MergeBody> {}

const reopeningNamespace = '8d4f6c1e-2a57-5e3b-9c40-1b7e5f0a9d26';
/** Published like a name: the history of the ticket goes on to tell which one was merged into it. */
const reopeningReason = 'Un autre billet y est fusionné.';

@CommandHandler(MergeTicket)
export class MergeTicketHandler implements ICommandHandler<MergeTicket> {
  constructor(
    private readonly tickets: Tickets,
    private readonly merges: Merges,
  ) {}

  /**
   * Of two merges that cross, each into the other's ticket, the second must see the first, or both tickets would be gone. So what
   * it comes to is not known before it is written. Nobody else of this process gets at either ticket meanwhile: the target must
   * still be active when it is written.
   */
  async execute({ asked, body }: MergeTicket) {
    if (asked.together) throw new NotForeseen();
    const tickets = [asked.ticketId, body.into];
    return this.merges.run((append) =>
      this.tickets.inTurns(tickets, () => this.merge({ ...asked, hasTurn: true }, body, append)),
    );
  }

  private async merge(asked: Asked, { into, reopenTarget }: MergeBody, append: AppendOne): Promise<Outcome> {
    const named = await this.tickets.named(into, asked);
    if ('earlier' in named) return named.earlier;
    const { target } = named;
    if (target !== 'resolved' || !reopenTarget)
      return this.tickets.transact(asked, { type: 'merge', into, target }, append);
    // A merge that comes to nothing, or is refused, reopens nothing.
    const foreseen = { ...asked, together: new CommandsTogether() };
    const outcome = await this.tickets.transact(foreseen, { type: 'merge', into, target: 'open' });
    if (outcome.status !== 'applied') return outcome;
    await this.reopen(asked, into);
    const reopened = await this.tickets.statusOf(into, asked.principal);
    return this.tickets.transact(asked, { type: 'merge', into, target: reopened }, append);
  }

  /**
   * When the merge happened, as a command of its own: the same merge again, after a crash say, reopens it no second time, even where
   * it was resolved since. Throws Problem where it can't be reopened: then nothing is merged.
   */
  private async reopen(asked: Asked, into: string): Promise<void> {
    const commandId = uuidFromName(into, uuidFromName(asked.commandId, reopeningNamespace));
    const reopening = { ...asked, commandId, ticketId: into, ifMatch: undefined, sentAfter: undefined };
    try {
      await this.tickets.transact(reopening, { type: 'reopen', reason: reopeningReason });
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
      // The ticket it tells of is not the one that was to be merged.
      throw new Problem(error.code, { errors: [{ pointer: '/into', message: error.code }], cause: error });
    }
  }
}
