import { Injectable } from '@nestjs/common';
import { canAccess, type Principal } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { asDomainError } from '../../platform/as-domain-error.js';
import { mapLimit } from '../../shared/concurrency/map-limit.js';
import { masked } from '../../shared/identifiers/identifiers.js';
import type { Instant } from '../../shared/instant.js';
import { isRefusal } from '../../shared/problems/domain-error.js';
import type { ProblemCode } from '../../shared/problems/problem-code.js';
import { referenceOf } from '../../shared/ticket-reference.js';
import type { Resolution } from '../domain/ticket.events.js';
import type { CommandMetadata } from '../repository/command-metadata.js';
import type { CommandOutcome } from '../repository/command-outcome.js';
import { refusedResult, type ChildResult } from '../repository/command-result.js';
import { TicketRepository } from '../repository/ticket-repository.js';
import { isActiveStatus, type ActiveStatus, type TicketStatus } from '../../shared/vocabulary.js';
import { uuidFromName } from '../../platform/uuid-from-name.js';
import { Relations } from './relations.js';

/** A ticket under another one, as lists show it. */
export interface ChildTicket {
  ticketId: string;
  reference: string;
  title: string;
  status: TicketStatus;
}

/** One that a resolution may go on to. */
export type OfferedChild = ChildTicket & { status: ActiveStatus };

export interface Resolved extends CommandOutcome {
  cascade: ChildResult[];
}

const commandNamespace = '3f0b7e55-9d9b-5b7e-8a55-5d7f6c1f3b90';
const maxConcurrentChildren = 16;
const maxOffered = 500;
/** How long the answer to a resolution waits for the newest relations; then it offers the children known so far. */
const maxWaitForOfferedMs = 250;
/**
 * Refusals that are left out of a cascade's results: these children ended otherwise, or are elsewhere, and nobody asked to resolve them.
 */
const omittedRefusals: readonly ProblemCode[] = [
  'ticket-cancelled',
  'ticket-merged',
  'establishment-not-yours',
  'ticket-not-found',
];

/** A ticket's children: the tickets that were linked to it as their parent. */
@Injectable()
export class Children {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly relations: Relations,
    private readonly store: EventStore,
  ) {}

  /** The children that are still active and that the principal may read, 500 at most. */
  async offered({ ticketId, position }: CommandOutcome, principal: Principal): Promise<OfferedChild[]> {
    const ids = await this.relations.known(
      position - 1n,
      { related: 'parent', otherId: ticketId, limit: maxOffered },
      maxWaitForOfferedMs,
    );
    return (await this.read(ids, principal)).filter((child): child is OfferedChild =>
      isActiveStatus(child.status),
    );
  }

  /** The tickets with these ids that the principal may read, as they are now. */
  async read(ids: readonly string[], principal: Principal): Promise<ChildTicket[]> {
    const children = await mapLimit(maxConcurrentChildren, ids, async (ticketId) => {
      const { ticket } = (await this.tickets.load(ticketId)).snapshot();
      if (ticket.status === 'unopened') throw new Error(`${ticketId} was linked before it was opened`);
      const { status, title, at } = ticket;
      if (!canAccess(principal, at.establishment, 'tickets:read')) return undefined;
      return { ticketId, reference: referenceOf(ticketId), title: masked(title), status };
    });
    return children.filter((child) => child !== undefined);
  }

  /**
   * Resolves the children of a ticket that was just resolved, each by a command of its own. Which children, and when it happened, follows
   * from the parent's own resolution, so the same command again does what is left to do, whatever happened since. Throws
   * `position-not-reached`, `unavailable`: send the command again.
   */
  async resolve(
    metadata: CommandMetadata,
    {
      parent,
      resolution,
      occurredAt,
    }: { parent: CommandOutcome; resolution: Resolution; occurredAt?: Instant },
  ): Promise<Resolved> {
    const claimedAt = resolvedAt(parent) ?? metadata.claimedAt;
    const position = parent.status === 'unchanged' ? await this.store.lastPosition() : parent.position - 1n;
    const ids = await this.relations.upTo(position, { related: 'parent', otherId: parent.ticketId });
    const failures: unknown[] = [];
    const outcomes = await mapLimit(maxConcurrentChildren, ids, (ticketId) => {
      const commandId = uuidFromName(ticketId, uuidFromName(metadata.commandId, commandNamespace));
      const child = { ...metadata, ticketId, commandId, claimedAt, rawClaimedAt: occurredAt ?? claimedAt };
      return this.resolveOne({ ...child, ifMatch: undefined, sentAfter: undefined }, resolution).catch(
        (error: unknown) => {
          if (asDomainError(error).code === 'unavailable') throw error;
          // The other children are resolved all the same; the command is sent again for this one.
          failures.push(error);
          return undefined;
        },
      );
    });
    const done = outcomes.filter((child) => child !== undefined);
    if (failures.length > 0) throw failures[0];
    const newest = done.reduce((last, { position }) => (position > last ? position : last), parent.position);
    return { ...parent, position: newest, cascade: done.map(({ result }) => result) };
  }

  private async resolveOne(metadata: CommandMetadata, resolution: Resolution) {
    const { commandId, ticketId } = metadata;
    try {
      const { status, revision, position } = await this.tickets.execute(metadata, {
        type: 'resolve',
        resolution,
      });
      const result: ChildResult = { commandId, status, ticketId, revision };
      return { result, position };
    } catch (error) {
      const refusal = asDomainError(error);
      if (!isRefusal(refusal)) throw error;
      if (omittedRefusals.includes(refusal.code)) return undefined;
      return { result: refusedResult(refusal, { commandId, ticketId }), position: 0n };
    }
  }
}

/**
 * When this command resolved the parent; undefined where it found the parent resolved: the children are then resolved at its own time.
 */
const resolvedAt = ({ status, ticket }: CommandOutcome): Instant | undefined =>
  status === 'unchanged' || ticket.status === 'unopened' ? undefined : (ticket.resolvedAt ?? undefined);
