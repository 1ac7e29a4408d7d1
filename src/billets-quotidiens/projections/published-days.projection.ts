import type { PoolClient } from 'pg';
import { sql, type Sql } from '../../platform/database/sql.js';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { insertRows } from '../../platform/projections/writing/insert-rows.js';
import type { Projection } from '../../platform/projections/projection.js';
import type { Instant } from '../../shared/instant.js';

export interface PublishedDay {
  day: string;
  bulletin: string;
  revision: number;
  position: bigint;
  recordedAt: Instant;
}

/**
 * The wire names of the bulletins' streams, one for each date, and of their publication events. This slice may not import
 * bulletins, and reads only these names and a few fields.
 */
const streamPrefix = 'bulletin-';
const publications = ['BulletinPublished', 'BulletinRevised'];

/** The days whose figures were published, and the positions at which they were. */
export class PublishedDays implements Projection<PublishedDay[]> {
  readonly name = 'published-days';
  readonly version = 2;
  readonly streamPrefix = streamPrefix;
  readonly schema = 'billets_quotidiens';
  /** One row for each publication of a day's figures: the bulletin, its revision, the position in the log and the time. */
  readonly tables = [
    {
      name: 'published_days',
      columns: {
        day: 'date NOT NULL',
        bulletin: 'date NOT NULL',
        revision: 'integer NOT NULL',
        position: 'bigint NOT NULL',
        recorded_at: 'timestamptz NOT NULL',
      },
      primaryKey: ['day', 'bulletin', 'revision'],
    },
  ];

  fold(events: readonly RecordedEvent[]): PublishedDay[] {
    return events
      .filter(({ type }) => publications.includes(type))
      .map(({ stream, data, position, recordedAt }) => {
        const { revision, contents } = data as { revision: number; contents: { ticketDay: string } };
        const bulletin = stream.slice(streamPrefix.length);
        return { day: contents.ticketDay, bulletin, revision, position, recordedAt };
      });
  }

  async write(published: PublishedDay[], transaction: PoolClient): Promise<void> {
    const columns = ['day', 'bulletin', 'revision', 'position', 'recorded_at'];
    await insertRows(transaction, 'published_days', {
      columns,
      rows: published,
      valuesOf: (row) => [row.day, row.bulletin, row.revision, row.position, row.recordedAt],
    });
  }
}

/** The newest published revision of each day of a range, by day, among the publications that meet a condition; null where there is none. */
export const selectPublished = ({ from, to }: { from: Sql; to: Sql }, condition: Sql): Sql => sql`
  SELECT json_object_agg(day, revision)
    FROM (
      SELECT day::text, max(revision) AS revision
        FROM billets_quotidiens.published_days
       WHERE day BETWEEN ${from} AND ${to} AND ${condition}
       GROUP BY day
    ) AS published`;
