import type { Principal } from '../../access/index.js';
import type { ChildResult } from './command-result.js';
import type { CommandMetadata } from './command-metadata.js';
import { canRead } from './ticket-access.js';
import type { TicketHistory, TicketSnapshot } from './ticket-history.js';
import { DomainError } from '../../shared/problems/domain-error.js';

/** What a command came to, with the ticket as it was right after. */
export interface CommandOutcome extends TicketSnapshot {
  status: 'applied' | 'duplicate' | 'unchanged';
  /** Whether the sender may read the ticket where it is now: a transfer, or time, may have taken it out of reach. */
  isReadable: boolean;
  /** What became of the tickets under a resolved one, where the resolution was to include them. */
  cascade?: ChildResult[];
}

export const outcomeOf = (
  status: CommandOutcome['status'],
  snapshot: TicketSnapshot,
  principal: Principal,
): CommandOutcome => ({ ...snapshot, status, isReadable: canRead(principal, snapshot) });

/** What the command did the first time; undefined where this is the first time. Throws DomainError where its id stands for another command. */
export const findDuplicate = (
  history: TicketHistory,
  metadata: CommandMetadata,
): CommandOutcome | undefined => {
  const cause = history.causedBy(metadata.commandId);
  if (!cause) return undefined;
  if (!isSameCommand(cause.metadata.fingerprint, metadata)) throw commandIdReused();
  const isReadable = canRead(metadata.principal, history.snapshot());
  // The sender hears that it was done, even where the ticket is out of reach by now; nobody else learns of a ticket this way.
  if (cause.metadata.actor !== metadata.principal.id && !isReadable)
    throw new DomainError('establishment-not-yours');
  return { ...history.snapshot(cause.revision), status: 'duplicate', isReadable };
};

/** Before texts were cleaned, commands were recorded with what their texts were then. */
const isSameCommand = (recorded: string, { fingerprint, fingerprintAsWritten }: CommandMetadata): boolean =>
  recorded === fingerprint || recorded === fingerprintAsWritten();

export const commandIdReused = (): DomainError =>
  new DomainError('command-id-reused', { errors: [{ pointer: '/commandId', message: 'command-id-reused' }] });
