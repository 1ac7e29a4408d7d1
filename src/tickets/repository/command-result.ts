import type { DomainError } from '../../shared/problems/domain-error.js';
import type { Warning } from '../../platform/warnings-schema.js';
import type { TicketView } from '../ticket.view.js';

/** What became of a command that came with others, or was made for a child of the ticket it was about. */
export interface ChildResult {
  /** As sent, even where that is no valid id; made from the parent's for a child. */
  commandId: string | null;
  ticketId: string | null;
  status: 'applied' | 'duplicate' | 'unchanged' | 'refused' | 'retry';
  revision?: number;
  /** Why it was refused, or could not be decided. */
  error?: DomainError;
}

export interface CommandResult extends ChildResult {
  /** What became of the tickets under a resolved one, where the resolution was to include them. */
  cascade?: ChildResult[];
  /** What was noticed in the command's texts. */
  warnings?: Warning[];
}

type Ids = Pick<ChildResult, 'commandId' | 'ticketId'>;

export const refusedResult = (error: DomainError, ids: Ids): ChildResult => {
  const { ticket } = (error.details.members ?? {}) as { ticket?: TicketView };
  return { ...ids, status: 'refused', ...(ticket ? { revision: ticket.revision } : {}), error };
};

/** The result of a command that could not be decided: its sender keeps it, and sends it again. */
export const retryResult = (error: DomainError, ids: Ids): ChildResult => ({
  ...ids,
  status: 'retry',
  error,
});
