import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import type { Principal } from '../../access/index.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { TicketRepository } from '../repository/ticket-repository.js';
import * as statements from './viewer-statements.js';

/** A page says that it still looks about every 20 s; one that says nothing twice does not. */
export const viewingSeconds = 45;

/** Who looks at a ticket now, in a table that all processes share and that nothing is kept in. */
@Injectable()
export class Viewers {
  constructor(
    private readonly pool: Pool,
    private readonly tickets: TicketRepository,
  ) {}

  /** The page looks, and is told who else does. Throws `ticket-not-found`, also for a ticket that the principal may not read. */
  async look(ticketId: string, viewerId: string, principal: Principal): Promise<string[]> {
    await this.tickets.loadAccessible(ticketId, principal, 'tickets:read');
    const viewing = { ticketId, viewerId, person: principal.id };
    await queryWithDeadline(this.pool, statements.deleteOverViewers());
    await queryWithDeadline(this.pool, statements.upsertViewer(viewing, viewingSeconds));
    const others = await queryWithDeadline<{ person: string }>(this.pool, statements.selectOthers(viewing));
    return others.map(({ person }) => person);
  }

  /** The page looks no more. It says nothing of the ticket, so that it does not matter who may read it. */
  async leave(ticketId: string, viewerId: string, { id }: Principal): Promise<void> {
    await queryWithDeadline(this.pool, statements.deleteViewer({ ticketId, viewerId, person: id }));
  }
}
