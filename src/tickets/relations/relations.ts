import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { maxWaitMs } from '../../platform/positions.js';
import { Projections } from '../../platform/projections/projections.js';
import { TicketRelations, type Related } from './ticket-relations.projection.js';
import { DomainError } from '../../shared/problems/domain-error.js';

/** Tickets by what another one is to them. */
@Injectable()
export class Relations {
  constructor(
    private readonly pool: Pool,
    private readonly projections: Projections,
  ) {}

  /**
   * Those that another ticket is related to, `limit` of them at most, in the order in which they came to be, as the log had it up to a position. Throws
   * `position-not-reached` where that much of the log is not folded yet.
   */
  async upTo(position: bigint, related: Related, otherId: string, limit?: number): Promise<string[]> {
    if (!(await this.projections.waitForPosition(TicketRelations, position, maxWaitMs))) {
      throw new DomainError('position-not-reached');
    }
    return this.read(position, related, otherId, limit);
  }

  /** The same without fail: as far as it's known within so many milliseconds. */
  async known(
    position: bigint,
    related: Related,
    otherId: string,
    withinMs: number,
    limit: number,
  ): Promise<string[]> {
    await this.projections.waitForPosition(TicketRelations, position, withinMs);
    return this.read(position, related, otherId, limit);
  }

  private async read(
    position: bigint,
    related: Related,
    otherId: string,
    limit: number | undefined,
  ): Promise<string[]> {
    const rows = await queryWithDeadline<{ ticket_id: string }>(this.pool, {
      text: `SELECT ticket_id FROM tickets.relations
        WHERE other_id = $1 AND related = $2 AND position <= $3 ORDER BY position LIMIT $4`,
      values: [otherId, related, String(position), limit ?? null],
    });
    return rows.map(({ ticket_id }) => ticket_id);
  }
}
