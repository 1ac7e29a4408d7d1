import type { Pool } from 'pg';
import { messageOf } from '../../../shared/message-of.js';
import { isUnavailable } from '../../database/failures.js';
import { withReadDeadline } from '../../database/read-deadline.js';
import { shared, sql, statement, type Sql } from '../../database/sql.js';
import { markOf, noMark } from '../bookmark.js';
import { EventStoreUnavailable, type RecordedEvent } from '../event-store.js';
import { copyPage } from './copy-page.js';
import type { PageSize } from './page-size.js';
import { asText, columnsAfter, RecordedRow, type EventRow } from './recorded-row.js';

export interface EventPage {
  events: readonly RecordedEvent[];
  /** Whether the log held nothing more when the page was read. */
  caughtUp: boolean;
  bytes: number;
  /** The mark of the event that the page follows, undefined when the log has no such event. */
  follows: string | undefined;
}

/** The event at a position, without its data and metadata, and the next `size` events. */
export const selectLog = (after: bigint, size: number): Sql => {
  const position = sql`${shared(String(after))}::bigint`;
  return sql`
    SELECT ${columnsAfter(position)} FROM event_store.events
     WHERE position >= ${position} ORDER BY position LIMIT ${size}::integer + 1`;
};

export const selectEventAt = (at: bigint): Sql => {
  const position = sql`${shared(String(at))}::bigint`;
  return sql`SELECT ${columnsAfter(position)} FROM event_store.events WHERE position = ${position}`;
};

const asRows = { rowMode: 'array' as const, types: asText };

/** Pages of the log, read in one of two ways. Throws EventStoreUnavailable. */
export class LogPages {
  constructor(
    private readonly pool: Pool,
    private readonly deadlineMs: number,
  ) {}

  /** The next events for a reader that is nearly caught up, by SELECT. */
  async select(after: bigint, size: number): Promise<EventPage> {
    const rows = await this.rows(selectLog(after, size), 'event-store-read-log');
    const [first] = rows;
    const anchor = first?.position === after ? first : undefined;
    const events = anchor ? rows.slice(1) : rows.slice(0, size);
    return {
      ...{ events, bytes: bytesOf(events), caughtUp: events.length < size },
      follows: after === 0n ? noMark : anchor && markOf(anchor),
    };
  }

  /** The next events for a reader that is far behind. The event before them is read last, so that they can't be of a later history. */
  async copy(after: bigint, pageSize: PageSize, without: readonly string[]): Promise<EventPage> {
    const size = pageSize.next;
    try {
      const { events, bytes, isCut } = await copyPage(this.pool, { after, size, without }, this.deadlineMs);
      pageSize.learn(events.length, bytes);
      return {
        ...{ events, bytes, caughtUp: !isCut && events.length < size },
        follows: await this.markAt(after),
      };
    } catch (error) {
      throw toUnavailable(error);
    }
  }

  async markAt(position: bigint): Promise<string | undefined> {
    if (position === 0n) return noMark;
    const rows = await this.rows(selectEventAt(position), 'event-store-read-one');
    return rows.map(markOf)[0];
  }

  private async rows(query: Sql, name: string): Promise<RecordedRow[]> {
    try {
      const { rows } = await this.pool.query<EventRow>(
        withReadDeadline(this.deadlineMs, { ...statement(query, name), ...asRows }),
      );
      return rows.map((row) => new RecordedRow(row));
    } catch (error) {
      throw toUnavailable(error);
    }
  }
}

const bytesOf = (events: readonly RecordedRow[]): number =>
  events.reduce((sum, { characters }) => sum + characters, 0);

export const toUnavailable = (error: unknown): unknown =>
  isUnavailable(error) ? new EventStoreUnavailable(messageOf(error), { cause: error }) : error;
