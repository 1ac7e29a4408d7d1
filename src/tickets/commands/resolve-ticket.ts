import { z } from 'zod';
import { resolutionCodes } from '../domain/ticket.events.js';
import { commandBody } from '../execution/command-body.js';
import { text } from '../../platform/text-schema.js';
import { ticketCommand, type CommandServices } from '../execution/ticket-command.js';

const body = commandBody('resolve', {
  resolution: z.strictObject({ code: z.enum(resolutionCodes), note: text(10_000) }),
  cascade: z
    .boolean()
    .optional()
    .transform((cascade) => (cascade ? true : undefined))
    .describe('Resolves the tickets under this one, too, with the same resolution.'),
});

export type ResolveBody = z.output<typeof body>;

export const resolveTicket = ticketCommand({
  type: 'resolve',
  permission: 'tickets:resolve',
  body,
  prepare: ({ resolution }) => ({ resolution }),
  sequence: (command) => (command.cascade ? (services) => resolveWithChildren(command, services) : undefined),
});

/** Resolves the ticket, then its children: which tickets are under it is known only once it is resolved. */
const resolveWithChildren = async (
  { resolution, occurredAt }: ResolveBody,
  { metadata, tickets, children }: CommandServices,
) => {
  const outcome = await tickets.execute(metadata, { type: 'resolve', resolution });
  return children.resolve(metadata, { parent: outcome, resolution, occurredAt });
};
