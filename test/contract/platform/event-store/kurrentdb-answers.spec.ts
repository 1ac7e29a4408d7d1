import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Appended, EventStore } from '../../../../src/platform/event-store/event-store.js';
import { KurrentEventStore } from '../../../../src/platform/event-store/kurrentdb/kurrent-event-store.js';
import { KurrentDbDouble } from '../../../support/kurrentdb-double/kurrentdb-double.js';
import { events, numbers } from './engines/engine.js';

// How an append to KurrentDB gets its answer: the server says where it wrote, and the rest is read.

let double: KurrentDbDouble;
let store: EventStore;

beforeEach(async () => {
  double = await KurrentDbDouble.start();
  store = await KurrentEventStore.connect(double.url);
  double.calls.length = 0;
});
afterEach(async () => {
  await store.close();
  await double.stop();
});

const reads = () => double.calls.filter((call) => call === 'read').length;
const appends = (count: number, eventsEach = 1) =>
  numbers(1, count).map((n) => ({
    stream: `ticket-${n}`,
    expectedRevision: 0,
    events: events(eventsEach),
  }));
/** The answer that the log gives, by what it holds. */
const recorded = async (stream: string, duplicate: boolean): Promise<Appended> => {
  const last = (await store.readStream(stream)).at(-1)!;
  const { revision, position, recordedAt } = last;
  return { revision, position, recordedAt, duplicate };
};

describe('appends that are answered together', () => {
  it('share the read of what only the server knows', async () => {
    const made = appends(100);
    await Promise.all(made.map((append) => store.append(append)));
    expect(reads()).toBeLessThan(25);
  });

  it('each get the answer for their own last event, whatever stands in between', async () => {
    const made = appends(40, 3);
    const answers = made.map((append, n) => {
      if (n % 5 === 0) double.log.appendSystemEvents(7);
      return store.append(append);
    });
    for (const [n, answer] of (await Promise.all(answers)).entries()) {
      expect(answer).toEqual(await recorded(made[n]!.stream, false));
    }
  });

  it('are told apart from repetitions, also of appends that were made long before', async () => {
    const old = appends(3);
    const firsts = await Promise.all(old.map((append) => store.append(append)));
    double.log.appendSystemEvents(2_000);
    const later = appends(6).slice(3);
    const answers = await Promise.all([...old, ...later].map((append) => store.append(append)));
    expect(answers.slice(0, 3)).toEqual(firsts.map((answer) => ({ ...answer, duplicate: true })));
    for (const [n, { stream }] of later.entries()) {
      expect(answers[3 + n]).toEqual(await recorded(stream, false));
    }
  });
});

describe('an append', () => {
  it.each(['kept', 'wrong'] as const)(
    'is answered where the position is %s, by its stream',
    async (positions) => {
      double.faults.positions = positions;
      const [append] = appends(1, 2);
      const answer = await store.append(append!);
      expect(answer).toEqual(await recorded('ticket-1', false));
      expect(await store.append(append!)).toEqual({ ...answer, duplicate: true });
    },
  );
});
