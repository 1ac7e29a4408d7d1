import { z } from 'zod';
import type { AppendEvents } from '../merges/merges.js';
import type { CommandOutcome } from '../repository/command-outcome.js';
import { commandBody, uuid } from '../execution/command-body.js';
import { ticketCommand, type CommandServices } from '../execution/ticket-command.js';
import { DomainError, isRefusal } from '../../shared/problems/domain-error.js';
import { uuidFromName } from '../../platform/uuid-from-name.js';

const body = commandBody('merge', {
  into: uuid.describe('The ticket that goes on. It has to be active.'),
  reopenTarget: z
    .boolean()
    .optional()
    .transform((reopen) => (reopen ? true : undefined))
    .describe('Reopens the ticket that goes on, if it is resolved.'),
});

type MergeBody = z.output<typeof body>;

const prepare = async ({ into }: MergeBody, { metadata, tickets }: CommandServices) => ({
  into,
  target: await tickets.statusOf(into, metadata.principal),
});

/**
 * A merge is decided only when its turn comes: of two merges that cross, each into the other's ticket, the second must see the first, or
 * both tickets would be gone. Nothing else of this process gets at either ticket meanwhile, since the target must still be active when
 * the merge is written.
 */
export const mergeTicket = ticketCommand({
  type: 'merge',
  permission: 'tickets:merge',
  body,
  prepare,
  sequence: (command) => (services) =>
    services.merges.run((append) =>
      services.tickets.exclusivelyOnAll([services.metadata.ticketId, command.into], () =>
        merge(command, services, append),
      ),
    ),
});

const merge = async (
  command: MergeBody,
  services: CommandServices,
  append: AppendEvents,
): Promise<CommandOutcome> => {
  const { metadata, tickets } = services;
  const { into, target } = await prepare(command, services);
  const options = { append, isExclusive: true };
  if (target !== 'resolved' || !command.reopenTarget)
    return tickets.execute(metadata, { type: 'merge', into, target }, options);
  // A merge that would be unchanged or refused must reopen nothing.
  const preview = await tickets.preview(metadata, { type: 'merge', into, target: 'open' });
  if (preview.status !== 'applied') return preview;
  await reopenTarget(into, services);
  const reopened = await tickets.statusOf(into, metadata.principal);
  return tickets.execute(metadata, { type: 'merge', into, target: reopened }, options);
};

const reopeningNamespace = '8d4f6c1e-2a57-5e3b-9c40-1b7e5f0a9d26';
/** The reason recorded with the reopening, as people read it in the ticket's history, which then says which ticket was merged. */
const reopeningReason = 'Un autre billet y est fusionné.';

/**
 * Reopens the target at the time of the merge, by a command whose id is made from the merge's. So the same merge sent again, after a
 * crash say, reopens it no second time, even where it was resolved since. Throws DomainError where it can't be reopened: then nothing is
 * merged.
 */
const reopenTarget = async (into: string, { metadata, tickets }: CommandServices): Promise<void> => {
  const commandId = uuidFromName(into, uuidFromName(metadata.commandId, reopeningNamespace));
  const reopening = { ...metadata, commandId, ticketId: into, ifMatch: undefined, sentAfter: undefined };
  try {
    await tickets.execute(reopening, { type: 'reopen', reason: reopeningReason }, { isExclusive: true });
  } catch (error) {
    if (!(error instanceof DomainError) || !isRefusal(error)) throw error;
    // The refusal carries the state of the target, not of the ticket that was to be merged: only its code is passed on.
    throw new DomainError(error.code, { errors: [{ pointer: '/into', message: error.code }], cause: error });
  }
};
