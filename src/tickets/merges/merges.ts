import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import {
  EventIdReused,
  EventStore,
  EventTooLarge,
  VersionConflict,
  type Append,
  type Appended,
} from '../../platform/event-store/event-store.js';
import { DomainError } from '../../shared/problems/domain-error.js';
import { KeyedMutex } from '../../shared/concurrency/keyed-mutex.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import type { PeriodicTask } from '../../shared/concurrency/periodic-task.js';
import { MergeIntents, type MergeIntent } from './merge-intents.js';

/** How long a merge waits for earlier merges of this process, and how long it is tried again where other processes come first. */
const maxWaitMs = 10_000;
const sweepMs = 10_000;

/** The merge was decided on tickets that another merge may have changed: it has to be decided again. */
class Overtaken extends Error {}

export type AppendEvents = (append: Append) => Promise<Appended>;

/**
 * Runs merges one after the other over all processes, without a lock. A merge is announced before it is appended, by replacing the newest
 * announcement, which must be settled by then. The next merge first appends the announced events itself (the same ids at the same
 * revision, so they are written once or never), and only then looks at any ticket. So from the look at the target to the announcement no
 * other merge was written, and after the announcement none can be until this merge is settled. A process that freezes or vanishes
 * anywhere on the way keeps nobody waiting, and what it sends when it wakes up changes nothing.
 */
@Injectable()
export class Merges implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly mutex = new KeyedMutex(maxWaitMs, () => new DomainError('unavailable'));
  private readonly sweeper: PeriodicTask;
  private unsettled: bigint | undefined;

  constructor(
    private readonly intents: MergeIntents,
    private readonly store: EventStore,
    jobs: Jobs,
  ) {
    this.sweeper = jobs.periodic('merge-sweeper', () => this.sweep(), {
      pauseMs: sweepMs,
      onError: () => undefined,
    });
  }

  onApplicationBootstrap(): void {
    this.sweeper.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.sweeper.stop();
  }

  /**
   * Runs a merge, from the look at its target on. The merge appends with the function it is given, and is run again where another merge
   * came in between. Merges of this process take turns, so that they don't overtake each other all the time; that is for speed only, and
   * the wait for a turn ends. Throws DomainError `unavailable` where it takes too long, and what the merge throws.
   */
  run<Result>(merge: (append: AppendEvents) => Promise<Result>): Promise<Result> {
    const deadline = performance.now() + maxWaitMs;
    return this.mutex.take('merges', () => this.attempts(merge, deadline));
  }

  /**
   * Settles an announcement that the previous sweep already found, so that a merge whose process is gone is written soon or never, and
   * not whenever the next merge comes.
   */
  async sweep(): Promise<void> {
    const intent = await this.intents.newest();
    if (intent.append && intent.number === this.unsettled) await this.settle(intent);
    this.unsettled = intent.append ? intent.number : undefined;
  }

  private async attempts<Result>(
    merge: (append: AppendEvents) => Promise<Result>,
    deadline: number,
  ): Promise<Result> {
    while (performance.now() < deadline) {
      let newest = await this.intents.newest();
      await this.settle(newest);
      const append: AppendEvents = async (append) => {
        if (!(await this.intents.announce(newest.number, append))) throw new Overtaken();
        newest = { number: newest.number + 1n, append };
        return this.complete(newest.number, append);
      };
      try {
        return await merge(append);
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
      }
    }
    throw new DomainError('unavailable');
  }

  /** Appends the announced events: afterwards they are in the log, or never will be. Throws where the store does not say which. */
  private async settle({ number, append }: MergeIntent): Promise<void> {
    if (!append) return;
    await this.complete(number, append).catch((error: unknown) => {
      if (!isFinal(error)) throw error;
    });
  }

  private async complete(number: bigint, append: Append): Promise<Appended> {
    try {
      const appended = await this.store.append(append);
      await this.forget(number);
      return appended;
    } catch (error) {
      if (isFinal(error)) await this.forget(number);
      throw error;
    }
  }

  /** Marks the merge as settled. A failure does no harm: the next merge finds the events in the log. */
  private async forget(number: bigint): Promise<void> {
    await this.intents.settled(number).catch(() => undefined);
  }
}

/** The events were not written and can't be any more: streams only grow. */
const isFinal = (error: unknown): boolean =>
  [VersionConflict, EventIdReused, EventTooLarge].some((type) => error instanceof type);
