import { asDomainError } from '../../platform/as-domain-error.js';
import type { DomainError } from '../../shared/problems/domain-error.js';
import type { BatchItem } from './batch-item.js';

/**
 * What of a batch has to be sent again, since it could not be decided: a refusal would have the sender forget it. What comes after it
 * about the same tickets is not decided either, or it would get ahead of it.
 */
export class BatchRetries {
  private readonly byTicket = new Map<string, DomainError>();
  /** Why nothing more can be decided at all. */
  private unavailable: DomainError | undefined;

  /** Takes note of an error that is not the fault of the command. */
  record(thrown: unknown, item?: BatchItem): void {
    const error = asDomainError(thrown);
    // An error that was made on purpose (too many attempts, a projection that is behind) is of that command alone.
    if (error.code === 'unavailable' && error !== thrown) this.unavailable ??= error;
    for (const ticket of item?.tickets ?? []) this.byTicket.set(ticket, error);
  }

  /** Why a command must wait; undefined where it can be decided. */
  blockerOf({ tickets }: BatchItem): DomainError | undefined {
    if (this.unavailable) return this.unavailable;
    const ticket = tickets.find((id) => this.byTicket.has(id));
    return ticket === undefined ? undefined : this.byTicket.get(ticket);
  }

  /**
   * Throws why, where the store is away: then the answer is for the batch as a whole, whatever was decided by then, since what was
   * applied is found again when it is sent again. So a sender that does not know `retry` loses nothing in an outage.
   */
  throwIfUnavailable(): void {
    if (this.unavailable) throw this.unavailable;
  }
}
