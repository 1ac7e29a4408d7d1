import { setTimeout as sleep } from 'node:timers/promises';
import type { KurrentDBClient, ResolvedEvent } from '@kurrent/kurrentdb-client';
import { abandon } from './client-access.js';
import { isNotLeader } from './store-errors.js';
import { readCall, type ReadCall, type ReadFrom } from './read-call.js';

const maxRedirections = 3;
const redirectionMs = 50;
/** A call that is never answered keeps its connection open: this limits how many such connections there can be. */
const minBetweenMs = 30_000;

/** The client with what it lacks: reads with a deadline, redirection to the leader, and replacement when the server has gone silent. */
export class Connection {
  private current: KurrentDBClient;
  private heardAt = 0;
  private givenUpAt = -Infinity;

  /** `open` makes a client that is not connected yet. */
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

  /** Runs a call, again when another node than the leader refused it: the client learns from the refusal where the leader is. */
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

  /** To be called when the server has answered anything, which shows that the connection works. */
  recordAnswer(): void {
    this.heardAt = performance.now();
  }

  /**
   * Replaces the client when the server has answered nothing since `sentAt`. The client asks a server once, without a deadline, which
   * features it has, and waits for the answer before each append: if that answer never comes, every append would wait for ever.
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
