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

/** The wire of bulletins, which this folder reads and does not know otherwise: a stream a date, and what its publications say. */
const streamPrefix = 'bulletin-';
const publications = ['BulletinPublished', 'BulletinRevised'];

/** Which days' figures were published, and when in the log. */
export class PublishedDays implements Projection<PublishedDay[]> {
  readonly name = 'published-days';
  readonly version = 2;
  readonly streamPrefix = streamPrefix;
  readonly schema = 'billets_quotidiens';
  /** One row for each time the figures of a day were published: by which bulletin, as which revision, where in the log and when. */
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
      valuesOf: (one) => [one.day, one.bulletin, one.revision, one.position, one.recordedAt],
    });
  }
}

/** The newest revision that each of some days was published with, by day, as far as a condition holds; null where none was. */
export const selectPublished = ({ from, to }: { from: Sql; to: Sql }, condition: Sql): Sql => sql`
  SELECT json_object_agg(day, revision)
    FROM (
      SELECT day::text, max(revision) AS revision
        FROM billets_quotidiens.published_days
       WHERE day BETWEEN ${from} AND ${to} AND ${condition}
       GROUP BY day
    ) AS published`;
