import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { serverSentEvent } from '../../platform/http/server-sent-event.js';
import { firstEpoch } from '../../platform/projections/log-identity/log-epochs.js';
import { eventIdOf, type EventId } from './event-id.js';
import type { Viewer } from './live-event.js';
import type { LiveResync } from './live.view.js';

/** Who reads more slowly is cut off, and resumes by `Last-Event-ID`: what waits would otherwise fill the memory. */
const maxWaitingBytes = 1024 * 1024;
const maxDrainMs = 60_000;
/** Heartbeats during which nothing was taken of what waits: a minute. */
const maxUnreadBeats = 6;
/** Who does not read at all would keep the server from stopping. */
const goodbyeMs = 500;
const maxTimerMs = 2 ** 31 - 1;

/** Someone who listens: what was told, and the connection it was told on. */
export class LiveConnection {
  /** Everything of theirs up to here was told. */
  sentUpTo = 0n;
  private unread = { bytes: 0, beats: 0 };
  private epoch = firstEpoch;
  /** Connections of the same kind are told the same. */
  readonly kind: string;
  private readonly ended = new AbortController();
  private readonly expiry: NodeJS.Timeout;

  /** Ends at `endsAt`, in milliseconds since 1970. */
  constructor(
    private readonly raw: ServerResponse,
    readonly viewer: Viewer,
    endsAt: number,
  ) {
    this.kind = JSON.stringify([viewer.reach, viewer.internal]);
    const leftMs = Math.max(endsAt - Date.now(), 0);
    this.expiry = setTimeout(() => this.end(), Math.min(leftMs, maxTimerMs));
    raw.on('error', () => this.end());
    raw.on('close', () => this.end());
  }

  /** Aborted as soon as nothing can be told any more. */
  get over(): AbortSignal {
    return this.ended.signal;
  }

  /**
   * From here on. When the server is gone for a moment, not everyone is to come back at the same one. `resync`: what they were told
   * before may be of a history that is lost.
   */
  begin({ position, epoch }: EventId, resync: boolean): void {
    this.sentUpTo = position;
    this.epoch = epoch;
    const id = eventIdOf({ position, epoch });
    this.raw.write(serverSentEvent({ retryMs: 1_000 + Math.floor(Math.random() * 4_000), id }));
    const news: LiveResync = { position: String(position), reason: 'log-went-back' };
    if (resync) this.raw.write(serverSentEvent({ event: 'resync', id, data: news }));
  }

  /** Text that brings the listener up to a position; without it there is nothing of theirs. */
  send(text: Buffer | undefined, position: bigint): void {
    if (this.over.aborted) return;
    if (position > this.sentUpTo) this.sentUpTo = position;
    if (!text) return;
    if (this.raw.writableLength > maxWaitingBytes) this.raw.destroy();
    else this.raw.write(text);
  }

  /** A comment keeps the connection from looking dead, and the id keeps what is to be read on resuming short. */
  heartbeat(): void {
    const bytes = this.raw.writableLength;
    const isStuck = bytes > 0 && bytes >= this.unread.bytes;
    this.unread = { bytes, beats: isStuck ? this.unread.beats + 1 : 0 };
    if (this.unread.beats > maxUnreadBeats) this.raw.destroy();
    const id = eventIdOf({ position: this.sentUpTo, epoch: this.epoch });
    this.send(Buffer.from(serverSentEvent({ comment: '', id })), this.sentUpTo);
  }

  /** Resolves when more can be sent. */
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
