import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { TicketList } from '../../../src/desk/list/ticket-list.projection.js';
import { TicketSearch } from '../../../src/desk/search/indexing/ticket-search.projection.js';
import type { RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import { makeIndexes, makeTables } from '../../../src/platform/projections/rebuild/generation-tables.js';
import type { TicketEvent } from '../../../src/tickets/domain/ticket.events.js';
import * as happened from '../../../src/tickets/testing/events.js';
import { time } from '../../../src/tickets/testing/fixed.js';
import { referenceOf } from '../../../src/shared/ticket-reference.js';
import { hostileTexts, maxTextLength } from '../../support/tickets/hostile-texts.js';
import { recorded } from '../../support/projections/projected-rows.js';
import { createProjectionBed, type ProjectionBed } from '../../support/projections/projections.js';

jest.setTimeout(900_000);

const schema = 'hostile';
const notes = 14;
let bed: ProjectionBed;
let client: pg.Client;
beforeAll(async () => {
  bed = await createProjectionBed();
  client = new pg.Client({ connectionString: bed.url });
  await client.connect();
  const tables = [new TicketList(), new TicketSearch()].flatMap((projection) => projection.tables);
  await makeTables(client as unknown as pg.PoolClient, schema, tables);
  await makeIndexes(client as unknown as pg.PoolClient, schema, tables);
  await client.query(`SET search_path = ${schema}, public`);
});
afterAll(async () => {
  await client.end();
  await bed.close();
});

/** What is written at once, without the engine: it would take a batch apart that can't be. */
const write = async (events: readonly RecordedEvent[]): Promise<void> => {
  for (const projection of [new TicketList(), new TicketSearch()]) {
    const change: never = projection.fold(events) as never;
    await projection.write(change, client as unknown as pg.PoolClient);
  }
};

/** Notes, some of them internal. */
const noted = (text: (seed: number) => string): TicketEvent[] =>
  Array.from({ length: notes }, (_, at) =>
    happened.noted({ body: text(at), internal: at % 3 === 2, occurredAt: time('13:00') }),
  );

const line = (text: string): string => text.slice(0, 100).toWellFormed();

/** A ticket that has the text wherever one may be: opened, noted, noted again the same. */
const batchesOf = (ticketId: string, text: (seed: number) => string): RecordedEvent[][] => {
  const events: TicketEvent[] = [
    happened.opened({ title: line(text(0)), description: text(notes), location: line(text(1)) }),
    happened.assigned({ team: line(text(2)), assignee: line(text(3)) }),
    ...noted(text),
    ...noted(text),
    happened.noted({ body: 'dernier mot zwickmuehle', occurredAt: time('13:00') }),
  ];
  const all = recorded(
    time('12:00'),
    events.map((event) => [ticketId, event]),
  );
  return [all.slice(0, 2 + notes / 2), all.slice(2 + notes / 2, 2 + notes), all.slice(2 + notes)];
};

const isFound = async (ticketId: string, word: string): Promise<boolean> => {
  const { rows } = await client.query<{ found: boolean }>(
    `SELECT bool_or(coalesce(all_words, words) @@ $2::tsquery) AS found FROM ticket_texts WHERE ticket_id = $1`,
    [ticketId, `'${word}'`],
  );
  return rows[0]!.found;
};

const texts = async (ticketId: string): Promise<string[]> => {
  const { rows } = await client.query<{ row: string }>(
    `SELECT (text.*)::text AS row FROM ticket_texts AS text WHERE ticket_id = $1 ORDER BY part`,
    [ticketId],
  );
  return rows.map(({ row }) => row.replaceAll(ticketId, '').replaceAll(referenceOf(ticketId), ''));
};

describe('no text is too much for the rows and indexes that hold it', () => {
  it.each(Object.entries(hostileTexts))('%s, in many notes, each twice', async (_what, text) => {
    expect(text(0).length).toBeLessThanOrEqual(maxTextLength);
    const ticketId = randomUUID();
    for (const batch of batchesOf(ticketId, text)) await write(batch);
    expect(await isFound(ticketId, 'zwickmuehle')).toBe(true);
  });

  it.each([
    'long words of astral letters with endings of both languages',
    'letters with a combining mark each',
  ])('nor %s where rows are made anew, which are the same', async (what) => {
    const [ticketId, again] = [randomUUID(), randomUUID()];
    for (const batch of batchesOf(ticketId, hostileTexts[what]!)) await write(batch);
    await write(batchesOf(again, hostileTexts[what]!).flat());
    expect(await texts(again)).toEqual(await texts(ticketId));
  });
});
