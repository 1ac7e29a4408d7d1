import type pg from 'pg';
import type { EventStore, RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import { countedNames, type Counts, type CountsByDay } from './event-fold.js';

type Query = <Row extends pg.QueryResultRow>(sql: string) => Promise<Row[]>;

export interface Served {
  position: bigint;
  generation: number;
  incomplete: number;
  counts: CountsByDay;
}

type Row = Counts & { key: string };

const columnOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The served rows of the daily figures and their position, read in one statement so that they belong together. */
export const readServed = async (query: Query): Promise<Served> => {
  const [served] = await query<{
    position: string;
    generation: number;
    incomplete: number;
    rows: Row[] | null;
  }>(
    `SELECT position, generation, incomplete, (
       SELECT json_agg(json_build_object('key', day || ' ' || establishment,
              ${countedNames.map((name) => `'${name}', ${columnOf(name)}`).join(', ')}))
         FROM billets_quotidiens.daily_figures) AS rows
       FROM projections.served WHERE name = 'daily-figures'`,
  );
  return { ...served!, position: BigInt(served!.position), counts: countsOf(served!.rows ?? []) };
};

const countsOf = (rows: readonly Row[]): CountsByDay => {
  const counted = rows.map(
    ({ key, ...counts }) =>
      [key, Object.fromEntries(Object.entries(counts).filter(([, n]) => n !== 0))] as const,
  );
  return Object.fromEntries(
    counted
      .filter(([, counts]) => Object.keys(counts).length > 0)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  );
};

/** The whole log, up to its present end. */
export const readLog = async (store: EventStore): Promise<RecordedEvent[]> => {
  const end = await store.lastPosition();
  const events: RecordedEvent[] = [];
  if (end === 0n) return events;
  for await (const batch of store.subscribe({
    after: 0n,
    batchSize: 5_000,
    signal: new AbortController().signal,
  })) {
    events.push(...batch.events);
    if (batch.position >= end) break;
  }
  return events;
};
