import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DailyFigures } from '../../src/billets-quotidiens/projections/daily-figures.projection.js';
import { foldOf } from '../support/figures/event-fold.js';
import {
  killProjectionWorkers,
  pidOf,
  startProjectionWorker,
  type ProjectionWorker,
} from '../support/projections/projection-workers.js';
import {
  appendAll,
  createProjectionBed,
  until,
  variantOf,
  type ProjectionBed,
} from '../support/projections/projections.js';
import { readLog, readServed } from '../support/figures/served-rows.js';
import { TicketHistories } from '../support/tickets/ticket-histories.js';

/** The longest time until another process leads, whatever happened to the leader. */
const takeoverMs = 5_000;
/** The limit where the leader released its lease: well under the lease's length, so nobody waited for its end. */
const atOnceMs = 2_000;

let bed: ProjectionBed;
let histories: TicketHistories;
let workers: Map<number, ProjectionWorker>;
const seed = Date.now() % 2 ** 31;
beforeAll(() => console.info(`histories of seed ${seed}`));
beforeEach(async () => {
  bed = await createProjectionBed();
  histories = new TicketHistories(seed);
  workers = new Map();
});
afterEach(async () => {
  await killProjectionWorkers();
  await bed.close();
});
afterAll(killProjectionWorkers);

const startWorkers = async (count: number, options?: { writeMs: number }): Promise<void> => {
  const started = await Promise.all(
    Array.from({ length: count }, () => startProjectionWorker(bed.url, options)),
  );
  for (const worker of started) workers.set(worker.pid, worker);
};

interface Leader {
  pid: number;
  epoch: bigint;
}

/** The leader of the generation in a state, and its epoch; undefined without a valid lease. */
const leaderOf = async (state: 'serving' | 'building'): Promise<Leader | undefined> => {
  const [row] = await bed.query<{ leader: string; epoch: string }>(
    `SELECT leader, epoch FROM projections.generations WHERE state = $1 AND lease_until > clock_timestamp()`,
    [state],
  );
  return row && { pid: pidOf(row.leader), epoch: BigInt(row.epoch) };
};
const leader = () => until('someone leads', () => leaderOf('serving'));

/** Waits until another process leads; gives the milliseconds since `since`, and the new leader. */
const takenOver = async (before: Leader, since: number): Promise<{ ms: number; by: Leader }> => {
  const by = await until('another process leads', async () => {
    const now = await leaderOf('serving');
    return now !== undefined && now.pid !== before.pid && now;
  });
  return { ms: performance.now() - since, by };
};

const append = (events: number) => appendAll(bed.store, histories.take(events));

/** Waits until the whole log is served, and expects the figures of the fold. */
const expectExact = async (): Promise<void> => {
  const log = await readLog(bed.store);
  const served = await until('all is served', async () => {
    const now = await readServed(bed.query);
    return now.position === log.at(-1)!.position && now;
  });
  expect(served.counts).toEqual(foldOf(log));
};

/** Waits until another process is between two statements of a transaction, whose last statement contains the given text. */
const untilIdleAfter = (statement: string) =>
  until(
    `a transaction waits amid ${statement}`,
    async () => {
      const rows = await bed.query(
        `SELECT pid FROM pg_stat_activity
          WHERE datname = current_database() AND state = 'idle in transaction' AND query LIKE $1`,
        [`%${statement}%`],
      );
      return rows.length > 0;
    },
    1,
  );

describe('when a leader', () => {
  it('is killed, another process leads within 5 s', async () => {
    await startWorkers(2);
    await append(500);
    const before = await leader();
    const since = performance.now();
    await workers.get(before.pid)!.kill('SIGKILL');
    await append(500);
    const { ms, by } = await takenOver(before, since);
    expect(ms).toBeLessThan(takeoverMs);
    expect(by.epoch).toBeGreaterThan(before.epoch);
    await expectExact();
  });

  it('is stopped, another process leads at once', async () => {
    await startWorkers(3);
    await append(500);
    const before = await leader();
    const since = performance.now();
    const stopped = workers.get(before.pid)!.kill('SIGTERM');
    const { ms } = await takenOver(before, since);
    expect(ms).toBeLessThan(atOnceMs);
    await stopped;
    await append(500);
    await expectExact();
  });

  it('is frozen, another process leads within 5 s, and the frozen one writes nothing after it wakes up', async () => {
    await startWorkers(2);
    await append(500);
    const before = await leader();
    const since = performance.now();
    workers.get(before.pid)!.freeze();
    await append(500);
    const { ms, by } = await takenOver(before, since);
    expect(ms).toBeLessThan(takeoverMs);
    await expectExact();
    workers.get(before.pid)!.thaw();
    await append(2_000);
    await sleep(1_000);
    await expectExact();
    expect(await leader()).toEqual(by);
  });

  it('is killed and PostgreSQL’s clock is set back, another process leads although the lease seems valid', async () => {
    await startWorkers(2);
    await append(500);
    const before = await leader();
    await workers.get(before.pid)!.kill('SIGKILL');
    // The lease as it looks after the clock was set back by an hour.
    await bed.query(
      `UPDATE projections.generations SET lease_until = clock_timestamp() + interval '1 hour' WHERE state = 'serving'`,
    );
    await append(500);
    const { by } = await takenOver(before, performance.now());
    expect(by.epoch).toBeGreaterThan(before.epoch);
    await expectExact();
  });

  it('is frozen and PostgreSQL’s clock is set back, the frozen one writes nothing after it wakes up', async () => {
    await startWorkers(2);
    await append(500);
    const before = await leader();
    workers.get(before.pid)!.freeze();
    await bed.query(
      `UPDATE projections.generations SET lease_until = clock_timestamp() + interval '1 day' WHERE state = 'serving'`,
    );
    await append(500);
    const { by } = await takenOver(before, performance.now());
    await expectExact();
    workers.get(before.pid)!.thaw();
    await append(500);
    await expectExact();
    expect(await leader()).toEqual(by);
  });

  it('of an older version is gone and PostgreSQL’s clock is set back, the rows of the new version replace the old ones', async () => {
    await append(300);
    const first = await bed.run();
    await expectExact();
    await first.stop();
    // The old rows have no leader, but a lease that seems valid; they stay behind, so the new rows never reach the same position.
    await bed.query(
      `UPDATE projections.generations SET leader = 'gone:1:x', lease_until = clock_timestamp() + interval '1 hour'`,
    );
    await append(300);
    const newer = variantOf((original) => ({ version: original.version + 1 }));
    await bed.run([newer]);
    await until('the new rows are served', async () => {
      const [row] = await bed.query<{ generation: number }>(
        `SELECT generation FROM projections.generations WHERE state = 'serving'`,
      );
      return row?.generation === 2;
    });
    await expectExact();
  });

  it('is frozen within a transaction, PostgreSQL ends the transaction, and nothing of it is counted', async () => {
    await startWorkers(2, { writeMs: 300 });
    await append(100);
    await expectExact();
    const before = await leader();
    await append(100);
    await untilIdleAfter('INSERT INTO monthly_changes');
    const since = performance.now();
    workers.get(before.pid)!.freeze();
    const { ms, by } = await takenOver(before, since);
    expect(ms).toBeLessThan(takeoverMs);
    await expectExact();
    workers.get(before.pid)!.thaw();
    await append(200);
    await sleep(1_000);
    await expectExact();
    expect(await leader()).toEqual(by);
  });

  it('is frozen while it locks the served rows for a comparison, the lock is released', async () => {
    await startWorkers(1, { writeMs: 300 });
    await append(300);
    await expectExact();
    const before = await leader();
    const rebuilt = await createProjectionBed(bed.url);
    try {
      const projections = await rebuilt.run([]);
      await projections.generations.rebuild(new DailyFigures());
      await projections.notify();
      await untilIdleAfter('FOR UPDATE OF generations');
      workers.get(before.pid)!.freeze();
      await startWorkers(1);
      const since = performance.now();
      const { ms } = await takenOver(before, since);
      expect(ms).toBeLessThan(takeoverMs);
      await append(200);
      await expectExact();
      workers.get(before.pid)!.thaw();
      await until('the rebuild is done', async () => (await readServed(bed.query)).generation === 2);
      await expectExact();
    } finally {
      await rebuilt.close();
    }
  });
});
