import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { Pool } from 'pg';
import { queryWithDeadline } from '../../platform/database/query-with-deadline.js';
import { type Basis, Establishments } from '../../establishments/index.js';
import { endOfDay, startOfDay, type Day } from '../../calendar/local-days.js';
import { instant, type Instant } from '../../shared/instant.js';
import type { CountedFigure, Figures } from '../figures.js';
import { countsIn, selectFigureItems, type ZoneDay } from '../sql/select-figure-items.js';

/** Where something happened, and when. */
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
  /** The event that took it back later, on whatever day: a reopening. It has an item of its own where it changes this figure. */
  undoneBy?: Moment;
}

export interface FigureItems {
  items: FigureItem[];
  /** There is more after the last of them. */
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
    /** A code; undefined: all. */
    readonly establishment: string | undefined,
    /** As it was known there. */
    readonly knownAt: bigint,
    readonly page: { after: bigint; limit: number },
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

/** What takes a figure's delta back: by a later event of the same ticket. */
const undoing = (figure: CountedFigure, zoned: boolean): string => {
  if (figure === 'resolved' || figure === 'cancelled') return `later.figure = 'reopened'`;
  if (figure !== 'resolvedSameDay') return 'false';
  return `${countsIn(figure, 'later', zoned)} AND later.delta < 0`;
};

/** After a position, and no more than so many: the last two parameters. */
const pageOfItems = (parameters: number): string =>
  `SELECT * FROM items WHERE position > $${parameters - 1}::bigint ORDER BY position LIMIT $${parameters}`;

/** A ticket's own entries by its id, for the planner would rather walk the log. */
const selectEntries = (items: string, parameters: number, undone: string): string => `
  ${items}, page AS MATERIALIZED (
    ${pageOfItems(parameters)}
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
         AND later.position <= $1::bigint AND ${undone}
       ORDER BY position LIMIT 1
    ) AS undone ON true
   ORDER BY entry.position`;

const selectActive = (items: string, parameters: number): string => `
  ${items}, page AS (
    ${pageOfItems(parameters)}
  )
  SELECT *, NULL AS undone_position FROM page ORDER BY position`;

@QueryHandler(ReadFigureItems)
export class ReadFigureItemsHandler implements IQueryHandler<ReadFigureItems> {
  constructor(
    private readonly pool: Pool,
    private readonly establishments: Establishments,
  ) {}

  async execute({ page, ...asked }: ReadFigureItems): Promise<FigureItems> {
    const { after, limit } = page;
    const { figure } = asked;
    const zone = asked.basis === 'reporting-zone' ? this.reportingDay(asked.day) : undefined;
    const items = selectFigureItems({ ...asked, zone });
    const values = [...items.values, String(after), limit + 1];
    const text =
      figure === 'backlog'
        ? selectActive(items.text, values.length)
        : selectEntries(items.text, values.length, undoing(figure, zone !== undefined));
    const rows = await queryWithDeadline<Row>(this.pool, { text, values });
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
