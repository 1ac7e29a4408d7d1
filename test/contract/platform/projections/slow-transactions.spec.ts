import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { readServed } from '../../../support/figures/served-rows.js';
import {
  createProjectionBed,
  until,
  variantOf,
  type ProjectionBed,
} from '../../../support/projections/projections.js';
import { TicketHistories } from '../../../support/tickets/ticket-histories.js';

let bed: ProjectionBed;
beforeEach(async () => {
  bed = await createProjectionBed();
});
afterEach(() => bed.close());

it('a projection whose transactions PostgreSQL ends as idle, since the machine is slow, still advances', async () => {
  let writes = 0;
  const slow = variantOf((original) => ({
    write: async (change, client) => {
      writes += 1;
      await original.write(change, client);
      // Longer than the idle time-out of the first attempt.
      await sleep(2_500);
    },
  }));
  await bed.store.appendMany(new TicketHistories(1, 2).take(4));
  await bed.run([slow]);
  const end = await bed.store.lastPosition();
  await until('the rows are of the whole log', async () => (await readServed(bed.query)).position === end);
  expect(writes).toBeGreaterThan(1);
});
