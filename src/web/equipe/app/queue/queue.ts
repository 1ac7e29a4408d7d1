import type { Language } from '../../../../shared/text/text.js';
import type { Command } from './command.js';

/** A command that waits to be sent, or that was refused and waits for a person's decision. */
export interface Entry {
  /** The place of the entry in the order in which commands were made on this tablet. */
  seq: number;
  /** The person who made the command: it is sent only while they are signed in, never in another name. */
  person: string;
  command: Command;
  /** The title of the ticket. */
  about: string;
  refusal?: QueueRefusal;
}

/** The server's refusal of a command. */
export interface QueueRefusal {
  code: string;
  /** The language of what follows; absent in what was kept before there was a choice, which is in French. */
  language?: Language;
  title: string;
  detail: string;
  errors?: { pointer: string; message: string }[];
  /** The id of the ticket that the command's ticket was merged into. */
  mergedInto?: string;
}

/** The server's answer to one command. */
export interface CommandAnswer {
  commandId: string | null;
  status: 'applied' | 'duplicate' | 'unchanged' | 'refused';
  revision?: number;
  refusal?: QueueRefusal;
}

interface Accepted {
  entry: Entry;
  revision: number | undefined;
}

/** The effect of an answer on the queue: accepted entries, and refused ones. All other entries go on waiting. */
export interface MatchedAnswers {
  accepted: Accepted[];
  refused: Entry[];
}

const inOrder = (queue: readonly Entry[]): Entry[] => [...queue].sort((a, b) => a.seq - b.seq);

/** The queued opening of the entry's ticket, which must be accepted before the entry can be. */
const openingBefore = (entry: Entry, queue: readonly Entry[]): Entry | undefined =>
  queue.find(
    ({ command, seq }) =>
      command.type === 'open' && command.ticketId === entry.command.ticketId && seq < entry.seq,
  );

/** Whether an entry waits for its ticket's opening to be corrected: sent now, the entry would be refused, too. */
export const isHeldBack = (entry: Entry, queue: readonly Entry[]): boolean =>
  openingBefore(entry, queue)?.refusal !== undefined;

export const waiting = (queue: readonly Entry[]): Entry[] =>
  inOrder(queue.filter(({ refusal }) => refusal === undefined));

export const refused = (queue: readonly Entry[]): Entry[] =>
  inOrder(queue.filter(({ refusal }) => refusal !== undefined));

/** The next batch of a person's entries, in the order they were made, within both limits; the first entry is in it however long. */
export const nextBatch = (
  queue: readonly Entry[],
  person: string,
  { maxCommands, maxCharacters = Infinity }: { maxCommands: number; maxCharacters?: number },
): Entry[] => {
  const sendable = waiting(queue).filter((entry) => entry.person === person && !isHeldBack(entry, queue));
  let characters = 0;
  return sendable.slice(0, maxCommands).filter((entry, index) => {
    characters += JSON.stringify(entry.command).length;
    return index === 0 || characters <= maxCharacters;
  });
};

/** Matches the answer to a sent batch with the queue as it is now. */
export const matchAnswers = (
  queue: readonly Entry[],
  sent: readonly Entry[],
  results: readonly CommandAnswer[],
): MatchedAnswers => {
  const pending = waiting(queue).filter((entry) =>
    sent.some(({ command }) => isSame(command, entry.command)),
  );
  const found = pending.flatMap((entry) => {
    const result = results.find(({ commandId }) => commandId === entry.command.commandId);
    return result ? [{ entry, result }] : [];
  });
  const accepted = found.flatMap(({ entry, result }) =>
    result.status === 'refused' ? [] : [{ entry, revision: result.revision }],
  );
  const left = queue.filter((entry) => !accepted.some((done) => done.entry === entry));
  const refusedNow = found.flatMap(({ entry, result: { refusal } }) => {
    // The ticket is missing because its opening is still queued: the opening is what a person has to correct.
    if (!refusal || (refusal.code === 'ticket-not-found' && openingBefore(entry, left))) return [];
    return [{ ...entry, refusal }];
  });
  return { accepted, refused: refusedNow };
};

/** Whether a queued command is still as it was sent; the answer does not apply to one that was corrected meanwhile. */
const isSame = (a: Command, b: Command): boolean => JSON.stringify(a) === JSON.stringify(b);
