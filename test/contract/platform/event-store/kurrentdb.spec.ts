import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { StartRefused } from '../../../../src/config/start-refused.js';
import {
  AppendTimedOut,
  EventStoreUnavailable,
  EventTooLarge,
  LogWentBack,
  VersionConflict,
  type EventBatch,
} from '../../../../src/platform/event-store/event-store.js';
import { noMark } from '../../../../src/platform/event-store/bookmark.js';
import { KurrentAccessDenied } from '../../../../src/platform/event-store/kurrentdb/connection/store-errors.js';
import {
  KurrentEventStore,
  type KurrentOptions,
} from '../../../../src/platform/event-store/kurrentdb/kurrent-event-store.js';
import { newCertificates } from '../../../support/network/certificates.js';
import { ClusterDouble } from '../../../support/kurrentdb-double/cluster-double.js';
import { KurrentDbDouble, type DoubleOptions } from '../../../support/kurrentdb-double/kurrentdb-double.js';
import {
  accessDenied,
  badRequest,
  inBatch,
  type Refusal,
} from '../../../support/kurrentdb-double/refusals.js';
import { appendUntilAnswered, event, events, numbers, outcome } from './engines/engine.js';
import { Reader, stopReaders } from './engines/reader.js';

// Behaviour specific to KurrentDB: nodes, access, connection strings, and how its client reports failures.

const undo: (() => unknown)[] = [];
afterEach(async () => {
  await stopReaders();
  for (const step of undo.splice(0).reverse()) await step();
});

const started = async (options?: DoubleOptions): Promise<KurrentDbDouble> => {
  const double = await KurrentDbDouble.start(options);
  undo.push(() => double.stop());
  return double;
};
/** The deadlines of some tests are shorter than a busy machine takes to start: what is too late then is asked for again. */
const connected = async (url: string, options?: KurrentOptions): Promise<KurrentEventStore> => {
  for (;;) {
    const store = await outcome(KurrentEventStore.connect(url, { idleMs: 100, ...options }));
    if (store instanceof KurrentEventStore) {
      undo.push(() => store.close());
      return store;
    }
    if (!(store instanceof StartRefused && store.message.includes('no answer within'))) throw store;
  }
};
const refusalOf = async (url: string, options?: KurrentOptions): Promise<string> => {
  const refusal = await outcome(KurrentEventStore.connect(url, options));
  expect(refusal).toBeInstanceOf(StartRefused);
  return (refusal as StartRefused).message;
};
const first = (stream = 'ticket-1') => ({ stream, expectedRevision: 0, events: events(1) });

describe('a start on KurrentDB', () => {
  it('waits for a node that takes long for its first answers, as one does that has just started itself', async () => {
    const double = await started();
    double.faults.featuresKept = true;
    const connecting = outcome(KurrentEventStore.connect(double.url));
    const isAskedAgain = () => double.calls.filter((call) => call === 'features').length > 1;
    while (!isAskedAgain()) await sleep(10);
    double.faults.featuresKept = false;
    const store = await connecting;
    expect(store).toBeInstanceOf(KurrentEventStore);
    await (store as KurrentEventStore).close();
  });

  it('is refused in one line that names the setting, the place and the reason', async () => {
    const double = await started();
    await double.door.shut();
    const line = await refusalOf(double.url.replace('//', '//admin:s3cret@'));
    expect(line).toMatch(/^EVENT_STORE_URL: 127\.0\.0\.1:\d+ can't be used: .*not available: KurrentDB: .*$/);
    expect(line).not.toContain('s3cret');
  });

  it('is refused where the server does not answer in time', async () => {
    const double = await started();
    double.faults.silent = true;
    expect(await refusalOf(double.url, { connectDeadlineMs: 200 })).toMatch(/no answer within 200 ms$/);
  });

  it('is refused where the user may not read the log', async () => {
    const double = await started();
    double.faults.refusal = accessDenied();
    expect(await refusalOf(double.url)).toMatch(/^EVENT_STORE_URL: .*denies access/);
  });

  it('is refused where the server is too old to say where events stand', async () => {
    const double = await started();
    double.faults.version = '21.10.9';
    expect(await refusalOf(double.url)).toMatch(/KurrentDB 21\.10\.9 is too old: 22\.6 or newer is needed/);
  });

  it('is refused where a log must exist and there is none, and writes nothing', async () => {
    const double = await started();
    const options = { mustExist: true, setting: '--from' };
    expect(await refusalOf(double.url, options)).toMatch(/^--from: .* can't be used: it holds no log$/);
    expect(double.log.stream('log-identity')).toEqual([]);
    await connected(double.url);
    await connected(double.url, options);
  });

  it.each([
    ['kurrentdb://', /^EVENT_STORE_URL: not a connection string of KurrentDB: at position \d+, expected/],
    ['kurrentdb://me:s3:cret!@?tls=maybe', /^EVENT_STORE_URL: not a connection string of KurrentDB/],
    ['kurrentdb://localhost:2113?tlsCAFile=/nowhere/ca.crt', /certificate file.*not found/],
  ])('is refused with %s', async (url, line) => {
    const message = await refusalOf(url);
    expect(message).toMatch(line);
    expect(message).not.toMatch(/s3|cret|\n/);
  });
});

describe('a connection string', () => {
  it('can name a certificate authority and credentials for TLS', async () => {
    const certificates = newCertificates();
    const folder = mkdtempSync(join(tmpdir(), 'certificates-'));
    undo.push(() => rmSync(folder, { recursive: true }));
    const authority = join(folder, 'ca.crt');
    writeFileSync(authority, certificates.authority);
    const double = await started({ tls: certificates.server });
    double.faults.authorization = `Basic ${Buffer.from('billets:pass/word').toString('base64')}`;

    const unverified = double.url.replace('127.0.0.1', 'localhost');
    const url = `${unverified}&tlsCAFile=${encodeURIComponent(authority)}`;
    const store = await connected(url.replace('//', '//billets:pass%2Fword@'));
    await store.append(first());
    expect(await store.readStream('ticket-1')).toHaveLength(1);
    const reader = new Reader(store, { after: 0n, streamPrefix: 'ticket-' });
    await reader.untilEvents(1);

    expect(await refusalOf(url.replace('//', '//billets:wrong@'))).toMatch(/denies access/);
    expect(await refusalOf(unverified.replace('//', '//billets:pass%2Fword@'))).toMatch(/unable to verify/);
  });

  it('with several nodes connects to the leader among them', async () => {
    const cluster = await ClusterDouble.start();
    undo.push(() => cluster.stop());
    const { leader, followers } = cluster;
    const nodes = [...followers, leader].map((node) => `127.0.0.1:${node.door.port}`).join(',');
    const store = await connected(`kurrentdb://${nodes}?tls=false`);
    await store.append(first());
    expect(leader.calls).toContain('batchAppend');
    for (const follower of followers) expect(follower.calls).not.toContain('batchAppend');
  });

  it('to a follower is redirected to the leader', async () => {
    const leader = await started();
    const follower = await started({ log: leader.log });
    follower.faults.leaderElsewhere = { host: '127.0.0.1', port: leader.door.port };
    const store = await connected(follower.url);
    expect(await store.append(first())).toMatchObject({ revision: 1 });
    expect(await store.readStream('ticket-1')).toHaveLength(1);
    expect(leader.calls).toContain('batchAppend');
  });
});

describe('a cluster whose leader changes', () => {
  it('takes appends at the new leader, and gives a subscriber each event once', async () => {
    const oldLeader = await started();
    const newLeader = await started({ log: oldLeader.log });
    const store = await connected(oldLeader.url);
    const reader = new Reader(store, { after: 0n, streamPrefix: 'ticket-' });
    for (const expectedRevision of numbers(0, 9)) {
      if (expectedRevision === 5) {
        oldLeader.faults.leaderElsewhere = { host: '127.0.0.1', port: newLeader.door.port };
        oldLeader.endCalls();
      }
      const append = { stream: 'ticket-1', expectedRevision, events: events(1) };
      for (;;) {
        const result = await outcome(store.append(append));
        if (!(result instanceof EventStoreUnavailable)) break;
      }
    }
    await reader.untilEvents(10);
    await reader.stop();
    expect(reader.events.map(({ revision }) => revision)).toEqual(numbers(1, 10));
  });
});

describe('an append that the server refuses,', () => {
  it.each([
    ['since it is busy', inBatch.busy(), EventStoreUnavailable],
    ['since it timed out', inBatch.timedOut(), AppendTimedOut],
    ['since the user has no access', inBatch.accessDenied(), KurrentAccessDenied],
  ])('%s, fails as unavailable, with that reason', async (_, answer, expected) => {
    const double = await started();
    const store = await connected(double.url);
    double.faults.inBatch = answer;
    const refusal = await outcome(store.append(first()));
    expect(refusal).toBeInstanceOf(expected);
    // The caller gets 503 and retries: none of these is the command's fault.
    expect(refusal).toBeInstanceOf(EventStoreUnavailable);
  });

  it('since the same append is not replicated yet, is sent again and gets the first one’s answer', async () => {
    const double = await started();
    const store = await connected(double.url);
    // KurrentDB drops the second in silence, and answers it with its own time-out after 2 s; here that takes no time.
    double.faults.repetitionsTimeOut = 1;
    const append = first();
    const [one, other] = await Promise.all([store.append(append), store.append(append)]);
    expect(one).toMatchObject({ revision: 1, duplicate: false });
    expect(other).toEqual({ ...one, duplicate: true });
    expect(await store.readStream('ticket-1')).toHaveLength(1);
    expect(double.faults.repetitionsTimeOut).toBe(0);
  });

  it('since it timed out twice, fails with the time that was really waited', async () => {
    const double = await started();
    const store = await connected(double.url, { appendDeadlineMs: 60_000 });
    double.faults.inBatch = inBatch.timedOut();
    const sentAt = performance.now();
    const failure = await outcome(store.append(first()));
    expect(failure).toBeInstanceOf(AppendTimedOut);
    expect((failure as AppendTimedOut).waitedMs).toBeLessThanOrEqual(Math.ceil(performance.now() - sentAt));
  });

  it('since its events are too large together, fails with their size', async () => {
    const double = await started();
    const store = await connected(double.url);
    double.faults.inBatch = inBatch.tooLarge(1_048_576);
    const large = [1, 2].map(() => event('Attached', { text: 'x'.repeat(600_000) }));
    const refusal = await outcome(store.append({ stream: 'ticket-1', expectedRevision: 0, events: large }));
    expect(refusal).toBeInstanceOf(EventTooLarge);
    expect(refusal).toMatchObject({ size: expect.any(Number), limit: 1_048_576 });
    expect((refusal as EventTooLarge).size).toBeGreaterThan(1_200_000);
  });

  it('since its events stand at other revisions, fails as a conflict, to be decided again', async () => {
    const store = await connected((await started()).url);
    await store.append(first());
    const [mine, foreign] = [events(2), events(1)];
    await store.append({ stream: 'ticket-1', expectedRevision: 1, events: foreign });
    await store.append({ stream: 'ticket-1', expectedRevision: 2, events: mine });
    const refusal = await outcome(store.append({ stream: 'ticket-1', expectedRevision: 1, events: mine }));
    expect(refusal).toBeInstanceOf(VersionConflict);
    expect(refusal).toMatchObject({ actualRevision: 4 });
  });
});

describe('a connection that has gone silent', () => {
  it('is replaced after an append that timed out, so that a later append succeeds', async () => {
    const double = await started();
    const store = await connected(double.url, { appendDeadlineMs: 150 });
    const reader = new Reader(store, { after: 0n, streamPrefix: 'ticket-' });
    await reader.untilCaughtUp();
    double.faults.silent = true;
    expect(await outcome(store.append(first()))).toBeInstanceOf(AppendTimedOut);
    double.faults.silent = false;
    expect(await appendUntilAnswered(store, first())).toMatchObject({ revision: 1 });
    await reader.untilEvents(1);
    await reader.stop();
  });

  it('is given up where the node does not even say its version', async () => {
    const double = await started();
    const store = await connected(double.url, { appendDeadlineMs: 150 });
    double.faults.featuresKept = true;
    double.door.drop();
    expect(await outcome(store.append(first()))).toBeInstanceOf(EventStoreUnavailable);
    double.faults.featuresKept = false;
    expect(await appendUntilAnswered(store, first())).toMatchObject({ revision: 1 });
  });

  it('fails a read as unavailable at its deadline', async () => {
    const double = await started();
    const store = await connected(double.url, { readDeadlineMs: 150 });
    double.faults.silent = true;
    expect(await outcome(store.readStream('ticket-1'))).toBeInstanceOf(EventStoreUnavailable);
    expect(await outcome(store.lastPosition())).toBeInstanceOf(EventStoreUnavailable);
  });

  it('is detected by a subscription, which opens another', async () => {
    const double = await started();
    const store = await connected(double.url);
    double.faults.subscriptionsStall = true;
    const reader = new Reader(store, { after: 0n, streamPrefix: 'ticket-' });
    await store.append(first());
    await reader.until(() => double.calls.filter((call) => call === 'subscribe').length > 1);
    double.faults.subscriptionsStall = false;
    await reader.untilEvents(1);
    await reader.stop();
  });
});

describe('a subscription that the server refuses', () => {
  /** Reports of a subscription, and how often the server was asked for one or for what it begins with. */
  const refused = async (refusal: Refusal) => {
    const double = await started();
    const store = await connected(double.url);
    const reports: (EventStoreUnavailable | null)[] = [];
    const onFailing = (failure: EventStoreUnavailable | null) => reports.push(failure);
    const reader = new Reader(store, { after: 0n, streamPrefix: 'ticket-', onFailing });
    await reader.untilCaughtUp();
    double.calls.length = 0;
    double.faults.refusal = refusal;
    double.endCalls();
    await reader.until(() => reports.length > 0);
    return { double, store, reader, reports };
  };

  it.each([
    ['since its user lost access', accessDenied(), /denies access .*; this needs an operator$/],
    ['since it is not valid', badRequest(), /refuses the subscription .*; this needs an operator$/],
  ])('%s, says so, asks seldom, and goes on once it may', async (_, refusal, reason) => {
    const { double, store, reader, reports } = await refused(refusal);
    expect(reports[0]?.message).toMatch(reason);
    // Without pauses of its own it would have been asked for many times until now.
    expect(double.calls.length).toBeLessThanOrEqual(4);
    double.faults.refusal = undefined;
    await store.append(first());
    await reader.untilEvents(1);
    expect(reports.at(-1)).toBeNull();
    await reader.stop();
  });
});

describe('a checkpoint that names the place where the next event will stand', () => {
  it('is not taken for progress: a reader that goes on from its position misses nothing', async () => {
    const double = await started();
    double.faults.checkpointAtEnd = true;
    const store = await connected(double.url);
    await store.append(first('other-1'));
    const reader = new Reader(store, { after: 0n, streamPrefix: 'ticket-' });
    const end = await store.lastPosition();
    await reader.until(({ last }) => last?.position === end);
    await reader.stop();
    for (const { position } of reader.batches) expect(position).toBeLessThanOrEqual(end);
    await store.append(first());
    const later = new Reader(store, { after: end, streamPrefix: 'ticket-' });
    await later.untilEvents(1);
    await later.stop();
  });

  it('counts once the server has looked further, or an event was read beyond it', async () => {
    const double = await started();
    const store = await connected(double.url);
    for (const n of numbers(1, 5)) await store.append(first(`other-${n}`));
    double.log.appendSystemEvents(3_000);
    const reader = new Reader(store, { after: 0n, streamPrefix: 'ticket-' });
    await reader.until(({ batches }) => batches.some(({ position }) => position > 0n));
    await store.append(first());
    await reader.untilEvents(1);
    expect(reader.last!.position).toBe(await store.lastPosition());
    await reader.stop();
  });
});

describe('a reader that is slower than the writers', () => {
  it('goes on by itself, gets each event once, and has had no more sent than a window', async () => {
    const double = await started();
    const store = await connected(double.url);
    const [streams, perStream] = [40, 500];
    const ending = new AbortController();
    const batches = store
      .subscribe({ after: 0n, streamPrefix: 'ticket-', signal: ending.signal })
      [Symbol.asyncIterator]();
    const next = async (): Promise<EventBatch> => (await batches.next()).value as EventBatch;
    await store.append({ stream: 'ticket-0', expectedRevision: 0, events: events(1) });
    let read = 0;
    while (read === 0) read += (await next()).events.length;
    const before = double.door.bytesOut;
    for (const n of numbers(1, streams)) {
      await store.append({ stream: `ticket-${n}`, expectedRevision: 0, events: events(perStream) });
    }
    // Of 20 000 events and 6 MB, a window of 256 KiB has been sent, and the answers, with what is read back for them.
    expect(double.door.bytesOut - before).toBeLessThan(2 ** 19);
    const positions = new Set<bigint>();
    while (read < 1 + streams * perStream) {
      const batch = await next();
      for (const { position } of batch.events) positions.add(position);
      read += batch.events.length;
    }
    expect(positions.size).toBe(streams * perStream);
    expect(read).toBe(1 + streams * perStream);
    ending.abort();
  });
});

describe('the subscribers of a process', () => {
  it('read the log once from its beginning, whatever they want of it, and then follow it together', async () => {
    const double = await started();
    const store = await connected(double.url);
    for (const n of numbers(1, 40)) {
      await store.append({
        stream: `${n % 2 ? 'ticket' : 'bulletin'}-${n}`,
        expectedRevision: 0,
        events: events(5),
      });
    }
    const wanted = [{}, { streamPrefix: 'ticket-' }, { streamPrefix: 'bulletin-' }, { batchSize: 2_000 }];
    const readers = wanted.map((options) => new Reader(store, { after: 0n, ...options }));
    for (const reader of readers) await reader.untilCaughtUp();
    expect(readers.map((reader) => reader.events.length)).toEqual([200, 100, 100, 200]);
    expect(double.subscribedAfter.filter((after) => after === undefined)).toHaveLength(1);
    // Each has asked by itself whether it has caught up, and the last one is for all of them.
    const subscriptions = 1 + readers.length + 1;
    await readers[0]!.until(() => double.subscribedAfter.length === subscriptions);
    const sent = double.subscriptionEvents;
    await store.append({ stream: 'ticket-1', expectedRevision: 5, events: events(5) });
    await readers[0]!.untilEvents(205);
    await readers[1]!.untilEvents(105);
    expect(double.subscribedAfter).toHaveLength(subscriptions);
    expect(double.subscriptionEvents - sent).toBe(5);
    for (const reader of readers) await reader.stop();
  });

  it('are not read to for the question how far somebody is behind', async () => {
    const double = await started();
    const store = await connected(double.url);
    for (const n of numbers(1, 40)) await store.append({ ...first(`ticket-${n}`), events: events(5) });
    const calls = double.calls.length;
    const sent = double.door.bytesOut;
    expect(await store.recordedAfter(0n)).toBeDefined();
    expect(double.calls.slice(calls)).toEqual(['read']);
    expect(double.door.bytesOut - sent).toBeLessThan(2_000);
  });
});

describe('a log in KurrentDB', () => {
  it('is known to have gone back where a backup ends before what was read', async () => {
    const longer = await connected((await started()).url);
    for (const n of numbers(1, 9)) await longer.append(first(`ticket-${n}`));
    const after = await longer.lastPosition();
    const mark = await longer.markAt(after);
    const restored = await connected((await started()).url);
    expect(await restored.markAt(after)).toBe(noMark);
    await restored.append(first());
    expect(await restored.markAt(after)).toBe(await restored.markAt(await restored.lastPosition()));
    const reader = new Reader(restored, { after, mark, streamPrefix: 'ticket-' });
    expect(await outcome(reader.until(() => false))).toBeInstanceOf(LogWentBack);
    expect(await outcome(reader.stop())).toBeInstanceOf(LogWentBack);
  });

  it('is empty while it holds only system events, and a subscriber is caught up', async () => {
    const double = await started();
    const store = await connected(double.url);
    double.log.appendSystemEvents(3_000);
    expect(await store.lastPosition()).toBe(0n);
    const reader = new Reader(store, { after: 0n, streamPrefix: 'ticket-' });
    await reader.untilCaughtUp();
    expect(reader.events).toEqual([]);
  });

  it('gets one identity, however many stores request it first at once', async () => {
    const double = await started();
    const stores = await Promise.all(numbers(1, 8).map(() => connected(double.url)));
    const identities = await Promise.all(stores.map((store) => store.identity()));
    expect(new Set(identities).size).toBe(1);
    expect(double.log.stream('log-identity')).toHaveLength(1);
  });

  it('can’t be read where an event in one of our streams is not JSON', async () => {
    const double = await started();
    const store = await connected(double.url);
    const binary = {
      contentType: 'application/octet-stream',
      data: Buffer.from([0]),
      metadata: Buffer.alloc(0),
    };
    double.log.append('ticket-1', -1, [{ id: crypto.randomUUID(), type: 'Foreign', ...binary }]);
    await expect(store.readStream('ticket-1')).rejects.toThrow(/of ticket-1 is not JSON/);
  });
});
