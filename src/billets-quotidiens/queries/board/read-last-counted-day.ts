import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import type { Day } from '../../../calendar/local-days.js';
import { queryPrepared } from '../../../platform/database/query-prepared.js';
import { sql, type Sql } from '../../../platform/database/sql.js';

/** The last day up to one on which a ticket was opened; undefined where there is none. */
export class ReadLastCountedDay extends Query<Day | undefined> {
  constructor(readonly to: Day) {
    super();
  }
}

export const selectLastCountedDay = (to: Day): Sql => sql`
  SELECT day::text AS day FROM billets_quotidiens.daily_figures
   WHERE day <= ${to}::date AND opened > 0 ORDER BY daily_figures.day DESC LIMIT 1`;

@QueryHandler(ReadLastCountedDay)
export class ReadLastCountedDayHandler implements IQueryHandler<ReadLastCountedDay> {
  constructor(private readonly pool: Pool) {}

  async execute({ to }: ReadLastCountedDay): Promise<Day | undefined> {
    const [row] = await queryPrepared<{ day: Day }>(this.pool, selectLastCountedDay(to));
    return row?.day;
  }
}
