import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import {
  EventStore,
  EventStoreUnavailable,
  VersionConflict,
  type Append,
  type Appended,
} from '../../platform/event-store/event-store.js';
import { instant } from '../../shared/instant.js';
import type { MergeIntent, MergeIntents } from './merge-intents.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Merges } from './merges.js';
import { budgeted } from '../../../test/support/budget.js';

// With real timers, every merge that waits behind a frozen process of these tests would leave one running.
beforeAll(() => {
  jest.useFakeTimers({ doNotFake: ['performance', 'nextTick', 'queueMicrotask', 'setImmediate'] });
});
afterAll(() => {
  jest.useRealTimers();
});

type Step = <Value>(work: () => Value) => Promise<Value>;

const recordedAt = instant('2026-05-15T12:00:00.000Z');

/** What all processes share: streams that know their revision, and the register of announced merges. */
class Shared {
  readonly log: { merged: string; into: string }[] = [];
  readonly revisions = new Map<string, { id: string; position: bigint }[]>();
  intent: MergeIntent = { number: 0n, append: null };

  append({ stream, expectedRevision, events: [event] }: Append): Appended {
    const written = this.revisions.get(stream) ?? [];
    const known = written.findIndex(({ id }) => id === event!.id);
    if (known !== -1) {
      return { revision: known + 1, position: written[known]!.position, recordedAt, duplicate: true };
    }
    if (written.length !== expectedRevision) {
      throw new VersionConflict(stream, expectedRevision, written.length);
    }
    this.log.push({ merged: stream, into: String(event!.data.into) });
    const position = BigInt(this.log.length);
    this.revisions.set(stream, [...written, { id: event!.id, position }]);
    return { revision: expectedRevision + 1, position, recordedAt, duplicate: false };
  }

  isMerged(ticket: string): boolean {
    return (this.revisions.get(ticket)?.length ?? 0) > 0;
  }
}

/** One process: each of its steps waits until the scheduler lets it go on. A frozen process never goes on. */
const processOn = (shared: Shared, step: Step): Merges => {
  const intents = {
    newest: () => step(() => shared.intent),
    announce: (after: bigint, append: Append) =>
      step(() => {
        if (shared.intent.number !== after) return false;
        shared.intent = { number: after + 1n, append };
        return true;
      }),
    settled: (number: bigint) =>
      step(() => {
        if (shared.intent.number === number) shared.intent = { number, append: null };
      }),
  } as unknown as MergeIntents;
  const store = { append: (append: Append) => step(() => shared.append(append)) } as unknown as EventStore;
  return new Merges(intents, store, new Jobs());
};

/** A merge as the command does it: reads both tickets, decides, appends, and decides again where the ticket has changed. */
const merge = (merges: Merges, shared: Shared, step: Step, id: string, from: string, into: string) =>
  merges.run(async (append) => {
    const isTargetMerged = await step(() => shared.isMerged(into));
    for (;;) {
      const isMerged = await step(() => shared.isMerged(from));
      if (isMerged || isTargetMerged) return 'refused';
      try {
        const events = [{ id, type: 'TicketMerged', data: { into }, metadata: {} }];
        await append({ stream: from, expectedRevision: 0, events });
        return 'merged';
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
      }
    }
  });

const tickets = ['a', 'b', 'c'];
const mergeRequests = fc.array(
  fc.record({
    process: fc.nat({ max: 2 }),
    from: fc.constantFrom(...tickets),
    into: fc.constantFrom(...tickets),
  }),
  { minLength: 2, maxLength: 8 },
);

describe('merges of several processes, any of which may freeze at any step', () => {
  it('never go into a merged ticket, and never wait for a frozen process', () =>
    fc.assert(
      fc.asyncProperty(
        mergeRequests,
        fc.array(fc.option(fc.nat({ max: 30 })), { minLength: 2, maxLength: 2 }),
        fc.scheduler(),
        async (requests, frozenAt, scheduler) => {
          const shared = new Shared();
          const steps = [0, 1, 2].map((index): Step => {
            let left = index < 2 ? (frozenAt[index] ?? Infinity) : Infinity;
            return async (work) => {
              await scheduler.schedule(Promise.resolve());
              left -= 1;
              // The last step of a process that freezes may have been done, and only its answer be lost.
              if (left < -1) return new Promise(() => undefined);
              const value = work();
              return left < 0 ? new Promise(() => undefined) : value;
            };
          });
          const processes = steps.map((step) => processOn(shared, step));
          const answers = requests
            .filter(({ from, into }) => from !== into)
            .map(({ process, from, into }, index) => ({
              process,
              answer: merge(processes[process]!, shared, steps[process]!, `${index}`, from, into),
            }));
          for (const { answer } of answers) answer.catch(() => undefined);
          const awake = answers.filter(({ process }) => process === 2);
          await scheduler.waitFor(Promise.all(awake.map(({ answer }) => answer)));
          await scheduler.waitIdle();

          const merged = new Set<string>();
          for (const event of shared.log) {
            expect([event, merged.has(event.into)]).toEqual([event, false]);
            merged.add(event.merged);
          }
          expect(merged.size).toBe(shared.log.length);
          for (const { answer } of awake) expect(['merged', 'refused']).toContain(await answer);
        },
      ),
      { numRuns: budgeted(400) },
    ));

  it('are written by the second sweep at the latest, where a process vanished after it announced one', async () => {
    const shared = new Shared();
    const vanishing = processOn(shared, (work) => Promise.resolve(work()));
    const append: Append = {
      stream: 'a',
      expectedRevision: 0,
      events: [{ id: '1', type: 'TicketMerged', data: { into: 'b' }, metadata: {} }],
    };
    shared.intent = { number: 1n, append };
    await vanishing.sweep();
    expect(shared.log).toEqual([]);
    await vanishing.sweep();
    expect(shared.log).toEqual([{ merged: 'a', into: 'b' }]);
    expect(shared.intent).toEqual({ number: 1n, append: null });
  });

  it('fail while the outcome of the merge before them is not known', async () => {
    const shared = new Shared();
    const step: Step = (work) => Promise.resolve(work());
    const merges = processOn(shared, step);
    shared.intent = {
      number: 1n,
      append: {
        stream: 'a',
        expectedRevision: 0,
        events: [{ id: '1', type: 'TicketMerged', data: { into: 'b' }, metadata: {} }],
      },
    };
    const write = shared.append.bind(shared);
    shared.append = () => {
      throw new EventStoreUnavailable('for now');
    };
    await expect(merge(merges, shared, step, '2', 'b', 'a')).rejects.toThrow(EventStoreUnavailable);
    expect(shared.intent.number).toBe(1n);
    shared.append = write;
    expect(await merge(merges, shared, step, '2', 'b', 'a')).toBe('refused');
    expect(shared.log).toEqual([{ merged: 'a', into: 'b' }]);
  });
});
