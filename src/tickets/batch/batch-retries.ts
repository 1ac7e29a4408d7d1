import { asDomainError } from '../../platform/as-domain-error.js';
import type { DomainError } from '../../shared/problems/domain-error.js';
import type { BatchItem } from './batch-item.js';

/**
 * The commands of a batch that could not be decided and have to be sent again: a refusal would make their sender forget them. Later
 * commands about the same tickets are not decided either, since they would overtake the earlier ones.
 */
export class BatchRetries {
  private readonly byTicket = new Map<string, DomainError>();
  /** The error that keeps every command from being decided, such as a store that is away. */
  private unavailable: DomainError | undefined;

  /** Records an error that is not the command's fault. */
  record(thrown: unknown, item?: BatchItem): void {
    const error = asDomainError(thrown);
    // An `unavailable` that our own code threw (too many attempts, a projection that is behind) concerns that command alone.
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
   * Throws the error where the store is away. The whole batch fails then, whatever was decided by then: what was applied is found again
   * when the batch is sent again. So a sender that does not know `retry` loses nothing in an outage.
   */
  throwIfUnavailable(): void {
    if (this.unavailable) throw this.unavailable;
  }
}
