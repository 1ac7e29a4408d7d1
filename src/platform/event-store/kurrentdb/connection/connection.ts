import { setTimeout as sleep } from 'node:timers/promises';
import type { KurrentDBClient, ResolvedEvent } from '@kurrent/kurrentdb-client';
import { abandon } from './client-access.js';
import { isNotLeader } from './store-errors.js';
import { readCall, type ReadCall, type ReadFrom } from './read-call.js';

const maxRedirections = 3;
const redirectionMs = 50;
/** A question that is never answered keeps its connection open: they must not become many. */
const minBetweenMs = 30_000;

/** The client, and what it lacks: reads with a deadline, going where the leader is, and being given up when it has gone silent. */
export class Connection {
  private current: KurrentDBClient;
  private heardAt = 0;
  private givenUpAt = -Infinity;

  /** `open` makes a client, connecting to nothing yet. */
  constructor(
    private readonly open: () => KurrentDBClient,
    private readonly readDeadlineMs: number,
  ) {
    this.current = open();
  }

  get client(): KurrentDBClient {
    return this.current;
  }

  async read(from: ReadFrom, maxCount = Number.MAX_SAFE_INTEGER): Promise<ResolvedEvent[]> {
    return this.atLeader(async () => {
      const found: ResolvedEvent[] = [];
      const call: ReadCall = { from, maxCount, deadlineMs: this.readDeadlineMs };
      for await (const resolved of readCall(this.current, call)) found.push(resolved);
      return found;
    });
  }

  /** A call that met another node goes to the leader: the client learns from the refusal where that is. */
  async atLeader<Result>(call: () => Promise<Result>): Promise<Result> {
    for (let redirections = 0; ; redirections += 1) {
      try {
        return await call();
      } catch (error) {
        if (!isNotLeader(error) || redirections === maxRedirections) throw error;
        await sleep(redirectionMs);
      }
    }
  }

  /** The server answered something: the connection lives. */
  heard(): void {
    this.heardAt = performance.now();
  }

  /**
   * Starts anew where nothing was heard since `sentAt`. The client asks a server what it can do once, without a deadline, and
   * waits for that before each append: one that never answered it would never be asked again.
   */
  giveUpIfSilentSince(sentAt: number): void {
    const now = performance.now();
    if (this.heardAt >= sentAt || now < this.givenUpAt + minBetweenMs) return;
    this.givenUpAt = now;
    abandon(this.current).catch(() => undefined);
    this.current = this.open();
  }

  async close(): Promise<void> {
    await this.current.dispose();
  }
}
