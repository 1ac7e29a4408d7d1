import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import type { Day } from '../../calendar/local-days.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { Clock } from '../../shared/clock.js';
import { selectCategoryDays, type CategoryDayRow } from '../sql/select-category-days.js';

/** What the days from one to another brought by category, in all establishments; nothing of a category where there was none. */
export class ReadCategoryDays extends Query<CategoryDayRow[]> {
  constructor(
    readonly from: Day,
    readonly to: Day,
  ) {
    super();
  }
}

@QueryHandler(ReadCategoryDays)
export class ReadCategoryDaysHandler implements IQueryHandler<ReadCategoryDays> {
  constructor(
    private readonly pool: Pool,
    private readonly clock: Clock,
  ) {}

  execute({ from, to }: ReadCategoryDays): Promise<CategoryDayRow[]> {
    return queryWithDeadline(this.pool, selectCategoryDays({ from, to, scope: 'all' }, this.clock.now()));
  }
}
