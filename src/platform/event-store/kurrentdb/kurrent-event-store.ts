import { StartRefused } from '../../../config/start-refused.js';
import {
  EventStore,
  EventStoreUnavailable,
  type Append,
  type Appended,
  type EventBatch,
  type RecordedEvent,
  type SubscribeOptions,
} from '../event-store.js';
import type { Instant } from '../../../shared/instant.js';
import { withTimeout } from '../../../shared/concurrency/with-timeout.js';
import { ProcessFeed } from '../feed/process-feed.js';
import { Appends } from './appends.js';
import { connectionSettings, displayAddress } from './connection/connection-settings.js';
import { Connection } from './connection/connection.js';
import { withStoreErrors } from './connection/store-errors.js';
import { knownIdentity, readLogIdentity } from './log-identity.js';
import { eventAfter } from './event-after.js';
import { markAt } from './mark-at.js';
import { toRecordedEvent } from './recorded-event.js';
import { restoreInKurrent } from './restore-in-kurrent.js';
import { kurrentSubscription } from './subscription/subscription.js';
import { GrpcError, grpcCodes } from './transport/grpc-error.js';

export interface KurrentOptions {
  /** The name of the setting that holds the URL, for refusals; by default EVENT_STORE_URL. */
  setting?: string;
  /** Refuses a KurrentDB that has not been used as a log yet, and leaves it as it is. */
  mustExist?: boolean;
  /** How long an append may take, its answer included; by default 5 s. */
  appendDeadlineMs?: number;
  /** How long a read may take; by default 10 s. */
  readDeadlineMs?: number;
  /** How long `connect` may take; by default 10 s. */
  connectDeadlineMs?: number;
  /** A subscription on which nothing came for this long reads the end of the log itself; by default 1 s. */
  idleMs?: number;
}

/** A process begins to lead its projections within moments; that long what they read first is kept for all of them. */
const catchUpWithinMs = 500;
const defaultSetting = 'EVENT_STORE_URL';

/** The event store in KurrentDB, one node or a cluster. docs/kurrentdb.md says what differs from PostgreSQL. */
export class KurrentEventStore extends EventStore {
  readonly countsPositions = false;
  private readonly connection: Connection;
  private readonly appends: Appends;
  private readonly feed: ProcessFeed;
  private readonly appendDeadlineMs: number;

  private constructor(url: string, options: KurrentOptions) {
    super();
    const { appendDeadlineMs = 5_000, readDeadlineMs = 10_000, idleMs = 1_000 } = options;
    const settings = connectionSettings(url, options.setting ?? defaultSetting);
    this.connection = new Connection(settings, readDeadlineMs);
    this.appends = new Appends(this.connection, appendDeadlineMs);
    this.appendDeadlineMs = appendDeadlineMs;
    // Nothing is left out of what KurrentDB sends, so whoever is behind loses nothing by reading it together with others.
    this.feed = new ProcessFeed(
      {
        subscribe: (subscribing) => kurrentSubscription(this.connection, subscribing, idleMs),
        markAt: (position) => this.markAt(position),
      },
      { catchUpWithinMs },
    );
  }

  /**
   * `url` is a connection string of KurrentDB. Throws StartRefused, in one line that names the setting, when it can't be parsed
   * or the server can't be reached or used.
   */
  static async connect(url: string, options: KurrentOptions = {}): Promise<KurrentEventStore> {
    const { connectDeadlineMs = 10_000, setting = defaultSetting } = options;
    const store = new KurrentEventStore(url, options);
    try {
      const late = () => new EventStoreUnavailable(`no answer within ${connectDeadlineMs} ms`);
      await withTimeout(connectDeadlineMs, store.untilTriedOut(options.mustExist ?? false), late);
      return store;
    } catch (error) {
      await store.close();
      const [reason] = (error as Error).message.split('\n');
      throw new StartRefused(`${setting}: ${displayAddress(url)} can't be used: ${reason}`, { cause: error });
    }
  }

  append(append: Append): Promise<Appended> {
    return this.appends.append(append);
  }

  appendMany(appends: readonly Append[]): Promise<PromiseSettledResult<Appended>[]> {
    return this.appends.appendMany(appends);
  }

  async readStream(stream: string, fromRevision = 1, maxCount?: number): Promise<RecordedEvent[]> {
    const found = await withStoreErrors(
      this.connection.read({ stream, revision: fromRevision - 1 }, maxCount),
    );
    return found.map((read) => toRecordedEvent(read).event);
  }

  subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    return this.feed.subscribe(options);
  }

  restore(events: readonly RecordedEvent[]): Promise<void> {
    return withStoreErrors(restoreInKurrent(this.connection, events, this.appendDeadlineMs));
  }

  identity(): Promise<string> {
    return withStoreErrors(readLogIdentity(this.connection, this.appends));
  }

  /** The position of the newest event of our streams: a subscriber never sees the server's own events, so nobody must wait for those. */
  async lastPosition(): Promise<bigint> {
    const [last] = await withStoreErrors(this.connection.read({ backwards: true }, 1));
    return last?.position ?? 0n;
  }

  async recordedAfter(position: bigint): Promise<Instant | undefined> {
    const next = await withStoreErrors(eventAfter(this.connection, position));
    return next && toRecordedEvent(next).event.recordedAt;
  }

  markAt(position: bigint): Promise<string | undefined> {
    return withStoreErrors(markAt(this.connection, position));
  }

  chainHash(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  /** A node that has just started may take longer for its first answers than one that is asked when all is well. */
  private async untilTriedOut(mustExist: boolean): Promise<void> {
    for (;;) {
      try {
        await this.tryOut(mustExist);
        return;
      } catch (error) {
        if (!isLate(error as Error)) throw error;
      }
    }
  }

  /** Reads and, if needed, writes once, which shows whatever is wrong: the network, the certificate, the user or the user's rights. */
  private async tryOut(mustExist: boolean): Promise<void> {
    if (mustExist && (await withStoreErrors(knownIdentity(this.connection))) === undefined) {
      throw new Error('it holds no log');
    }
    await this.identity();
    await this.lastPosition();
  }
}

/** Whether there was no answer in time, rather than a bad one. A connection that is closed meanwhile gives another error. */
const isLate = ({ cause }: Error): boolean =>
  cause instanceof GrpcError && cause.code === grpcCodes.deadlineExceeded;
