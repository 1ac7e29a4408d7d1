import { StartRefused } from '../../config/start-refused.js';
import type { CommandLine } from './batches.js';

const maxNamed = 5;

/**
 * The lines of a file that the server could not judge. They are neither applied nor refused, so nothing about the same tickets may
 * overtake them: later lines about these tickets wait for the next run, too.
 */
export class Unanswered {
  private readonly lines: number[] = [];
  private readonly tickets = new Set<string>();
  private reason = '';

  /** Whether a line has to wait for an earlier one. If so, it is recorded, and later lines about its tickets wait as well. */
  holdsBack(line: CommandLine): boolean {
    if (!line.tickets.some((ticket) => this.tickets.has(ticket))) return false;
    this.add(line);
    return true;
  }

  add({ number, tickets }: CommandLine, reason = ''): void {
    this.lines.push(number);
    for (const ticket of tickets) this.tickets.add(ticket);
    this.reason ||= reason;
  }

  /** Throws StartRefused where there are such lines: the import is not complete. */
  throwIfAny(): void {
    if (this.lines.length === 0) return;
    const named = this.lines.slice(0, maxNamed).join(', ');
    const more = this.lines.length > maxNamed ? ` … (${this.lines.length})` : '';
    throw new StartRefused(
      `line ${named}${more} could not be judged (${this.reason}); run the same command again: nothing is applied twice`,
    );
  }
}
