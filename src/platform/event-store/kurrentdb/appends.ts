import { randomUUID } from 'node:crypto';
import { assertEventSizes } from '../event-size.js';
import {
  AppendTimedOut,
  EventIdReused,
  EventStoreUnavailable,
  VersionConflict,
  type Append,
  type Appended,
} from '../event-store.js';
import { withTimeout } from '../../../shared/concurrency/with-timeout.js';
import { AppendTimeout, type AppendRequest } from './connection/append-call.js';
import type { Connection } from './connection/connection.js';
import { toStoreError, withStoreErrors } from './connection/store-errors.js';
import { EventLoader } from './event-loader.js';
import { toRecordedEvent, toProposedEvent, type ReadEvent } from './recorded-event.js';

/** Appends to KurrentDB, always at an exact revision: there KurrentDB recognises a repeated append by its event ids, for ever. */
export class Appends {
  private readonly loader: EventLoader;

  constructor(
    private readonly connection: Connection,
    private readonly deadlineMs: number,
  ) {
    // Many appends wait for one read, so one that hangs is given up while there is time to append again.
    this.loader = new EventLoader(connection, deadlineMs / 2);
  }

  /** Appends with a deadline around everything that it takes, finding the leader included. */
  async append(append: Append): Promise<Appended> {
    assertEventSizes(append);
    const sentAt = performance.now();
    try {
      return await withTimeout(
        this.deadlineMs,
        this.send(append, randomUUID(), sentAt),
        () => new AppendTimedOut(this.deadlineMs),
      );
    } catch (error) {
      if (error instanceof AppendTimedOut) this.connection.giveUpIfSilentFor(this.deadlineMs / 2);
      throw error;
    }
  }

  /** Appends to different streams run concurrently; appends to one stream run one after the other. */
  async appendMany(appends: readonly Append[]): Promise<PromiseSettledResult<Appended>[]> {
    const lastByStream = new Map<string, Promise<unknown>>();
    const results = appends.map((append) => {
      const result = (lastByStream.get(append.stream) ?? Promise.resolve()).then(() => this.append(append));
      lastByStream.set(
        append.stream,
        result.catch(() => undefined),
      );
      return result;
    });
    return Promise.allSettled(results);
  }

  private async send(append: Append, appendId: string, sentAt: number): Promise<Appended> {
    const { stream, expectedRevision } = append;
    const events = append.events.map((event) => toProposedEvent(event, { append: appendId }));
    let position: bigint | undefined;
    try {
      position = await this.untilAnswered({ stream, expectedRevision, events }, sentAt);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw toStoreError(error);
      return await this.earlierAnswer(append, error);
    }
    const last = (await this.lastEventAt(position, append)) ?? (await this.lastEvent(append));
    return appended(last, last.append !== appendId);
  }

  /**
   * Sends the append, once more when the server gives up waiting for it: it drops an append in silence whose events it has just
   * written and not replicated yet, and answers with its own time-out after 2 s. Asked again, it gives the first one's answer.
   */
  private async untilAnswered(request: AppendRequest, sentAt: number): Promise<bigint | undefined> {
    try {
      return await this.connection.append(request);
    } catch (error) {
      if (!(error instanceof AppendTimeout)) throw error;
      return this.connection.append(request).catch((again: unknown) => {
        throw again instanceof AppendTimeout
          ? new AppendTimedOut(Math.round(performance.now() - sentAt))
          : again;
      });
    }
  }

  /**
   * The append's last event, at the position that the server gave: it does not say whether it wrote the events now or had them already,
   * nor when. Undefined where it gave none, or where another event stands there.
   */
  private async lastEventAt(
    position: bigint | undefined,
    { events }: Append,
  ): Promise<ReadEvent | undefined> {
    if (position === undefined) return undefined;
    const found = await withStoreErrors(this.loader.load(position));
    return found?.id === events.at(-1)?.id && found ? toRecordedEvent(found) : undefined;
  }

  private async lastEvent({ stream, expectedRevision, events }: Append): Promise<ReadEvent> {
    const last = expectedRevision + events.length;
    const [read] = await this.read(stream, last, 1);
    if (!read) throw new EventStoreUnavailable(`KurrentDB has no revision ${last} of ${stream} yet`);
    return read;
  }

  /**
   * The answer to an append at a wrong revision. If the append's own events already stand where it wanted to put them, it is a
   * repetition. If they stand at later revisions, the decision was made on an older state: whoever loads the stream again finds them.
   */
  private async earlierAnswer(append: Append, conflict: VersionConflict): Promise<Appended> {
    const { stream, expectedRevision, events } = append;
    const there = await this.read(stream, expectedRevision + 1, events.length);
    const known = events.filter(({ id }, index) => there[index]?.event.id === id);
    const [first] = known;
    const last = there.at(-1);
    if (!first || !last) throw conflict;
    if (known.length < events.length) throw new EventIdReused(first.id);
    return appended(last, true);
  }

  private async read(stream: string, fromRevision: number, count: number): Promise<ReadEvent[]> {
    const found = this.connection.read({ stream, revision: fromRevision - 1 }, count);
    return (await withStoreErrors(found)).map(toRecordedEvent);
  }
}

const appended = ({ event }: ReadEvent, duplicate: boolean): Appended => ({
  revision: event.revision,
  position: event.position,
  recordedAt: event.recordedAt,
  duplicate,
});
