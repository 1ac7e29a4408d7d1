import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { dayBefore, type Day } from '../../../calendar/local-days.js';
import { queryPrepared } from '../../../platform/database/query-prepared.js';
import { sql, type Sql } from '../../../platform/database/sql.js';
import type { Instant } from '../../../shared/instant.js';
import { zeroCounts, type CountedFigure, type Counts } from '../../figures.js';
import { FigureEntries } from '../../projections/figure-entries.projection.js';
import { sameHourBefore, type ZoneCut } from './same-hour.js';

/**
 * What had happened on the day before up to the same hour by the clocks of each place, of all establishments, as it is known now:
 * exact, since every counted entry has its time. Undefined while the entries do not go as far as the figures of the day they are
 * compared with.
 */
export class ReadSameHour extends Query<Counts | undefined> {
  constructor(
    readonly today: Day,
    readonly now: Instant,
    /** The position up to which the compared figures are counted. */
    readonly position: string,
  ) {
    super();
  }
}

export const selectZonesOfDay = (day: Day): Sql =>
  sql`SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_figures WHERE day = ${day}::date`;

/** The counts of a day by figure, of each zone up to its own instant. The first row has the position up to which there are entries. */
export const selectCountsUntil = (day: Day, cuts: readonly ZoneCut[], position: string): Sql => sql`
  SELECT NULL AS figure, NULL::integer AS sum, position
    FROM projections.served
   WHERE name = ${new FigureEntries().name}
   UNION ALL
  SELECT entry.figure, sum(entry.delta)::integer, NULL
    FROM unnest(${cuts.map(({ timeZone }) => timeZone)}::text[], ${cuts.map(({ until }) => until)}::timestamptz[]) AS cut(time_zone, until)
    JOIN billets_quotidiens.figure_entries AS entry
      ON entry.time_zone = cut.time_zone AND entry.day = ${day}::date AND entry.occurred_at <= cut.until
   WHERE entry.position <= ${position}::bigint AND entry.figure <> 'resolvedAnotherDay'
   GROUP BY 1`;

type Row = { figure: null; position: string | null } | { figure: CountedFigure; sum: number };

@QueryHandler(ReadSameHour)
export class ReadSameHourHandler implements IQueryHandler<ReadSameHour> {
  constructor(private readonly pool: Pool) {}

  async execute({ today, now, position }: ReadSameHour): Promise<Counts | undefined> {
    const day = dayBefore(today);
    const zones = await queryPrepared<{ time_zone: string }>(this.pool, selectZonesOfDay(day));
    const cuts = zones.map(({ time_zone: zone }) => sameHourBefore(today, now, zone));
    const counts = zeroCounts();
    let known = 0n;
    for (const row of await queryPrepared<Row>(this.pool, selectCountsUntil(day, cuts, position))) {
      if (row.figure === null) known = BigInt(row.position ?? 0);
      else counts[row.figure] += row.sum;
    }
    return known < BigInt(position) ? undefined : counts;
  }
}
