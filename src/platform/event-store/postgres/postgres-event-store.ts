import type { Pool } from 'pg';
import { queryWithDeadline } from '../../database/query-with-deadline.js';
import { sql, type Sql } from '../../database/sql.js';
import type { Instant } from '../../../shared/instant.js';
import { readDeadlineMs as usualReadDeadlineMs } from '../../database/read-deadline.js';
import {
  EventStore,
  type Append,
  type Appended,
  type EventBatch,
  type RecordedEvent,
  type SubscribeOptions,
} from '../event-store.js';
import { assertEventSizes } from '../event-size.js';
import { ProcessFeed } from '../feed/process-feed.js';
import { AppendQueue, type QueueLimits } from './appending/append-queue.js';
import { readLink } from './log-chain.js';
import { LogPages, toUnavailable } from './log-pages.js';
import { restoreInPostgres } from './restore-in-postgres.js';
import { StreamReader } from './stream-reader.js';
import { subscription } from './subscription.js';
import { WakeUp } from './wake-up.js';

export interface PostgresOptions extends QueueLimits {
  /** How long a read may take, waiting included; a connection that is silent for this long is closed. */
  readDeadlineMs: number;
}

interface Head {
  identity: string;
  position: string;
}

export const selectHead = (): Sql => sql`SELECT identity, position FROM event_store.head`;

/** The event store in PostgreSQL. event-store.migration.ts has the schema and its reasons. */
export class PostgresEventStore extends EventStore {
  readonly countsPositions = true;
  private readonly queue: AppendQueue;
  private readonly reader: StreamReader;
  private readonly wakeUp: WakeUp;
  private readonly pages: LogPages;
  private readonly feed: ProcessFeed;
  private readonly readDeadlineMs: number;

  constructor(
    private readonly pool: Pool,
    { readDeadlineMs = usualReadDeadlineMs, ...limits }: Partial<PostgresOptions> = {},
  ) {
    super();
    this.queue = new AppendQueue(pool, limits);
    this.reader = new StreamReader(pool, readDeadlineMs);
    this.wakeUp = new WakeUp(pool, 'event_store');
    this.pages = new LogPages(pool, readDeadlineMs);
    this.feed = new ProcessFeed({
      subscribe: (options) => subscription(this.pages, this.wakeUp, options),
      markAt: (position) => this.markAt(position),
    });
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

  subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    return this.feed.subscribe(options);
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

  async recordedAfter(position: bigint): Promise<Instant | undefined> {
    const { events } = await this.pages.select(position, 1);
    return events[0]?.recordedAt;
  }

  markAt(position: bigint): Promise<string | undefined> {
    return this.pages.markAt(position);
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
}
