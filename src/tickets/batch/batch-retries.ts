import { toProblem } from '../../platform/http/problem.filter.js';
import { Problem } from '../../platform/http/problem.js';
import type { BatchItem } from './batch-item.js';

/**
 * What of a batch has to be sent again, since it could not be decided: a refusal would have the sender forget it. What comes after it
 * about the same tickets is not decided either, or it would get ahead of it.
 */
export class BatchRetries {
  private readonly byTicket = new Map<string, Problem>();
  /** Why nothing more can be decided at all. */
  private unavailable: Problem | undefined;

  /** Takes note of an error that is not the fault of the command. */
  record(error: unknown, item?: BatchItem): void {
    const problem = toProblem(error);
    // A problem that was made on purpose (too many attempts, a projection that is behind) is of that command alone.
    if (problem.code === 'unavailable' && problem !== error) this.unavailable ??= problem;
    for (const ticket of item?.tickets ?? []) this.byTicket.set(ticket, problem);
  }

  /** Why a command must wait; undefined where it can be decided. */
  blockerOf({ tickets }: BatchItem): Problem | undefined {
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
