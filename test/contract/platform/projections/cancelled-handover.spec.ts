import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ActivitySpells } from '../../../../src/billets-quotidiens/core.js';
import { Generations } from '../../../../src/platform/projections/rebuild/generations.js';
import { openDatabase } from '../../../../src/platform/database/database.js';
import { createProjectionBed, until, type ProjectionBed } from '../../../support/projections/projections.js';

const spells = new ActivitySpells();

let bed: ProjectionBed;
beforeEach(async () => {
  bed = await createProjectionBed();
});
afterEach(() => bed.close());

/** Whether at least one connection to this database waits in this way. */
const isWaiting = async (condition: string): Promise<boolean> => {
  const [row] = await bed.query<{ waiting: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND ${condition}) AS waiting`,
  );
  return row!.waiting;
};

it('a rebuild that is cancelled while its rows begin to be served is over: they are served, and not dropped', async () => {
  // The new rows are in place, and the transaction that puts them there does not end before the door is opened.
  await bed.query(`
    CREATE TABLE door (opened boolean);
    CREATE FUNCTION wait_for_door() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      WHILE NOT EXISTS (SELECT FROM public.door) LOOP PERFORM pg_sleep(0.01); END LOOP;
      RETURN NULL;
    END $$;
    CREATE TRIGGER wait_for_door AFTER UPDATE ON projections.generations
      FOR EACH ROW WHEN (OLD.state = 'building' AND NEW.state = 'serving') EXECUTE FUNCTION wait_for_door();
  `);
  await bed.run([ActivitySpells]);
  const pool = await openDatabase({ url: bed.url, migrations: [] });
  const generations = new Generations(pool);
  try {
    await generations.rebuild(spells);
    await until('the new rows are put in place', () => isWaiting(`wait_event = 'PgSleep'`));
    const cancelled = generations.cancelRebuild(spells.name).then(
      () => 'cancelled',
      (error: unknown) => (error as Error).constructor.name,
    );
    await until('the rebuild is being cancelled', () => isWaiting(`wait_event_type = 'Lock'`));
    await bed.query('INSERT INTO door VALUES (true)');
    expect(await cancelled).toBe('NoRebuild');
  } finally {
    await pool.end();
  }
  const states = await bed.query(`SELECT generation, state FROM projections.generations ORDER BY generation`);
  expect(states).toEqual([
    { generation: 1, state: 'retired' },
    { generation: 2, state: 'serving' },
  ]);
  for (const { name } of spells.tables) await bed.query(`SELECT FROM ${spells.schema}.${name}`);
});
