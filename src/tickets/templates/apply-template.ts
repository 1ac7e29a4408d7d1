import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Principal } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { uuidFromName } from '../../platform/uuid-from-name.js';
import { CommandBatch } from '../batch/command-batch.js';
import { uuid } from '../execution/command-body.js';
import type { CommandContext } from '../execution/command-intake.js';
import type { CommandResult } from '../repository/command-result.js';
import { Filling, filledTemplate } from './filling.js';
import { type Application, TemplateApplications } from './template-applications.js';
import { Templates } from './templates.js';

const maxTickets = 500;
/** As many as a batch of a device may hold. */
const maxCommands = 1_000;

export const applyBody = z.strictObject({
  ticketIds: z
    .array(uuid)
    .min(1)
    .max(maxTickets)
    .describe('Each is judged on its own; one that is refused never stops the others.'),
  commandId: uuid
    .optional()
    .describe('Made by whoever asks; the same id again carries nothing out a second time.'),
});
export type ApplyBody = z.output<typeof applyBody>;

/** What became of a template at one ticket. */
export interface AppliedToTicket {
  ticketId: string;
  /** Made for this ticket of the application's. */
  commandId: string;
  /** In the order of the template's commands. */
  commands: CommandResult[];
}

export interface TemplateOutcome {
  commandId: string;
  position: bigint;
  /** In the order of the tickets. */
  tickets: AppliedToTicket[];
}

type Sender = Pick<CommandContext, 'principal' | 'correlationId'>;

const applicationNamespace = '3b0a6c9e-57d1-5e0c-8f47-2a9d1c4b7e63';

/** Carries out the commands of a template for many tickets, as a batch of commands with ids made from the application's. */
@Injectable()
export class ApplyTemplate {
  constructor(
    private readonly templates: Templates,
    private readonly applications: TemplateApplications,
    private readonly filling: Filling,
    private readonly batch: CommandBatch,
    private readonly store: EventStore,
  ) {}

  /**
   * Throws `template-not-found`, `command-id-reused`, `malformed`; `unavailable` where the store is away: the same application, sent again,
   * goes on where this one ended.
   */
  async submit(
    templateId: string,
    { ticketIds, commandId }: ApplyBody,
    sender: Sender,
  ): Promise<TemplateOutcome> {
    const id = commandId ?? randomUUID();
    const { principal } = sender;
    const asked = { templateId, ticketIds, person: principal.id, commandId: id };
    // Without an id of its own it can't be sent again.
    const known = commandId === undefined ? undefined : await this.applications.find(asked);
    const application = known ?? (await this.begun(asked, principal, commandId !== undefined));
    return this.carriedOut(application, id, sender);
  }

  private async begun(
    asked: { templateId: string; ticketIds: readonly string[]; person: string; commandId: string },
    principal: Principal,
    isRepeatable: boolean,
  ): Promise<Application> {
    const { templateId, ticketIds } = asked;
    const { commands, text } = (await this.templates.find(templateId, principal)).content;
    const template = { commands, text };
    if (ticketIds.length * Math.max(1, commands.length) > maxCommands) throw tooManyAtOnce();
    const names = await this.filling.namesOf([...new Set(ticketIds)], template, principal);
    const application = { template, ticketIds, names };
    return isRepeatable ? this.applications.record(asked, application) : application;
  }

  private async carriedOut(
    { template, ticketIds, names }: Application,
    commandId: string,
    { principal, correlationId }: Sender,
  ): Promise<TemplateOutcome> {
    const tickets = await this.filling.withTitles(names);
    const idOf = (ticketId: string) => uuidFromName(ticketId, uuidFromName(commandId, applicationNamespace));
    const perTicket = ticketIds.map((ticketId) => {
      const ticket = tickets.get(ticketId);
      const ownId = idOf(ticketId);
      const { commands } = filledTemplate(template, { ticketId, ticket, person: principal.id });
      return commands.map((command, at) => ({
        ...command,
        ticketId,
        commandId: uuidFromName(String(at), ownId),
      }));
    });
    // What was sent together keeps its order when it is sent again, as what comes from one device does.
    const context = { principal, correlationId, deviceId: `template-${commandId}` };
    const results = await this.batch.execute(perTicket.flat(), context);
    const size = perTicket[0]?.length ?? 0;
    return {
      commandId,
      position: await this.store.lastPosition(),
      tickets: ticketIds.map((ticketId, at) => ({
        ticketId,
        commandId: idOf(ticketId),
        commands: results.slice(at * size, (at + 1) * size),
      })),
    };
  }
}

const tooManyAtOnce = (): DomainError => {
  const message = {
    fr: `au plus ${maxCommands} commandes à la fois: moins de billets`,
    en: `at most ${maxCommands} commands at once: fewer tickets`,
  };
  return new DomainError('malformed', { errors: [{ pointer: '/ticketIds', message }] });
};
