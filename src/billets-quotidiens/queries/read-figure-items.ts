import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { Day } from '../../establishments/local-days.js';
import { instant, type Instant } from '../../shared/instant.js';
import type { CountedFigure, Figures } from '../figures.js';

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
const undoing: Partial<Record<CountedFigure, string>> = {
  resolved: `later.figure = 'reopened'`,
  cancelled: `later.figure = 'reopened'`,
  resolvedSameDay: `later.figure = 'resolvedSameDay' AND later.delta < 0`,
};

/**
 * The day's entries first, and a ticket's own ones by its id: else the planner walks the whole log by position, in the hope of
 * meeting what is wanted soon (2 s for three of them, among a million events; now 50 take 20 ms on a cold cache).
 */
const selectEntries = (figure: CountedFigure): string => `
  WITH counted AS MATERIALIZED (
    SELECT *
      FROM billets_quotidiens.figure_entries
     WHERE time_zone = ANY (ARRAY(
             SELECT DISTINCT time_zone FROM billets_quotidiens.recorded_figures WHERE day = $2))
       AND day = $2 AND figure = '${figure}'
  ), page AS MATERIALIZED (
    SELECT *
      FROM counted
     WHERE position <= $1::bigint AND position > $4::bigint AND ($3::text IS NULL OR establishment = $3)
     ORDER BY position
     LIMIT $5
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
         AND later.position <= $1::bigint AND ${undoing[figure] ?? 'false'}
       ORDER BY position LIMIT 1
    ) AS undone ON true
   ORDER BY entry.position`;

/**
 * By each spell's own days, cut where it was. Whatever the zone, the end of a day lies within the 28 hours looked at. Spells
 * that are known to have ended only now were open then.
 */
const selectActive = `
  SELECT ticket_id, establishment, from_position AS position, from_at AS occurred_at, from_recorded_at AS recorded_at,
         1 AS delta, NULL AS undone_position
    FROM billets_quotidiens.activity_spells
   WHERE ((until_position <= $1::bigint AND until_day > $2::date
           AND tstzrange(from_at, until_at) &&
               tstzrange(($2::date + 1)::timestamp AT TIME ZONE 'UTC' - interval '15 hours',
                         ($2::date + 1)::timestamp AT TIME ZONE 'UTC' + interval '13 hours', '[]'))
          OR int8range(from_position, until_position) @> $1::bigint)
     AND from_day <= $2::date AND from_position <= $1::bigint
     AND ($3::text IS NULL OR establishment = $3) AND from_position > $4::bigint
   ORDER BY from_position
   LIMIT $5`;

@QueryHandler(ReadFigureItems)
export class ReadFigureItemsHandler implements IQueryHandler<ReadFigureItems> {
  constructor(private readonly database: DataSource) {}

  async execute({ day, figure, establishment, knownAt, page }: ReadFigureItems): Promise<FigureItems> {
    const { after, limit } = page;
    const text = figure === 'backlog' ? selectActive : selectEntries(figure);
    const parameters = [String(knownAt), day, establishment ?? null, String(after), limit + 1];
    const rows = await this.database.query<Row[]>(text, parameters);
    return { items: rows.slice(0, limit).map(itemOf), more: rows.length > limit };
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
