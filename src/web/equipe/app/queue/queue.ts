import type { Command } from './command.js';

/** A command that waits to be sent, or that was refused and waits for a person. */
export interface Entry {
  /** The order in which they were made on this tablet. */
  seq: number;
  /** Who made it: it is sent while they are signed in, and in nobody else's name. */
  person: string;
  command: Command;
  /** What the ticket is called, for people. */
  about: string;
  refusal?: QueueRefusal;
}

/** Why the server refused, in its own words. */
export interface QueueRefusal {
  code: string;
  title: string;
  detail: string;
  errors?: { pointer: string; message: string }[];
  /** Where the ticket went on, when it was merged. */
  mergedInto?: string;
}

/** What the server said of one command. */
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

/** What an answer does: entries that are done with, and those that were refused. Whatever is in neither waits on. */
export interface JudgedBatch {
  accepted: Accepted[];
  refused: Entry[];
}

const inOrder = (queue: readonly Entry[]): Entry[] => [...queue].sort((one, other) => one.seq - other.seq);

/** The opening of the same ticket that must be taken before this entry can be. */
const openingBefore = (entry: Entry, queue: readonly Entry[]): Entry | undefined =>
  queue.find(
    ({ command, seq }) =>
      command.type === 'open' && command.ticketId === entry.command.ticketId && seq < entry.seq,
  );

/** Whether it waits for its ticket's opening to be mended: sent now, it would only be refused too. */
export const isHeldBack = (entry: Entry, queue: readonly Entry[]): boolean =>
  openingBefore(entry, queue)?.refusal !== undefined;

export const waiting = (queue: readonly Entry[]): Entry[] =>
  inOrder(queue.filter(({ refusal }) => refusal === undefined));

export const refused = (queue: readonly Entry[]): Entry[] =>
  inOrder(queue.filter(({ refusal }) => refusal !== undefined));

/** What goes into the next batch, in the order made: at most so many, of so many characters; one at least, however long. */
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

/** Holds the answer to what was sent against the queue as it is now. */
export const judged = (
  queue: readonly Entry[],
  sent: readonly Entry[],
  results: readonly CommandAnswer[],
): JudgedBatch => {
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
  const left = queue.filter((entry) => !accepted.some((one) => one.entry === entry));
  const refusedNow = found.flatMap(({ entry, result: { refusal } }) => {
    // Its opening did not get through, and that is what a person has to mend.
    if (!refusal || (refusal.code === 'ticket-not-found' && openingBefore(entry, left))) return [];
    return [{ ...entry, refusal }];
  });
  return { accepted, refused: refusedNow };
};

/** The same command as it was sent: one that was mended meanwhile has not been answered. */
const isSame = (one: Command, other: Command): boolean => JSON.stringify(one) === JSON.stringify(other);
