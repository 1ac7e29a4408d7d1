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

/** While catching up a batch waits so long to fill; afterwards it goes with what is there. */
const fillMs = 20;
/** Events that wait here while a batch is worked on, if the batches are not smaller. */
const maxBuffered = 256;

/** One subscription to $all, until it breaks: what comes of it, in batches. */
export class Feed {
  private readonly wire: Wire;
  private readonly isWanted: (event: RecordedEvent) => boolean;
  private readonly batchSize: number;
  private readonly streamPrefix: string | undefined;
  private readonly without: readonly string[];
  /** Of the batch that is being gathered. */
  private bytes = 0;
  private position: bigint;
  /** The last that came. */
  private newest: RecordedEvent | undefined;
  private live = false;
  private toldCaughtUp = false;
  /** An event of ours that is in the log, and has not come yet. */
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

  /** Throws when the subscription breaks or ends. */
  async *batches(): AsyncGenerator<EventBatch> {
    for (;;) {
      const batch = await this.next();
      if (batch) yield batch;
    }
  }

  close(): void {
    this.wire.close();
  }

  /** What has come, at most a batch of it; undefined when nothing has for a while. */
  private async next(): Promise<EventBatch | undefined> {
    const owesNotice = this.live && !this.toldCaughtUp;
    const first = await this.takeWithin(owesNotice ? 0 : this.idleMs);
    if (!first) return owesNotice ? this.batch([], true) : this.lookAhead();
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
    this.toldCaughtUp = caughtUp;
    const { bytes, position } = this;
    const bookmark = this.newest && bookmarkOf(this.newest);
    this.bytes = 0;
    this.newest = undefined;
    return { events, position, caughtUp, bytes, bookmark };
  }

  /**
   * The server tells how far it has looked once in a search window only, so that behind a filter the end of a quiet log would
   * never be reached. When a read finds nothing for us between here and there, there is where we are. What it does find is on
   * its way; and when it has not come by the next time, the subscription is dead.
   */
  private async lookAhead(): Promise<EventBatch | undefined> {
    const [last] = await this.connection.read({ backwards: true }, 1);
    const end = last ? positionOf(last) : 0n;
    if (end > this.position) {
      // Two: a read includes what stands at the position itself.
      const found = await this.connection.read(
        { position: this.position, streamPrefix: this.streamPrefix },
        2,
      );
      const next = found.map(positionOf).find((position) => position > this.position);
      if (next !== undefined) {
        this.expect(next);
        return undefined;
      }
    } else if (this.toldCaughtUp) return undefined;
    this.advance(end);
    return this.batch([], true);
  }

  private expect(position: bigint): void {
    if (this.awaited === position) throw new EventStoreUnavailable('KurrentDB has stopped sending events');
    this.awaited = position;
  }
}
