import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { asDomainError } from '../../platform/as-domain-error.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { uuidFromName } from '../../platform/uuid-from-name.js';
import type { Warning } from '../../platform/warnings-schema.js';
import { withWarnings } from '../command-warnings.js';
import { linkTicket } from '../commands/link-ticket.js';
import { openTicket } from '../commands/open-ticket.js';
import type { OpenedTicket } from '../domain/ticket.js';
import { CommandIntake, type CommandContext } from '../execution/command-intake.js';
import { ExecuteTicketCommand } from '../execution/execute-ticket-command.js';
import { TicketCommandExecutor } from '../execution/ticket-command-executor.js';
import { outcomeOf, type CommandOutcome } from '../repository/command-outcome.js';
import { fingerprintOf } from '../repository/fingerprint.js';
import { TicketRepository } from '../repository/ticket-repository.js';
import { Incidents, type Incident } from './incidents.js';

export const meTooBody = openTicket.body
  .omit({ type: true })
  .partial()
  .extend({ type: z.literal('me-too').optional() })
  .describe(
    'All of it may be left out: the ticket is then opened where the incident is, with its title, category and priority. ' +
      'A ticketId that is in use is that of a ticket to put under the incident.',
  );
export type MeTooBody = z.output<typeof meTooBody>;
type OpenBody = z.output<typeof openTicket.body>;
type LinkBody = z.output<typeof linkTicket.body>;

export interface MeTooOutcome extends CommandOutcome {
  /** Whether the ticket was opened by this command, and not there before. */
  isOpened: boolean;
  incident: Incident;
  warnings?: Warning[];
}

const namespace = '5b0a4c52-2f0e-5d3c-8f27-1c8a6f6a9b1e';

/** Puts a ticket under an incident: one more person has the same problem. */
@Injectable()
export class MeToo {
  constructor(
    private readonly intake: CommandIntake,
    private readonly executor: TicketCommandExecutor,
    private readonly tickets: TicketRepository,
    private readonly incidents: Incidents,
  ) {}

  /**
   * Opens a ticket and links it to the incident as its parent, in one append; or links a ticket that is there already. The same command
   * again is answered with what it did the first time. Throws DomainError.
   */
  async submit(
    incidentId: string,
    body: MeTooBody,
    {
      principal,
      commandId: keyed,
      correlationId,
    }: Pick<CommandContext, 'principal' | 'commandId' | 'correlationId'>,
  ): Promise<MeTooOutcome> {
    const incident = await this.incidents.find(incidentId, principal);
    const commandId = body.commandId ?? keyed ?? randomUUID();
    const childId = body.ticketId ?? uuidFromName(`${commandId}/ticket`, namespace);
    // What is taken over from the incident may be another thing when the command is repeated: what was sent is the command.
    const fingerprint = fingerprintOf('me-too', childId, { incident: incidentId, ...body });
    const accept = (type: 'open' | 'link', fields: object): ExecuteTicketCommand => {
      const ids = { commandId: uuidFromName(`${commandId}/${type}`, namespace), ticketId: childId };
      const { occurredAt } = body;
      const context = { principal, correlationId, sent: body };
      const accepted = this.intake.accept(type, { ...fields, ...ids, occurredAt }, context);
      const metadata = { ...accepted.metadata, fingerprint, fingerprintAsWritten: () => undefined };
      return new ExecuteTicketCommand(type, accepted.body, metadata);
    };
    const opening: OpenBody = openingOf(incident.ticket, body);
    const link: LinkBody = { to: incident.ticketId, relation: 'parent' };
    const [opened, linked] = await this.executor.executeMany([accept('open', opening), accept('link', link)]);
    if (opened?.status === 'rejected' && !isGiven(opened.reason, body)) throw opened.reason;
    if (linked?.status !== 'fulfilled') throw linked?.reason;
    const { status, revision } = linked.value;
    const child = outcomeOf(status, (await this.tickets.load(childId)).snapshot(revision), principal);
    return {
      ...child,
      isOpened: opened?.status === 'fulfilled' && opened.value.status === 'applied',
      incident: await this.incidents.counted(incident, child.position),
      ...withWarnings(body),
    };
  }
}

/** Whether an opening was refused because the ticket that was named is there already: then it is linked as it is. */
const isGiven = (reason: unknown, { ticketId }: MeTooBody): boolean =>
  ticketId !== undefined && asDomainError(reason).code === 'id-taken';

/** The opening: as sent, and what was left out as the incident has it. */
const openingOf = (
  { at, erasure, ...incident }: OpenedTicket,
  { type: _type, ...sent }: MeTooBody,
): OpenBody => {
  if (erasure && sent.title === undefined) throw new DomainError('texts-erased');
  const { title, category, priority } = incident;
  const isSamePlace = sent.establishment === undefined;
  const { establishment = at.establishment, site = isSamePlace ? at.site : undefined } = sent;
  return { title, category, priority, ...sent, establishment, site };
};
