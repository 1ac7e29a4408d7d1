import type { Provider } from '@nestjs/common';
import { CommandIntake } from './command-intake.js';
import { Departures } from './departures.js';
import { ExecuteTicketCommandHandler } from './execute-ticket-command.js';
import { Places } from './places.js';
import { TicketCommandExecutor } from './ticket-command-executor.js';
import { TitlePolicy } from './title-policy.js';

export const executionProviders: Provider[] = [
  Places,
  TitlePolicy,
  CommandIntake,
  Departures,
  TicketCommandExecutor,
  ExecuteTicketCommandHandler,
];
