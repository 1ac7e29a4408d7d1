import type { QueuedCommand } from './command.js';
import type { Entry } from './queue.js';

/** What a person can do about a refused command besides giving it up. */
export type Remedy = 'correct' | 'do-again-now' | 'send-again' | 'move-to-merged' | 'none';

/** Refusals because of the command's time or the ticket's status at that time: the command may be accepted now. */
const timely = [
  ...['superseded', 'occurred-in-the-future', 'transition-not-allowed'],
  ...['ticket-resolved', 'ticket-closed', 'ticket-cancelled', 'ticket-not-found'],
];

/** Refusals because of a fault of the server: the command itself may be valid. */
const passing = ['internal-error', 'unavailable'];

/** Refusals that no change of the command's fields can avoid. */
const hopeless = ['role-not-allowed', 'establishment-not-yours'];

export const remedyOf = ({ command, refusal }: Entry): Remedy => {
  if (!refusal) return 'none';
  if (refusal.code === 'ticket-merged') {
    const hasText = command.type !== 'open' && !hasNoFields(command);
    return hasText && refusal.mergedInto !== undefined ? 'move-to-merged' : 'none';
  }
  if (passing.includes(refusal.code)) return 'send-again';
  if (timely.includes(refusal.code)) return 'do-again-now';
  if (command.type === 'open') return 'correct';
  return hopeless.includes(refusal.code) || hasNoFields(command) ? 'none' : 'correct';
};

/** Whether there is nothing in the command that its form could correct. */
const hasNoFields = ({ type }: Pick<QueuedCommand, 'type'>): boolean => type === 'start' || type === 'link';

/** The entry without its refusal, so that it waits again. It keeps its id: the server does not remember a refused command. */
export const again = ({ refusal: _refusal, ...entry }: Entry): Entry => entry;

/** The entry with corrected fields; its time stays. */
export const corrected = (entry: Entry, queued: QueuedCommand, newId: () => string): Entry => {
  const { commandId, ticketId, occurredAt } = entry.command;
  // The server already knows another command under this id.
  const taken = entry.refusal?.code === 'command-id-reused';
  return {
    ...again(entry),
    command: { commandId: taken ? newId() : commandId, ticketId, occurredAt, ...queued },
  };
};

/** The entry as if it were done now, after all commands made meanwhile. */
export const doneAgain = (entry: Entry, occurredAt: string, seq: number): Entry => ({
  ...again(entry),
  seq,
  command: { ...entry.command, occurredAt },
});

/** The entry as a note on the ticket that its own was merged into. A resolution, too: whether that ticket is resolved is not known here. */
export const movedToMerged = (entry: Entry, body: string): Entry => {
  const { commandId, occurredAt, ticketId } = entry.command;
  return {
    ...again(entry),
    command: { commandId, occurredAt, ticketId: entry.refusal?.mergedInto ?? ticketId, type: 'note', body },
  };
};

/** The entries that are given up together: an opening with all other commands of its ticket, any other alone. */
export const givenUpWith = (entry: Entry, queue: readonly Entry[]): Entry[] =>
  entry.command.type === 'open'
    ? queue.filter(({ command }) => command.ticketId === entry.command.ticketId)
    : [entry];
