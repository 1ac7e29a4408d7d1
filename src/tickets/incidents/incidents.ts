import { Injectable } from '@nestjs/common';
import type { Principal } from '../../access/index.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import type { OpenedTicket } from '../domain/ticket.js';
import { Children, type ChildTicket } from '../relations/children.js';
import { Relations } from '../relations/relations.js';
import { canRead } from '../repository/ticket-access.js';
import { TicketRepository } from '../repository/ticket-repository.js';

/** A ticket that others are under. */
export interface Incident {
  ticketId: string;
  ticket: OpenedTicket;
  /** Who has the problem: whoever reported it first, and one for each ticket under it. Undefined where that is not known in time. */
  people?: number;
}

export interface ChildrenRequest {
  /** Up to this position of the log. */
  position: bigint;
  /** Where the page begins: after the ticket that was put under the incident at this position. */
  after: bigint;
  limit: number;
}

export interface ChildrenPage {
  items: ChildTicket[];
  people: number;
  /** The position to go on after; undefined on the last page. */
  next: bigint | undefined;
}

/** Nobody merges tickets in such a chain; it is bounded, as merges may go round in circles across reopened logs. */
const maxMerges = 20;
/** How long the answer to a command waits for the newest relations; then it says no number. */
const maxWaitForPeopleMs = 1_000;

/** Incidents: tickets that others were put under, since the same problem has many people. */
@Injectable()
export class Incidents {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly relations: Relations,
    private readonly under: Children,
  ) {}

  /** The ticket, or the one it lives on in where it was merged. Throws DomainError unless the principal may read it. */
  async find(ticketId: string, principal: Principal): Promise<Incident> {
    const first = await this.tickets.loadAccessible(ticketId, principal, 'tickets:read');
    let snapshot = first.snapshot();
    for (let merges = 0; merges <= maxMerges; merges += 1) {
      const { ticketId: id, ticket } = snapshot;
      if (ticket.status === 'unopened' || !canRead(principal, snapshot)) break;
      if (ticket.mergedInto === null) return { ticketId: id, ticket };
      snapshot = (await this.tickets.load(ticket.mergedInto)).snapshot();
    }
    throw new DomainError('ticket-merged');
  }

  /** The incident with its number of people as of a position of the log, where that is known in time. */
  async counted(incident: Incident, position: bigint): Promise<Incident> {
    if (!(await this.relations.waitForPosition(position, maxWaitForPeopleMs))) return incident;
    const children = await this.relations.count(position, {
      related: 'parent',
      otherId: incident.ticketId,
    });
    return { ...incident, people: 1 + children };
  }

  /**
   * The tickets under a ticket as they are known now, in the order in which they were put there, without those that the principal may not
   * read. Throws DomainError.
   */
  async children(
    ticketId: string,
    { position, after, limit }: ChildrenRequest,
    principal: Principal,
  ): Promise<ChildrenPage> {
    await this.tickets.loadAccessible(ticketId, principal, 'tickets:read');
    const relation = { related: 'parent' as const, otherId: ticketId };
    const related = await this.relations.read(position, { ...relation, after, limit: limit + 1 });
    const page = related.slice(0, limit);
    const ids = page.map(({ ticketId: id }) => id);
    return {
      items: await this.under.read(ids, principal),
      people: 1 + (await this.relations.count(position, relation)),
      next: related.length > limit ? page.at(-1)?.position : undefined,
    };
  }
}
