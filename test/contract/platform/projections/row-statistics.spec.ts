import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { projections as types } from '../../../../src/boot/registry.js';
import { patienceMs } from '../../../support/patience.js';
import {
  appendAll,
  createProjectionBed,
  type ProjectionBed,
} from '../../../support/projections/projections.js';
import { TicketHistories } from '../../../support/tickets/ticket-histories.js';

let bed: ProjectionBed;
beforeAll(async () => {
  bed = await createProjectionBed();
});
afterAll(() => bed.close());

interface Table {
  name: string;
  rows: number;
  known: number;
}

it('PostgreSQL knows of the rows that were just caught up with, before anybody reads them', async () => {
  const projections = await bed.run(types);
  await appendAll(bed.store, new TicketHistories(1).take(4_000));
  await projections.waitForPositions([...types], await bed.store.lastPosition(), patienceMs);
  const tables = await bed.query<Table>(`
    SELECT relation.oid::regclass::text AS name, relation.reltuples::integer AS known,
           (xpath('/row/count/text()', query_to_xml('SELECT count(*) FROM ' || relation.oid::regclass, false, true, '')))[1]::text::integer AS rows
      FROM pg_class AS relation
      JOIN projections.generations AS served
        ON coalesce(served.volatile_schema, concat_ws('_', 'projection', replace(served.name, '-', '_'), served.generation))
           = relation.relnamespace::regnamespace::text
     WHERE relation.relkind = 'r'`);
  const large = tables.filter(({ rows }) => rows > 100);
  expect(large.length).toBeGreaterThan(5);
  expect(large.filter(({ rows, known }) => known < rows / 4)).toEqual([]);
});
