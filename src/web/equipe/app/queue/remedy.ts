import type { QueuedCommand } from './command.js';
import type { Entry } from './queue.js';

/** What a person can do about a refused command, besides giving it up. */
export type Remedy = 'correct' | 'do-again-now' | 'send-again' | 'move-to-merged' | 'none';

/** Refused because of when it happened, or of what the ticket had become: it may hold again now. */
const timely = [
  ...['superseded', 'occurred-in-the-future', 'transition-not-allowed'],
  ...['ticket-resolved', 'ticket-closed', 'ticket-cancelled', 'ticket-not-found'],
];

/** The server's own trouble: the command may be as good as any. */
const passing = ['internal-error', 'unavailable'];

/** Nothing in the command can be written otherwise so that it would be allowed. */
const hopeless = ['role-not-allowed', 'establishment-not-yours'];

export const remedyOf = ({ command, refusal }: Entry): Remedy => {
  if (!refusal) return 'none';
  if (refusal.code === 'ticket-merged') {
    const hasText = command.type !== 'open' && command.type !== 'start';
    return hasText && refusal.mergedInto !== undefined ? 'move-to-merged' : 'none';
  }
  if (passing.includes(refusal.code)) return 'send-again';
  if (timely.includes(refusal.code)) return 'do-again-now';
  if (command.type === 'open') return 'correct';
  return hopeless.includes(refusal.code) || command.type === 'start' ? 'none' : 'correct';
};

/** Waits again: a refused command is not remembered by the server, so it keeps its id. */
export const again = ({ refusal: _refusal, ...entry }: Entry): Entry => entry;

/** With what a person wrote instead. It happened when it happened. */
export const corrected = (entry: Entry, asked: QueuedCommand, newId: () => string): Entry => {
  const { commandId, ticketId, occurredAt } = entry.command;
  // Under this id the server knows another command already.
  const taken = entry.refusal?.code === 'command-id-reused';
  return {
    ...again(entry),
    command: { commandId: taken ? newId() : commandId, ticketId, occurredAt, ...asked },
  };
};

/** As if it were done this moment; what was made meanwhile comes before it. */
export const doneAgain = (entry: Entry, occurredAt: string, seq: number): Entry => ({
  ...again(entry),
  seq,
  command: { ...entry.command, occurredAt },
});

/** In the ticket where the work goes on, as a note: whether that is resolved is for who works it to say. */
export const movedToMerged = (entry: Entry, body: string): Entry => {
  const { commandId, occurredAt, ticketId } = entry.command;
  return {
    ...again(entry),
    command: { commandId, occurredAt, ticketId: entry.refusal?.mergedInto ?? ticketId, type: 'note', body },
  };
};

/** What goes when a person gives an entry up: with an opening, all that was done to its ticket since. */
export const givenUpWith = (entry: Entry, queue: readonly Entry[]): Entry[] =>
  entry.command.type === 'open'
    ? queue.filter(({ command }) => command.ticketId === entry.command.ticketId)
    : [entry];
