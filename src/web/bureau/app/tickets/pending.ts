import type { Language } from '../../../../shared/text/text.js';
import { commandVerbs } from '../../../../shared/vocabulary.js';
import type { HistoryItem, Ticket } from '../api/answers.js';
import { afterCommand, type AgentCommand } from './command.js';

/** A command that was given here and has no answer yet. */
export interface Pending {
  commandId: string;
  ticketId: string;
  command: AgentCommand;
  /** The ticket's revision that the agent saw. */
  seen: number;
  /** The network is away: it goes out when that is back. */
  isHeld: boolean;
}

/**
 * The revision that a command was decided on. What came while its form was open, and changed what the command is about, may not have been
 * seen: it is laid before the agent, as if it had not been heard of yet. Notes and the like need no second look.
 */
export const decidedOn = (begunOn: Ticket | undefined, now: Ticket): number =>
  begunOn?.ticketId === now.ticketId && decisive.some((field) => begunOn[field] !== now[field])
    ? begunOn.revision
    : now.revision;

const decisive = [
  ...(['status', 'team', 'assignee', 'priority', 'category'] as const),
  ...(['establishment', 'site', 'mergedInto'] as const),
];

/** A command that met what somebody else had done meanwhile: the agent decides again. */
export interface Conflict {
  pending: Pending;
  /** What happened since the revision that the agent saw, the oldest first. */
  meanwhile: HistoryItem[];
  /** The ticket's revision by now. */
  revision: number;
}

/** What is done to several tickets together: one command, or all those of a template. */
export interface BulkWork {
  /** What it is called, in the language of the page. */
  name: string;
  /** The commands that each ticket is shown after. */
  commands: readonly AgentCommand[];
  /** Where it is sent, with what of it is the same for all tickets. */
  path: string;
  body: object;
}

/** A command for many tickets, as it is sent and shown. */
export const workOf = (command: AgentCommand, language: Language): BulkWork => ({
  name: commandVerbs[command.type][language],
  commands: [command],
  path: '/v1/tickets/bulk',
  body: command,
});

/** Tickets and what is done to them, which waits a moment for whoever wants to take it back. */
export interface PendingBulk {
  ticketIds: readonly string[];
  work: BulkWork;
  /** As they are sent, one after the other: a request takes so many tickets and no more. */
  parts: readonly { commandId: string; ticketIds: readonly string[] }[];
  state: 'undoable' | 'sending' | 'held';
}

/** A ticket as it is shown: as it is known, with what was done to it here and has no answer yet. */
export const shownTicket = (
  known: Ticket,
  pending: readonly Pending[],
  bulk: PendingBulk | undefined,
): Ticket => {
  const own = pending.filter(({ ticketId }) => ticketId === known.ticketId).map(({ command }) => command);
  const commands = bulk?.ticketIds.includes(known.ticketId) ? [...own, ...bulk.work.commands] : own;
  return commands.reduce(afterCommand, known);
};

/** The newer of two states of a ticket: a live change may be heard after the answer to the command that made it. */
export const newer = (known: Ticket | undefined, told: Ticket): Ticket =>
  known && known.revision > told.revision ? known : told;

/**
 * The commands still pending after one was applied: those decided on what that one saw were decided on its result, unless somebody else
 * has changed the ticket in between, which they did not see.
 */
export const afterApplied = (
  pending: readonly Pending[],
  { commandId, ticketId, seen }: Pending,
  revision: number,
): Pending[] =>
  pending
    .filter((each) => each.commandId !== commandId)
    .map((each) =>
      each.ticketId === ticketId && each.seen === seen && revision === seen + 1
        ? { ...each, seen: revision }
        : each,
    );
