import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { TicketCommandType } from '../domain/ticket.js';
import type { CommandMetadata } from '../repository/command-metadata.js';
import type { CommandOutcome } from '../repository/command-outcome.js';
import type { CommandBody } from './command-body.js';
import { TicketCommandExecutor } from './ticket-command-executor.js';

/** What the command bus carries: any command about a ticket. The body has passed the schema of its type. */
export class ExecuteTicketCommand extends Command<CommandOutcome> {
  constructor(
    readonly type: TicketCommandType,
    readonly body: CommandBody,
    readonly metadata: CommandMetadata,
  ) {
    super();
  }
}

@CommandHandler(ExecuteTicketCommand)
export class ExecuteTicketCommandHandler implements ICommandHandler<ExecuteTicketCommand> {
  constructor(private readonly executor: TicketCommandExecutor) {}

  execute(command: ExecuteTicketCommand): Promise<CommandOutcome> {
    return this.executor.execute(command);
  }
}
