import { getEventListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { budgeted } from '../../../../test/support/budget.js';
import { MemoryLog } from '../../../../test/support/log/memory-log.js';
import { markOf } from '../bookmark.js';
import { eventFilter } from '../event-filter.js';
import { LogWentBack, type EventBatch, type SubscribeOptions } from '../event-store.js';
import { ProcessFeed } from './process-feed.js';

/** Lets everything go on that only waits for other promises. */
const settle = async (turns = 20) => {
  for (let turn = 0; turn < turns; turn += 1) await setImmediate();
};

/** The feed of a log, with what each reading of the log leaves out. */
const observed = (log: MemoryLog) => {
  const read: (readonly string[] | undefined)[] = [];
  const feed = new ProcessFeed({
    markAt: (position) => log.markAt(position),
    subscribe: (options) => {
      read.push(options.without);
      return log.subscribe(options);
    },
  });
  return { feed, read };
};

/** A subscriber that takes a batch when it is told to, or all the time. */
class Reader {
  readonly batches: EventBatch[] = [];
  readonly told: (string | null)[] = [];
  failure: unknown;
  ended = false;
  private readonly ending = new AbortController();
  private readonly iterator: AsyncIterator<EventBatch>;
  private running = Promise.resolve();

  constructor(feed: ProcessFeed, options: Partial<SubscribeOptions> = {}) {
    const { signal } = this.ending;
    const onFailing = (failure: Error | null) => void this.told.push(failure?.message ?? null);
    this.iterator = feed.subscribe({ after: 0n, onFailing, ...options, signal })[Symbol.asyncIterator]();
  }

  get events() {
    return this.batches.flatMap((batch) => batch.events);
  }
  get positions(): number[] {
    return this.events.map(({ position }) => Number(position));
  }
  get last(): EventBatch | undefined {
    return this.batches.at(-1);
  }

  async take(): Promise<EventBatch | undefined> {
    try {
      const { done, value } = await this.iterator.next();
      if (done === true) this.ended = true;
      else this.batches.push(value);
      return done === true ? undefined : value;
    } catch (error) {
      this.failure = error;
      this.ended = true;
      return undefined;
    }
  }

  /** Takes all that comes, resting so many turns after each batch. */
  run(rests: (batch: number) => number = () => 0): this {
    this.running = (async () => {
      while (!this.ended) {
        await this.take();
        for (let rest = rests(this.batches.length); rest > 0; rest -= 1) await setImmediate();
      }
    })();
    return this;
  }

  async stop(): Promise<void> {
    this.ending.abort();
    await this.running;
    await this.take();
  }
}

const appended = (log: MemoryLog, count: number, stream = 'ticket-1') => {
  for (let n = 0; n < count; n += 1) log.append(stream);
};

describe('subscribers of one process', () => {
  it('read one subscription once they have caught up', async () => {
    const log = new MemoryLog();
    appended(log, 7);
    const feed = new ProcessFeed(log);
    const readers = [0n, 3n, 7n].map((after) => new Reader(feed, { after }).run());
    await settle();
    expect(log.open).toBe(1);
    const { reads } = log;
    appended(log, 2);
    await settle();
    expect(log.reads).toBe(reads + 1);
    for (const { positions, last } of readers) {
      expect(positions.at(-1)).toBe(9);
      expect(last).toMatchObject({ position: 9n, caughtUp: true, bookmark: { position: 9n } });
    }
    await Promise.all(readers.map((reader) => reader.stop()));
    expect(log.open).toBe(0);
  });

  it('get each what its filter and its size let through', async () => {
    const log = new MemoryLog(50);
    const feed = new ProcessFeed(log);
    const all = new Reader(feed).run();
    const tickets = new Reader(feed, { streamPrefix: 'ticket-', batchSize: 2 }).run();
    const opened = new Reader(feed, { eventTypes: ['Opened'] }).run();
    await settle();
    log.append('ticket-1', 'Opened');
    appended(log, 4, 'bulletin-1');
    appended(log, 4, 'ticket-1');
    await settle();
    expect(log.open).toBe(1);
    expect(all.positions).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(opened.positions).toEqual([1]);
    expect(opened.last?.position).toBe(9n);
    const sizes = tickets.batches.map(({ events }) => events.length).filter((size) => size > 0);
    expect(sizes).toEqual([2, 2, 1]);
    expect(tickets.batches.filter(({ events }) => events.length > 0).map(({ position }) => position)).toEqual(
      [6n, 8n, 9n],
    );
    expect(tickets.batches.at(-2)?.caughtUp).toBe(false);
    await Promise.all([all, tickets, opened].map((reader) => reader.stop()));
  });

  it('read no larger pages than the first of them asks for', async () => {
    const log = new MemoryLog(50);
    const reader = new Reader(new ProcessFeed(log), { batchSize: 10 }).run();
    await settle();
    const { reads } = log;
    appended(log, 30);
    await settle();
    expect(reader.positions).toHaveLength(30);
    expect(log.reads).toBe(reads + 3);
    await reader.stop();
  });

  it('are not held up by one that is slow, which then goes on by itself, and joins again', async () => {
    const log = new MemoryLog(1);
    log.eventBytes = 3_000_000;
    const feed = new ProcessFeed(log);
    const [quick, slow] = [new Reader(feed).run(), new Reader(feed)];
    await slow.take();
    const waiting = slow.take();
    await settle();
    expect(log.open).toBe(1);
    appended(log, 1);
    await waiting;
    appended(log, 9);
    await settle(100);
    expect(quick.positions).toHaveLength(10);
    expect(log.open).toBe(1);
    slow.run();
    await settle(100);
    expect(slow.positions).toEqual(quick.positions);
    expect(log.open).toBe(1);
    await Promise.all([quick.stop(), slow.stop()]);
  });

  it('get what waits for them in one batch, of no more bytes than a batch has', async () => {
    const log = new MemoryLog(1);
    log.eventBytes = 1_000_000;
    const feed = new ProcessFeed(log);
    const [quick, slow] = [new Reader(feed).run(), new Reader(feed)];
    await slow.take();
    const waiting = slow.take();
    await settle();
    appended(log, 1);
    await waiting;
    for (let n = 0; n < 5; n += 1) {
      appended(log, 1);
      await settle();
    }
    expect(await slow.take()).toMatchObject({ position: 3n, caughtUp: false });
    expect(await slow.take()).toMatchObject({ position: 6n, caughtUp: true });
    expect(slow.positions).toEqual(quick.positions);
    await Promise.all([quick.stop(), slow.stop()]);
  });

  it('are told that the log is away, and that it goes on', async () => {
    const log = new MemoryLog();
    const feed = new ProcessFeed(log);
    const readers = [new Reader(feed).run(), new Reader(feed).run()];
    await settle();
    appended(log, 1);
    await settle();
    log.isAway = true;
    log.change();
    await settle();
    log.isAway = false;
    appended(log, 1);
    await settle();
    for (const { told, positions } of readers) {
      expect(told).toEqual([expect.stringContaining('away'), null]);
      expect(positions).toEqual([1, 2]);
    }
    await Promise.all(readers.map((reader) => reader.stop()));
  });

  it('go on by themselves where only the shared subscription fails', async () => {
    const log = new MemoryLog();
    const feed = new ProcessFeed(log);
    const readers = [
      new Reader(feed, { streamPrefix: '' }).run(),
      new Reader(feed, { streamPrefix: 't' }).run(),
    ];
    await settle();
    log.breaksWith = new Error('an event of somebody else');
    appended(log, 1);
    await settle();
    appended(log, 1);
    await settle();
    expect(log.open).toBe(2);
    for (const { positions, failure } of readers) {
      expect(positions).toEqual([1, 2]);
      expect(failure).toBeUndefined();
    }
    await Promise.all(readers.map((reader) => reader.stop()));
  });

  it('each notice that the log went back behind what they have read', async () => {
    const log = new MemoryLog();
    appended(log, 5);
    const feed = new ProcessFeed(log);
    const readers = [new Reader(feed).run(), new Reader(feed, { after: 4n }).run()];
    await settle();
    log.goBackTo(3n);
    appended(log, 4);
    await settle();
    for (const { failure } of readers) expect(failure).toBeInstanceOf(LogWentBack);
    expect(log.open).toBe(0);
  });

  it('of two histories are not fed from one subscription', async () => {
    const log = new MemoryLog();
    appended(log, 5);
    const feed = new ProcessFeed(log);
    const before = new Reader(feed).run();
    await settle();
    // The shared subscription has not looked since, and waits for a change that it is not told of.
    log.events = log.events.slice(0, 3);
    const after = new Reader(feed);
    expect(await after.take()).toMatchObject({ position: 3n, caughtUp: true });
    const next = after.take();
    await settle();
    log.append('ticket-2');
    await settle();
    await next;
    after.run();
    appended(log, 3);
    await settle();
    expect(before.failure).toBeInstanceOf(LogWentBack);
    expect(after.positions).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await after.stop();
  });
});

describe('subscribers that may catch up together', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  const together = { catchUpWithinMs: 0 };
  const pages = 20;
  const behind = () => {
    const log = new MemoryLog();
    appended(log, pages * 5);
    return log;
  };

  it('read the log once where they begin at the same place, and each sees for itself that it has caught up', async () => {
    const log = behind();
    const feed = new ProcessFeed(log, together);
    const readers = [
      {},
      { streamPrefix: 'bulletin-' },
      { eventTypes: ['NoteAdded'] },
      { batchSize: 2_000 },
    ].map((options) => new Reader(feed, options).run());
    await settle(200);
    for (const { last } of readers) expect(last).toMatchObject({ position: log.end, caughtUp: true });
    expect(readers.map(({ positions }) => positions.length)).toEqual([100, 0, 100, 100]);
    // Beside the pages, each has read the end by itself, and one subscription has begun there for all of them.
    expect(log.reads).toBe(pages + readers.length + 1);
    expect(log.open).toBe(1);
    await Promise.all(readers.map((reader) => reader.stop()));
    expect(log.open).toBe(0);
  });

  it('do so after any place whose mark they know', async () => {
    const log = behind();
    const feed = new ProcessFeed(log, together);
    const start = { after: 50n, mark: await log.markAt(50n) };
    const readers = [start, start, start].map((options) => new Reader(feed, options).run());
    await settle(200);
    for (const { positions } of readers) expect(positions).toHaveLength(50);
    expect(log.reads).toBe(pages / 2 + readers.length + 1);
    await Promise.all(readers.map((reader) => reader.stop()));
  });

  it('join where the others are just passing', async () => {
    const log = behind();
    const feed = new ProcessFeed(log, together);
    const first = new Reader(feed);
    await first.take();
    const late = new Reader(feed).run();
    first.run();
    await settle(200);
    expect(late.positions).toEqual(first.positions);
    expect(log.reads).toBe(pages + 3);
    await Promise.all([first, late].map((reader) => reader.stop()));
  });

  it('are not read to by one who wants a few events only', async () => {
    const log = behind();
    const feed = new ProcessFeed(log, together);
    const few = new Reader(feed, { batchSize: 1 });
    await few.take();
    expect(few.positions).toEqual([1]);
    expect(log.reads).toBe(1);
    await few.stop();
  });

  it('wait for one that is slow, which need not read anything again', async () => {
    const log = behind();
    log.eventBytes = 300_000;
    const feed = new ProcessFeed(log, together);
    const [quick, slow] = [new Reader(feed), new Reader(feed)];
    await slow.take();
    quick.run();
    await settle(200);
    expect(quick.positions.length).toBeLessThan(50);
    slow.run();
    await settle(400);
    expect(quick.positions).toHaveLength(100);
    expect(slow.positions).toEqual(quick.positions);
    expect(log.reads).toBe(pages + 3);
    await Promise.all([quick, slow].map((reader) => reader.stop()));
  });

  it('wait no longer than for those that may yet join, once the slow one has got on', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const log = behind();
    log.eventBytes = 300_000;
    const feed = new ProcessFeed(log, { catchUpWithinMs: 300 });
    const [quick, slow] = [new Reader(feed), new Reader(feed)];
    await slow.take();
    quick.run();
    await settle(200);
    slow.run();
    await settle(200);
    expect(quick.positions.length).toBeLessThan(50);
    jest.advanceTimersByTime(301);
    await settle(400);
    expect([quick.positions.length, slow.positions.length]).toEqual([100, 100]);
    await Promise.all([quick, slow].map((reader) => reader.stop()));
  });

  it('go on without one that has gone', async () => {
    const log = behind();
    log.eventBytes = 300_000;
    const feed = new ProcessFeed(log, together);
    const [quick, gone] = [new Reader(feed), new Reader(feed)];
    await gone.take();
    quick.run();
    await settle(200);
    await gone.stop();
    await settle(400);
    expect(quick.positions).toHaveLength(100);
    await quick.stop();
  });

  it('each notice that the log went back behind what they have read', async () => {
    const log = behind();
    const feed = new ProcessFeed(log, together);
    const readers = [new Reader(feed), new Reader(feed)];
    for (const reader of readers) await reader.take();
    log.goBackTo(3n);
    appended(log, 200);
    for (const reader of readers) reader.run();
    await settle(200);
    for (const { failure } of readers) expect(failure).toBeInstanceOf(LogWentBack);
    expect(log.open).toBe(0);
  });
});

describe('subscribers that read in step', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  const readsOf = async (options: Partial<SubscribeOptions>[]) => {
    const log = new MemoryLog();
    appended(log, 150, 'ticket-1');
    appended(log, 150, 'bulletin-1');
    const feed = new ProcessFeed(log);
    const readers = options.map((own) => new Reader(feed, own).run());
    await settle(1_000);
    const before = log.reads;
    for (const { positions, last } of readers) {
      expect(last).toMatchObject({ position: 300n, caughtUp: true });
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
    }
    await Promise.all(readers.map((reader) => reader.stop()));
    expect(log.open).toBe(0);
    return { reads: before, events: readers.map(({ events }) => events.length) };
  };

  it('read the log once for all of them, however far behind they are', async () => {
    const alone = await readsOf([{ inStep: true }]);
    expect(alone.reads).toBeGreaterThanOrEqual(60);
    const inStep = { inStep: true };
    const together = await readsOf([
      inStep,
      { ...inStep, streamPrefix: 'ticket-' },
      { ...inStep, streamPrefix: 'bulletin-', batchSize: 7 },
      { ...inStep, batchSize: 3 },
      { ...inStep, eventTypes: ['Opened'] },
    ]);
    expect(together.events).toEqual([300, 150, 150, 300, 0]);
    // Each looks for itself where it begins, and whether it has come to the end.
    expect(together.reads).toBeLessThanOrEqual(alone.reads + 2 * 5);
  });

  it('are joined by those who begin a little later, for whom they wait', async () => {
    const log = new MemoryLog();
    appended(log, 1_000);
    const feed = new ProcessFeed(log);
    const first = [1, 2].map(() => new Reader(feed, { inStep: true }).run(() => 1));
    await settle(60);
    const { length } = first[0]!.positions;
    expect(length).toBeGreaterThan(20);
    expect(length).toBeLessThan(900);
    const later = new Reader(feed, { inStep: true }).run();
    await settle(3_000);
    for (const { positions } of [...first, later]) expect(positions).toHaveLength(1_000);
    expect(log.reads).toBeLessThan(200 + length / 5 + 20);
    await Promise.all([...first, later].map((reader) => reader.stop()));
  });

  it('leave nothing behind on a signal that outlives them', async () => {
    const log = new MemoryLog();
    appended(log, 20);
    const feed = new ProcessFeed(log);
    const { signal } = new AbortController();
    for (let time = 0; time < 3; time += 1) {
      const batches = feed.subscribe({ after: 0n, inStep: true, signal });
      await batches.next();
      await batches.return(undefined);
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('go as fast as the slowest of them, so that little is kept in memory', async () => {
    const log = new MemoryLog(1);
    log.eventBytes = 1_000_000;
    appended(log, 60);
    const feed = new ProcessFeed(log);
    const [quick, slow] = [new Reader(feed, { inStep: true }).run(), new Reader(feed, { inStep: true })];
    for (let batch = 0; batch < 5; batch += 1) await slow.take();
    await settle(300);
    expect(quick.positions.length).toBeLessThan(20);
    slow.run();
    await settle(600);
    expect([quick.positions.length, slow.positions.length]).toEqual([60, 60]);
    expect(log.reads).toBeLessThan(70);
    await Promise.all([quick.stop(), slow.stop()]);
  });

  it('go on without one that does not get on', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const log = new MemoryLog(1);
    log.eventBytes = 1_000_000;
    appended(log, 60);
    const feed = new ProcessFeed(log);
    const [quick, stuck] = [new Reader(feed, { inStep: true }).run(), new Reader(feed, { inStep: true })];
    for (let batch = 0; batch < 5; batch += 1) await stuck.take();
    await settle(300);
    expect(quick.positions.length).toBeLessThan(60);
    jest.advanceTimersByTime(9_000);
    await settle(300);
    expect(quick.positions.length).toBeLessThan(60);
    jest.advanceTimersByTime(2_500);
    await settle(600);
    expect(quick.positions).toHaveLength(60);
    stuck.run();
    await settle(600);
    expect(stuck.positions).toEqual(quick.positions);
    await Promise.all([quick.stop(), stuck.stop()]);
    expect(log.open).toBe(0);
  });

  it('do not wait for one that has stopped, and never asks again', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    const log = new MemoryLog(1);
    log.eventBytes = 1_000_000;
    appended(log, 60);
    const feed = new ProcessFeed(log);
    const stop = new AbortController();
    const subscribe = () => feed.subscribe({ after: 0n, inStep: true, signal: stop.signal });
    const [alone, together] = [subscribe(), subscribe()];
    await alone.next();
    const quick = new Reader(feed, { inStep: true }).run();
    const taken = (async () => {
      for (let batch = 0; batch < 5; batch += 1) await together.next();
    })();
    await settle(300);
    // Until then the first one, which is close behind, is waited for.
    jest.advanceTimersByTime(11_000);
    await taken;
    await settle(300);
    expect(quick.positions.length).toBeLessThan(60);
    stop.abort();
    await settle(600);
    expect(quick.positions).toHaveLength(60);
    await quick.stop();
  });

  it('are read what one of them needs, and one alone only what it needs', async () => {
    const log = new MemoryLog();
    appended(log, 60);
    const { feed, read } = observed(log);
    const withouts = [['title', 'note'], ['note'], ['note', 'body']];
    const readers = withouts.map((without) => new Reader(feed, { inStep: true, without }).run());
    await settle(200);
    expect(read.slice(0, 4)).toEqual([...withouts, ['note']]);
    const whole = new Reader(feed, { inStep: true }).run();
    await settle(200);
    for (const { positions } of [...readers, whole]) expect(positions).toHaveLength(60);
    await Promise.all([...readers, whole].map((reader) => reader.stop()));
  });

  it('do not give one that needs more what was read for others', async () => {
    const log = new MemoryLog();
    appended(log, 1_000);
    const { feed, read } = observed(log);
    const less = { inStep: true, without: ['note'] };
    const readers = [1, 2].map(() => new Reader(feed, less).run(() => 1));
    await settle(60);
    const whole = new Reader(feed, { inStep: true }).run();
    const { length } = readers[0]!.positions;
    await settle(3_000);
    expect(read.slice(0, 4)).toEqual([['note'], ['note'], ['note'], undefined]);
    expect(length).toBeLessThan(900);
    for (const { positions } of [...readers, whole]) expect(positions).toHaveLength(1_000);
    await Promise.all([...readers, whole].map((reader) => reader.stop()));
  });
});

interface Step {
  append: number;
  stream: number;
  away: boolean;
  join: {
    back: number;
    prefix: boolean;
    types: boolean;
    inStep: boolean;
    batchSize: number;
    slow: number;
  } | null;
  leave: number | null;
}

const steps = fc.array(
  fc.record<Step>({
    append: fc.nat(9),
    stream: fc.nat(2),
    away: fc.boolean(),
    join: fc.option(
      fc.record({
        ...{ back: fc.nat(30), prefix: fc.boolean(), types: fc.boolean(), inStep: fc.boolean() },
        batchSize: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant(1_000)),
        slow: fc.nat(9),
      }),
    ),
    leave: fc.option(fc.nat(5), { freq: 4 }),
  }),
  { minLength: 3, maxLength: 25 },
);

/** Runs steps, and gives the readers with what they asked for. */
const play = async (
  log: MemoryLog,
  story: readonly Step[],
  catchUpWithinMs: number | undefined,
  between: (step: number) => void = () => undefined,
) => {
  const feed = new ProcessFeed(log, catchUpWithinMs === undefined ? {} : { catchUpWithinMs });
  const readers: { reader: Reader; options: SubscribeOptions }[] = [];
  for (const [index, { append, stream, away, join, leave }] of story.entries()) {
    log.isAway = away;
    for (let n = 0; n < append; n += 1) log.append(`stream${stream}`, n % 2 ? 'A' : 'B');
    between(index);
    log.change();
    if (join) {
      const { back, prefix, types, inStep, batchSize, slow } = join;
      const options = {
        ...{ after: log.events.at(-1 - back)?.position ?? 0n, inStep, batchSize },
        ...(prefix ? { streamPrefix: 'stream1' } : {}),
        ...(types ? { eventTypes: ['A'] } : {}),
      };
      const reader = new Reader(feed, options).run((batch) => (batch * 7) % (slow + 1));
      readers.push({ reader, options: { ...options, signal: new AbortController().signal } });
    }
    if (leave !== null) await readers[leave]?.reader.stop();
    await settle(index % 4);
  }
  log.isAway = false;
  log.change();
  return readers;
};

/** Resolves once each reader has ended or is at the end of the log. */
const untilRead = async (log: MemoryLog, readers: readonly { reader: Reader }[]) => {
  const isDone = ({ ended, last }: Reader) => ended || (last?.caughtUp === true && last.position >= log.end);
  while (!readers.every(({ reader }) => isDone(reader))) await setImmediate();
};

describe.each([
  ['of a log', undefined],
  ['that may catch up together', 0],
])('any subscribers %s', (_, catchUpWithinMs) => {
  const newLog = () => {
    const log = new MemoryLog(4);
    // Some of them are left behind.
    log.eventBytes = 700_000;
    return log;
  };

  it('get each event once, in order, with bookmarks, and reach the end', async () => {
    const property = fc.asyncProperty(steps, async (story) => {
      const log = newLog();
      const readers = await play(log, story, catchUpWithinMs);
      await untilRead(log, readers);
      for (const { reader, options } of readers) {
        const left = log.events.filter(({ position }) => position > options.after);
        const wanted = left.filter(eventFilter(options));
        expect(reader.failure).toBeUndefined();
        if (reader.ended) {
          expect(reader.events).toEqual(wanted.slice(0, reader.events.length));
        } else {
          expect(reader.events).toEqual(wanted);
          expect(reader.last).toMatchObject({
            caughtUp: true,
            position: left.at(-1)?.position ?? options.after,
          });
          // It may hear that the log is there again only after it has reached the end.
          while ((reader.told.at(-1) ?? null) !== null) await setImmediate();
        }
        let before = options.after;
        for (const { events, position, bookmark } of reader.batches) {
          expect(events.length).toBeLessThanOrEqual(options.batchSize!);
          expect(position).toBeGreaterThanOrEqual(events.at(-1)?.position ?? before);
          if (bookmark) {
            const event = log.events.find((found) => found.position === bookmark.position);
            expect(bookmark.mark).toBe(markOf(event!));
            expect(bookmark.position).toBeLessThanOrEqual(position);
          }
          before = position;
        }
        await reader.stop();
      }
      expect(log.open).toBe(0);
    });
    await fc.assert(property, { numRuns: budgeted(25) });
  });

  it('never mix two histories', async () => {
    const story = fc.tuple(steps, fc.nat(24), fc.nat(12));
    const property = fc.asyncProperty(story, async ([taken, at, lost]) => {
      const log = newLog();
      let old = log.events;
      let kept = 0n;
      const readers = await play(log, taken, catchUpWithinMs, (step) => {
        if (step !== at % taken.length) return;
        old = [...log.events];
        kept = log.events.at(-1 - lost)?.position ?? 0n;
        log.goBackTo(kept);
      });
      appendedLater(log);
      await untilRead(log, readers);
      for (const { reader, options } of readers) {
        const isWanted = eventFilter(options);
        const inOld = old.filter((event) => event.position > options.after && isWanted(event));
        const inNew = log.events.filter((event) => event.position > options.after && isWanted(event));
        const readOf = (history: typeof inOld) =>
          reader.events.length <= history.length &&
          reader.events.every(({ id }, index) => history[index]?.id === id);
        if (reader.failure) {
          expect(reader.failure).toBeInstanceOf(LogWentBack);
          expect(readOf(inOld)).toBe(true);
        } else if (!reader.ended) {
          expect(reader.events.map(({ id }) => id)).toEqual(inNew.map(({ id }) => id));
        } else expect(readOf(inOld) || readOf(inNew)).toBe(true);
        await reader.stop();
      }
    });
    await fc.assert(property, { numRuns: budgeted(25) });
  });
});

const appendedLater = (log: MemoryLog) => {
  for (let n = 0; n < 20; n += 1) log.append(`stream${n % 3}`, n % 2 ? 'A' : 'B');
};
