import type { PoolClient } from 'pg';
import { sql, statement, type Sql } from '../../../database/sql.js';
import { instant, type Instant } from '../../../../shared/instant.js';
import type { Append } from '../../event-store.js';

export type AppendVerdict =
  | { outcome: 'appended' | 'duplicate'; revision: number; position: bigint; recordedAt: Instant }
  | { outcome: 'conflict' | 'id-reused'; revision: number };

/** The separator between the items of a list of texts; event-store.migration.ts says why lists are sent so. */
const separator = '\x1e';
export const textArray = (items: readonly string[]): string => {
  if (items.some((item) => item.includes(separator))) throw new Error('a name holds a record separator');
  return items.join(separator);
};
export const literal = (items: readonly (number | string)[]): string => `{${items.join(',')}}`;

const eventsOf = (appends: readonly Append[]) => {
  const events = appends.flatMap((append) => append.events);
  return {
    ids: literal(events.map((event) => event.id)),
    types: textArray(events.map((event) => event.type)),
    data: textArray(events.map((event) => JSON.stringify(event.data))),
    metadata: textArray(events.map((event) => JSON.stringify(event.metadata))),
  };
};

/** A call of event_store.append, which takes every stream to be at its expected revision. */
export const callAppend = (appends: readonly Append[]): Sql => {
  const { ids, types, data, metadata } = eventsOf(appends);
  const streams = appends.flatMap(({ stream, events }) => events.map(() => stream));
  const revisions = appends.flatMap(({ expectedRevision, events }) =>
    events.map((_, index) => expectedRevision + index + 1),
  );
  const continued = appends.filter(({ expectedRevision }) => expectedRevision > 0);
  return sql`
    SELECT first_position, recorded_at
      FROM event_store.append(${textArray(streams)}, ${literal(revisions)}, ${ids}, ${types}, ${data}, ${metadata},
                              ${textArray(continued.map(({ stream }) => stream))},
                              ${literal(continued.map(({ expectedRevision }) => expectedRevision))})`;
};

/** Records all of the appends, or none and throws unique_violation. No stream and no event id may come twice. */
export const appendAll = async (client: PoolClient, appends: readonly Append[]): Promise<AppendVerdict[]> => {
  const { rows } = await client.query<{ first_position: string; recorded_at: Date }>(
    statement(callAppend(appends), 'event-store-append'),
  );
  const [row] = rows;
  if (!row) throw new Error('event_store.append gave no answer');
  const recordedAt = instant(row.recorded_at);
  let last = BigInt(row.first_position) - 1n;
  return appends.map(({ expectedRevision, events }) => {
    last += BigInt(events.length);
    return { outcome: 'appended', revision: expectedRevision + events.length, position: last, recordedAt };
  });
};

interface VerdictRow {
  outcome: AppendVerdict['outcome'];
  revision: number;
  position: string | null;
  recorded_at: Date;
}

/** A call of event_store.append_judged: streams, revisions and sizes by append; each event with its append's number and its place there. */
export const callAppendWithVerdicts = (appends: readonly Append[]): Sql => {
  const { ids, types, data, metadata } = eventsOf(appends);
  return sql`
    SELECT outcome, revision, "position", recorded_at
      FROM event_store.append_judged(${textArray(appends.map(({ stream }) => stream))},
             ${literal(appends.map(({ expectedRevision }) => expectedRevision))},
             ${literal(appends.map(({ events }) => events.length))},
             ${literal(appends.flatMap(({ events }, index) => events.map(() => index + 1)))},
             ${literal(appends.flatMap(({ events }) => events.map((_, index) => index + 1)))},
             ${ids}, ${types}, ${data}, ${metadata})`;
};

/** Records or refuses each append on its own; the verdicts are in the order given. No stream and no event id may come twice. */
export const appendWithVerdicts = async (
  client: PoolClient,
  appends: readonly Append[],
): Promise<AppendVerdict[]> => {
  const { rows } = await client.query<VerdictRow>(
    statement(callAppendWithVerdicts(appends), 'event-store-append-judged'),
  );
  return rows.map(({ outcome, revision, position, recorded_at }) =>
    outcome === 'appended' || outcome === 'duplicate'
      ? { outcome, revision, position: BigInt(position ?? 0), recordedAt: instant(recorded_at) }
      : { outcome, revision },
  );
};
