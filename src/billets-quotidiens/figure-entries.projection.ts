import type { PoolClient } from 'pg';
import { localDay } from '../establishments/local-days.js';
import type { RecordedEvent } from '../platform/event-store/event-store.js';
import { insertRows, type Value } from '../platform/projections/insert-rows.js';
import type { Projection } from '../platform/projections/projection.js';
import type { Instant } from '../shared/instant.js';
import { decode } from '../tickets/ticket.codec.js';
import { ticketStreams } from '../tickets/ticket.events.js';
import { columnOf } from './daily-figures.projection.js';
import { entriesOf, type FigureEntry } from './figure-entries.js';
import { countedFigures, noCounts, type Counts } from './figures.js';

export interface RecordedEntry extends FigureEntry {
  ticketId: string;
  position: bigint;
  occurredAt: Instant;
  recordedAt: Instant;
}

/** What was recorded on one day (UTC) about one establishment's day, and from where to where in the log. */
export interface RecordedDay {
  establishment: string;
  timeZone: string;
  day: string;
  recordedDay: string;
  counts: Counts;
  /** Events, each once; and each once though it counts at several places on that day. */
  events: number;
  eventsOfDay: number;
  /** Those of them that were recorded when the day was over at the place where they count. */
  lateEvents: number;
  lateEventsOfDay: number;
  firstPosition: bigint;
  lastPosition: bigint;
  firstRecordedAt: Instant;
  lastRecordedAt: Instant;
}

export interface EntriesChange {
  entries: RecordedEntry[];
  recordedDays: RecordedDay[];
}

interface Column<Row> {
  type: string;
  value: (row: Row) => Value;
  /** What becomes of a value that is there already; the key's columns have none. */
  merged?: 'sum' | 'least' | 'greatest';
}

const entryColumns: Readonly<Record<string, Column<RecordedEntry> & { optional?: true }>> = {
  ticket_id: { type: 'uuid', value: ({ ticketId }) => ticketId },
  position: { type: 'bigint', value: ({ position }) => String(position) },
  figure: { type: 'text', value: ({ figure }) => figure },
  delta: { type: 'smallint', value: ({ delta }) => delta },
  establishment: { type: 'text', value: ({ establishment }) => establishment },
  time_zone: { type: 'text', value: ({ timeZone }) => timeZone },
  day: { type: 'date', value: ({ day }) => day },
  occurred_at: { type: 'timestamptz', value: ({ occurredAt }) => occurredAt },
  recorded_at: { type: 'timestamptz', value: ({ recordedAt }) => recordedAt },
  opened_at: { type: 'timestamptz', value: ({ openedAt }) => openedAt, optional: true },
  first_of_day: { type: 'boolean', value: ({ firstOfDay }) => firstOfDay },
  first_of_establishment: { type: 'boolean', value: ({ firstOfEstablishment }) => firstOfEstablishment },
};

const recordedColumns: Readonly<Record<string, Column<RecordedDay>>> = {
  establishment: { type: 'text', value: ({ establishment }) => establishment },
  time_zone: { type: 'text', value: ({ timeZone }) => timeZone },
  day: { type: 'date', value: ({ day }) => day },
  recorded_day: { type: 'date', value: ({ recordedDay }) => recordedDay },
  ...Object.fromEntries(
    countedFigures.map((figure): [string, Column<RecordedDay>] => [
      columnOf[figure],
      { type: 'integer', value: ({ counts }) => counts[figure], merged: 'sum' },
    ]),
  ),
  events: { type: 'integer', value: ({ events }) => events, merged: 'sum' },
  events_of_day: { type: 'integer', value: ({ eventsOfDay }) => eventsOfDay, merged: 'sum' },
  late_events: { type: 'integer', value: ({ lateEvents }) => lateEvents, merged: 'sum' },
  late_events_of_day: { type: 'integer', value: ({ lateEventsOfDay }) => lateEventsOfDay, merged: 'sum' },
  first_position: {
    type: 'bigint',
    value: ({ firstPosition }) => String(firstPosition),
    merged: 'least',
  },
  last_position: {
    type: 'bigint',
    value: ({ lastPosition }) => String(lastPosition),
    merged: 'greatest',
  },
  first_recorded_at: {
    type: 'timestamptz',
    value: ({ firstRecordedAt }) => firstRecordedAt,
    merged: 'least',
  },
  last_recorded_at: {
    type: 'timestamptz',
    value: ({ lastRecordedAt }) => lastRecordedAt,
    merged: 'greatest',
  },
};
const recordedKey = ['establishment', 'time_zone', 'day', 'recorded_day'];

const upsertDays = `
  INSERT INTO recorded_figures AS known (${Object.keys(recordedColumns).join(', ')})
  SELECT * FROM unnest(${Object.values(recordedColumns)
    .map(({ type }, index) => `$${index + 1}::${type}[]`)
    .join(', ')})
  ON CONFLICT (${recordedKey.join(', ')}) DO UPDATE SET ${Object.entries(recordedColumns)
    .filter(([, { merged }]) => merged !== undefined)
    .map(([name, { merged }]) =>
      merged === 'sum'
        ? `${name} = known.${name} + excluded.${name}`
        : `${name} = ${merged}(known.${name}, excluded.${name})`,
    )
    .join(', ')}`;

const entryNames = Object.keys(entryColumns);
const entryValues = Object.values(entryColumns).map(({ value }) => value);

/**
 * Every single thing that was counted, for the drill-down; and the same summed by the day it was recorded on, so that the
 * figures as they were known at any time are a sum over few rows, and not a replay.
 */
export class FigureEntries implements Projection<EntriesChange> {
  readonly name = 'figure-entries';
  readonly version = 1;
  readonly streamPrefix = ticketStreams;
  readonly schema = 'billets_quotidiens';
  readonly tables = [
    {
      name: 'figure_entries',
      columns: Object.fromEntries(
        Object.entries(entryColumns).map(([name, { type, optional }]) => [
          name,
          optional ? type : `${type} NOT NULL`,
        ]),
      ),
      primaryKey: ['ticket_id', 'position', 'figure'],
      indexes: ['(position)', '(time_zone, day, position)'],
    },
    {
      name: 'recorded_figures',
      columns: Object.fromEntries(
        Object.entries(recordedColumns).map(([name, { type }]) => [name, `${type} NOT NULL`]),
      ),
      primaryKey: recordedKey,
    },
  ];

  fold(events: readonly RecordedEvent[]): EntriesChange {
    const entries: RecordedEntry[] = [];
    const days = new Map<string, RecordedDay>();
    for (const recorded of events) {
      const { event, position, recordedAt } = decode(recorded);
      const ticketId = recorded.stream.slice(ticketStreams.length);
      for (const entry of entriesOf(event)) {
        const whole = { ...entry, ticketId, position, occurredAt: event.occurredAt, recordedAt };
        entries.push(whole);
        addTo(days, whole);
      }
    }
    return { entries, recordedDays: [...days.values()] };
  }

  async write({ entries, recordedDays }: EntriesChange, transaction: PoolClient): Promise<void> {
    if (entries.length === 0) return;
    await insertRows(transaction, 'figure_entries', entryNames, entries, (entry) =>
      entryValues.map((value) => value(entry)),
    );
    await transaction.query({
      name: 'recorded-figures-upsert',
      text: upsertDays,
      values: Object.values(recordedColumns).map(({ value }) => recordedDays.map((day) => value(day))),
    });
  }
}

/** Events come in the order of their positions; that of their times is looked at, since not every store keeps it. */
const addTo = (days: Map<string, RecordedDay>, entry: RecordedEntry): void => {
  const { establishment, timeZone, day, position, recordedAt } = entry;
  const recordedDay = recordedAt.slice(0, 10);
  const key = `${recordedDay} ${day} ${timeZone} ${establishment}`;
  let sum = days.get(key);
  if (!sum) {
    sum = {
      ...{ establishment, timeZone, day, recordedDay, counts: noCounts(), events: 0, eventsOfDay: 0 },
      ...{ lateEvents: 0, lateEventsOfDay: 0 },
      ...{ firstPosition: position, lastPosition: position },
      ...{ firstRecordedAt: recordedAt, lastRecordedAt: recordedAt },
    };
    days.set(key, sum);
  }
  if (entry.figure !== 'resolvedAnotherDay') sum.counts[entry.figure] += entry.delta;
  sum.events += Number(entry.firstOfEstablishment);
  sum.eventsOfDay += Number(entry.firstOfDay);
  if (localDay(recordedAt, timeZone) > day) {
    sum.lateEvents += Number(entry.firstOfEstablishment);
    sum.lateEventsOfDay += Number(entry.firstOfDay);
  }
  sum.lastPosition = position;
  if (recordedAt < sum.firstRecordedAt) sum.firstRecordedAt = recordedAt;
  if (recordedAt > sum.lastRecordedAt) sum.lastRecordedAt = recordedAt;
};
