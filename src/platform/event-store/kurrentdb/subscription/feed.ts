import { bookmarkOf } from '../../bookmark.js';
import { eventFilter } from '../../event-filter.js';
import { maxBatchBytes, roughEventSize } from '../../event-size.js';
import {
  EventStoreUnavailable,
  type EventBatch,
  type RecordedEvent,
  type SubscribeOptions,
} from '../../event-store.js';
import { leftOut } from '../../left-out.js';
import type { Connection } from '../connection/connection.js';
import type { StoredEvent } from '../connection/read-response.js';
import { eventAfter } from '../event-after.js';
import { toRecordedEvent } from '../recorded-event.js';
import { Wire, type Item } from './wire.js';

/** While catching up, a batch waits this long to fill; once live, it is delivered with what has arrived. */
const fillMs = 20;

/** One subscription to $all, until it breaks: its events in batches. */
export class Feed {
  private readonly isWanted: ReturnType<typeof eventFilter>;
  private readonly batchSize: number;
  private readonly without: readonly string[];
  /** The bytes of the batch that is being gathered. */
  private bytes = 0;
  private position: bigint;
  /**
   * How far the server has looked, by its newest checkpoint. It may be the end of the log (before 24.10.5, and in 25.0.0), where the
   * next event will stand: a reader that went on from there would miss that event. So it becomes the position only once a later
   * checkpoint has come, before which the server would have sent that event, or once a read shows an event beyond it.
   */
  private lookedTo = 0n;
  /** The last event that arrived since the last batch, wanted or not. */
  private newest: StoredEvent | undefined;
  private live = false;
  private reportedCaughtUp = false;
  /** The position of an event of ours that is in the log and has not arrived yet, and how much had arrived when it was awaited. */
  private awaited: { position: bigint; bytes: number } | undefined;

  private constructor(
    private readonly connection: Connection,
    private readonly wire: Wire,
    options: SubscribeOptions,
    private readonly idleMs: number,
  ) {
    const { after, batchSize = 1_000, without = [] } = options;
    this.position = after;
    this.batchSize = batchSize;
    this.without = without;
    this.isWanted = eventFilter(options);
  }

  static async open(connection: Connection, options: SubscribeOptions, idleMs: number): Promise<Feed> {
    return new Feed(connection, await Wire.open(connection, options.after), options, idleMs);
  }

  /** The subscription's batches. Throws when the subscription breaks or ends. */
  async *batches(): AsyncGenerator<EventBatch> {
    for (;;) {
      const batch = await this.next();
      if (batch) yield batch;
    }
  }

  close(): void {
    this.wire.close();
  }

  /** What has arrived, at most one batch; undefined when nothing has arrived for a while. */
  private async next(): Promise<EventBatch | undefined> {
    const mustReport = this.live && !this.reportedCaughtUp;
    const first = await this.takeWithin(mustReport ? 0 : this.idleMs);
    if (!first) return mustReport ? this.batch([], true) : this.lookAhead();
    this.awaited = undefined;
    const events: RecordedEvent[] = [];
    const filledBy = performance.now() + fillMs;
    for (let item: Item | undefined = first; item;) {
      this.accept(item, events);
      const full = this.isFull(events);
      if (full || item === 'caught-up') break;
      item =
        this.wire.take() ?? (this.live ? undefined : await this.takeWithin(filledBy - performance.now()));
    }
    return this.batch(events, this.live && !this.isFull(events));
  }

  private async takeWithin(ms: number): Promise<Item | undefined> {
    const until = performance.now() + ms;
    for (;;) {
      const item = this.wire.take();
      const leftMs = until - performance.now();
      if (item !== undefined || leftMs <= 0) return item;
      // What arrives may be a part of a long event only.
      await this.wire.wait(leftMs);
    }
  }

  private accept(item: Item, events: RecordedEvent[]): void {
    if (item === 'caught-up') {
      this.live = true;
      return;
    }
    if ('checkpoint' in item) {
      this.advance(this.lookedTo);
      this.lookedTo = item.checkpoint;
      return;
    }
    const { event: stored } = item;
    this.advance(stored.position);
    this.newest = stored;
    if (!this.isWanted(stored)) return;
    const { event } = toRecordedEvent(stored);
    const needed = this.without.length === 0 ? event : { ...event, data: leftOut(event.data, this.without) };
    this.bytes += roughEventSize(needed);
    events.push(needed);
  }

  private isFull(events: readonly RecordedEvent[]): boolean {
    return events.length === this.batchSize || this.bytes >= maxBatchBytes;
  }

  private advance(position: bigint): void {
    if (position > this.position) this.position = position;
  }

  private batch(events: RecordedEvent[], caughtUp: boolean): EventBatch {
    this.reportedCaughtUp = caughtUp;
    const { bytes, position } = this;
    const bookmark = this.newest && bookmarkOf(toRecordedEvent(this.newest).event);
    this.bytes = 0;
    this.newest = undefined;
    return { events, position, caughtUp, bytes, bookmark };
  }

  /**
   * Reads the log's end on a quiet subscription. A reader that stands there has caught up, also where the server does not say so. An
   * event beyond it should be on its way; if nothing has arrived by the next look, the subscription is dead.
   */
  private async lookAhead(): Promise<EventBatch | undefined> {
    const [last] = await this.connection.read({ backwards: true }, 1);
    const end = last?.position ?? 0n;
    if (this.lookedTo < end) this.advance(this.lookedTo);
    if (end > this.position) {
      const next = await eventAfter(this.connection, this.position);
      if (next) this.expect(next.position);
      return undefined;
    }
    return this.reportedCaughtUp ? undefined : this.batch([], true);
  }

  private expect(position: bigint): void {
    const { bytes } = this.wire;
    if (this.awaited?.position === position && this.awaited.bytes === bytes) {
      throw new EventStoreUnavailable('KurrentDB has stopped sending events');
    }
    this.awaited = { position, bytes };
  }
}
