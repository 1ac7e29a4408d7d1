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
import { toRecordedEvent, positionOf } from '../recorded-event.js';
import { isOurs } from '../connection/streams.js';
import { Mark, openWire, type Item, type Wire } from './wire.js';

/** While catching up, a batch waits this long to fill; once live, it is delivered with what has arrived. */
const fillMs = 20;
/** How many events are buffered while the reader works on a batch, unless the batches are smaller. */
const maxBuffered = 256;

/** One subscription to $all, until it breaks: its events in batches. */
export class Feed {
  private readonly wire: Wire;
  private readonly isWanted: (event: RecordedEvent) => boolean;
  private readonly batchSize: number;
  private readonly streamPrefix: string | undefined;
  private readonly without: readonly string[];
  /** The bytes of the batch that is being gathered. */
  private bytes = 0;
  private position: bigint;
  /** The last event that arrived since the last batch, wanted or not. */
  private newest: RecordedEvent | undefined;
  private live = false;
  private reportedCaughtUp = false;
  /** The position of an event of ours that is in the log and has not arrived yet. */
  private awaited: bigint | undefined;

  constructor(
    private readonly connection: Connection,
    options: SubscribeOptions,
    private readonly idleMs: number,
  ) {
    const { after, streamPrefix, batchSize = 1_000, without = [] } = options;
    this.position = after;
    this.batchSize = batchSize;
    this.streamPrefix = streamPrefix;
    this.without = without;
    const isWanted = eventFilter(options);
    this.isWanted = (event) => isOurs(event.stream) && isWanted(event);
    this.wire = openWire(connection.client, {
      after,
      streamPrefix,
      buffered: Math.min(batchSize, maxBuffered),
    });
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
      if (full || (item instanceof Mark && item.caughtUp)) break;
      item = await this.takeWithin(this.live ? 0 : filledBy - performance.now());
    }
    return this.batch(events, this.live && !this.isFull(events));
  }

  private async takeWithin(ms: number): Promise<Item | undefined> {
    const item = this.wire.arrivals.take();
    if (item || ms <= 0) return item;
    await this.wire.arrivals.wait(ms);
    return this.wire.arrivals.take();
  }

  private accept(item: Item, events: RecordedEvent[]): void {
    if (item instanceof Mark) {
      this.advance(item.position ?? this.position);
      this.live ||= item.caughtUp;
      return;
    }
    const { event } = toRecordedEvent(item);
    this.advance(event.position);
    this.newest = event;
    if (!this.isWanted(event)) return;
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
    const bookmark = this.newest && bookmarkOf(this.newest);
    this.bytes = 0;
    this.newest = undefined;
    return { events, position, caughtUp, bytes, bookmark };
  }

  /**
   * Reads the log's end on a quiet subscription. The server reports how far it has looked only once per search window, so that a
   * filtered reader would never reach the end of a quiet log. When a read finds nothing for us up to the end, the reader has reached
   * the end. An event that the read finds should be on its way; if it has not arrived by the next look, the subscription is dead.
   */
  private async lookAhead(): Promise<EventBatch | undefined> {
    const [last] = await this.connection.read({ backwards: true }, 1);
    const end = last ? positionOf(last) : 0n;
    if (end > this.position) {
      // Two events are read, since a read includes the event at the position itself.
      const found = await this.connection.read(
        { position: this.position, streamPrefix: this.streamPrefix },
        2,
      );
      const next = found.map(positionOf).find((position) => position > this.position);
      if (next !== undefined) {
        this.expect(next);
        return undefined;
      }
    } else if (this.reportedCaughtUp) return undefined;
    this.advance(end);
    return this.batch([], true);
  }

  private expect(position: bigint): void {
    if (this.awaited === position) throw new EventStoreUnavailable('KurrentDB has stopped sending events');
    this.awaited = position;
  }
}
