import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import type { Day } from '../../calendar/local-days.js';

/** How many events of a day were recorded late: someone may have read the day's figures without them. */
export interface LateEvents {
  /** Events recorded after the day was over where they count. */
  afterClose: number;
  /** Events recorded after the day's figures were last published; absent for a day that was never published. */
  afterPublication?: number;
}

/** The days of a range that have late events, at one establishment (its code) or at all. */
export class ReadLateEvents extends Query<ReadonlyMap<Day, LateEvents>> {
  constructor(
    readonly from: Day,
    readonly to: Day,
    readonly establishment: string | undefined,
  ) {
    super();
  }
}

interface Row {
  day: Day;
  after_close: number;
  /** null where the day was not published. */
  after_publication: number | null;
}

type ReadLateEventsRange = Pick<ReadLateEvents, 'from' | 'to' | 'establishment'>;

/** Counts late events from sums; only for the day (UTC) on which the figures were published are single entries read. */
export const selectLateEvents = ({ from, to, establishment }: ReadLateEventsRange): Sql => {
  const isOne = establishment !== undefined;
  const [first, last] = [sql`${shared(from)}::date`, sql`${shared(to)}::date`];
  const code = sql`${shared(establishment ?? null)}::text`;
  return sql`
  WITH published AS (
    SELECT day, max(position) AS position
      FROM billets_quotidiens.published_days
     WHERE day BETWEEN ${first} AND ${last}
     GROUP BY day
  ), counted AS (
    SELECT recorded.*, published.position AS published_position
      FROM billets_quotidiens.recorded_figures AS recorded
      LEFT JOIN published USING (day)
     WHERE day BETWEEN ${first} AND ${last} AND (${code} IS NULL OR establishment = ${code})
  )
  SELECT day::text, sum(after_close)::integer AS after_close,
         CASE WHEN day IN (SELECT day FROM published) THEN sum(after_publication)::integer END AS after_publication
    FROM (
      SELECT day, ${raw(isOne ? 'late_events' : 'late_events_of_day')} AS after_close,
             CASE WHEN first_position > published_position THEN ${raw(isOne ? 'events' : 'events_of_day')} ELSE 0 END
               AS after_publication
        FROM counted
       UNION ALL
      SELECT day, 0, count(*)
        FROM counted
        JOIN billets_quotidiens.figure_entries AS entry USING (time_zone, day, establishment)
       WHERE counted.first_position <= counted.published_position
         AND counted.last_position > counted.published_position
         AND entry.position > counted.published_position AND entry.position <= counted.last_position
         AND (entry.recorded_at AT TIME ZONE 'UTC')::date = counted.recorded_day
         AND entry.${raw(isOne ? 'first_of_establishment' : 'first_of_day')}
       GROUP BY day
    ) AS late
   GROUP BY day
  HAVING sum(after_close) > 0 OR sum(after_publication) > 0`;
};

@QueryHandler(ReadLateEvents)
export class ReadLateEventsHandler implements IQueryHandler<ReadLateEvents> {
  constructor(private readonly pool: Pool) {}

  async execute(query: ReadLateEvents): Promise<Map<Day, LateEvents>> {
    const rows = await queryWithDeadline<Row>(this.pool, selectLateEvents(query));
    return new Map(
      rows.map(({ day, after_close: afterClose, after_publication: afterPublication }) => [
        day,
        afterPublication === null ? { afterClose } : { afterClose, afterPublication },
      ]),
    );
  }
}
