import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ActivitySpells, DailyFigures, FigureEntries } from '../../../../src/billets-quotidiens/core.js';
import type {
  EventBatch,
  EventStore,
  RecordedEvent,
  SubscribeOptions,
} from '../../../../src/platform/event-store/event-store.js';
import { ProcessFeed } from '../../../../src/platform/event-store/feed/process-feed.js';
import type { ProjectionType } from '../../../../src/platform/projections/projection.js';
import { projectionStatuses } from '../../../../src/platform/projections/status/projection-status.js';
import { patienceMs } from '../../../support/patience.js';
import { createProjectionBed, type ProjectionBed } from '../../../support/projections/projections.js';
import { TicketHistories } from '../../../support/tickets/ticket-histories.js';

const types = [DailyFigures, FigureEntries, ActivitySpells] as unknown as readonly ProjectionType[];
const tickets = 1_200;
/** A projection folds after 50 batches at the latest; these are then more events than are folded without a turn. */
const batchSize = 40;

describe('projections that are started on a full log, with empty tables,', () => {
  let bed: ProjectionBed;
  let end: bigint;

  beforeEach(async () => {
    bed = await createProjectionBed();
    await bed.store.appendMany(new TicketHistories(11).take(tickets));
    end = await bed.store.lastPosition();
  });
  afterEach(() => bed.close());

  it('have their leases before the first of them reads', async () => {
    await bed.query(
      `CREATE FUNCTION take_time() RETURNS trigger LANGUAGE plpgsql AS
         'BEGIN PERFORM pg_sleep(0.1); RETURN NEW; END'`,
    );
    await bed.query(
      `CREATE TRIGGER slow_leases BEFORE UPDATE ON projections.generations FOR EACH ROW
         WHEN (NEW.epoch <> OLD.epoch) EXECUTE FUNCTION take_time()`,
    );
    const held: number[] = [];
    const projections = await bed.run(types, {
      through: (store) =>
        withOwn(store, {
          async *subscribe(options) {
            const leases = await bed.query('SELECT FROM projections.generations WHERE leader IS NOT NULL');
            held.push(leases.length);
            yield* store.subscribe(options);
          },
        }),
    });
    expect(await projections.waitForPositions(types, end, patienceMs)).toBe(true);
    expect(held[0]).toBe(types.length);
  });

  it('are asked how far they are behind by one read for all that stand at the same place', async () => {
    const projections = await bed.run(types, {
      through: (store) => withOwn(store, { subscribe: untilAborted }),
    });
    const reads: bigint[] = [];
    const asked = withOwn(bed.store, {
      recordedAfter(position) {
        reads.push(position);
        return bed.store.recordedAfter(position);
      },
      subscribe() {
        throw new Error('nobody is to subscribe for this');
      },
    });
    const statuses = await projectionStatuses(projections, asked);
    expect(statuses.map(({ lagEvents }) => lagEvents)).toEqual(types.map(() => Number(end)));
    for (const { lagSeconds } of statuses) expect(lagSeconds).toBeGreaterThan(0);
    expect(reads).toEqual([0n]);
  });

  it('fold it one after the other where they read it together, so that no statement waits for all of them', async () => {
    let folds = 0;
    let most = 0;
    const watched = types.map(
      (type) =>
        class extends type {
          override fold(events: readonly RecordedEvent[]): unknown {
            if (events.length <= 1_000) return super.fold(events);
            folds += 1;
            most = Math.max(most, folds);
            setImmediate(() => (folds = 0));
            return super.fold(events);
          }
        },
    );
    const projections = await bed.run(watched, {
      through(store) {
        const paged = {
          subscribe: (options: SubscribeOptions) => store.subscribe({ ...options, batchSize }),
          markAt: (position: bigint) => store.markAt(position),
        };
        const feed = new ProcessFeed(paged, { catchUpWithinMs: patienceMs });
        return withOwn(store, { subscribe: (options) => feed.subscribe(options) });
      },
    });
    expect(await projections.waitForPositions(watched, end, patienceMs)).toBe(true);
    expect(most).toBe(1);
  });
});

/** The store with some methods of one's own. */
const withOwn = (store: EventStore, own: Partial<EventStore>): EventStore =>
  new Proxy(store, {
    get(target, name) {
      if (name in own) return own[name as keyof EventStore];
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });

/** A subscription to which nothing comes. */
async function* untilAborted({ signal }: SubscribeOptions): AsyncGenerator<EventBatch> {
  if (!signal.aborted) await once(signal, 'abort');
  yield* [];
}
