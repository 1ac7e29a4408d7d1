import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { projections as types } from '../../../../src/boot/registry.js';
import type {
  EventBatch,
  EventStore,
  SubscribeOptions,
} from '../../../../src/platform/event-store/event-store.js';
import type { Projections } from '../../../../src/platform/projections/projections.js';
import { patienceMs } from '../../../support/patience.js';
import {
  appendAll,
  createProjectionBed,
  until,
  type ProjectionBed,
} from '../../../support/projections/projections.js';
import { TicketHistories } from '../../../support/tickets/ticket-histories.js';

const copied = /FROM event_store\.events\s+WHERE position > (\d+) AND position <= (\d+)/;
/** What each reads by itself before it meets the others. */
const firstPage = 100;

/** Lets the first subscribers that read in step begin at the same time, so many of them; those who come after them at once. */
class Start {
  /** How many came too late: a lease that was lost on a busy machine, say, is taken again. */
  late = 0;
  private missing = 0;
  private go: () => void = () => undefined;
  private begun = Promise.resolve();

  arm(count: number): void {
    this.missing = count;
    this.late = 0;
    this.begun = new Promise((resolve) => (this.go = resolve));
  }

  through(store: EventStore): EventStore {
    const subscribe = (options: SubscribeOptions) =>
      options.inStep === true ? this.held(store, options) : store.subscribe(options);
    return Object.assign(Object.create(store) as EventStore, { subscribe });
  }

  private async *held(store: EventStore, options: SubscribeOptions): AsyncGenerator<EventBatch> {
    this.missing -= 1;
    if (this.missing === 0) this.go();
    if (this.missing < 0) this.late += 1;
    await this.begun;
    yield* store.subscribe(options);
  }
}

describe('projections of a process that are far behind', () => {
  let bed: ProjectionBed;
  let end: bigint;
  /** How many events PostgreSQL was asked for by readers that are far behind. */
  let read: number;

  const countReads = () => {
    const { query } = pg.Client.prototype as unknown as { query: (...sent: unknown[]) => unknown };
    const counted = function (this: pg.Client, ...sent: unknown[]) {
      const [, after, to] = copied.exec((sent[0] as { text?: string }).text ?? '') ?? [];
      if (after !== undefined) read += Math.max(0, Math.min(Number(to), Number(end)) - Number(after));
      return query.apply(this, sent);
    };
    jest.spyOn(pg.Client.prototype, 'query').mockImplementation(counted);
  };
  const reached = (projections: Projections) => projections.waitForEveryPosition(end, patienceMs);
  beforeEach(async () => {
    bed = await createProjectionBed();
    await appendAll(bed.store, new TicketHistories(7).take(6_000));
    end = await bed.store.lastPosition();
    read = 0;
    countReads();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await bed.close();
  });

  it('read the log once for all of them, from nothing and when they are rebuilt', async () => {
    const start = new Start();
    start.arm(types.length);
    const projections = await bed.run(types, { through: (store) => start.through(store) });
    expect(await reached(projections)).toBe(true);
    const once = () => Number(end) * (1 + start.late) + types.length * firstPage;
    expect(read).toBeGreaterThanOrEqual(Number(end));
    expect(read).toBeLessThanOrEqual(once());

    read = 0;
    start.arm(types.length);
    for (const type of types) await projections.generations.rebuild(new type());
    await projections.notify();
    const rebuilt = await until('all are rebuilt', async () => {
      const current = await projections.generations.current();
      return current.every(({ state, generation }) => state === 'serving' && generation === 2) && current;
    });
    expect(read).toBeLessThanOrEqual(once());
    const differences = rebuilt.map(({ name, verification }) => [name, verification?.different]);
    expect(differences).toEqual(rebuilt.map(({ name }) => [name, 0]));
  });
});
