import type { Principal } from '../../access/index.js';
import { assertMatches } from '../../shared/if-match.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { Instant } from '../../shared/instant.js';
import { decide, Refusal, type CommandPayload, type Ticket, type TicketCommand } from '../domain/ticket.js';
import type { TicketEvent } from '../domain/ticket.events.js';
import { ticketView } from '../ticket.view.js';
import type { CommandMetadata } from './command-metadata.js';
import { findDuplicate, outcomeOf, type CommandOutcome } from './command-outcome.js';
import { refusedFields } from './refused-fields.js';
import { assertCanExecute, canRead } from './ticket-access.js';
import type { TicketHistory, TicketSnapshot } from './ticket-history.js';

/** A command for the decider, with its metadata. */
export interface CommandToDecide {
  metadata: CommandMetadata;
  command: TicketCommand;
}

export const commandToDecide = (metadata: CommandMetadata, payload: CommandPayload): CommandToDecide => {
  const { ticketId, claimedAt } = metadata;
  return { metadata, command: { ...payload, ticketId, claimedAt } };
};

/**
 * The events a command leads to, or its outcome where it leads to none. `before` is the ticket to decide on: the history's newest
 * state, or a later one that is not written yet. Throws DomainError.
 */
export const decideCommand = (
  { metadata, command }: CommandToDecide,
  { history, before, now }: { history: TicketHistory; before: TicketSnapshot; now: Instant },
): TicketEvent[] | CommandOutcome => {
  const { principal } = metadata;
  const duplicate = findDuplicate(history, metadata);
  if (duplicate) return duplicate;
  assertCanExecute(principal, command, before);
  // Of a ticket that does not exist, or that the sender may not know of, there is no revision that could differ.
  if (command.type === 'open' || before.ticket.status !== 'unopened')
    assertMatches(metadata.ifMatch, before.revision);
  try {
    const ticket = decidedOnBefore(metadata, { command, history, now }) ?? before.ticket;
    const events = decide(command, ticket, now);
    return events.length === 0 ? outcomeOf('unchanged', before, principal) : events;
  } catch (error) {
    throw error instanceof Refusal ? refusalWithTicket(error, before, principal) : error;
  }
};

/**
 * The ticket on which the command was decided the first time, where that is known: where a batch is sent again, its commands about a
 * ticket are decided in the order of the first time. A command that came to nothing then, before something that was applied, comes to
 * nothing again, whatever has changed since; otherwise it would now undo what came after it.
 */
const decidedOnBefore = (
  { sentAfter }: CommandMetadata,
  { command, history, now }: { command: TicketCommand; history: TicketHistory; now: Instant },
): Ticket | undefined => {
  const earlier = sentAfter && history.before(sentAfter)?.ticket;
  if (!earlier) return undefined;
  try {
    return decide(command, earlier, now).length === 0 ? earlier : undefined;
  } catch (error) {
    if (error instanceof Refusal) return earlier;
    throw error;
  }
};

/** A refusal with the ticket as it is, where the sender may read it, so that nothing has to be guessed. */
const refusalWithTicket = (refusal: Refusal, before: TicketSnapshot, principal: Principal): DomainError => {
  const field = refusedFields[refusal.code];
  const pointers = field === undefined ? refusal.pointers : [field];
  return new DomainError(refusal.code, {
    ...(pointers.length === 0
      ? {}
      : { errors: pointers.map((pointer) => ({ pointer, message: refusal.code })) }),
    ...(canRead(principal, before) ? { members: { ticket: ticketView(before) } } : {}),
  });
};
