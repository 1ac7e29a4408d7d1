import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DailyFigures } from '../../src/billets-quotidiens/projections/daily-figures.projection.js';
import type { Projections } from '../../src/platform/projections/projections.js';
import { Client, clientOf } from '../support/api/client.js';
import { createDatabase, type TestDatabase } from '../support/database/database.js';
import { EventFold, foldOf, type Counts } from '../support/figures/event-fold.js';
import { pidOf } from '../support/projections/projection-workers.js';
import {
  appendAll,
  createProjectionBed,
  until,
  variantOf,
  type ProjectionBed,
} from '../support/projections/projections.js';
import { readLog, readServed } from '../support/figures/served-rows.js';
import {
  startServerProcess,
  stopServerProcesses,
  type ServerProcess,
} from '../support/server/server-process.js';
import { TicketHistories } from '../support/tickets/ticket-histories.js';

interface Status {
  generation: number;
  incomplete: number;
  verification: { position: string; rows: number; different: number; first: unknown[] } | null;
  rebuild: { position: string; of: string; rate: number; leader: string | null } | null;
}

const admin = '/v1/admin/projections/daily-figures';
const statusOf = async (client: Client): Promise<Status> => (await client.get<Status>(admin)).body;

const schemasOf = async (bed: ProjectionBed): Promise<string[]> =>
  (
    await bed.query<{ schema: string }>(
      `SELECT nspname AS schema FROM pg_namespace WHERE nspname LIKE 'projection\\_daily\\_figures\\_%' ORDER BY 1`,
    )
  ).map(({ schema }) => schema);
const schema = (generation: number) => `projection_daily_figures_${generation}`;

describe('a rebuild under a load of writes and reads', () => {
  const day = '2026-06-11';
  const seed = Date.now() % 2 ** 31;
  let database: TestDatabase;
  let bed: ProjectionBed;
  let servers: ServerProcess[];
  let clients: Client[];
  let crowd: Crowd;
  let client: Client;
  /** The positions of the rebuilds at every poll until they were swapped in, with their generations. */
  const progress: { generation: number; position: number }[] = [];

  beforeAll(async () => {
    console.info(`histories of seed ${seed}`);
    database = await createDatabase();
    bed = await createProjectionBed(database.url);
    await appendAll(bed.store, new TicketHistories(seed).take(30_000));
    const settings = { DATABASE_URL: database.url };
    servers = await Promise.all([startServerProcess(settings), startServerProcess(settings)]);
    clients = await Promise.all(servers.map(clientOf));
    client = clients[0]!;
    const caughtUp = `/v1/billets-quotidiens/${day}?minPosition=${await bed.store.lastPosition()}`;
    await until('all is served', async () => (await client.get(caughtUp)).status === 200);
    crowd = new Crowd(() => clients, day);
  });
  afterAll(async () => {
    await stopServerProcesses();
    await bed.close();
    await database.drop();
  });

  const rebuildTo = async (generation: number): Promise<Status> => {
    expect(await client.post(`${admin}/rebuild`)).toMatchObject({ status: 202, body: { rebuild: {} } });
    return until(`generation ${generation} is served`, async () => {
      const status = await statusOf(client);
      if (status.rebuild) progress.push({ generation, position: Number(status.rebuild.position) });
      return status.generation === generation && status;
    });
  };

  it('is swapped in when it has caught up, and drops the old rows if they are equal', async () => {
    const { verification } = await rebuildTo(2);
    expect(verification).toMatchObject({ different: 0, first: [] });
    expect(verification!.rows).toBeGreaterThan(100);
    await until('the old rows are gone', async () => (await schemasOf(bed)).join() === schema(2));
    expect(progress.length).toBeGreaterThan(2);
  });

  it('continues from its position after its process was killed', async () => {
    expect((await client.post(`${admin}/rebuild`)).status).toBe(202);
    const { rebuild } = await until('it is amid its work', async () => {
      const status = await statusOf(client);
      return Number(status.rebuild?.position ?? 0) > 2_000 && status.rebuild?.leader ? status : undefined;
    });
    const index = servers.findIndex(({ pid }) => pid === pidOf(rebuild!.leader!));
    const [killed] = servers.splice(index, 1);
    clients.splice(index, 1);
    client = clients[0]!;
    await killed!.kill('SIGKILL');
    const from = Number((await statusOf(client)).rebuild?.position);
    expect(from).toBeGreaterThanOrEqual(Number(rebuild!.position));
    await until('generation 3 is served', async () => {
      const status = await statusOf(client);
      if (status.rebuild) progress.push({ generation: 3, position: Number(status.rebuild.position) });
      return status.generation === 3;
    });
    const after = progress.filter(({ generation }) => generation === 3).map(({ position }) => position);
    expect(Math.min(from, ...after)).toBe(from);
  });

  it('can be cancelled, and leaves nothing behind', async () => {
    expect((await client.post(`${admin}/rebuild`)).status).toBe(202);
    expect(await client.send('DELETE', `${admin}/rebuild`, undefined)).toMatchObject({
      status: 200,
      body: { generation: 3, rebuild: null },
    });
    await until('its rows are gone', async () => (await schemasOf(bed)).join() === schema(3));
    expect((await statusOf(client)).generation).toBe(3);
  });

  it('makes no read fail, miss an acknowledged write, or differ from the fold of the log', async () => {
    await until('there was enough of both', () =>
      Promise.resolve(crowd.writes > 100 && crowd.reads.length > 100),
    );
    await crowd.stop();
    expect(crowd.failures).toEqual([]);
    expect(crowd.reads.filter(({ minPosition, position }) => position < minPosition)).toEqual([]);
    const log = await readLog(bed.store);
    const fold = new EventFold();
    let folded = 0;
    for (const { position, total } of crowd.reads.sort((a, b) => Number(a.position - b.position))) {
      while (folded < Number(position)) fold.add(log[folded++]!);
      const { opened, resolved, resolvedSameDay } = total;
      const { [`${day} NIM`]: expected = {} } = fold.countsByDay();
      expect({ opened, resolved, resolvedSameDay }).toEqual({
        ...{ opened: 0, resolved: 0, resolvedSameDay: 0 },
        ...expected,
      });
    }
    const served = await readServed(bed.query);
    expect(served.counts).toEqual(foldOf(log, served.position));
  });
});

interface Read {
  minPosition: bigint;
  position: bigint;
  total: Counts;
}

/** Four clients that open and resolve tickets of a day and read its figures after each answer; clients of a killed server use the other. */
class Crowd {
  readonly reads: Read[] = [];
  readonly failures: string[] = [];
  writes = 0;
  private stopped = false;
  private readonly working: Promise<void>[];

  constructor(
    private readonly clients: () => readonly Client[],
    private readonly day: string,
  ) {
    this.working = Array.from({ length: 4 }, (_, number) => this.work(number));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.working);
  }

  private async work(number: number): Promise<void> {
    while (!this.stopped) {
      const client = this.clients()[number % this.clients().length]!;
      const ticketId = randomUUID();
      try {
        const opened = await this.write(client, '/v1/tickets', {
          ...{ ticketId, establishment: 'NIM', title: 'Lecteur muet', category: 'materiel', priority: 'P3' },
          occurredAt: `${this.day}T08:12:33-04:00`,
        });
        await this.read(client, opened);
        const resolution = { code: 'fixed', note: 'Redémarré.' };
        const occurredAt = `${this.day}T09:12:33-04:00`;
        await this.read(
          client,
          await this.write(client, `/v1/tickets/${ticketId}/resolve`, { resolution, occurredAt }),
        );
      } catch (error) {
        // A missing answer from the killed server is not a failure.
        if (this.clients().includes(client)) this.failures.push(String(error));
      }
      await sleep(20);
    }
  }

  private async write(client: Client, path: string, body: object): Promise<bigint> {
    const answer = await client.post(path, { commandId: randomUUID(), ...body });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    this.writes += 1;
    return BigInt(answer.headers.get('Position')!);
  }

  private async read(client: Client, minPosition: bigint): Promise<void> {
    const path = `/v1/billets-quotidiens/${this.day}?establishment=NIM&minPosition=${minPosition}`;
    const { status, body } = await client.get<{ position: string; total: Counts }>(path);
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
    this.reads.push({ minPosition, position: BigInt(body.position), total: body.total });
  }
}

describe('a rebuild', () => {
  let bed: ProjectionBed;
  beforeEach(async () => {
    bed = await createProjectionBed();
    await appendAll(bed.store, new TicketHistories(5).take(3_000));
  });
  afterEach(() => bed.close());

  const served = (generation = 1) =>
    until(`all is served by generation ${generation}`, async () => {
      const now = await readServed(bed.query);
      return now.generation === generation && now.position === (await bed.store.lastPosition()) && now;
    });
  const rebuild = async (projections: Projections): Promise<void> => {
    await projections.generations.rebuild(new DailyFigures());
    await projections.notify();
  };
  const newest = async (projections: Projections) => (await projections.generations.of('daily-figures'))[0]!;

  it('starts by itself for a new version of the projection, while the old figures are served', async () => {
    const before = await bed.run();
    await served();
    await before.stop();
    // A wrong figure, as an older version may have counted it.
    await bed.query(
      `UPDATE ${schema(1)}.daily_figures SET opened = opened + 1 WHERE establishment = 'NEUVE'`,
    );
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const Raised = variantOf((original) => ({
      version: original.version + 1,
      tables: original.tables.map((table) => ({
        ...table,
        columns: { ...table.columns, note: `text NOT NULL DEFAULT 'seen'` },
      })),
      write: async (changes, transaction) => {
        await held;
        await original.write(changes, transaction);
      },
    }));
    const wrong = (await readServed(bed.query)).counts;
    const projections = await bed.run([Raised]);
    const now = await readServed(bed.query);
    expect([now.generation, now.counts]).toEqual([1, wrong]);
    go();
    expect((await served(2)).counts).toEqual(foldOf(await readLog(bed.store)));
    const { verification, version } = await newest(projections);
    expect(version).toBe(new DailyFigures().version + 1);
    expect(verification!.different).toBeGreaterThan(0);
    expect(verification!.first[0]).toMatchObject({
      table: 'daily_figures',
      key: { establishment: 'NEUVE' },
    });
    const { served: was, expected: is } = verification!.first[0]!;
    expect(was).toEqual({ ...is, opened: (is!.opened as number) + 1 });
    const [row] = await bed.query<{ note: string }>('SELECT note FROM billets_quotidiens.daily_figures');
    expect(row).toEqual({ note: 'seen' });
    expect(await schemasOf(bed)).toEqual([schema(1), schema(2)]);
  });

  it('lists the differences from the old rows, and keeps these until the next rebuild', async () => {
    const projections = await bed.run();
    await served();
    await bed.query(`
      WITH one AS (SELECT establishment, day FROM ${schema(1)}.daily_figures ORDER BY 1, 2 LIMIT 1)
      DELETE FROM ${schema(1)}.daily_figures USING one
       WHERE (daily_figures.establishment, daily_figures.day) = (one.establishment, one.day)`);
    await bed.query(`
      INSERT INTO ${schema(1)}.daily_figures
      SELECT 'NULLE-PART', day, 1, 0, 0, 0, 0, 0, 0, 0 FROM ${schema(1)}.daily_figures LIMIT 1`);
    await rebuild(projections);
    expect((await served(2)).counts).toEqual(foldOf(await readLog(bed.store)));
    const { verification } = await newest(projections);
    expect(verification!.different).toBe(2);
    expect(verification!.first.map(({ served: was, expected: is }) => [was === null, is === null])).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(await schemasOf(bed)).toEqual([schema(1), schema(2)]);
    await rebuild(projections);
    await served(3);
    await until('those before are gone', async () => (await schemasOf(bed)).join() === schema(3));
  });

  it('keeps the result of the comparison when its process ends before the swap', async () => {
    const before = await bed.run();
    await served();
    await before.stop();
    await bed.query(
      `UPDATE ${schema(1)}.daily_figures SET opened = opened + 1 WHERE establishment = 'NEUVE'`,
    );
    const Raised = variantOf((original) => ({ version: original.version + 1 }));
    const reader = await createProjectionBed(bed.url);
    try {
      let release: () => void = () => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      const reading = reader.transaction(async (query) => {
        await query('SELECT FROM billets_quotidiens.daily_figures');
        await released;
      });
      const first = await bed.run([Raised]);
      await appendAll(bed.store, new TicketHistories(6).take(200));
      await until('it is there, and can’t be swapped in', async () => {
        const { state, position } = await newest(first);
        return state === 'building' && position === (await bed.store.lastPosition());
      });
      await first.stop();
      release();
      await reading;
    } finally {
      await reader.close();
    }
    const second = await bed.run([Raised]);
    expect((await served(2)).counts).toEqual(foldOf(await readLog(bed.store)));
    expect((await newest(second)).verification!.different).toBeGreaterThan(0);
  });

  it('is swapped in even while events keep coming', async () => {
    const Slow = variantOf((original) => ({
      write: async (changes, transaction) => {
        await original.write(changes, transaction);
        await sleep(20);
      },
    }));
    const projections = await bed.run([Slow]);
    await served();
    const stopping = new AbortController();
    const coming = (async () => {
      for (let seed = 100; !stopping.signal.aborted; seed += 1) {
        await appendAll(bed.store, new TicketHistories(seed).take(1));
        await sleep(2);
      }
    })();
    try {
      await rebuild(projections);
      await until('it is swapped in', async () => (await readServed(bed.query)).generation === 2);
    } finally {
      stopping.abort();
      await coming;
    }
    expect((await served(2)).counts).toEqual(foldOf(await readLog(bed.store)));
    expect((await newest(projections)).verification).toMatchObject({ different: 0 });
  });

  it('does not take over dead letters from the old rows', async () => {
    let failing = true;
    const Mendable = variantOf((original) => ({
      fold: (events) => {
        if (failing && events.some(({ position }) => position === 100n)) throw new Error('not this one');
        return original.fold(events);
      },
    }));
    const projections = await bed.run([Mendable]);
    expect((await served()).incomplete).toBe(1);
    failing = false;
    await rebuild(projections);
    const { counts, incomplete } = await served(2);
    expect([incomplete, counts]).toEqual([0, foldOf(await readLog(bed.store))]);
    expect(await projections.deadLetters.list()).toEqual([]);
  });
});
