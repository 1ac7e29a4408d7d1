import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { backoffMs } from '../../shared/concurrency/backoff.js';
import { Mutex } from '../../shared/concurrency/mutex.js';
import { FailureLog } from '../observability/failure-log.js';
import { safeMessageOf } from '../observability/safe-error.js';
import type { Logger } from 'pino';
import { Listener } from '../database/connections/listener.js';
import { LogWentBack, type EventStore } from '../event-store/event-store.js';
import { Announcements } from './status/announcements.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { Generations, type Generation } from './rebuild/generations.js';
import { notifyAll, channel, LeaseLost, Lease } from './leading/lease.js';
import { logHolds, rememberedMarks } from './log-identity/log-holds.js';
import { LogEpochs } from './log-identity/log-epochs.js';
import { Progress } from './status/progress.js';
import type { Projection, ProjectionType } from './projection.js';
import { StallWatch } from './status/stall-watch.js';
import { ProjectionRunner } from './leading/projection-runner.js';
import { WritePace } from './leading/write-pace.js';
import { CommitGroup } from './writing/commit-group.js';
import { Turns } from '../../shared/concurrency/turns.js';

/** How often a process checks who leads what, besides at notifications: a leader that is gone is replaced within leaseMs plus this. */
const pollMs = 500;
/** Events that arrived within this time are live traffic. */
const busyMs = 1_000;
/** How often others are told that somebody waits. */
const announceAwaitedMs = 250;
/** In place of a projection's name; those are in kebab-case. */
const awaitedName = '*';
const backoff = { firstMs: 200, maxMs: 5_000 };
const failureWords = {
  failing: 'the projection can’t go on, and tries again',
  recovered: 'the projection goes on',
};

export interface ProjectionsOptions {
  store: EventStore;
  pool: Pool;
  logger: Logger;
  /** Whether this process folds events, or only waits for the processes that do. */
  lead: boolean;
  /** Called with the new position when served rows that this process writes have advanced. */
  advanced?: (name: string, position: bigint) => void;
}

interface Failures {
  count: number;
  notBefore: number;
  error: string;
}

/**
 * Every projection of the application. Any number of processes may run them: for each generation one process leads, by a lease, and
 * the others wait to take over. Notifications tell all of them how far the served rows have come.
 */
export class Projections {
  readonly generations: Generations;
  readonly deadLetters: DeadLetters;
  readonly stalls = new StallWatch();
  readonly epochs: LogEpochs;
  private readonly known: ReadonlyMap<string, { projection: Projection; progress: Progress }>;
  private readonly leader = `${hostname()}:${process.pid}:${randomUUID().slice(0, 8)}`;
  private readonly listener: Listener;
  private readonly announcements: Announcements;
  private readonly group: CommitGroup;
  private readonly pace = new WritePace();
  private readonly turns = new Turns();
  private readonly handovers = new Mutex();
  private awaitedAt = -Infinity;
  private readonly stopping = new AbortController();
  private readonly runners = new Map<string, { runner: ProjectionRunner; ended: Promise<void> }>();
  private readonly failures = new Map<string, Failures>();
  private readonly failureLogs = new Map<string, FailureLog>();
  private polling: Promise<void> | undefined;
  private notified: () => void = () => undefined;
  private older = false;

  constructor(
    types: readonly ProjectionType[],
    private readonly options: ProjectionsOptions,
  ) {
    const { pool } = options;
    this.generations = new Generations(pool);
    this.deadLetters = new DeadLetters(pool);
    this.epochs = new LogEpochs(pool);
    const projections = types.map((type) => new type());
    this.known = new Map(
      projections.map((projection) => [projection.name, { projection, progress: new Progress() }]),
    );
    this.announcements = new Announcements(pool);
    this.group = new CommitGroup(pool);
    this.listener = new Listener(pool, channel, (payload) => this.onNotification(payload));
  }

  get all(): readonly Projection[] {
    return [...this.known.values()].map(({ projection }) => projection);
  }

  /** Whether some served rows were made by an older version than this code's, while the new rows are being built. */
  get servesOlderRows(): boolean {
    return this.older;
  }

  find(name: string): Projection | undefined {
    return this.known.get(name)?.projection;
  }

  /**
   * Makes missing tables, begins the rebuild of projections with a new version, and makes anew the rows that are gone, or were made
   * from a history that the log no longer holds. To be called before anything reads the tables.
   */
  async prepare(): Promise<void> {
    await this.generations.prepare(this.all);
    for (const generation of await this.generations.current()) {
      const projection = this.find(generation.name);
      // Rows of a newer version are left to processes with the newer code.
      if (!projection || generation.version > projection.version) continue;
      if (!generation.holdsRows) {
        await this.makeAnew(projection, generation);
      } else if (!(await logHolds(this.options.store, generation))) {
        await this.restart(projection, generation);
      }
    }
  }

  start(): void {
    this.listener.start();
    this.polling ??= this.poll();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.notified();
    await this.polling;
    const led = this.runners.size > 0;
    for (const { runner } of this.runners.values()) runner.stop();
    await Promise.all([...this.runners.values()].map(({ ended }) => ended));
    await this.announcements.close();
    await this.listener.close();
    // Other processes are notified, so that one takes over at once.
    if (led) await notifyAll(this.options.pool).catch(() => undefined);
  }

  /** The same as `waitForPositions`, for one projection. */
  waitForPosition(type: ProjectionType, position: bigint, timeoutMs: number): Promise<boolean> {
    return this.waitForPositions([type], position, timeoutMs);
  }

  /**
   * Resolves to true as soon as the served rows of each projection include the position, to false when `timeoutMs` pass first. What
   * this process knows from notifications is confirmed in the tables and the log, since both may have gone back meanwhile.
   */
  waitForPositions(types: readonly ProjectionType[], position: bigint, timeoutMs: number): Promise<boolean> {
    const awaited = types.map((type) => this.registered(type));
    if (timeoutMs > 0 && !awaited.every(({ progress }) => progress.includes(position)))
      this.announceAwaited(position);
    return this.waitForAll(awaited, position, timeoutMs);
  }

  /** The same for events that may not have come yet: the projections do not hurry for it. */
  waitForNext(type: ProjectionType, position: bigint, timeoutMs: number): Promise<boolean> {
    return this.waitForAll([this.registered(type)], position + 1n, timeoutMs);
  }

  /** The same for every projection there is. */
  waitForEveryPosition(position: bigint, timeoutMs: number): Promise<boolean> {
    const types = this.all.map((projection) => projection.constructor as ProjectionType);
    return this.waitForPositions(types, position, timeoutMs);
  }

  /** Tells those who lead, here and in other threads and processes, that somebody waits, which they remember for longer than this does. */
  private announceAwaited(position: bigint): void {
    if (performance.now() - this.awaitedAt < announceAwaitedMs) return;
    this.awaitedAt = performance.now();
    this.pace.awaited();
    this.announcements.enqueue(awaitedName, position);
  }

  private async waitForAll(
    awaited: readonly { projection: Projection; progress: Progress }[],
    position: bigint,
    timeoutMs: number,
  ): Promise<boolean> {
    const deadline = performance.now() + timeoutMs;
    for (;;) {
      const leftMs = Math.max(0, deadline - performance.now());
      const reached = await Promise.all(
        awaited.map(({ progress }) => progress.waitForPosition(position, leftMs)),
      );
      if (!reached.every((isReached) => isReached)) return false;
      const confirmed = await this.confirmed(awaited.map(({ projection }) => projection.name));
      let isConfirmed = true;
      for (const { projection, progress } of awaited) {
        const served = confirmed.get(projection.name) ?? 0n;
        if (position <= served) continue;
        progress.retreat(served);
        isConfirmed = false;
      }
      if (isConfirmed) return true;
    }
  }

  private registered(type: ProjectionType): { projection: Projection; progress: Progress } {
    const found = [...this.known.values()].find(({ projection }) => projection instanceof type);
    if (!found) throw new Error(`${type.name} is not registered`);
    return found;
  }

  /** The served positions, by name, of the projections whose events the log still holds. Each position is looked up in the log once. */
  private async confirmed(names: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
    const served = await this.generations.served(names);
    const marks = rememberedMarks(this.options.store);
    const held = await Promise.all(
      Array.from(served, async ([name, read]) =>
        (await logHolds(marks, read)) ? [[name, read.position] as const] : [],
      ),
    );
    return new Map(held.flat());
  }

  /** To be called when a projection's served rows include the position; a leader in this process calls it ahead of the notification. */
  advance(name: string, position: bigint): void {
    this.known.get(name)?.progress.advance(position);
  }

  /**
   * Calls the listener each time this process hears that the projection's served rows have advanced; some may be heard of together, and
   * half a second late where a notification was lost. The returned function ends it.
   */
  onAdvance(type: ProjectionType, listener: () => void): () => void {
    return this.registered(type).progress.onAdvance(listener);
  }

  /** Notifies the leaders that the tables hold something new for them. */
  notify(): Promise<void> {
    return notifyAll(this.options.pool);
  }

  private onNotification(payload: string | undefined): void {
    const [name = '', position] = payload?.split(' ') ?? [];
    if (position === undefined) this.notified();
    else if (name === awaitedName) this.pace.awaited();
    else this.advance(name, BigInt(position));
  }

  private async poll(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const notification = new Promise<void>((resolve) => (this.notified = resolve));
      try {
        const current = await this.generations.current();
        this.older = current.some(
          ({ state, name, version }) =>
            state === 'serving' && version < (this.known.get(name)?.projection.version ?? 0),
        );
        for (const { state, name, position } of current) {
          if (state === 'serving') this.advance(name, position);
        }
        if (this.options.lead) await this.leadWhereFree(current);
      } catch (error) {
        this.options.logger.error(
          { err: error },
          'the projections could not be looked after, and will be again',
        );
      }
      await Promise.race([notification, sleep(pollMs, undefined, { signal }).catch(() => undefined)]);
    }
  }

  /** Begins only once all leases are taken: those that stand at the same place, as after a start, then read the log together. */
  private async leadWhereFree(current: readonly Generation[]): Promise<void> {
    const taken = await Promise.allSettled(current.map((generation) => this.takeWhereFree(generation)));
    for (const outcome of taken) if (outcome.status === 'fulfilled') outcome.value?.();
    const failed = taken.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Takes the lease where nobody has it; what is returned then begins to lead. */
  private async takeWhereFree(generation: Generation): Promise<(() => void) | undefined> {
    const known = this.known.get(generation.name);
    const key = generation.schema;
    const { notBefore = 0, error = null, count: failures = 0 } = this.failures.get(key) ?? {};
    const { state, version } = generation;
    if (!generation.holdsRows && known && known.projection.version >= generation.version) {
      await this.makeAnew(known.projection, generation);
      return undefined;
    }
    if (
      (generation.leader !== null && generation.leader !== this.leader) ||
      known?.projection.version !== version ||
      (state !== 'serving' && state !== 'building') ||
      this.runners.has(key) ||
      performance.now() < notBefore
    ) {
      return undefined;
    }
    const lease = await Lease.take(this.options.pool, generation, {
      leader: this.leader,
      seen: generation,
    });
    if (!lease) return undefined;
    const { projection, progress } = known;
    const { store, pool, logger, advanced } = this.options;
    const runner = new ProjectionRunner({
      ...{ projection, lease, state, store, pool, deadLetters: this.deadLetters, lastError: error, failures },
      ...{ group: this.group, pace: this.pace, turns: this.turns, handovers: this.handovers },
      onAdvanced: (position) => {
        progress.advance(position);
        advanced?.(projection.name, position);
        this.announcements.enqueue(projection.name, position);
      },
      onProgress: () => this.recovered(key),
      onFailing: (failure) => this.failureLog(key).report(failure),
      busy: () => progress.advancedWithin(busyMs),
      servedIsLed: () => this.generations.servedIsLed(projection.name),
    });
    return () => {
      logger.debug({ projection: key, epoch: String(lease.epoch) }, 'leads');
      this.runners.set(key, { runner, ended: this.serve(key, runner, generation) });
    };
  }

  private async serve(key: string, runner: ProjectionRunner, generation: Generation): Promise<void> {
    try {
      await runner.run();
    } catch (error) {
      if (error instanceof LogWentBack) await this.wentBack(generation);
      else if (!(error instanceof LeaseLost)) this.failed(key, error as Error);
    } finally {
      this.runners.delete(key);
      this.notified();
    }
  }

  private async wentBack({ name, generation, schema }: Generation): Promise<void> {
    try {
      const current = await this.generations.current();
      const row = current.find((candidate) => candidate.name === name && candidate.generation === generation);
      const projection = this.find(name);
      if (!row || !projection) return;
      await this.restart(projection, row);
    } catch (failure) {
      this.failed(schema, failure as Error);
    }
  }

  /** Begins a new epoch of the log, and makes rows anew that were made from lost events. */
  private async restart(projection: Projection, row: Generation): Promise<void> {
    const { store, logger } = this.options;
    await this.epochs.begin(row.logEpoch);
    // Rows in the same database as the log were restored with it, and go on from where both are.
    const kept = await logHolds(store, row);
    if (!kept) await this.generations.restart(projection, row);
    const end = String(await store.lastPosition());
    logger.error(
      { projection: row.schema, position: String(row.position), end },
      kept
        ? 'the log went back, and the rows of the projection with it: it goes on from where both are'
        : 'the log went back behind what the projection was made from (a restored backup, a failover that lost the tail): its rows are made anew from the log as it is now',
    );
  }

  /** Makes rows anew that are in no backup, and not in PostgreSQL's write-ahead log either. */
  private async makeAnew(projection: Projection, row: Generation): Promise<void> {
    await this.generations.restart(projection, row);
    this.options.logger.warn(
      { projection: row.schema },
      'the rows of the projection are gone (PostgreSQL crashed, or a backup without them was restored): they are made anew from the log',
    );
  }

  private failed(key: string, error: Error): void {
    const count = (this.failures.get(key)?.count ?? 0) + 1;
    this.failures.set(key, {
      count,
      notBefore: performance.now() + backoffMs(backoff, count),
      error: safeMessageOf(error),
    });
    this.failureLog(key).failed(error);
  }

  private recovered(key: string): void {
    this.failures.delete(key);
    this.failureLogs.get(key)?.recovered();
  }

  private failureLog(key: string): FailureLog {
    const known = this.failureLogs.get(key);
    if (known) return known;
    const log = new FailureLog(this.options.logger, { projection: key }, failureWords);
    this.failureLogs.set(key, log);
    return log;
  }
}
