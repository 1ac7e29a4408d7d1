import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { raw, shared, sql, type Sql } from '../../platform/database/sql.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import type { Day } from '../../calendar/local-days.js';
import { instant } from '../../shared/instant.js';
import { countedFigures, type CountedFigure } from '../figures.js';
import type { LateEvents } from './read-late-events.js';
import type { Moment } from './read-figure-items.js';

/** A late event, and what it changed in the figures of the day. */
export interface LateItem extends Moment {
  ticketId: string;
  /** Recorded after the day was over where the event counts. */
  afterClose: boolean;
  /** Recorded after the day's figures were last published. */
  afterPublication: boolean;
  changes: { establishment: string; figure: CountedFigure; delta: number }[];
}

export interface LateItems {
  items: LateItem[];
  /** Whether there is a next page. */
  more: boolean;
  /** Counts over all pages, as of ReadLateEvents; `all` counts events that are late in either way once. */
  counts: LateEvents & { all: number };
}

/** The events of a day that were recorded after it was over, or after it was published, by position. */
export class ReadLateItems extends Query<LateItems> {
  constructor(
    readonly day: Day,
    /** The code of an establishment; undefined for all. */
    readonly establishment: string | undefined,
    /** The position as of which the events are read. */
    readonly knownAt: bigint,
    readonly page: { after: bigint; limit: number },
  ) {
    super();
  }
}

interface Row {
  all_count: number;
  after_close_count: number;
  /** null where the day was not published. */
  after_publication_count: number | null;
  /** null in the only row of a page without items. */
  ticket_id: string | null;
  position: string;
  occurred_at: Date;
  recorded_at: Date;
  after_close: boolean;
  after_publication: boolean;
  changes: LateItem['changes'];
}

const order = raw(countedFigures.map((figure) => `'${figure}'`).join(', '));

type LateItemsQuery = Pick<ReadLateItems, 'day' | 'establishment' | 'knownAt' | 'page'>;

/** One row for each late event: its first entry on this day, or on this day of the establishment. */
export const selectLateItems = (query: LateItemsQuery): Sql => {
  const { page, establishment } = query;
  const day = sql`${shared(query.day)}::date`;
  const code = sql`${shared(establishment ?? null)}::text`;
  const firsts = raw(establishment === undefined ? 'first_of_day' : 'first_of_establishment');
  return sql`
  WITH firsts AS MATERIALIZED (
    SELECT ticket_id, position, occurred_at, recorded_at, establishment,
           recorded_at >= (${day} + 1)::timestamp AT TIME ZONE time_zone AS after_close,
           coalesce(position > (SELECT max(position) FROM billets_quotidiens.published_days WHERE day = ${day}), false)
             AS after_publication
      FROM billets_quotidiens.figure_entries
     WHERE time_zone = ANY (ARRAY(
             SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_figures WHERE day = ${day}))
       AND day = ${day} AND ${firsts}
  ), late AS (
    SELECT * FROM firsts
     WHERE (after_close OR after_publication) AND position <= ${String(query.knownAt)}::bigint
       AND (${code} IS NULL OR establishment = ${code})
  ), counted AS (
    SELECT count(*)::integer AS all_count, (count(*) FILTER (WHERE after_close))::integer AS after_close_count,
           CASE WHEN EXISTS (SELECT FROM billets_quotidiens.published_days WHERE day = ${day})
                THEN (count(*) FILTER (WHERE after_publication))::integer END AS after_publication_count
      FROM late
  ), page AS (
    SELECT * FROM late WHERE position > ${String(page.after)}::bigint ORDER BY position LIMIT ${page.limit + 1}
  )
  SELECT counted.*, page.ticket_id, page.position, page.occurred_at, page.recorded_at, page.after_close,
         page.after_publication, own.changes
    FROM counted
    LEFT JOIN page ON true
    LEFT JOIN LATERAL (
      SELECT json_agg(json_build_object('establishment', establishment, 'figure', figure, 'delta', delta)
                      ORDER BY establishment, array_position(ARRAY[${order}], figure)) AS changes
        FROM billets_quotidiens.figure_entries AS entry
       WHERE entry.ticket_id = page.ticket_id AND entry.position = page.position AND entry.day = ${day}
         AND entry.figure = ANY (ARRAY[${order}]) AND (${code} IS NULL OR entry.establishment = ${code})
    ) AS own ON true
   ORDER BY page.position`;
};

@QueryHandler(ReadLateItems)
export class ReadLateItemsHandler implements IQueryHandler<ReadLateItems> {
  constructor(private readonly pool: Pool) {}

  async execute(query: ReadLateItems): Promise<LateItems> {
    const { limit } = query.page;
    const rows = await queryWithDeadline<Row>(this.pool, selectLateItems(query));
    const [first] = rows;
    if (!first) throw new Error('counts over no rows are a row');
    const items = rows.flatMap(itemOf);
    return {
      items: items.slice(0, limit),
      more: items.length > limit,
      counts: countsOf(first),
    };
  }
}

const countsOf = (row: Row): LateItems['counts'] => ({
  all: row.all_count,
  afterClose: row.after_close_count,
  ...(row.after_publication_count === null ? {} : { afterPublication: row.after_publication_count }),
});

const itemOf = (row: Row): LateItem[] =>
  row.ticket_id === null
    ? []
    : [
        {
          ticketId: row.ticket_id,
          position: row.position,
          occurredAt: instant(row.occurred_at),
          recordedAt: instant(row.recorded_at),
          afterClose: row.after_close,
          afterPublication: row.after_publication,
          changes: row.changes,
        },
      ];
