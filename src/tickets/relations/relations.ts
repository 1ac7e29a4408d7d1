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
}

export const selectRelated = (position: bigint, { related, otherId, limit }: RelationsRequest): Sql => sql`
  SELECT ticket_id FROM tickets.relations
   WHERE other_id = ${otherId} AND related = ${related} AND position <= ${String(position)}
   ORDER BY position LIMIT ${limit ?? null}`;

/** Finds tickets by their relation to another ticket: their parent, or the ticket they were merged into. */
@Injectable()
export class Relations {
  constructor(
    private readonly pool: Pool,
    private readonly projections: Projections,
  ) {}

  /**
   * The ids of the related tickets as of a position of the log, in the order in which the relations came to be. Throws
   * `position-not-reached` where the projection does not get there in time.
   */
  async upTo(position: bigint, relation: RelationsRequest): Promise<string[]> {
    if (!(await this.projections.waitForPosition(TicketRelations, position, maxWaitMs))) {
      throw new DomainError('position-not-reached');
    }
    return this.read(position, relation);
  }

  /** The same, as far as the projection gets within so many milliseconds; never throws `position-not-reached`. */
  async known(position: bigint, relation: RelationsRequest, withinMs: number): Promise<string[]> {
    await this.projections.waitForPosition(TicketRelations, position, withinMs);
    return this.read(position, relation);
  }

  private async read(position: bigint, relation: RelationsRequest): Promise<string[]> {
    const rows = await queryWithDeadline<{ ticket_id: string }>(this.pool, selectRelated(position, relation));
    return rows.map(({ ticket_id }) => ticket_id);
  }
}
