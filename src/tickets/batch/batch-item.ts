import { fieldErrors } from '../../platform/field-errors.js';
import type { CommandBody } from '../execution/command-body.js';
import { ticketCommands } from '../commands/index.js';
import { withWarnings } from '../command-warnings.js';
import { fingerprintOf } from '../repository/fingerprint.js';
import type { ReferencesTickets } from './independent-groups.js';
import type { TicketCommandType } from '../domain/ticket.js';
import { DomainError } from '../../shared/problems/domain-error.js';

interface ReadCommand {
  type: TicketCommandType;
  body: CommandBody;
}

/** One command of a batch as it was sent: any JSON value, not yet parsed. */
export class BatchItem implements ReferencesTickets {
  readonly command: Readonly<Record<string, unknown>>;
  /** Ids, in lower case, of the ticket the command is about and of the one it names (the target of a merge or of a link). */
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

  /** The ids as sent, for the command's result; null where the command has none. */
  get ids(): { commandId: string | null; ticketId: string | null } {
    const { commandId, ticketId } = this.command;
    return { commandId: textOf(commandId), ticketId: textOf(ticketId) };
  }

  /** The command's id in lower case; empty where it has none. */
  get commandId(): string {
    return textOf(this.command.commandId)?.toLowerCase() ?? '';
  }

  /** The id, in lower case, of the ticket the command is about. */
  get ticketId(): string | undefined {
    return textOf(this.command.ticketId)?.toLowerCase();
  }

  get isResolution(): boolean {
    return this.command.type === 'resolve';
  }

  get isTransfer(): boolean {
    return this.command.type === 'transfer';
  }

  get isCascade(): boolean {
    return this.isResolution && this.command.cascade === true;
  }

  /** The command parsed by its schema, once, however often it is read. Throws DomainError (`malformed`, `unknown-command`). */
  read(): ReadCommand {
    return (this.parsed ??= readCommand(this.command));
  }

  /** What was noticed in the texts of a command that can be read, as a member of its result. */
  get warnings(): ReturnType<typeof withWarnings> {
    return withWarnings(this.read().body);
  }

  /** Whether an event with this fingerprint was caused by this command. */
  is(fingerprint: string): boolean {
    const { ticketId } = this;
    if (ticketId === undefined) return false;
    try {
      const { type, body } = this.read();
      return fingerprintOf(type, ticketId, body) === fingerprint;
    } catch (error) {
      // A command that can't be parsed was never applied, so no event came of it.
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

/**
 * The body, with its ids required: in a batch a command without an id of its own can't be sent again, and one without a ticket's id is
 * about nothing. Only an opening needs no ticket's id.
 */
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
