import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { sql, type Sql } from '../../platform/database/sql.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';

export interface TransferBalance {
  in: number;
  out: number;
}

/**
 * Transfers in and out over all days and establishments: they are equal unless something was lost. On a single day they may
 * differ: a transfer that leaves Montréal at 23:30 arrives in Îles-de-la-Madeleine the day after.
 */
export class ReadTransferBalance extends Query<TransferBalance> {}

export const selectTransferBalance = (): Sql => sql`
  SELECT coalesce(sum(transferred_in), 0)::integer AS "in", coalesce(sum(transferred_out), 0)::integer AS "out"
    FROM billets_quotidiens.daily_figures`;

@QueryHandler(ReadTransferBalance)
export class ReadTransferBalanceHandler implements IQueryHandler<ReadTransferBalance> {
  constructor(private readonly pool: Pool) {}

  async execute(): Promise<TransferBalance> {
    const [balance] = await queryWithDeadline<TransferBalance>(this.pool, selectTransferBalance());
    if (!balance) throw new Error('a sum over no rows is a row');
    return balance;
  }
}
