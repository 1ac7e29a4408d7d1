import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PoolClient } from 'pg';
import { ActivitySpells, DailyFigures, FigureEntries } from '../../../../src/billets-quotidiens/core.js';
import type { Projections } from '../../../../src/platform/projections/projections.js';
import type { ProjectionType } from '../../../../src/platform/projections/projection.js';
import { patienceMs } from '../../../support/patience.js';
import { createProjectionBed, until, type ProjectionBed } from '../../../support/projections/projections.js';
import { TicketHistories } from '../../../support/tickets/ticket-histories.js';

const types = [DailyFigures, FigureEntries, ActivitySpells] as unknown as readonly ProjectionType[];
const others = [DailyFigures, ActivitySpells] as unknown as readonly ProjectionType[];
const entries = FigureEntries as unknown as ProjectionType;

describe('what several projections of a process make of the same events', () => {
  let bed: ProjectionBed;
  let projections: Projections;
  let histories: TicketHistories;
  /** The projections that wrote in each transaction. */
  let written: Map<string, string[]>;
  /** What the entries do before they write. */
  let beforeEntries: (client: PoolClient) => Promise<unknown>;

  const watched = (type: ProjectionType): ProjectionType =>
    class extends type {
      override async write(change: unknown, client: PoolClient): Promise<void> {
        const { rows } = await client.query<{ id: string }>('SELECT pg_current_xact_id()::text AS id');
        const id = rows[0]!.id;
        written.set(id, [...(written.get(id) ?? []), this.name]);
        if (this.name === 'figure-entries') await beforeEntries(client);
        await super.write(change, client);
      }
    };
  const append = async (): Promise<bigint> => {
    await bed.store.appendMany(histories.take(1));
    return bed.store.lastPosition();
  };
  /** Waits without a sign that somebody does, with which each would write for itself. */
  const reached = async (awaited: readonly ProjectionType[], position: bigint) => {
    const all = awaited.map((type) => projections.waitForNext(type, position - 1n, patienceMs));
    return (await Promise.all(all)).every((isReached) => isReached);
  };
  const together = (names: number) => [...written.values()].some((writers) => writers.length === names);
  const untilTogether = (names: number) =>
    until(`${names} write together`, async () => {
      expect(await reached(others, await append())).toBe(true);
      return together(names);
    });
  const verified = async () => {
    for (const type of types) expect((await bed.verify(new type())).different).toBe(0);
  };

  beforeEach(async () => {
    written = new Map();
    beforeEntries = () => Promise.resolve();
    histories = new TicketHistories(7);
    bed = await createProjectionBed();
    projections = await bed.run(types.map(watched));
    await untilTogether(types.length);
  });
  afterEach(() => bed.close());

  it('is written in one transaction while nobody waits for it', async () => {
    expect(await reached(types, await append())).toBe(true);
    await verified();
  });

  it('is written but for what PostgreSQL refuses, which is put aside by the one that it concerns', async () => {
    const [poison] = histories.take(1);
    const { stream } = poison!;
    let refused = 0;
    beforeEntries = async (client) => {
      const { rows } = await client.query<{ position: string | null }>(
        `SELECT max(position) AS position FROM event_store.events WHERE stream = $1`,
        [stream],
      );
      if (rows[0]!.position === null || refused > 20) return;
      refused += 1;
      await client.query('SELECT 1 / 0');
    };
    await bed.store.append(poison!);
    expect(await reached(types, await bed.store.lastPosition())).toBe(true);
    const letters = await projections.deadLetters.list();
    expect(new Set(letters.map(({ name }) => name))).toEqual(new Set(['figure-entries']));
    expect(letters[0]).toMatchObject({ stream });
  });

  it('is written while one of them waits for a lock', async () => {
    const [held] = await bed.query<{ table: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables
        WHERE schemaname = (SELECT 'projection_figure_entries_' || generation FROM projections.generations
                             WHERE name = 'figure-entries' AND state = 'serving') LIMIT 1`,
    );
    let position = 0n;
    await bed.transaction(async (query) => {
      await query(`LOCK TABLE ${held!.table} IN ACCESS EXCLUSIVE MODE`);
      for (let n = 0; n < 3; n += 1) {
        position = await append();
        expect(await reached(others, position)).toBe(true);
      }
    });
    expect(await reached([entries], position)).toBe(true);
    await verified();
  });

  it('is written but for what one has lost the lease of', async () => {
    const served = async () =>
      (
        await bed.query<{ position: string }>(
          `SELECT position FROM projections.generations WHERE name = 'figure-entries' AND state = 'serving'`,
        )
      )[0]!.position;
    await bed.query(
      `UPDATE projections.generations SET leader = 'another', epoch = epoch + 1, lease_until = clock_timestamp() + interval '1 hour'
        WHERE name = 'figure-entries'`,
    );
    const before = await served();
    expect(await reached(others, await append())).toBe(true);
    expect(await reached(others, await append())).toBe(true);
    expect(await served()).toBe(before);
    await bed.query(
      `UPDATE projections.generations SET leader = NULL, lease_until = NULL WHERE name = 'figure-entries'`,
    );
    expect(await reached(types, await append())).toBe(true);
    await verified();
  });
});
