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
import { toStoreError } from './connection/store-errors.js';
import { toRecordedEvent, toProposedEvent, type ReadEvent } from './recorded-event.js';

/** Appends to KurrentDB, always at an exact revision: there KurrentDB recognises a repeated append by its event ids, for ever. */
export class Appends {
  constructor(
    private readonly connection: Connection,
    private readonly deadlineMs: number,
  ) {}

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
    try {
      await this.untilAnswered({ stream, expectedRevision, events }, sentAt);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw toStoreError(error);
      return await this.earlierAnswer(append, error);
    }
    return this.answer(append, appendId);
  }

  /**
   * Sends the append, once more when the server gives up waiting for it: it drops an append in silence whose events it has just
   * written and not replicated yet, and answers with its own time-out after 2 s. Asked again, it gives the first one's answer.
   */
  private async untilAnswered(request: AppendRequest, sentAt: number): Promise<void> {
    try {
      await this.connection.append(request);
    } catch (error) {
      if (!(error instanceof AppendTimeout)) throw error;
      await this.connection.append(request).catch((again: unknown) => {
        throw again instanceof AppendTimeout
          ? new AppendTimedOut(Math.round(performance.now() - sentAt))
          : again;
      });
    }
  }

  /** Reads the append's last event: the server does not say whether it wrote the events now or had them already, nor when. */
  private async answer(append: Append, appendId: string): Promise<Appended> {
    const last = append.expectedRevision + append.events.length;
    const [read] = await this.read(append.stream, last, 1);
    if (!read) throw new EventStoreUnavailable(`KurrentDB has no revision ${last} of ${append.stream} yet`);
    return appended(read, read.append !== appendId);
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
    try {
      const found = await this.connection.read({ stream, revision: fromRevision - 1 }, count);
      return found.map(toRecordedEvent);
    } catch (error) {
      throw toStoreError(error);
    }
  }
}

const appended = ({ event }: ReadEvent, duplicate: boolean): Appended => ({
  revision: event.revision,
  position: event.position,
  recordedAt: event.recordedAt,
  duplicate,
});
