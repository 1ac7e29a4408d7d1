import type { PoolClient } from 'pg';
import type { RecordedEvent } from '../platform/event-store/event-store.js';
import type { Projection } from '../platform/projections/projection.js';
import { decodeEvent } from '../tickets/ticket.codec.js';
import { ticketStreams } from '../tickets/ticket.events.js';
import { countsNothing, deltasOf } from './daily-figures.deltas.js';
import { countedFigures, noCounts, type CountedFigure, type Counts } from './figures.js';

/** What a batch adds to one establishment's day. */
export interface DayChange {
  establishment: string;
  day: string;
  counts: Counts;
}

export const columnOf: Record<CountedFigure, string> = {
  opened: 'opened',
  resolved: 'resolved',
  resolvedSameDay: 'resolved_same_day',
  reopened: 'reopened',
  cancelled: 'cancelled',
  merged: 'merged',
  transferredIn: 'transferred_in',
  transferredOut: 'transferred_out',
};
export const countColumns = countedFigures.map((figure) => columnOf[figure]);

const upsert = `
  INSERT INTO daily_figures AS known (establishment, day, ${countColumns.join(', ')})
  SELECT * FROM unnest($1::text[], $2::date[], ${countColumns.map((_, index) => `$${index + 3}::integer[]`).join(', ')})
  ON CONFLICT (establishment, day) DO UPDATE
    SET ${countColumns.map((column) => `${column} = known.${column} + excluded.${column}`).join(', ')}`;

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
        ...Object.fromEntries(countColumns.map((column) => [column, 'integer NOT NULL'])),
      },
      primaryKey: ['establishment', 'day'],
    },
  ];

  fold(events: readonly RecordedEvent[]): DayChange[] {
    const changes = new Changes();
    for (const recorded of events) {
      // To read the JSON of what counts nothing would take as long as the rest.
      if (countsNothing(recorded.type)) continue;
      for (const { establishment, day, counts } of deltasOf(decodeEvent(recorded))) {
        const sums = changes.of(establishment, day).counts;
        for (const figure in counts) sums[figure as CountedFigure] += counts[figure as CountedFigure] ?? 0;
      }
    }
    return changes.all;
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

class Changes {
  readonly all: DayChange[] = [];
  private readonly known = new Map<string, Map<string, DayChange>>();

  of(establishment: string, day: string): DayChange {
    let days = this.known.get(establishment);
    if (!days) this.known.set(establishment, (days = new Map<string, DayChange>()));
    let change = days.get(day);
    if (!change) {
      days.set(day, (change = { establishment, day, counts: noCounts() }));
      this.all.push(change);
    }
    return change;
  }
}
