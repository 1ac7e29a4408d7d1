import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../platform/event-store/event-store.js';
import type { Projection } from '../platform/projections/projection.js';
import { decode } from '../tickets/ticket.codec.js';
import { ticketStreams } from '../tickets/ticket.events.js';
import { deltasOf } from './daily-figures.deltas.js';
import { countedFigures, noCounts, type CountedFigure, type Counts } from './figures.js';

/** What a batch adds to one establishment's day. */
export interface DayChange {
  establishment: string;
  day: string;
  counts: Counts;
}

const columnOf: Record<CountedFigure, string> = {
  opened: 'opened',
  resolved: 'resolved',
  resolvedSameDay: 'resolved_same_day',
  reopened: 'reopened',
  cancelled: 'cancelled',
  merged: 'merged',
  transferredIn: 'transferred_in',
  transferredOut: 'transferred_out',
};
const columns = countedFigures.map((figure) => columnOf[figure]);

const upsert = `
  INSERT INTO daily_figures AS known (establishment, day, ${columns.join(', ')})
  SELECT * FROM unnest($1::text[], $2::date[], ${columns.map((_, index) => `$${index + 3}::integer[]`).join(', ')})
  ON CONFLICT (establishment, day) DO UPDATE
    SET ${columns.map((column) => `${column} = known.${column} + excluded.${column}`).join(', ')}`;

export const selectCounts = countedFigures
  .map((figure) => `sum(${columnOf[figure]})::integer AS "${figure}"`)
  .join(', ');

/** Each establishment's counts by its own days: what the daily bulletin's figures are made of. */
export class DailyFigures implements Projection<DayChange[]> {
  readonly name = 'daily-figures';
  readonly version = 1;
  readonly streamPrefix = ticketStreams;
  readonly schema = 'billets_quotidiens';
  /** One row for each establishment's day on which something was counted; what is between them is zero. */
  readonly tables = [
    {
      name: 'daily_figures',
      columns: {
        establishment: 'text NOT NULL',
        day: 'date NOT NULL',
        ...Object.fromEntries(columns.map((column) => [column, 'integer NOT NULL'])),
      },
      primaryKey: ['establishment', 'day'],
    },
  ];

  fold(events: readonly RecordedEvent[]): DayChange[] {
    const changes = new Map<string, DayChange>();
    for (const recorded of events) {
      for (const { establishment, day, counts } of deltasOf(decode(recorded).event)) {
        const key = `${day} ${establishment}`;
        const change = changes.get(key) ?? { establishment, day, counts: noCounts() };
        changes.set(key, change);
        for (const figure of countedFigures) change.counts[figure] += counts[figure] ?? 0;
      }
    }
    return [...changes.values()];
  }

  async write(changes: DayChange[], transaction: PoolClient): Promise<void> {
    if (changes.length === 0) return;
    await transaction.query({
      name: 'daily-figures-upsert',
      text: upsert,
      values: [
        changes.map((change) => change.establishment),
        changes.map((change) => change.day),
        ...countedFigures.map((figure) => changes.map((change) => change.counts[figure])),
      ],
    });
  }
}
