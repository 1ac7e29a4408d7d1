import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { sql, type Sql } from '../../platform/database/sql.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { maxWaitMs } from '../../platform/positions.js';
import { Projections } from '../../platform/projections/projections.js';
import { TicketRelations, type Related } from './ticket-relations.projection.js';
import { DomainError } from '../../shared/problems/domain-error.js';

export interface RelationsRequest {
  related: Related;
  /** The ticket they are related to. */
  otherId: string;
  /** How many at most; all, where it is absent. */
  limit?: number;
  /** Only those that came to be after this position. */
  after?: bigint;
}

export interface RelatedTicket {
  ticketId: string;
  /** Where in the log the relation came to be. */
  position: bigint;
}

export const selectRelated = (
  position: bigint,
  { related, otherId, limit, after = 0n }: RelationsRequest,
): Sql => sql`
  SELECT ticket_id, position FROM tickets.relations
   WHERE other_id = ${otherId} AND related = ${related} AND position > ${String(after)} AND position <= ${String(position)}
   ORDER BY position LIMIT ${limit ?? null}`;

export const countRelated = (position: bigint, { related, otherId }: RelationsRequest): Sql => sql`
  SELECT count(*)::int AS count FROM tickets.relations
   WHERE other_id = ${otherId} AND related = ${related} AND position <= ${String(position)}`;

/** Finds tickets by their relation to another ticket: their parent, or the ticket they were merged into. */
@Injectable()
export class Relations {
  constructor(
    private readonly pool: Pool,
    private readonly projections: Projections,
  ) {}

  /** Whether the relations are known as of a position within so many milliseconds. */
  waitForPosition(position: bigint, withinMs: number): Promise<boolean> {
    return this.projections.waitForPosition(TicketRelations, position, withinMs);
  }

  /**
   * The ids of the related tickets as of a position of the log, in the order in which the relations came to be. Throws
   * `position-not-reached` where the projection does not get there in time.
   */
  async upTo(position: bigint, relation: RelationsRequest): Promise<string[]> {
    if (!(await this.waitForPosition(position, maxWaitMs))) throw new DomainError('position-not-reached');
    return idsOf(await this.read(position, relation));
  }

  /** The same, as far as the projection gets within so many milliseconds; never throws `position-not-reached`. */
  async known(position: bigint, relation: RelationsRequest, withinMs: number): Promise<string[]> {
    await this.waitForPosition(position, withinMs);
    return idsOf(await this.read(position, relation));
  }

  /** The related tickets up to a position, as far as they are known now. */
  async read(position: bigint, relation: RelationsRequest): Promise<RelatedTicket[]> {
    const rows = await queryWithDeadline<{ ticket_id: string; position: string }>(
      this.pool,
      selectRelated(position, relation),
    );
    return rows.map(({ ticket_id, position }) => ({ ticketId: ticket_id, position: BigInt(position) }));
  }

  /** How many there are up to a position, as far as they are known now. */
  async count(position: bigint, relation: RelationsRequest): Promise<number> {
    const [row] = await queryWithDeadline<{ count: number }>(this.pool, countRelated(position, relation));
    return row?.count ?? 0;
  }
}

const idsOf = (related: readonly RelatedTicket[]): string[] => related.map(({ ticketId }) => ticketId);
