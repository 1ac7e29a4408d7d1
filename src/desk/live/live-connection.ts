import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Disclosure, GoingOn, ShownTicket } from '../../access/index.js';
import { serverSentEvent } from '../../platform/http/server-sent-event.js';
import { msUntil } from '../../shared/concurrency/ms-until.js';
import { firstEpoch } from '../../platform/projections/log-identity/log-epochs.js';
import { eventIdOf, type EventId } from './event-id.js';
import type { Viewer } from './live-event.js';
import type { LiveResync } from './live.view.js';

/**
 * The most bytes that wait for one reader. A slower reader is cut off, and resumes by `Last-Event-ID`: waiting text would otherwise
 * fill the memory.
 */
const maxWaitingBytes = 1024 * 1024;
const maxDrainMs = 60_000;
/** Successive heartbeats during which the reader took none of the waiting bytes; six of them are a minute. */
const maxUnreadBeats = 6;
/** How long an ended connection may take to close: a client that does not read would keep the server from stopping. */
const goodbyeMs = 500;

/** What is sent to a connection, and the tickets in it. */
export interface LiveText {
  bytes: Buffer;
  /** A disclosure where the text is sent to all connections of a kind. */
  shows: readonly ShownTicket[] | Disclosure;
}

/** How long a connection lasts at most, and what writes down which tickets it shows. */
interface ConnectionBounds {
  /** In milliseconds since 1970. */
  endsAt: number;
  accesses: GoingOn;
}

/** A client that receives live changes: its connection, and how far it has been sent the log. */
export class LiveConnection {
  /** Every event for this client up to this position has been sent. */
  sentUpTo = 0n;
  private unread = { bytes: 0, beats: 0 };
  private epoch = firstEpoch;
  /** Connections of the same kind are sent the same text: their viewers have the same rights. */
  readonly kind: string;
  private readonly ended = new AbortController();
  private readonly expiry: NodeJS.Timeout;

  constructor(
    private readonly raw: ServerResponse,
    readonly viewer: Viewer,
    private readonly bounds: ConnectionBounds,
  ) {
    this.kind = JSON.stringify([viewer.scope, viewer.internal]);
    this.expiry = setTimeout(() => this.end(), msUntil(bounds.endsAt));
    raw.on('error', () => this.end());
    raw.on('close', () => this.end());
  }

  /** Aborted as soon as nothing can be sent any more. */
  get over(): AbortSignal {
    return this.ended.signal;
  }

  /**
   * Sends the first message: the id from which events follow, and a random delay of 1 to 5 s before reconnecting, so that not all
   * clients come back at once after a restart. With `resync`, what the client was sent before may be of a history that is lost.
   */
  begin({ position, epoch }: EventId, resync: boolean): void {
    this.sentUpTo = position;
    this.epoch = epoch;
    const id = eventIdOf({ position, epoch });
    this.raw.write(serverSentEvent({ retryMs: 1_000 + Math.floor(Math.random() * 4_000), id }));
    const news: LiveResync = { position: String(position), reason: 'log-went-back' };
    if (resync) this.raw.write(serverSentEvent({ event: 'resync', id, data: news }));
  }

  /** Sends the text that brings the client up to a position; without text, none of the events up to there is for this client. */
  send(text: LiveText | undefined, position: bigint): void {
    if (this.over.aborted) return;
    if (position > this.sentUpTo) this.sentUpTo = position;
    if (!text) return;
    const { bytes, shows } = text;
    if ('turn' in shows) this.bounds.accesses.showBroadcast(shows);
    else this.bounds.accesses.show(shows);
    this.write(bytes);
  }

  /** Sends a comment, so that the connection does not look dead, and the current id, so that little has to be read on resuming. */
  heartbeat(): void {
    const bytes = this.raw.writableLength;
    const isStuck = bytes > 0 && bytes >= this.unread.bytes;
    this.unread = { bytes, beats: isStuck ? this.unread.beats + 1 : 0 };
    if (this.unread.beats > maxUnreadBeats) this.raw.destroy();
    const id = eventIdOf({ position: this.sentUpTo, epoch: this.epoch });
    if (!this.over.aborted) this.write(serverSentEvent({ comment: '', id }));
  }

  private write(bytes: Buffer | string): void {
    if (this.raw.writableLength > maxWaitingBytes) {
      this.raw.destroy();
      return;
    }
    // Sent at once, and not when all connections have had their turn: whoever writes to them all counts the time that this takes.
    this.raw.cork();
    this.raw.write(bytes);
    this.raw.uncork();
  }

  /** Resolves when more can be sent; a reader that takes longer than a minute is cut off. */
  async drained(): Promise<void> {
    if (!this.raw.writableNeedDrain || this.over.aborted) return;
    const { signal } = this.ended;
    const waiting = new AbortController();
    const end = () => waiting.abort();
    signal.addEventListener('abort', end, { once: true });
    await Promise.race([
      once(this.raw, 'drain', { signal: waiting.signal }),
      sleep(maxDrainMs, undefined, { signal: waiting.signal }).then(() => this.raw.destroy()),
    ]).catch(() => undefined);
    signal.removeEventListener('abort', end);
    waiting.abort();
  }

  end(): void {
    if (this.over.aborted) return;
    this.ended.abort();
    clearTimeout(this.expiry);
    this.raw.end();
    const goodbye = setTimeout(() => this.raw.destroy(), goodbyeMs);
    this.raw.once('close', () => clearTimeout(goodbye));
    if (this.raw.closed) clearTimeout(goodbye);
  }
}
