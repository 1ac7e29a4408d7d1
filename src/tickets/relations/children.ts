import { Injectable } from '@nestjs/common';
import { v5 as uuidFromName } from 'uuid';
import { z } from 'zod';
import { canAccess, type Principal } from '../../access/index.js';
import { EventStore } from '../../platform/event-store/event-store.js';
import { toProblem } from '../../platform/http/problem.filter.js';
import { mapLimit } from '../../shared/map-limit.js';
import type { Instant } from '../../shared/instant.js';
import { childResultSchema, refusedResult, type ChildResult } from '../batch/command-result.js';
import type { Resolution } from '../domain/ticket.events.js';
import { activeStatuses, type ActiveStatus } from '../http/ticket.view.js';
import type { CommandMetadata } from '../repository/command-metadata.js';
import type { CommandOutcome } from '../repository/command-outcome.js';
import { TicketRepository } from '../repository/ticket-repository.js';
import { Relations } from './relations.js';

const offeredSchema = z.object({
  ticketId: z.guid(),
  title: z.string(),
  status: z.enum(activeStatuses),
});
export type OfferedChild = z.output<typeof offeredSchema>;

/** What the answer to a resolution has beside the ticket. */
export const childrenShape = {
  children: z
    .array(offeredSchema)
    .optional()
    .describe('Without cascade: tickets under this one that are still active; absent where there are none'),
  cascade: z
    .array(childResultSchema)
    .optional()
    .describe('With cascade: what became of each ticket that was under this one when it was resolved'),
};

export interface Resolved extends CommandOutcome {
  cascade: ChildResult[];
}

const commandNamespace = '3f0b7e55-9d9b-5b7e-8a55-5d7f6c1f3b90';
const maxConcurrentChildren = 16;
const maxOffered = 500;
/** Whoever resolves a ticket does not wait for its children to be known. */
const maxWaitForOfferedMs = 250;
/** These have ended otherwise, or are elsewhere: nobody asked to resolve them. */
const omittedRefusals = ['ticket-cancelled', 'ticket-merged', 'establishment-not-yours'];

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
      'parent',
      ticketId,
      maxWaitForOfferedMs,
      maxOffered,
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
    parent: CommandOutcome,
    resolution: Resolution,
    saidAt?: Instant,
  ): Promise<Resolved> {
    const claimedAt = resolvedAt(parent) ?? metadata.claimedAt;
    const position = parent.status === 'unchanged' ? await this.store.lastPosition() : parent.position - 1n;
    const ids = await this.relations.upTo(position, 'parent', parent.ticketId);
    const failures: unknown[] = [];
    const outcomes = await mapLimit(maxConcurrentChildren, ids, (ticketId) => {
      const commandId = uuidFromName(ticketId, uuidFromName(metadata.commandId, commandNamespace));
      const child = { ...metadata, ticketId, commandId, claimedAt, rawClaimedAt: saidAt ?? claimedAt };
      return this.resolveOne({ ...child, ifMatch: undefined, sentAfter: undefined }, resolution).catch(
        (error: unknown) => {
          if (toProblem(error).code === 'unavailable') throw error;
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
      const problem = toProblem(error);
      if (problem.kind.status >= 500) throw error;
      if (omittedRefusals.includes(problem.code)) return undefined;
      return { result: refusedResult(problem, (field) => field, { commandId, ticketId }), position: 0n };
    }
  }
}

const isActive = (status: string): status is ActiveStatus =>
  (activeStatuses as readonly string[]).includes(status);

/** When the command itself resolved it; one that found it resolved resolves the children when it says. */
const resolvedAt = ({ status, ticket }: CommandOutcome): Instant | undefined =>
  status === 'unchanged' || ticket.status === 'unopened' ? undefined : (ticket.resolvedAt ?? undefined);
