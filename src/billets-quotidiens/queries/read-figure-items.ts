import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { sql, type Sql } from '../../platform/database/sql.js';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { type Basis, Establishments } from '../../establishments/index.js';
import { endOfDay, startOfDay, type Day } from '../../calendar/local-days.js';
import { instant, type Instant } from '../../shared/instant.js';
import type { CountedFigure, Figures } from '../figures.js';
import {
  countsIn,
  figureItems,
  knownPosition,
  pageSql,
  type FigureItemsSelection,
  type ItemsPage,
  type ZoneDay,
} from '../sql/select-figure-items.js';

/** The position and the times of an event. */
export interface Moment {
  position: string;
  occurredAt: Instant;
  recordedAt: Instant;
}

/** What one event adds to a figure. */
export interface FigureItem extends Moment {
  ticketId: string;
  establishment: string;
  delta: number;
  /**
   * The later event that took the delta back, on whatever day: a reopening. That event has an item of its own where it changes this
   * figure.
   */
  undoneBy?: Moment;
}

export interface FigureItems {
  items: FigureItem[];
  /** Whether there is a next page. */
  more: boolean;
}

/**
 * The events that make up a figure of a day, in the order of the log: their deltas add up to it. The backlog is made of the
 * tickets active at the end of the day, each with the event that put it there: its opening, reopening or transfer.
 */
export class ReadFigureItems extends Query<FigureItems> {
  constructor(
    readonly day: Day,
    readonly figure: keyof Figures,
    /** The code of an establishment; undefined for all. */
    readonly establishment: string | undefined,
    /** The position as of which the figure is read. */
    readonly knownAt: bigint,
    readonly page: ItemsPage,
    readonly basis: Basis = 'site',
  ) {
    super();
  }
}

interface Row {
  ticket_id: string;
  establishment: string;
  position: string;
  occurred_at: Date;
  recorded_at: Date;
  delta: number;
  undone_position: string | null;
  undone_occurred_at: Date;
  undone_recorded_at: Date;
}

/** The condition that a later entry of the same ticket takes a figure's delta back. */
const undoing = (figure: CountedFigure, zone: ZoneDay | undefined): Sql => {
  if (figure === 'resolved' || figure === 'cancelled') return sql`later.figure = 'reopened'`;
  if (figure !== 'resolvedSameDay') return sql`false`;
  return sql`${countsIn(figure, 'later', zone)} AND later.delta < 0`;
};

/** The items after a position, and one more than the page holds, which shows that there is a next page. */
const pageOfItems = (page: ItemsPage): Sql => {
  const { after, limit } = pageSql(page);
  return sql`SELECT * FROM items WHERE position > ${after} ORDER BY position LIMIT ${limit}`;
};

/** A page of the items of a figure. */
export const selectFigureItems = (selection: FigureItemsSelection, page: ItemsPage): Sql => {
  const { figure } = selection;
  return figure === 'backlog' ? selectActive(selection, page) : selectEntries(selection, figure, page);
};

/** The items of a counted figure. OFFSET 0 makes the planner read a ticket's entries by its id: it would scan the log by position. */
const selectEntries = (selection: FigureItemsSelection, figure: CountedFigure, page: ItemsPage): Sql => sql`
  ${figureItems(selection)}, page AS MATERIALIZED (
    ${pageOfItems(page)}
  )
  SELECT entry.ticket_id, entry.establishment, entry.position, entry.occurred_at, entry.recorded_at, entry.delta,
         undone.position AS undone_position, undone.occurred_at AS undone_occurred_at,
         undone.recorded_at AS undone_recorded_at
    FROM page AS entry
    LEFT JOIN LATERAL (
      SELECT position, occurred_at, recorded_at
        FROM (
          SELECT * FROM billets_quotidiens.figure_entries AS own WHERE own.ticket_id = entry.ticket_id OFFSET 0
        ) AS later
       WHERE entry.delta > 0 AND later.position > entry.position
         AND later.position <= ${knownPosition(selection.knownAt)} AND ${undoing(figure, selection.zone)}
       ORDER BY position LIMIT 1
    ) AS undone ON true
   ORDER BY entry.position`;

const selectActive = (selection: FigureItemsSelection, page: ItemsPage): Sql => sql`
  ${figureItems(selection, page)}, page AS (
    ${pageOfItems(page)}
  )
  SELECT *, NULL AS undone_position FROM page ORDER BY position`;

@QueryHandler(ReadFigureItems)
export class ReadFigureItemsHandler implements IQueryHandler<ReadFigureItems> {
  constructor(
    private readonly pool: Pool,
    private readonly establishments: Establishments,
  ) {}

  async execute({ page, ...query }: ReadFigureItems): Promise<FigureItems> {
    const { limit } = page;
    const zone = query.basis === 'reporting-zone' ? this.reportingDay(query.day) : undefined;
    const rows = await queryWithDeadline<Row>(this.pool, selectFigureItems({ ...query, zone }, page));
    return { items: rows.slice(0, limit).map(itemOf), more: rows.length > limit };
  }

  private reportingDay(day: Day): ZoneDay {
    const { reportingTimeZone: timeZone } = this.establishments;
    return {
      timeZone,
      start: instant(startOfDay(day, timeZone)),
      end: instant(endOfDay(day, timeZone)),
    };
  }
}

const itemOf = (row: Row): FigureItem => ({
  ticketId: row.ticket_id,
  establishment: row.establishment,
  position: row.position,
  occurredAt: instant(row.occurred_at),
  recordedAt: instant(row.recorded_at),
  delta: row.delta,
  ...(row.undone_position === null
    ? {}
    : {
        undoneBy: {
          position: row.undone_position,
          occurredAt: instant(row.undone_occurred_at),
          recordedAt: instant(row.undone_recorded_at),
        },
      }),
});
