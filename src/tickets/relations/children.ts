import { Injectable } from '@nestjs/common';
import { v5 as uuidFromName } from 'uuid';
import { canAccess, type Principal } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { asDomainError } from '../../platform/as-domain-error.js';
import { mapLimit } from '../../shared/map-limit.js';
import type { Instant } from '../../shared/instant.js';
import { isRefusal } from '../../shared/problems/domain-error.js';
import type { ProblemCode } from '../../shared/problems/problem-code.js';
import type { Resolution } from '../domain/ticket.events.js';
import type { CommandMetadata } from '../repository/command-metadata.js';
import type { CommandOutcome } from '../repository/command-outcome.js';
import { refusedResult, type ChildResult } from '../repository/command-result.js';
import { TicketRepository } from '../repository/ticket-repository.js';
import { activeStatuses, type ActiveStatus } from '../ticket.view.js';
import { Relations } from './relations.js';

export interface OfferedChild {
  ticketId: string;
  title: string;
  status: ActiveStatus;
}

export interface Resolved extends CommandOutcome {
  cascade: ChildResult[];
}

const commandNamespace = '3f0b7e55-9d9b-5b7e-8a55-5d7f6c1f3b90';
const maxConcurrentChildren = 16;
const maxOffered = 500;
/** Whoever resolves a ticket does not wait for its children to be known. */
const maxWaitForOfferedMs = 250;
/** These have ended otherwise, or are elsewhere: nobody asked to resolve them. */
const omittedRefusals: readonly ProblemCode[] = [
  'ticket-cancelled',
  'ticket-merged',
  'establishment-not-yours',
];

/** The tickets under another one: each was linked to it as its parent. */
@Injectable()
export class Children {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly relations: Relations,
    private readonly store: EventStore,
  ) {}

  /** Those that are still active, and that the principal may read. */
  async offered({ ticketId, position }: CommandOutcome, principal: Principal): Promise<OfferedChild[]> {
    const ids = await this.relations.known(
      position - 1n,
      { related: 'parent', otherId: ticketId, limit: maxOffered },
      maxWaitForOfferedMs,
    );
    const offered = await mapLimit(maxConcurrentChildren, ids, async (id) => {
      const { ticket } = (await this.tickets.load(id)).snapshot();
      if (ticket.status === 'unopened') throw new Error(`${id} was linked before it was opened`);
      const { status, title, at } = ticket;
      if (!isActive(status) || !canAccess(principal, at.establishment, 'tickets:read')) return undefined;
      return { ticketId: id, title, status };
    });
    return offered.filter((child) => child !== undefined);
  }

  /**
   * Resolves the children of a ticket that was just resolved, as their own commands. Which they are and when it happened follows
   * from the parent's own resolution, so the same command again does what is left to do, whatever happened since. Throws
   * `position-not-reached`, `unavailable`: send it again.
   */
  async resolve(
    metadata: CommandMetadata,
    { parent, resolution, saidAt }: { parent: CommandOutcome; resolution: Resolution; saidAt?: Instant },
  ): Promise<Resolved> {
    const claimedAt = resolvedAt(parent) ?? metadata.claimedAt;
    const position = parent.status === 'unchanged' ? await this.store.lastPosition() : parent.position - 1n;
    const ids = await this.relations.upTo(position, { related: 'parent', otherId: parent.ticketId });
    const failures: unknown[] = [];
    const outcomes = await mapLimit(maxConcurrentChildren, ids, (ticketId) => {
      const commandId = uuidFromName(ticketId, uuidFromName(metadata.commandId, commandNamespace));
      const child = { ...metadata, ticketId, commandId, claimedAt, rawClaimedAt: saidAt ?? claimedAt };
      return this.resolveOne({ ...child, ifMatch: undefined, sentAfter: undefined }, resolution).catch(
        (error: unknown) => {
          if (asDomainError(error).code === 'unavailable') throw error;
          // The others are resolved all the same; the whole is sent again for this one.
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

const isActive = (status: string): status is ActiveStatus =>
  (activeStatuses as readonly string[]).includes(status);

/** When the command itself resolved it; one that found it resolved resolves the children when it says. */
const resolvedAt = ({ status, ticket }: CommandOutcome): Instant | undefined =>
  status === 'unchanged' || ticket.status === 'unopened' ? undefined : (ticket.resolvedAt ?? undefined);
