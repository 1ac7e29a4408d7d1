import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { EventStore, LogWentBack, type EventBatch } from '../../platform/event-store/event-store.js';
import { LOGGER } from '../../platform/observability/logger.js';
import type { LogEpochs } from '../../platform/projections/log-identity/log-epochs.js';
import { Projections } from '../../platform/projections/projections.js';
import { ticketStreams } from '../../tickets/domain/ticket.events.js';
import type { LiveConnection } from './live-connection.js';
import { canAccessEvent, textFor, type LiveEvent, type Viewer } from './live-event.js';
import { RecentEvents } from './recent-events.js';
import { TicketStates } from './ticket-states.js';
import { Whereabouts } from './whereabouts.js';

const heartbeatMs = 10_000;
/** So many connections are written to before requests get their turn: some 4 ms. */
const maxConcurrentWrites = 200;
/** Telling takes a fifth of the process at most; what came meanwhile is told together. */
const pausesPerTelling = 4;
const minPauseMs = 10;
const maxPauseMs = 1_000;
const pageSize = 200;
/** After a restart everyone resumes at once: they read the log in turns. */
const maxCatchingUp = 2;
/** So far back is in mind from the first who resumes on: the others were told about as much. */
const readBack = 500n;
const furthestBack = 2_000n;
const retryMs = 500;

/** Where a connection begins. */
export interface LiveStart {
  /** Everything after this position is told. */
  after: bigint;
  /** The end of the log when the connection was asked for. */
  head: bigint;
  /** The log's, then. */
  epoch: string;
  /** What was told before may be of a history that is lost. */
  resync: boolean;
}

/** What the one reading of the log has come to. */
interface Reading {
  recent: RecentEvents;
  whereabouts: Whereabouts;
  epoch: string;
  over: AbortController;
}

/** One reading of the log for all who listen: each event is folded and written once, and told to those it's for. */
@Injectable()
export class LiveTickets implements OnModuleDestroy {
  private readonly connections = new Set<LiveConnection>();
  /** Those that were told everything, and are told what comes. */
  private readonly joined = new Set<LiveConnection>();
  private readonly turns = pLimit(maxCatchingUp);
  private readonly stopping = new AbortController();
  private reading: Promise<Reading> | undefined;
  /** The one that `reading` has come to. */
  private current: Reading | undefined;
  private running: Promise<void> = Promise.resolve();
  private readonly epochs: LogEpochs;

  constructor(
    private readonly store: EventStore,
    { epochs }: Projections,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.epochs = epochs;
  }

  /** Connections that stay open would keep the server from closing. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    for (const connection of this.connections) connection.end();
    await this.running;
  }

  /** Reads the log from now on, unless it's being read; from before the position where someone resumes. Throws EventStoreUnavailable. */
  async open(start: LiveStart): Promise<void> {
    await this.readingOf(start);
  }

  /** How far the log is read; undefined while nobody listens. */
  async position(): Promise<bigint | undefined> {
    return (await this.reading?.catch(() => undefined))?.recent.position;
  }

  /** Tells of everything after a position for as long as the connection lasts. After `open`. */
  async follow(connection: LiveConnection, start: LiveStart): Promise<void> {
    this.connections.add(connection);
    connection.over.addEventListener('abort', () => {
      this.connections.delete(connection);
      this.joined.delete(connection);
    });
    if (this.stopping.signal.aborted) {
      connection.end();
      return;
    }
    try {
      const reading = await this.readingOf(start);
      connection.begin({ position: start.after, epoch: reading.epoch }, start.resync);
      await this.catchUp(connection, reading, start.head);
    } catch (error) {
      this.logger.warn({ err: error }, 'a live connection is cut off, and resumes');
      connection.end();
    }
  }

  /** What is read of an epoch of the log that is over ends, with those who listen to it: they resume, and hear that it is. */
  private async readingOf(start: LiveStart): Promise<Reading> {
    const reading = await this.reading;
    if (reading && reading.epoch !== start.epoch && !reading.over.signal.aborted) {
      this.reading = undefined;
      this.current = undefined;
      reading.over.abort();
      for (const connection of this.joined) connection.end();
    }
    return (this.reading ??= this.begin(start));
  }

  private async begin({ after, epoch }: LiveStart): Promise<Reading> {
    try {
      const last = await this.store.lastPosition();
      const recent = new RecentEvents(beginning(after, last));
      const whereabouts = new Whereabouts(this.store);
      const states = new TicketStates(this.store, this.logger, epoch);
      while (recent.position < last) {
        const { events, position } = await this.pageAfter(recent.position, states);
        whereabouts.hear(events);
        recent.add(events, position);
      }
      const reading = { recent, whereabouts, epoch, over: new AbortController() };
      this.current = reading;
      const before = this.running;
      this.running = this.run(reading, states).then(() => before);
      return reading;
    } catch (error) {
      this.reading = undefined;
      throw error;
    }
  }

  private async run(reading: Reading, states: TicketStates): Promise<void> {
    const { recent } = reading;
    const signal = AbortSignal.any([this.stopping.signal, reading.over.signal]);
    const heartbeat = setInterval(() => void this.heartbeat(), heartbeatMs);
    try {
      const subscription = { after: recent.position, streamPrefix: ticketStreams, batchSize: 500, signal };
      for await (const batch of this.store.subscribe(subscription)) {
        const events = await this.broadcastUpTo(batch, states);
        const pauseMs = (await this.broadcast(events, reading, batch.position)) * pausesPerTelling;
        if (events.length > 0) await this.pause(Math.max(minPauseMs, Math.min(pauseMs, maxPauseMs)));
        if (this.connections.size > 0) continue;
        this.forget(reading);
        break;
      }
    } catch (error) {
      this.logger.error({ err: error }, 'live changes stop, and begin anew with the next connection');
      if (error instanceof LogWentBack) await this.beginEpochAfter(reading.epoch);
      this.forget(reading);
      for (const connection of this.connections) connection.end();
    } finally {
      clearInterval(heartbeat);
    }
  }

  private forget(reading: Reading): void {
    if (this.current !== reading) return;
    this.reading = undefined;
    this.current = undefined;
  }

  /** Before those who listen resume: what they name as heard last may have become another event. */
  private async beginEpochAfter(epoch: string): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.epochs.begin(epoch);
        return;
      } catch (error) {
        this.logger.warn({ err: error }, 'live changes wait for the database');
        await this.pause(retryMs);
      }
    }
  }

  /** What a store that is away did not give is asked for again. */
  private async broadcastUpTo(batch: EventBatch, states: TicketStates): Promise<LiveEvent[]> {
    while (!this.stopping.signal.aborted) {
      try {
        return await states.told(batch.events);
      } catch (error) {
        this.logger.warn({ err: error }, 'live changes wait for the event store');
        await this.pause(retryMs);
      }
    }
    return [];
  }

  /** Gives the milliseconds it took of the process. */
  private broadcast(events: readonly LiveEvent[], reading: Reading, position: bigint): Promise<number> {
    const { recent, whereabouts, over } = reading;
    const before = recent.position;
    whereabouts.hear(events);
    recent.add(events, position);
    const texts = new Map<string, Buffer | undefined>();
    const textOf = (viewer: Viewer, after: bigint) => textAfter(after, { events, viewer, whereabouts });
    return this.toEach((connection) => {
      // Who joined while the others were told had this from the recent ones.
      if (connection.sentUpTo >= position || over.signal.aborted) return;
      const { viewer, kind, sentUpTo: told } = connection;
      if (told <= before && !texts.has(kind)) texts.set(kind, textOf(viewer, before));
      connection.send(told > before ? textOf(viewer, told) : texts.get(kind), position);
    });
  }

  private heartbeat(): Promise<number> {
    return this.toEach((connection) => connection.heartbeat());
  }

  private async toEach(act: (connection: LiveConnection) => void): Promise<number> {
    let count = 0;
    let busyMs = 0;
    let began = performance.now();
    for (const connection of this.joined) {
      act(connection);
      count += 1;
      if (count % maxConcurrentWrites !== 0) continue;
      busyMs += performance.now() - began;
      await setImmediate();
      began = performance.now();
    }
    return busyMs + performance.now() - began;
  }

  /**
   * From the log as far as the recent events do not go back, then from those, a page at a time, as fast as it's read. Of a ticket
   * that is elsewhere by now no more than that is told, be it that the reading of the log has not come to its transfer yet.
   */
  private async catchUp(connection: LiveConnection, reading: Reading, head: bigint): Promise<void> {
    const { recent, whereabouts, epoch } = reading;
    const states = new TicketStates(this.store, this.logger, epoch);
    while (!connection.over.aborted) {
      const { sentUpTo: told, viewer } = connection;
      const { events, position } =
        told < recent.start
          ? await this.turns(() => this.pageAfter(told, states))
          : recent.after(told, pageSize);
      if (viewer.reach !== 'all') {
        const theirs = events.filter(({ establishment }) => canAccessEvent(viewer, establishment));
        await whereabouts.learn(theirs, recent.position < head);
      }
      const text = textAfter(told, { events, viewer, whereabouts });
      connection.send(text, position);
      if (!text) connection.heartbeat();
      if (connection.sentUpTo >= recent.position) {
        // Nothing was awaited since: what comes next is told as it comes.
        this.joined.add(connection);
        return;
      }
      await connection.drained();
    }
  }

  private async pageAfter(after: bigint, states: TicketStates) {
    const reading = new AbortController();
    const { signal } = reading;
    try {
      const subscription = { after, streamPrefix: ticketStreams, batchSize: pageSize, signal };
      for await (const batch of this.store.subscribe(subscription)) {
        if (batch.position > after)
          return { events: await states.told(batch.events), position: batch.position };
      }
      throw new Error('a subscription ends when it’s told to');
    } finally {
      reading.abort();
    }
  }

  private pause(ms: number): Promise<void> {
    return sleep(ms, undefined, { signal: this.stopping.signal }).catch(() => undefined);
  }
}

const beginning = (after: bigint, last: bigint): bigint => {
  if (after >= last || last - after > furthestBack) return last;
  return after > readBack ? after - readBack : 0n;
};

const textAfter = (
  after: bigint,
  { events, viewer, whereabouts }: { events: readonly LiveEvent[]; viewer: Viewer; whereabouts: Whereabouts },
): Buffer | undefined => {
  const texts = events.flatMap((event) =>
    event.position > after ? (textFor(event, viewer, whereabouts.now(event.ticketId)) ?? []) : [],
  );
  return texts.length === 0 ? undefined : Buffer.from(texts.join(''));
};
