import { setTimeout as sleep } from 'node:timers/promises';
import {
  EventStore,
  type Append,
  type Appended,
  type EventBatch,
  type RecordedEvent,
  type SubscribeOptions,
} from '../platform/event-store/event-store.js';
import { backoffMs } from '../shared/concurrency/backoff.js';
import type { Instant } from '../shared/instant.js';
import { keyTtlMs, type DataKeys } from './data-keys.js';
import { KeysUnavailable } from './failures.js';
import { allPaths, type ConfidentialFields } from './texts/confidential-fields.js';
import { ConfidentialTexts, isEncrypted, type KeyToRead } from './texts/confidential-texts.js';
import { DecryptedTexts } from './texts/decrypted-texts.js';
import { ReadableEvent } from './texts/readable-event.js';

const backoff = { firstMs: 100, maxMs: 5_000 };

/**
 * A log that holds no confidential text in plain: around either engine, it encrypts what is appended and decrypts what is read, so that
 * neither the engine nor whoever uses the log has to know. Throws KeysUnavailable, which is an EventStoreUnavailable, where keys are
 * away; a subscription waits for them. Whoever can do without all the texts, and says so in `without`, gets them as they stand in the
 * log, for nobody to look at, and needs no key. What is restored passes as it is: copies and archives of a log hold what it holds.
 */
export class ConfidentialEventStore extends EventStore {
  private readonly texts: ConfidentialTexts;
  /** For streams, which are read again: a subscription reads each event once. */
  private readonly textsOfStreams: ConfidentialTexts;
  private readonly paths: ReadonlySet<string>;
  /** Several readers may get the same page: what is made of its events is made once. Each holds its key, until some key is destroyed. */
  private known = new WeakMap<RecordedEvent, RecordedEvent>();

  constructor(
    private readonly log: EventStore,
    private readonly keys: DataKeys,
    fields: ConfidentialFields,
  ) {
    super();
    const decrypted = new DecryptedTexts(keyTtlMs);
    this.texts = new ConfidentialTexts(fields);
    this.textsOfStreams = new ConfidentialTexts(fields, decrypted);
    this.paths = allPaths(fields);
    keys.onDestroyed(() => {
      decrypted.clear();
      this.known = new WeakMap();
    });
  }

  get countsPositions(): boolean {
    return this.log.countsPositions;
  }

  async append(append: Append): Promise<Appended> {
    return this.log.append(await this.encrypted(append));
  }

  /** Those whose texts can't be encrypted fail alone. Appends to the same stream stay in their order. */
  async appendMany(appends: readonly Append[]): Promise<PromiseSettledResult<Appended>[]> {
    const encrypted = await Promise.allSettled(appends.map((append) => this.encrypted(append)));
    const sent = encrypted.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const results = (await this.log.appendMany(sent)).values();
    return encrypted.map((result) =>
      result.status === 'fulfilled' ? (results.next().value ?? rejected(result.value)) : result,
    );
  }

  async readStream(stream: string, fromRevision?: number, maxCount?: number): Promise<RecordedEvent[]> {
    return this.readable(await this.log.readStream(stream, fromRevision, maxCount), this.textsOfStreams);
  }

  async *subscribe(options: SubscribeOptions): AsyncIterable<EventBatch> {
    const { signal, without = [] } = options;
    const needsNoText = [...this.paths].every((path) => without.includes(path));
    for await (const batch of this.log.subscribe(options)) {
      if (needsNoText) yield batch;
      else {
        const events = await this.readableInTime(batch.events, signal);
        if (!events) return;
        yield { ...batch, events };
      }
    }
  }

  restore(events: readonly RecordedEvent[]): Promise<void> {
    return this.log.restore(events);
  }

  identity(): Promise<string> {
    return this.log.identity();
  }

  lastPosition(): Promise<bigint> {
    return this.log.lastPosition();
  }

  recordedAfter(position: bigint): Promise<Instant | undefined> {
    return this.log.recordedAfter(position);
  }

  markAt(position: bigint): Promise<string | undefined> {
    return this.log.markAt(position);
  }

  chainHash(position: bigint): Promise<string | undefined> {
    return this.log.chainHash(position);
  }

  close(): Promise<void> {
    return this.log.close();
  }

  private async encrypted(append: Append): Promise<Append> {
    const { stream, expectedRevision, events } = append;
    const owner = this.texts.ownerOf(stream);
    if (owner === undefined) return append;
    const key = await this.keys.toWrite(owner, expectedRevision === 0);
    const taken = key === 'destroyed' && (await this.isTaken(append));
    const given = taken ? events.map((event) => this.texts.erased(event)) : events;
    return { ...append, events: given.map((event) => this.texts.encrypted(stream, event, key)) };
  }

  /** Whether something stands there already: then nothing is written, and the log tells a repetition from a conflict by the ids alone. */
  private async isTaken({ stream, expectedRevision }: Append): Promise<boolean> {
    return (await this.log.readStream(stream, expectedRevision + 1, 1)).length > 0;
  }

  /** Until the keys are there; undefined where the reader has gone. */
  private async readableInTime(
    events: readonly RecordedEvent[],
    signal: AbortSignal,
  ): Promise<RecordedEvent[] | undefined> {
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        return await this.readable(events);
      } catch (error) {
        if (!(error instanceof KeysUnavailable)) throw error;
        await sleep(backoffMs(backoff, failures), undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  /**
   * At once where the keys are in memory: of readers who were given the same page, each then finds what was made for the one before.
   * Were each to wait for the keys, they would all begin before the first has made anything.
   */
  private readable(
    events: readonly RecordedEvent[],
    texts = this.texts,
  ): RecordedEvent[] | Promise<RecordedEvent[]> {
    const { known } = this;
    const owners = new Map<RecordedEvent, string>();
    for (const event of events) {
      const owner = known.has(event) ? undefined : this.texts.ownerOf(event.stream);
      if (owner !== undefined && isEncrypted(event)) owners.set(event, owner);
    }
    if (owners.size === 0) return events.map((event) => known.get(event) ?? event);
    const readableBy = (keys: ReadonlyMap<string, KeyToRead>) =>
      events.map((event) => {
        const owner = owners.get(event);
        const made = known.get(event);
        if (owner === undefined || made) return made ?? event;
        const readable = new ReadableEvent(event, keys.get(owner) ?? 'missing', texts);
        known.set(event, readable);
        return readable;
      });
    const keys = this.keys.toRead(new Set(owners.values()));
    return keys instanceof Promise ? keys.then(readableBy) : readableBy(keys);
  }
}

/** Whether the texts of an event that was read stand in the log encrypted. */
export const isReadFromCiphertext = (event: RecordedEvent): boolean => event instanceof ReadableEvent;

const rejected = ({ stream }: Append): PromiseRejectedResult => ({
  status: 'rejected',
  reason: new Error(`the log gave no result for ${stream}`),
});
