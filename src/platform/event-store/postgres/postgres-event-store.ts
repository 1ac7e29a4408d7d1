import type { Pool } from 'pg';
import { messageOf } from '../../../shared/message-of.js';
import { isUnavailable } from '../../database/failures.js';
import { queryWithDeadline } from '../../database/query-with-deadline.js';
import { shared, sql, statement, type Sql } from '../../database/sql.js';
import { withReadDeadline, readDeadlineMs as usualReadDeadlineMs } from '../../database/read-deadline.js';
import {
  EventStore,
  EventStoreUnavailable,
  LogWentBack,
  type Append,
  type Appended,
  type EventBatch,
  type RecordedEvent,
  type SubscribeOptions,
} from '../event-store.js';
import { bookmarkOf, markOf, noMark } from '../bookmark.js';
import { eventFilter } from '../event-filter.js';
import { FailureStreak } from '../failure-streak.js';
import { assertEventSizes } from '../event-size.js';
import { AppendQueue, type QueueLimits } from './appending/append-queue.js';
import { copyPage } from './copy-page.js';
import { readLink } from './log-chain.js';
import { PageSize } from './page-size.js';
import { asText, columnsAfter, RecordedRow, type EventRow } from './recorded-row.js';
import { restoreInPostgres } from './restore-in-postgres.js';
import { SharedPage, type EventPage, type PageRead } from './shared-page.js';
import { StreamReader } from './stream-reader.js';
import { WakeUp } from './wake-up.js';

export interface PostgresOptions extends QueueLimits {
  /** How long a read may take, waiting included; a connection that is silent for this long is closed. */
  readDeadlineMs: number;
}

interface Head {
  identity: string;
  position: string;
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

export const selectHead = (): Sql => sql`SELECT identity, position FROM event_store.head`;

const asRows = { rowMode: 'array' as const, types: asText };

/** How often readers poll beside the notifications, since a notification may be lost. */
const pollMs = 1_000;
const backoff = { firstMs: 100, maxMs: 5_000 };
/** Limits the pages that readers share, which are read whole: this many of the longest events that people write are some megabytes. */
const maxSharedEvents = 250;
/** A batch of a thousand commands is still read once for all readers; a reader that is further behind, or meets long texts, uses COPY. */
const maxSharedPages = 8;
const maxSharedBytes = 1_000_000;

/** The event store in PostgreSQL. event-store.migration.ts has the schema and its reasons. */
export class PostgresEventStore extends EventStore {
  readonly countsPositions = true;
  private readonly queue: AppendQueue;
  private readonly reader: StreamReader;
  private readonly wakeUp: WakeUp;
  private readonly newest = new SharedPage((after, size) => this.selectPage(after, size));
  private readonly readDeadlineMs: number;

  constructor(
    private readonly pool: Pool,
    { readDeadlineMs = usualReadDeadlineMs, ...limits }: Partial<PostgresOptions> = {},
  ) {
    super();
    this.queue = new AppendQueue(pool, limits);
    this.reader = new StreamReader(pool, readDeadlineMs);
    this.wakeUp = new WakeUp(pool, 'event_store');
    this.readDeadlineMs = readDeadlineMs;
  }

  async append(append: Append): Promise<Appended> {
    assertEventSizes(append);
    return this.queue.append(append);
  }

  /** The queue keeps appends to the same stream in the order in which they arrive. */
  appendMany(appends: readonly Append[]): Promise<PromiseSettledResult<Appended>[]> {
    return Promise.allSettled(appends.map((append) => this.append(append)));
  }

  async readStream(stream: string, fromRevision = 1, maxCount?: number): Promise<RecordedEvent[]> {
    try {
      return await this.reader.read({ stream, fromRevision, maxCount });
    } catch (error) {
      throw toUnavailable(error);
    }
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    const { signal, batchSize = 1_000, without = [] } = options;
    const copied = new PageSize(batchSize);
    const isWanted = eventFilter(options);
    let { after: position, mark } = options;
    const failures = new FailureStreak(backoff, options);
    let caughtUp = false;
    let sharedLeft = 0;
    while (!signal.aborted) {
      const signs = this.wakeUp.count;
      let page: EventPage;
      try {
        page = await (sharedLeft > 0
          ? this.newest.after({ signs, after: position, size: Math.min(batchSize, maxSharedEvents) })
          : this.copyPage(position, copied, without));
        failures.end();
      } catch (error) {
        if (!(error instanceof EventStoreUnavailable)) throw error;
        await failures.rest(error);
        continue;
      }
      mark = assertFollows(page, { position, mark });
      position = assertContiguous(page.events, position);
      const last = page.events.at(-1);
      if (last) mark = markOf(last);
      const events = page.events.filter(isWanted);
      ({ caughtUp } = page);
      const { bytes } = page;
      sharedLeft = caughtUp ? maxSharedPages : (bytes ?? 0) > maxSharedBytes ? 0 : sharedLeft - 1;
      yield {
        ...{ events, position, caughtUp },
        ...(bytes === undefined ? {} : { bytes }),
        bookmark: last && bookmarkOf(last),
      };
      if (caughtUp) await this.wakeUp.since(signs, pollMs, signal);
    }
  }

  async restore(events: readonly RecordedEvent[]): Promise<void> {
    try {
      await restoreInPostgres(this.pool, events);
    } catch (error) {
      throw toUnavailable(error);
    }
  }

  async identity(): Promise<string> {
    return (await this.head()).identity;
  }

  async lastPosition(): Promise<bigint> {
    return BigInt((await this.head()).position);
  }

  async markAt(position: bigint): Promise<string | undefined> {
    if (position === 0n) return noMark;
    try {
      const { rows } = await this.pool.query<EventRow>(
        withReadDeadline(this.readDeadlineMs, {
          ...statement(selectEventAt(position), 'event-store-read-one'),
          ...asRows,
        }),
      );
      return rows.map((row) => markOf(new RecordedRow(row)))[0];
    } catch (error) {
      throw toUnavailable(error);
    }
  }

  async chainHash(position: bigint): Promise<string | undefined> {
    try {
      return (await readLink(this.pool, position))?.hash;
    } catch (error) {
      throw toUnavailable(error);
    }
  }

  async close(): Promise<void> {
    await this.queue.close();
    await this.wakeUp.close();
  }

  private async head(): Promise<Head> {
    try {
      const [head] = await queryWithDeadline<Head>(this.pool, selectHead(), {
        name: 'event-store-read-head',
        timeoutMs: this.readDeadlineMs,
      });
      if (!head) throw new Error('event_store.head has no row');
      return head;
    } catch (error) {
      throw toUnavailable(error);
    }
  }

  /** The next events for readers that are nearly caught up, by SELECT. */
  private async selectPage(after: bigint, size: number): Promise<PageRead> {
    try {
      const { rows } = await this.pool.query<EventRow>(
        withReadDeadline(this.readDeadlineMs, {
          ...statement(selectLog(after, size), 'event-store-read-log'),
          ...asRows,
        }),
      );
      const [first, ...later] = rows.map((row) => new RecordedRow(row));
      if (first?.position === after) return { anchor: first, events: later, bytes: bytesOf(later) };
      const events = first ? [first, ...later].slice(0, size) : [];
      return { anchor: undefined, events, bytes: bytesOf(events) };
    } catch (error) {
      throw toUnavailable(error);
    }
  }

  /** The next events for a reader that is far behind. The event before them is read last, so that they can't be of a later history. */
  private async copyPage(after: bigint, pageSize: PageSize, without: readonly string[]): Promise<EventPage> {
    try {
      const size = pageSize.next;
      const copied = await copyPage(this.pool, { after, size, without }, this.readDeadlineMs);
      const { events, bytes, isCut } = copied;
      pageSize.learn(events.length, bytes);
      return {
        ...{ events, bytes, caughtUp: !isCut && events.length < size },
        follows: { mark: await this.markAt(after) },
      };
    } catch (error) {
      throw toUnavailable(error);
    }
  }
}

const bytesOf = (events: readonly RecordedRow[]): number =>
  events.reduce((sum, { characters }) => sum + characters, 0);

/** The mark of the event that the page follows, if that is known. Throws LogWentBack when it is not the event that the reader read. */
const assertFollows = (
  { follows }: EventPage,
  { position, mark }: { position: bigint; mark: string | undefined },
): string | undefined => {
  if (!follows) return mark;
  if (follows.mark === undefined || (mark !== undefined && follows.mark !== mark)) {
    throw new LogWentBack(position);
  }
  return follows.mark;
};

/** The position of the last event. Throws at a gap: an event would be missing, and every figure after it wrong, so it is better to stop. */
const assertContiguous = (events: readonly RecordedEvent[], after: bigint): bigint => {
  let position = after;
  for (const event of events) {
    if (event.position !== position + 1n) {
      throw new Error(`the log has a gap: position ${position} is followed by ${event.position}`);
    }
    position = event.position;
  }
  return position;
};

const toUnavailable = (error: unknown): unknown =>
  isUnavailable(error) ? new EventStoreUnavailable(messageOf(error), { cause: error }) : error;
