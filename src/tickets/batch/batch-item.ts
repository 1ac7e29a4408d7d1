import { fieldErrors } from '../../platform/field-errors.js';
import type { CommandBody } from '../execution/command-body.js';
import { ticketCommands } from '../commands/index.js';
import { fingerprintOf } from '../repository/fingerprint.js';
import type { ReferencesTickets } from './independent-groups.js';
import type { TicketCommandType } from '../domain/ticket.js';
import { DomainError } from '../../shared/problems/domain-error.js';

interface ReadCommand {
  type: TicketCommandType;
  body: CommandBody;
}

/** One command of a batch as it was sent, whatever that is. */
export class BatchItem implements ReferencesTickets {
  readonly command: Readonly<Record<string, unknown>>;
  /** In lower case: the one it is about, and the one it names. */
  readonly tickets: readonly string[];
  private parsed: ReadCommand | undefined;

  constructor(
    sent: unknown,
    readonly index: number,
  ) {
    const isObject = typeof sent === 'object' && sent !== null && !Array.isArray(sent);
    this.command = isObject ? (sent as Record<string, unknown>) : {};
    const { ticketId, into, to } = this.command;
    this.tickets = [ticketId, into, to].filter((id) => typeof id === 'string').map((id) => id.toLowerCase());
  }

  /** As sent, for the answer. */
  get ids(): { commandId: string | null; ticketId: string | null } {
    const { commandId, ticketId } = this.command;
    return { commandId: textOf(commandId), ticketId: textOf(ticketId) };
  }

  /** In lower case; empty where it has none. */
  get commandId(): string {
    return textOf(this.command.commandId)?.toLowerCase() ?? '';
  }

  /** The ticket it is about, in lower case. */
  get ticketId(): string | undefined {
    return textOf(this.command.ticketId)?.toLowerCase();
  }

  get isResolution(): boolean {
    return this.command.type === 'resolve';
  }

  get isCascade(): boolean {
    return this.isResolution && this.command.cascade === true;
  }

  /** The command, held to its schema once, however often it is asked for. Throws DomainError. */
  read(): ReadCommand {
    return (this.parsed ??= readCommand(this.command));
  }

  /** Whether an event with this fingerprint was caused by it. */
  is(fingerprint: string): boolean {
    const { ticketId } = this;
    if (ticketId === undefined) return false;
    try {
      const { type, body } = this.read();
      return fingerprintOf(type, ticketId, body) === fingerprint;
    } catch (error) {
      // Nothing came of what can't be read.
      if (error instanceof DomainError) return false;
      throw error;
    }
  }
}

const textOf = (id: unknown): string | null => (typeof id === 'string' ? id : null);

const readCommand = (command: Readonly<Record<string, unknown>>): ReadCommand => {
  const type = typeOf(command);
  const { data, error } = ticketCommands[type].body.safeParse(command);
  if (error) throw new DomainError('malformed', { errors: fieldErrors(error.issues) });
  return { type, body: withIds(type, data) };
};

const typeOf = ({ type }: Readonly<Record<string, unknown>>): TicketCommandType => {
  if (typeof type === 'string' && Object.hasOwn(ticketCommands, type)) return type as TicketCommandType;
  throw new DomainError('unknown-command', { errors: [{ pointer: '/type', message: 'unknown-command' }] });
};

/** In a batch the ids can't be left out: without its own a command could not be sent again, without the ticket's it is about nothing. */
const withIds = (type: TicketCommandType, body: CommandBody): CommandBody => {
  const missing = [
    ...(body.commandId === undefined ? ['/commandId'] : []),
    ...(body.ticketId === undefined && type !== 'open' ? ['/ticketId'] : []),
  ];
  if (missing.length === 0) return body;
  throw new DomainError('malformed', {
    errors: missing.map((pointer) => ({ pointer, message: 'required' })),
  });
};
