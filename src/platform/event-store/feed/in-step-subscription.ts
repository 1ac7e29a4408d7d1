import type { EventBatch, SubscribeOptions } from '../event-store.js';
import { maxKeptBytes } from './recent-batches.js';
import { SharedSubscription, type SharedSubscriptionOptions } from './shared-subscription.js';
import type { Subscriber } from './subscriber.js';

/** Whoever has read nothing for this long is not waited for any more: it may be waiting for a lock, say. */
const patienceMs = 10_000;
/** How often it is looked whether somebody is waited for in vain. */
const lookMs = 1_000;

export interface InStepOptions extends SharedSubscriptionOptions {
  /** Those who read by themselves, and are not far before or beyond a position. */
  near: (position: bigint) => readonly Subscriber[];
}

/**
 * One reading of the log for subscribers that are far behind, as fast as the slowest of them goes. It ends at the end of the log: each
 * then looks for itself whether it has caught up, and is told so by what it reads.
 */
export class InStepSubscription extends SharedSubscription {
  private isOver = false;
  /** The texts that are not read; undefined until it has begun to read. */
  private without: readonly string[] | undefined;
  private looking: NodeJS.Timeout | undefined;

  constructor(private readonly own: InStepOptions) {
    super(own);
  }

  /** The place of the oldest batch that can still be joined at. */
  get begins(): bigint {
    return this.batches.before.position;
  }

  /** Whether a subscriber that is not beyond that place can join once it is there. */
  expects(subscriber: Subscriber): boolean {
    const isComing = subscriber.position <= this.begins;
    return isComing && !this.isOver && !this.isEnded && this.serves(subscriber);
  }

  override isFinished(): boolean {
    return this.isOver;
  }

  override join(subscriber: Subscriber): boolean {
    if (this.isOver || !this.serves(subscriber) || !super.join(subscriber)) return false;
    this.readOn();
    return true;
  }

  override leave(subscriber: Subscriber): void {
    super.leave(subscriber);
    this.readOn();
  }

  override async next(subscriber: Subscriber): Promise<EventBatch | undefined> {
    this.look();
    return super.next(subscriber);
  }

  override end(): void {
    clearInterval(this.looking);
    super.end();
  }

  /** To be called when somebody who is coming has read on, or comes no more. */
  reconsider(): void {
    this.readOn();
  }

  protected override mayRead(): boolean {
    const { passedBy } = this;
    return (
      !this.isOver &&
      (passedBy >= this.batches.next || this.batches.bytesFrom(passedBy) <= maxKeptBytes) &&
      this.coming.every(isStuck)
    );
  }

  /** Reads no more than what one of them needs: those that are there, and those that are coming. */
  protected override get reads(): Pick<SubscribeOptions, 'without' | 'batchSize'> {
    const all = [...this.cursors.keys(), ...this.coming];
    const [first] = all;
    this.without = first?.without.filter((path) => all.every(({ without }) => without.includes(path))) ?? [];
    return { without: this.without, batchSize: Math.max(...all.map(({ batchSize }) => batchSize)) };
  }

  protected override keep(batch: EventBatch): void {
    this.batches.add({ ...batch, caughtUp: false }, this.passedBy, Number.POSITIVE_INFINITY);
    this.isOver = batch.caughtUp;
  }

  /** Those who are close behind, and will join. */
  private get coming(): readonly Subscriber[] {
    return this.own.near(this.begins).filter((subscriber) => this.expects(subscriber));
  }

  /** Whether what is read has all that a subscriber needs. */
  private serves({ without }: Subscriber): boolean {
    return this.without?.every((path) => without.includes(path)) ?? true;
  }

  /** Looks from time to time whether somebody is waited for in vain, and goes on without. */
  private look(): void {
    if (this.isEnded) return;
    this.looking ??= setInterval(() => {
      const { passedBy } = this;
      if (passedBy < this.batches.next) {
        for (const [subscriber, { next }] of this.cursors) {
          if (next === passedBy && isStuck(subscriber)) this.cursors.delete(subscriber);
        }
      }
      this.readOn();
    }, lookMs).unref();
  }
}

const isStuck = ({ advancedAt }: Subscriber): boolean => performance.now() > advancedAt + patienceMs;
