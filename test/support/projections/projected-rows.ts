import type pg from 'pg';
import type { RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import { makeTables } from '../../../src/platform/projections/rebuild/generation-tables.js';
import type { Projection } from '../../../src/platform/projections/projection.js';
import { isAfter, type Instant } from '../../../src/shared/instant.js';
import type { TicketEvent } from '../../../src/tickets/domain/ticket.events.js';

const betweenMs = 5 * 3_600_000;

/** Events of tickets, given with their ids, as the log would return them: recorded five hours apart, the first at `start`. */
export const recorded = (start: Instant, events: readonly [string, TicketEvent][]): RecordedEvent[] => {
  const revisions = new Map<string, number>();
  return events.map(([ticketId, event], index) => {
    const { type, occurredAt, ...data } = event;
    const revision = (revisions.get(ticketId) ?? 0) + 1;
    revisions.set(ticketId, revision);
    return {
      ...{ id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, type, data, revision },
      metadata: { schemaVersion: type === 'TicketPutOnHold' ? 2 : 1, occurredAt },
      stream: `ticket-${ticketId}`,
      position: BigInt(index + 1),
      recordedAt: isAfter(start, index * betweenMs),
    };
  });
};

export type Row = Record<string, unknown>;
export type RowsOf = (
  projection: Projection,
  events: readonly RecordedEvent[],
  size: number,
) => Promise<Row[][]>;

/** Makes a function that folds a log in batches of a given size, and returns the rows of each table, ordered by primary key. */
export const projectedRows = (client: pg.Client): RowsOf => {
  let schemas = 0;
  return async (projection, events, size) => {
    const schema = `making_${(schemas += 1)}`;
    await makeTables(client as unknown as pg.PoolClient, schema, projection.tables);
    await client.query(`SET search_path = ${schema}, public`);
    for (let first = 0; first < events.length; first += size) {
      const change = projection.fold(events.slice(first, first + size));
      await projection.write(change, client as unknown as pg.PoolClient);
    }
    return Promise.all(
      projection.tables.map(async ({ name, primaryKey }) => {
        const { rows } = await client.query<{ row: Row }>(
          `SELECT to_jsonb(one) AS row FROM ${schema}.${name} AS one ORDER BY ${primaryKey.join(', ')}`,
        );
        return rows.map(({ row }) => row);
      }),
    );
  };
};
