import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Logger } from 'pino';
import type { Projections } from '../../src/platform/projections/projections.js';
import type { ProjectionsThread } from '../../src/boot/projections-thread.js';
import { createProjectionBed, until, type ProjectionBed } from '../support/projections/projections.js';
import { project } from '../support/server/server-process.js';
import { TicketHistories } from '../support/tickets/ticket-histories.js';
import { logSettings } from '../../src/boot/event-log.js';
import { readSettings } from '../../src/config/settings.js';
import { testKeys } from '../support/keys/keys.js';

let bed: ProjectionBed;
beforeAll(async () => {
  bed = await createProjectionBed();
  // Running the projections once creates their tables, as the server does before it starts the thread.
  const projections = await bed.run();
  await projections.stop();
});
afterAll(() => bed.close());

/** The class from the build, since a worker thread can't run TypeScript sources. */
const built = (await import(join(project, 'dist/boot/projections-thread.js'))) as {
  ProjectionsThread: typeof ProjectionsThread;
};

it('the projections’ thread is restarted after an error, reports its positions, and stops on request', async () => {
  const advanced = new Map<string, bigint>();
  const failures: unknown[] = [];
  const projections = { advance: (name: string, position: bigint) => advanced.set(name, position) };
  const logger = { error: (failure: unknown) => failures.push(failure) };
  // An unknown log level makes the thread fail at its start.
  const log = logSettings({ ...readSettings({}), keys: testKeys(), databaseUrl: bed.url });
  const data = { url: bed.url, log, logger: { logLevel: 'no such level' } };
  const thread = new built.ProjectionsThread(
    data,
    projections as unknown as Projections,
    logger as unknown as Logger,
  );
  const leader = async (): Promise<string | null> => {
    const [row] = await bed.query<{ leader: string | null }>(
      `SELECT leader FROM projections.generations WHERE name = 'daily-figures'`,
    );
    return row!.leader;
  };
  thread.start();
  try {
    await until('it could not begin', () => Promise.resolve(failures.length > 0));
    data.logger.logLevel = 'silent';
    const [append] = new TicketHistories(1).take(1);
    const { position } = await bed.store.append(append!);
    await until('it has counted', () => Promise.resolve(advanced.get('daily-figures') === position));
    expect(await leader()).toContain(`:${process.pid}:`);
  } finally {
    await thread.stop();
  }
  expect(await leader()).toBeNull();
  const before = failures.length;
  await sleep(1_500);
  expect(failures.length).toBe(before);
});
