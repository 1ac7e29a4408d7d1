import type { PoolClient } from 'pg';
import { sql, statement, type Sql } from '../../platform/database/sql.js';
import type { RecordedEvent } from '../../platform/event-store/event-store.js';
import { insertRows } from '../../platform/projections/writing/insert-rows.js';
import type { Projection } from '../../platform/projections/projection.js';
import type { Instant } from '../../shared/instant.js';

/** What was withdrawn: what the bulletin had published until then. */
interface Withdrawal {
  bulletin: string;
  position: bigint;
  recordedAt: Instant;
}

interface PublishedDay {
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
const withdrawal = 'BulletinWithdrawn';

export interface PublishedDayChanges {
  published: PublishedDay[];
  withdrawn: Withdrawal[];
}

export const withdrawPublications = ({ bulletin, position, recordedAt }: Withdrawal): Sql => sql`
  UPDATE published_days SET withdrawn_position = ${String(position)}::bigint, withdrawn_at = ${recordedAt}::timestamptz
   WHERE bulletin = ${bulletin}::date AND position < ${String(position)}::bigint AND withdrawn_position IS NULL`;

/** The days whose figures were published, and the positions at which they were, and at which that was withdrawn. */
export class PublishedDays implements Projection<PublishedDayChanges> {
  readonly name = 'published-days';
  readonly version = 3;
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
        withdrawn_position: 'bigint',
        withdrawn_at: 'timestamptz',
      },
      addedColumns: ['withdrawn_position', 'withdrawn_at'],
      primaryKey: ['day', 'bulletin', 'revision'],
    },
  ];

  fold(events: readonly RecordedEvent[]): PublishedDayChanges {
    const published = events
      .filter(({ type }) => publications.includes(type))
      .map(({ stream, data, position, recordedAt }) => {
        const { revision, contents } = data as { revision: number; contents: { ticketDay: string } };
        const bulletin = stream.slice(streamPrefix.length);
        return { day: contents.ticketDay, bulletin, revision, position, recordedAt };
      });
    const withdrawn = events
      .filter(({ type }) => type === withdrawal)
      .map(({ stream, position, recordedAt }) => ({
        bulletin: stream.slice(streamPrefix.length),
        ...{ position, recordedAt },
      }));
    return { published, withdrawn };
  }

  async write({ published, withdrawn }: PublishedDayChanges, transaction: PoolClient): Promise<void> {
    const columns = ['day', 'bulletin', 'revision', 'position', 'recorded_at'];
    await insertRows(transaction, 'published_days', {
      columns,
      rows: published,
      valuesOf: (row) => [row.day, row.bulletin, row.revision, row.position, row.recordedAt],
    });
    for (const each of withdrawn) await transaction.query(statement(withdrawPublications(each)));
  }
}

/** The condition that a publication was not withdrawn, as far as is known now. */
export const stands = (published = 'published_days'): string => `${published}.withdrawn_position IS NULL`;

/** The condition that it was not withdrawn up to a position or an instant, which is an SQL expression. */
export const stoodAt = (at: { position: Sql } | { recordedAt: Sql }): Sql =>
  'position' in at
    ? sql`coalesce(withdrawn_position > ${at.position}, true)`
    : sql`coalesce(withdrawn_at > ${at.recordedAt}, true)`;

/** The newest published revision of each day of a range, by day, among the publications that meet a condition; null where there is none. */
export const selectPublished = ({ from, to }: { from: Sql; to: Sql }, condition: Sql): Sql => sql`
  SELECT json_object_agg(day, revision)
    FROM (
      SELECT day::text, max(revision) AS revision
        FROM billets_quotidiens.published_days
       WHERE day BETWEEN ${from} AND ${to} AND ${condition}
       GROUP BY day
    ) AS published`;
