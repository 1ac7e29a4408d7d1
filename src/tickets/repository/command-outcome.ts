import type { Principal } from '../../access/index.js';
import type { TicketEventMetadata } from '../domain/ticket.codec.js';
import type { ChildResult } from './command-result.js';
import type { CommandMetadata } from './command-metadata.js';
import { canRead } from './ticket-access.js';
import type { TicketHistory, TicketSnapshot } from './ticket-history.js';
import { DomainError } from '../../shared/problems/domain-error.js';

/** The outcome of a command, with the ticket as it was right after. */
export interface CommandOutcome extends TicketSnapshot {
  status: 'applied' | 'duplicate' | 'unchanged';
  /**
   * Whether the sender may read the ticket where it is now: a transfer, or a change of the sender's establishments, may have ended that.
   */
  isReadable: boolean;
  /** What became of the tickets under a resolved one, where the resolution was to include them. */
  cascade?: ChildResult[];
}

export const outcomeOf = (
  status: CommandOutcome['status'],
  snapshot: TicketSnapshot,
  principal: Principal,
): CommandOutcome => ({ ...snapshot, status, isReadable: canRead(principal, snapshot) });

/**
 * The outcome of a command that was applied before, as it was then; undefined where this is the first time, and also where someone else
 * sent it first and the sender may not read the ticket: it is then decided like any other on a ticket out of reach. Throws DomainError
 * where its id stands for another command.
 */
export const findDuplicate = (
  history: TicketHistory,
  metadata: CommandMetadata,
): CommandOutcome | undefined => {
  const cause = history.causedBy(metadata.commandId);
  if (!cause) return undefined;
  const isReadable = canRead(metadata.principal, history.snapshot());
  // The first sender learns that it was done, even where they may not read the ticket now; nobody else learns of a ticket this way.
  if (cause.metadata.actor !== metadata.principal.id && !isReadable) return undefined;
  if (!isSameCommand(cause.metadata, metadata)) throw commandIdReused();
  return { ...history.snapshot(cause.revision), status: 'duplicate', isReadable };
};

/**
 * Whether the command was recorded as this one. Commands recorded before texts were cleaned have the fingerprint of the texts as they
 * were written. Where the texts are erased, nothing tells what was asked for: the id alone is the command.
 */
const isSameCommand = (
  recorded: TicketEventMetadata,
  { fingerprint, fingerprintAsWritten }: CommandMetadata,
): boolean =>
  recorded.erased === true ||
  recorded.fingerprint === fingerprint ||
  recorded.fingerprint === fingerprintAsWritten();

export const commandIdReused = (): DomainError =>
  new DomainError('command-id-reused', { errors: [{ pointer: '/commandId', message: 'command-id-reused' }] });
