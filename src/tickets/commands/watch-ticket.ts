import { commandBody } from '../execution/command-body.js';
import { ticketCommand, type CommandServices } from '../execution/ticket-command.js';

/** People watch for themselves only. */
const sender = (_body: object, { metadata }: CommandServices) => ({ watcher: metadata.principal.id });

export const watchTicket = ticketCommand({
  type: 'watch',
  permission: 'tickets:watch',
  body: commandBody('watch', {}),
  prepare: sender,
});

export const unwatchTicket = ticketCommand({
  type: 'unwatch',
  permission: 'tickets:unwatch',
  body: commandBody('unwatch', {}),
  prepare: sender,
});
