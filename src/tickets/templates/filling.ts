import { Injectable } from '@nestjs/common';
import type { Principal } from '../../access/index.js';
import { Establishments } from '../../establishments/index.js';
import { asDomainError } from '../../platform/as-domain-error.js';
import { mapLimit } from '../../shared/concurrency/map-limit.js';
import { isRefusal } from '../../shared/problems/domain-error.js';
import type { Placeholder } from '../../shared/template-placeholders.js';
import { referenceOf } from '../../shared/ticket-reference.js';
import type { TicketHistory } from '../repository/ticket-history.js';
import { TicketRepository } from '../repository/ticket-repository.js';
import { filled, filledCommand, namesIn, textsOf } from './placeholders.js';
import type { SavedTemplate, TemplateCommand } from './template.schema.js';

/** What of a ticket may change, and is filled in; these names stand in the log as they are. */
export interface FillingNames {
  establishment: string;
  team: string | null;
  assignee: string | null;
}

/** What a ticket fills a text with. */
export interface FillingTicket extends FillingNames {
  title: string;
}

type Texts = Pick<SavedTemplate, 'commands' | 'text'>;

/** Tickets that are read at once. */
const maxConcurrent = 32;
const ofTickets: readonly string[] = ['title', 'establishment', 'team', 'assignee'] satisfies Placeholder[];
/** Stands for nobody: an empty place would look like a fault. */
const nobody = '—';

/** Reads what texts are filled with. */
@Injectable()
export class Filling {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly establishments: Establishments,
  ) {}

  /** Throws `ticket-not-found`. */
  async of(ticketId: string, principal: Principal): Promise<FillingTicket> {
    return this.filling(await this.tickets.loadAccessible(ticketId, principal, 'tickets:read'));
  }

  /**
   * The names of those tickets that may be read, by their ids; none where the template names nothing of a ticket. The commands about
   * others are refused anyway.
   */
  async namesOf(
    ticketIds: readonly string[],
    texts: Texts,
    principal: Principal,
  ): Promise<Record<string, FillingNames>> {
    if (!namesTickets(texts)) return {};
    const read = await mapLimit(maxConcurrent, ticketIds, async (ticketId) => {
      try {
        const { title: _title, ...names } = await this.of(ticketId, principal);
        return [[ticketId, names] as const];
      } catch (error) {
        if (isRefusal(asDomainError(error))) return [];
        throw error;
      }
    });
    return Object.fromEntries(read.flat());
  }

  /**
   * The tickets with the names they had. Their titles are read even where a ticket has left since: only with the same text is a command
   * that was carried out known again, and none that was not is carried out without the right to.
   */
  async withTitles(
    names: Readonly<Record<string, FillingNames>>,
  ): Promise<ReadonlyMap<string, FillingTicket>> {
    const read = await mapLimit(maxConcurrent, Object.entries(names), async ([ticketId, own]) => {
      const { title } = this.filling(await this.tickets.load(ticketId));
      return [ticketId, { ...own, title }] as const;
    });
    return new Map(read);
  }

  private filling(history: TicketHistory): FillingTicket {
    const { ticketId, ticket } = history.snapshot();
    if (ticket.status === 'unopened') throw new Error(`${ticketId} was never opened`);
    const { title, team, assignee, at } = ticket;
    const establishment = this.establishments.find(at.establishment)?.name ?? at.establishment;
    return { title, establishment, team, assignee };
  }
}

const namesTickets = ({ commands, text = '' }: Texts): boolean =>
  [text, ...commands.flatMap((command) => textsOf(command).map((each) => each.text))]
    .flatMap(namesIn)
    .some((name) => ofTickets.includes(name));

export interface FilledTemplate {
  commands: TemplateCommand[];
  text: string | undefined;
}

/** The template for a ticket. A text without commands is a note. */
export const filledTemplate = (
  { commands, text }: Texts,
  { ticketId, ticket, person }: { ticketId: string; ticket: FillingTicket | undefined; person: string },
): FilledTemplate => {
  const values: Partial<Record<Placeholder, string>> = {
    reference: referenceOf(ticketId),
    me: person,
    ...(ticket && { ...ticket, team: ticket.team ?? nobody, assignee: ticket.assignee ?? nobody }),
  };
  const own = text === undefined ? undefined : filled(text, values);
  if (own === undefined) return { commands: commands.map((each) => filledCommand(each, values)), text: own };
  const withText = { ...values, text: own };
  return {
    commands:
      commands.length === 0
        ? [{ type: 'note', body: own }]
        : commands.map((each) => filledCommand(each, withText)),
    text: own,
  };
};
