import type { PoolClient } from 'pg';
import { join, raw, sql, statement, type Sql } from '../../platform/database/sql.js';
import { firstOfMonth, localDay } from '../../calendar/local-days.js';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { insertRows, type Value } from '../../platform/projections/writing/insert-rows.js';
import type { Projection, ProjectionTable } from '../../platform/projections/projection.js';
import type { Instant } from '../../shared/instant.js';
import { decode } from '../../tickets/domain/ticket.codec.js';
import { ticketIdOf, ticketStreams } from '../../tickets/domain/ticket.events.js';
import { confidentialTexts } from '../../tickets/domain/ticket-texts.js';
import { columnOf } from './daily-figures.projection.js';
import { entriesOf, type FigureEntry } from './figure-entries.js';
import { countedFigures, zeroCounts, type Counts } from '../figures.js';

export interface RecordedEntry extends FigureEntry {
  ticketId: string;
  position: bigint;
  occurredAt: Instant;
  recordedAt: Instant;
}

/**
 * The sum of the entries that were recorded on one day (UTC) for one day of an establishment, and the span of the log in which they
 * lie. In sums by month both days are the first of their months.
 */
interface RecordedSum {
  establishment: string;
  timeZone: string;
  day: string;
  recordedDay: string;
  counts: Counts;
  /** Events that count here; `eventsOfDay` counts an event at only one of the places where it counts on that day. */
  events: number;
  eventsOfDay: number;
  /** The events among them that were recorded after the day was over at the place where they count. */
  lateEvents: number;
  lateEventsOfDay: number;
  firstPosition: bigint;
  lastPosition: bigint;
  firstRecordedAt: Instant;
  lastRecordedAt: Instant;
}

/** The span of the log in which the entries recorded on one day, or in one hour (UTC), lie. */
interface RecordedSpan {
  /** A day, or the instant at which an hour begins. */
  recorded: string;
  firstPosition: bigint;
  lastPosition: bigint;
}

export interface EntriesChange {
  entries: RecordedEntry[];
  days: RecordedSum[];
  months: RecordedSum[];
  recordedDays: RecordedSpan[];
  recordedHours: RecordedSpan[];
}

interface Column<Row> {
  type: string;
  value: (row: Row) => Value;
  /** How a value is merged with that of an existing row; key columns have none. */
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

const recordedColumns: Readonly<Record<string, Column<RecordedSum>>> = {
  establishment: { type: 'text', value: ({ establishment }) => establishment },
  time_zone: { type: 'text', value: ({ timeZone }) => timeZone },
  day: { type: 'date', value: ({ day }) => day },
  recorded_day: { type: 'date', value: ({ recordedDay }) => recordedDay },
  ...Object.fromEntries(
    countedFigures.map((figure): [string, Column<RecordedSum>] => [
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

const sums = {
  columns: Object.fromEntries(
    Object.entries(recordedColumns).map(([name, { type }]) => [name, `${type} NOT NULL`]),
  ),
  primaryKey: recordedKey,
};

/** The SET list with which an upsert merges into an existing row. */
const mergedColumns = Object.entries(recordedColumns)
  .filter(([, { merged }]) => merged !== undefined)
  .map(([name, { merged }]) =>
    merged === 'sum'
      ? `${name} = known.${name} + excluded.${name}`
      : `${name} = ${merged}(known.${name}, excluded.${name})`,
  );

export const upsertSums = (
  table: 'recorded_figures' | 'recorded_months',
  rows: readonly RecordedSum[],
): Sql => sql`
  INSERT INTO ${raw(table)} AS known (${raw(Object.keys(recordedColumns).join(', '))})
  SELECT * FROM unnest(${join(
    Object.values(recordedColumns).map(({ type, value }) => sql`${rows.map(value)}::${raw(type)}[]`),
    ', ',
  )})
  ON CONFLICT (${raw(recordedKey.join(', '))}) DO UPDATE SET ${raw(mergedColumns.join(', '))}`;

const spanColumns = (recorded: string, type: string): Record<string, string> => ({
  [recorded]: `${type} NOT NULL`,
  first_position: 'bigint NOT NULL',
  last_position: 'bigint NOT NULL',
});

const spanTables = {
  recorded_days: { recorded: 'recorded_day', type: 'date' },
  recorded_hours: { recorded: 'recorded_hour', type: 'timestamptz' },
};

export const upsertSpans = (table: keyof typeof spanTables, spans: readonly RecordedSpan[]): Sql => {
  const [recorded, type] = [raw(spanTables[table].recorded), raw(spanTables[table].type)];
  return sql`
  INSERT INTO ${raw(table)} AS known (${recorded}, first_position, last_position)
  SELECT * FROM unnest(${spans.map((span) => span.recorded)}::${type}[],
                       ${spans.map(({ firstPosition }) => String(firstPosition))}::bigint[],
                       ${spans.map(({ lastPosition }) => String(lastPosition))}::bigint[])
  ON CONFLICT (${recorded}) DO UPDATE SET first_position = least(known.first_position, excluded.first_position),
    last_position = greatest(known.last_position, excluded.last_position)`;
};

const entryNames = Object.keys(entryColumns);
const entryValues = Object.values(entryColumns).map(({ value }) => value);

/**
 * Every counted entry, for the drill-down; and sums of them by the day and the month of recording. With these, the figures as they
 * were known at any time are a sum over few rows instead of a replay, and no more rows in the tenth year than in the first.
 */
export class FigureEntries implements Projection<EntriesChange> {
  readonly name = 'figure-entries';
  readonly version = 4;
  readonly streamPrefix = ticketStreams;
  readonly without = confidentialTexts;
  readonly schema = 'billets_quotidiens';
  readonly tables: readonly ProjectionTable[] = [
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
    { ...sums, name: 'recorded_figures', indexes: ['(day)'] },
    { ...sums, name: 'recorded_months' },
    {
      name: 'recorded_days',
      columns: spanColumns('recorded_day', 'date'),
      primaryKey: ['recorded_day'],
    },
    {
      name: 'recorded_hours',
      columns: spanColumns('recorded_hour', 'timestamptz'),
      primaryKey: ['recorded_hour'],
    },
  ];

  fold(events: readonly RecordedEvent[]): EntriesChange {
    const entries: RecordedEntry[] = [];
    const days = new Map<string, RecordedSum>();
    const [recordedDays, recordedHours] = [new Map<string, RecordedSpan>(), new Map<string, RecordedSpan>()];
    for (const recorded of events) {
      const { event, position, recordedAt } = decode(recorded);
      const ticketId = ticketIdOf(recorded.stream);
      for (const entry of entriesOf(event)) {
        const whole = { ...entry, ticketId, position, occurredAt: event.occurredAt, recordedAt };
        entries.push(whole);
        addTo(days, whole);
      }
    }
    for (const { recordedAt, position } of entries) {
      extend(recordedDays, recordedAt.slice(0, 10), position);
      extend(recordedHours, `${recordedAt.slice(0, 13)}:00:00.000Z`, position);
    }
    return {
      entries,
      days: [...days.values()],
      months: monthsOf(days.values()),
      recordedDays: [...recordedDays.values()],
      recordedHours: [...recordedHours.values()],
    };
  }

  async write(
    { entries, days, months, recordedDays, recordedHours }: EntriesChange,
    transaction: PoolClient,
  ): Promise<void> {
    if (entries.length === 0) return;
    await insertRows(transaction, 'figure_entries', {
      columns: entryNames,
      rows: entries,
      valuesOf: (entry) => entryValues.map((value) => value(entry)),
    });
    await transaction.query(statement(upsertSums('recorded_figures', days), 'recorded-figures-upsert'));
    await transaction.query(statement(upsertSums('recorded_months', months), 'recorded-months-upsert'));
    await transaction.query(statement(upsertSpans('recorded_days', recordedDays), 'recorded-days-upsert'));
    await transaction.query(statement(upsertSpans('recorded_hours', recordedHours), 'recorded-hours-upsert'));
  }
}

/** Adds an entry to its sum. Entries come in the order of positions; times are compared, since not every store records in order. */
const addTo = (days: Map<string, RecordedSum>, entry: RecordedEntry): void => {
  const { establishment, timeZone, day, position, recordedAt } = entry;
  const recordedDay = recordedAt.slice(0, 10);
  const key = `${recordedDay} ${day} ${timeZone} ${establishment}`;
  let sum = days.get(key);
  if (!sum) {
    sum = {
      ...{ establishment, timeZone, day, recordedDay, counts: zeroCounts(), events: 0, eventsOfDay: 0 },
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

const monthsOf = (days: Iterable<RecordedSum>): RecordedSum[] => {
  const months = new Map<string, RecordedSum>();
  for (const sum of days) {
    const [day, recordedDay] = [firstOfMonth(sum.day), firstOfMonth(sum.recordedDay)];
    const key = `${recordedDay} ${day} ${sum.timeZone} ${sum.establishment}`;
    const known = months.get(key);
    months.set(key, { ...(known ? merged(known, sum) : sum), day, recordedDay });
  }
  return [...months.values()];
};

/** Extends a span to a position; entries come in the order of their positions. */
const extend = (spans: Map<string, RecordedSpan>, recorded: string, position: bigint): void => {
  const known = spans.get(recorded);
  if (known) known.lastPosition = position;
  else spans.set(recorded, { recorded, firstPosition: position, lastPosition: position });
};

const merged = (a: RecordedSum, b: RecordedSum): RecordedSum => {
  const counts = zeroCounts();
  for (const figure of countedFigures) counts[figure] = a.counts[figure] + b.counts[figure];
  return {
    ...a,
    counts,
    events: a.events + b.events,
    eventsOfDay: a.eventsOfDay + b.eventsOfDay,
    lateEvents: a.lateEvents + b.lateEvents,
    lateEventsOfDay: a.lateEventsOfDay + b.lateEventsOfDay,
    firstPosition: earlier(a.firstPosition, b.firstPosition),
    lastPosition: later(a.lastPosition, b.lastPosition),
    firstRecordedAt: earlier(a.firstRecordedAt, b.firstRecordedAt),
    lastRecordedAt: later(a.lastRecordedAt, b.lastRecordedAt),
  };
};

const earlier = <Place extends bigint | Instant>(a: Place, b: Place): Place => (a < b ? a : b);
const later = <Place extends bigint | Instant>(a: Place, b: Place): Place => (a > b ? a : b);
