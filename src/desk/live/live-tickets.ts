import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import pLimit from 'p-limit';
import type { Logger } from 'pino';
import { AccessRecorder, BroadcastDisclosures, type ShownTicket, shownTickets } from '../../access/index.js';
import { EventStore, LogWentBack, type EventBatch } from '../../platform/event-store/event-store.js';
import { FailureLog } from '../../platform/observability/failure-log.js';
import { LOGGER } from '../../platform/observability/logger.js';
import type { LogEpochs } from '../../platform/projections/log-identity/log-epochs.js';
import { Projections } from '../../platform/projections/projections.js';
import { untilAborted } from '../../shared/concurrency/until-aborted.js';
import { ticketStreams } from '../../tickets/domain/ticket.events.js';
import type { LiveConnection, LiveText } from './live-connection.js';
import { canAccessEvent, textFor, type LiveEvent, type Viewer } from './live-event.js';
import { RecentEvents } from './recent-events.js';
import { TicketStates } from './ticket-states.js';
import { Whereabouts } from './whereabouts.js';

const heartbeatMs = 10_000;
/** Connections that are written to before requests get their turn: some 4 ms. */
const maxConcurrentWrites = 200;
/**
 * Pauses between broadcasts, in multiples of the time that one took: broadcasting takes a tenth of the process at most. Events that
 * come meanwhile are sent together.
 */
const pausesPerTelling = 9;
const minPauseMs = 10;
const maxPauseMs = 1_000;
const pageSize = 200;
/** Connections that read the log at the same time: after a restart all clients resume at once. */
const maxCatchingUp = 2;
/**
 * Positions that are read before the one at which the first client resumes, and kept as recent events: the other clients were cut
 * off at about the same position.
 */
const readBack = 500n;
/** A client that resumes further from the end than this does not make the recent events begin at its position. */
const furthestBack = 2_000n;
const retryMs = 500;

/** Where a connection begins. */
export interface LiveStart {
  /** Every event after this position is sent. */
  after: bigint;
  /** The end of the log when the connection was requested. */
  head: bigint;
  /** The epoch of the log at that moment. */
  epoch: string;
  /** What the client was sent before may be of a history that is lost. */
  resync: boolean;
}

/** The state of the shared reading of the log. */
interface Reading {
  recent: RecentEvents;
  whereabouts: Whereabouts;
  epoch: string;
  over: AbortController;
}

/** One reading of the log for all live connections: each event is folded and serialized once, and sent to those who may see it. */
@Injectable()
export class LiveTickets implements OnModuleDestroy {
  private readonly connections = new Set<LiveConnection>();
  /** Connections that have caught up, and receive new events as they come. */
  private readonly joined = new Set<LiveConnection>();
  /** What was broadcast to the joined connections of each kind. */
  private readonly disclosures = new Map<string, BroadcastDisclosures>();
  private readonly catchingUp = pLimit(maxCatchingUp);
  private readonly stopping = new AbortController();
  private reading: Promise<Reading> | undefined;
  /** The resolved value of `reading`. */
  private current: Reading | undefined;
  private running: Promise<void> = Promise.resolve();
  private readonly epochs: LogEpochs;
  private readonly failures: FailureLog;

  constructor(
    private readonly store: EventStore,
    { epochs }: Projections,
    private readonly accesses: AccessRecorder,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.epochs = epochs;
    const words = {
      failing: 'live changes wait for the log, which can’t be read',
      recovered: 'live changes go on',
    };
    this.failures = new FailureLog(this.logger, {}, words);
  }

  /** Ends all connections: open ones would keep the server from closing. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    for (const connection of this.connections) connection.end();
    await this.running;
  }

  /** Starts reading the log unless it is being read, from before the position at which the client resumes. Throws EventStoreUnavailable. */
  async open(start: LiveStart): Promise<void> {
    await this.readingOf(start);
  }

  /** The position up to which the log is read; undefined while there are no connections. */
  async position(): Promise<bigint | undefined> {
    return (await this.reading?.catch(() => undefined))?.recent.position;
  }

  /** Sends every event after the start for as long as the connection lasts. Call `open` first. */
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

  /** The reading of the start's epoch. A reading of an earlier epoch ends with its connections: their clients resume, and get `resync`. */
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
      const subscription = {
        ...{ after: recent.position, streamPrefix: ticketStreams, batchSize: 500, signal },
        onFailing: (failure: Error | null) => this.failures.report(failure),
      };
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

  /** Begins a new epoch before the clients resume: the position of the last event they received may now hold another event. */
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

  /** The live events of a batch; retries while the event store is unavailable. */
  private async broadcastUpTo(batch: EventBatch, states: TicketStates): Promise<LiveEvent[]> {
    while (!this.stopping.signal.aborted) {
      try {
        return await states.liveEvents(batch.events);
      } catch (error) {
        this.logger.warn({ err: error }, 'live changes wait for the event store');
        await this.pause(retryMs);
      }
    }
    return [];
  }

  /** Sends events to all joined connections; resolves to the milliseconds of the process that this took. */
  private broadcast(events: readonly LiveEvent[], reading: Reading, position: bigint): Promise<number> {
    const { recent, whereabouts, over } = reading;
    const before = recent.position;
    whereabouts.hear(events);
    recent.add(events, position);
    const texts = new Map<string, LiveText | undefined>();
    const textOf = (viewer: Viewer, after: bigint) => textAfter(after, { events, viewer, whereabouts });
    const broadcastText = ({ viewer, kind }: LiveConnection): LiveText | undefined => {
      const text = textOf(viewer, before);
      return text && { bytes: text.bytes, shows: this.disclosuresTo(kind).disclose(text.shows) };
    };
    const send = (connection: LiveConnection): void => {
      // A connection that joined during this broadcast got these events from the recent ones.
      if (connection.sentUpTo >= position || over.signal.aborted) return;
      const { viewer, kind, sentUpTo } = connection;
      if (sentUpTo <= before && !texts.has(kind)) texts.set(kind, broadcastText(connection));
      connection.send(sentUpTo > before ? textOf(viewer, sentUpTo) : texts.get(kind), position);
    };
    return this.toEach(send, () => this.accessesWritten(over.signal));
  }

  private disclosuresTo(kind: string): BroadcastDisclosures {
    const known = this.disclosures.get(kind) ?? new BroadcastDisclosures();
    this.disclosures.set(kind, known);
    return known;
  }

  private heartbeat(): Promise<number> {
    const kinds = new Set([...this.joined].map(({ kind }) => kind));
    for (const kind of this.disclosures.keys()) if (!kinds.has(kind)) this.disclosures.delete(kind);
    return this.toEach((connection) => connection.heartbeat());
  }

  /** Resolves to the milliseconds of the process that it took, without those that it waited. */
  private async toEach(
    act: (connection: LiveConnection) => void,
    ready: () => Promise<void> = () => Promise.resolve(),
  ): Promise<number> {
    let count = 0;
    let busyMs = 0;
    await ready();
    let began = performance.now();
    for (const connection of this.joined) {
      act(connection);
      count += 1;
      if (count % maxConcurrentWrites !== 0) continue;
      busyMs += performance.now() - began;
      await setImmediate();
      await ready();
      began = performance.now();
    }
    return busyMs + performance.now() - began;
  }

  /** Resolves once no more accesses wait to be written than may, or once nothing is sent any more. */
  private async accessesWritten(over: AbortSignal): Promise<void> {
    const written = this.accesses.caughtUp();
    if (written) await untilAborted(AbortSignal.any([over, this.stopping.signal]), written, undefined);
  }

  /**
   * Sends a connection what it has missed, a page at a time and as fast as the client reads: first from the log, up to where the
   * recent events begin, then from those. Of a ticket that has been transferred away since, only the tombstone is sent, even if the
   * reading of the log has not reached the transfer yet.
   */
  private async catchUp(connection: LiveConnection, reading: Reading, head: bigint): Promise<void> {
    const { recent, whereabouts, epoch } = reading;
    const states = new TicketStates(this.store, this.logger, epoch);
    while (!connection.over.aborted) {
      const { sentUpTo, viewer } = connection;
      const { events, position } =
        sentUpTo < recent.start
          ? await this.catchingUp(() => this.pageAfter(sentUpTo, states))
          : recent.after(sentUpTo, pageSize);
      if (viewer.scope !== 'all') {
        const theirs = events.filter(({ establishment }) => canAccessEvent(viewer, establishment));
        await whereabouts.learn(theirs, recent.position < head);
      }
      await this.accessesWritten(connection.over);
      const text = textAfter(sentUpTo, { events, viewer, whereabouts });
      connection.send(text, position);
      if (!text) connection.heartbeat();
      if (connection.sentUpTo >= recent.position) {
        // Nothing is awaited between this check and the join, so no event falls between them.
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
          return { events: await states.liveEvents(batch.events), position: batch.position };
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
): (LiveText & { shows: ShownTicket[] }) | undefined => {
  const texts = events.flatMap((event) =>
    event.position > after ? (textFor(event, viewer, whereabouts.now(event.ticketId)) ?? []) : [],
  );
  if (texts.length === 0) return undefined;
  const text = texts.join('');
  return { bytes: Buffer.from(text), shows: shownTickets(text, 'told') };
};
