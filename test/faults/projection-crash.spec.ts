import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/platform/database/embedded/embedded-postgres.js';
import { TicketList } from '../../src/desk/list/ticket-list.projection.js';
import type { RecordedEvent } from '../../src/platform/event-store/event-store.js';
import { budgeted } from '../support/budget.js';
import { postmasterPid } from '../support/database/embedded-database.js';
import { EventFold } from '../support/figures/event-fold.js';
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
  type ProjectionBed,
} from '../support/projections/projections.js';
import { readLog, readServed, type Served } from '../support/figures/served-rows.js';
import { seeded, TicketHistories } from '../support/tickets/ticket-histories.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

/**
 * Each kind of victim is killed once, and ten times in the long run: what a kill leaves behind depends on the victim and on its work
 * then, which the seed decides.
 */
const kills = budgeted(3);
const events = 5_000 * kills;
const processes = 3;
/** The longest pause between the recovery from one kill and the next kill, in milliseconds. */
const maxPauseMs = 400;
const victims = ['leader', 'all workers', 'PostgreSQL'] as const;

describe(`projections whose leader, workers and PostgreSQL are killed ${kills} times in ${events} events`, () => {
  const seed = Date.now() % 2 ** 31;
  const random = seeded(seed);
  /** A PostgreSQL of this file's own, since its tests kill it. */
  let folder: TemporaryFolder;
  let postgres: EmbeddedPostgres;
  let bed: ProjectionBed;
  let workers: ProjectionWorker[];
  let log: RecordedEvent[];
  /** The served figures at every check, in the order of the checks. */
  const seen: Served[] = [];
  const epochs: bigint[] = [];
  /** For each kill: the victim, the projection's position and epoch, and the end of the log at that moment. */
  const struck: { victim: string; position: bigint; end: bigint; epoch: bigint }[] = [];

  beforeAll(async () => {
    console.info(`histories and kills of seed ${seed}`);
    folder = await temporaryFolder();
    postgres = await startEmbeddedPostgres({ dataDir: folder.path, log: () => undefined });
    bed = await createProjectionBed(postgres.ownerUrl);
    workers = await Promise.all(
      Array.from({ length: processes }, () => startProjectionWorker(bed.url, { ticketList: true })),
    );
    const histories = new TicketHistories(seed);
    for (let kill = 0; kill < kills; kill += 1) {
      const appending = appendAll(bed.store, histories.take(Math.floor(events / (kills + 1))));
      await sleep(random() * maxPauseMs);
      await killVictim(victims[kill % victims.length]!);
      await appending;
      const { victim, position, epoch } = struck.at(-1)!;
      if (victim !== 'PostgreSQL') await ledAnew(epoch);
      // On a fast machine the kill may come when the projection has already reached the end of the log.
      if (position < (await endOfLog())) await servedBeyond(position);
    }
    await appendAll(bed.store, histories.take(events - Number(await endOfLog())));
    log = await readLog(bed.store);
    await servedBeyond(log.at(-1)!.position - 1n);
  });
  afterAll(async () => {
    await killProjectionWorkers();
    await bed.close();
    await postgres.stop();
    await folder.remove();
  });

  /** A connection that stood idle while PostgreSQL was killed fails at its next use: then it is asked again, by another. */
  const endOfLog = (): Promise<bigint> =>
    until('the log tells its end', () => bed.store.lastPosition().catch(() => undefined));

  const killVictim = async (victim: (typeof victims)[number]): Promise<void> => {
    const leader = await until('someone leads', () => check().catch(() => undefined));
    const end = await endOfLog();
    struck.push({ victim, position: seen.at(-1)!.position, end, epoch: epochs.at(-1)! });
    switch (victim) {
      case 'leader':
        return killWorkers(workers.filter(({ pid }) => pid === leader));
      case 'all workers':
        return killWorkers(workers);
      case 'PostgreSQL':
        process.kill(await postmasterPid(folder.path), 'SIGKILL');
    }
  };

  const killWorkers = async (some: readonly ProjectionWorker[]): Promise<void> => {
    await Promise.all(some.map((worker) => worker.kill('SIGKILL')));
    const others = workers.filter((worker) => !some.includes(worker));
    workers = [
      ...others,
      ...(await Promise.all(some.map(() => startProjectionWorker(bed.url, { ticketList: true })))),
    ];
  };

  /** Records the served figures and the epoch; gives the pid of the leader, or undefined without one. */
  const check = async (): Promise<number | undefined> => {
    const served = await readServed(bed.query);
    const [row] = await bed.query<{ leader: string | null; epoch: string }>(
      `SELECT leader, epoch FROM projections.generations WHERE name = 'daily-figures'`,
    );
    seen.push(served);
    epochs.push(BigInt(row!.epoch));
    return row?.leader ? pidOf(row.leader) : undefined;
  };

  /** Waits until another process leads, which needs the killed leader's lease to expire. */
  const ledAnew = (epoch: bigint) =>
    until('another leads', async () => (await check()) !== undefined && epochs.at(-1)! > epoch, 50);

  /** Waits until more than a position is served; failed checks are retried, since PostgreSQL may still be restarting. */
  const servedBeyond = (position: bigint) =>
    until(
      `more than ${position} is served`,
      async () => {
        const isChecked = await check().then(
          () => true,
          () => false,
        );
        return isChecked && seen.at(-1)!.position > position;
      },
      50,
    );

  it('were killed while they worked', () => {
    expect(struck.length).toBe(kills);
    expect(struck.filter(({ position, end }) => position < end).length).toBeGreaterThan(0);
    expect(log.length).toBe(events);
  });

  it('give the figures of an independent fold, at the end and at every check', () => {
    const fold = new EventFold();
    let folded = 0;
    for (const { position, counts } of [...seen].sort((a, b) => Number(a.position - b.position))) {
      while (folded < Number(position)) fold.add(log[folded++]!);
      expect({ position, counts }).toEqual({ position, counts: fold.countsByDay() });
    }
    expect(folded).toBe(events);
  });

  it('keep the sums of months equal to the sums of their days', async () => {
    const different = await bed.query(`
      SELECT *
        FROM (
          SELECT establishment, date_trunc('month', day)::date AS month, sum(
                   opened + reopened + transferred_in - resolved - cancelled - merged - transferred_out) AS change
            FROM billets_quotidiens.daily_figures
           GROUP BY 1, 2
        ) AS days
        FULL JOIN billets_quotidiens.monthly_changes AS months USING (establishment, month)
       WHERE days.change IS DISTINCT FROM months.change`);
    expect(different).toEqual([]);
  });

  it('give the same row for each ticket as a new fold of the log', async () => {
    await until('the last event is in the list', async () => {
      const [row] = await bed.query<{ position: string }>(
        `SELECT position FROM projections.generations WHERE name = 'ticket-list' AND state = 'serving'`,
      );
      return row?.position === String(log.at(-1)!.position);
    });
    const verification = await bed.verify(new TicketList());
    expect(verification).toMatchObject({ different: 0, incomplete: 0 });
    const tickets = new Set(log.map(({ stream }) => stream));
    expect(verification.rows).toBeGreaterThanOrEqual(tickets.size);
  });

  it('create no dead letters', async () => {
    expect(await bed.query('SELECT * FROM projections.dead_letters')).toEqual([]);
    expect(seen.filter(({ incomplete }) => incomplete > 0)).toEqual([]);
  });

  it('never go back in position or epoch, and change their leader after each kill of one', () => {
    const positions = seen.map(({ position }) => position);
    const back = (numbers: bigint[]) => numbers.filter((n, index) => index > 0 && n < numbers[index - 1]!);
    expect(back(positions)).toEqual([]);
    expect(back(epochs)).toEqual([]);
    const leadersKilled = struck.filter(({ victim }) => victim !== 'PostgreSQL').length;
    expect(Number(epochs.at(-1)! - epochs[0]!)).toBeGreaterThanOrEqual(leadersKilled);
  });
});
