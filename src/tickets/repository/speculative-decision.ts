import { isAllowed } from '../../access/index.js';
import type { Append, EventToAppend } from '../../platform/event-store/event-store.js';
import { asDomainError } from '../../platform/as-domain-error.js';
import { DomainError, isRefusal } from '../../shared/problems/domain-error.js';
import type { Instant } from '../../shared/instant.js';
import { evolve } from '../domain/ticket.js';
import { ticketStream } from '../domain/ticket.events.js';
import { encodeAll } from './command-metadata.js';
import { outcomeOf, type CommandOutcome } from './command-outcome.js';
import { decideCommand, type CommandToDecide } from './decide-command.js';
import { permissionFor } from './ticket-access.js';
import type { TicketHistory } from './ticket-history.js';

/** The outcome of one command among several: they are written together, so the ticket's position and time after each are not known. */
export type OutcomeOfMany = Pick<CommandOutcome, 'status' | 'ticketId' | 'revision' | 'cascade'>;
export type SettledOutcome = PromiseSettledResult<OutcomeOfMany>;

/**
 * The outcomes of several commands about one ticket if their events are written in one append at the revision that was read. It holds
 * only if that append succeeds, which it does where nobody else has written to the stream since.
 */
export interface SpeculativeDecision {
  /** In the order of the commands. */
  settled: readonly SettledOutcome[];
  /** Undefined where nothing is to be written. */
  append: Append | undefined;
}

/** Stands for a refusal on a ticket that is not written yet: the command has to be decided again once the ticket is written. */
export const needsSequentialDecision = 'needs-sequential-decision';
export type NeedsSequentialDecision = typeof needsSequentialDecision;

/** Decides the commands one after the other, each on the ticket as those before it leave it. */
export const decideSpeculatively = (
  commands: readonly CommandToDecide[],
  history: TicketHistory,
  now: () => Instant,
): SpeculativeDecision | NeedsSequentialDecision => {
  const { ticketId, ...first } = history.snapshot();
  let snapshot = { ticketId, ...first };
  const events: EventToAppend[] = [];
  const settled: SettledOutcome[] = [];
  for (const each of commands) {
    const { metadata, command } = each;
    // The command's events would go to the wrong stream.
    if (command.ticketId !== ticketId) throw new Error(`${command.ticketId} is not ${ticketId}`);
    if (!isAllowed(metadata.principal, permissionFor(command))) {
      settled.push(rejected(new DomainError('role-not-allowed')));
      continue;
    }
    try {
      const decided = decideCommand(each, { history, before: snapshot, now: now() });
      if (Array.isArray(decided)) {
        events.push(...encodeAll(metadata, decided));
        const ticket = decided.reduce(evolve, snapshot.ticket);
        snapshot = { ...snapshot, ticket, revision: snapshot.revision + decided.length };
        settled.push(fulfilled(outcomeOf('applied', snapshot, metadata.principal)));
      } else settled.push(fulfilled(decided));
    } catch (error) {
      if (events.length > 0) return needsSequentialDecision;
      // After an error that is no refusal, the commands behind it fail too: none may overtake it.
      const failed = isRefusal(asDomainError(error)) ? [each] : commands.slice(settled.length);
      settled.push(...failed.map(() => rejected(error)));
      if (settled.length === commands.length) break;
    }
  }
  const append = { stream: ticketStream(ticketId), expectedRevision: first.revision, events };
  return { settled, append: events.length === 0 ? undefined : append };
};

export const fulfilled = (value: OutcomeOfMany): SettledOutcome => ({ status: 'fulfilled', value });
export const rejected = (reason: unknown): PromiseRejectedResult => ({ status: 'rejected', reason });
