import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { forgetWords } from '../../../src/desk/search/indexing/forget-words.js';
import { TicketSearch } from '../../../src/desk/search/indexing/ticket-search.projection.js';
import type { RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import type { TicketEvent } from '../../../src/tickets/domain/ticket.events.js';
import * as happened from '../../../src/tickets/testing/events.js';
import { time } from '../../../src/tickets/testing/fixed.js';
import { projectedRows, recorded, type Row, type RowsOf } from '../../support/projections/projected-rows.js';
import { createProjectionBed, type ProjectionBed } from '../../support/projections/projections.js';

let bed: ProjectionBed;
let client: pg.Client;
let rowsOf: RowsOf;
beforeAll(async () => {
  bed = await createProjectionBed();
  client = new pg.Client({ connectionString: bed.url });
  await client.connect();
  rowsOf = projectedRows(client);
});
afterAll(async () => {
  await client.end();
  await bed.close();
});

const ticketOf = (number: number): string => `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const opened = (number: number, title: string): [string, TicketEvent] => [
  ticketOf(number),
  happened.opened({ title, description: undefined }),
];
const noted = (number: number, body: string): [string, TicketEvent] => [
  ticketOf(number),
  happened.noted({ body }),
];

const log = (events: [string, TicketEvent][]): RecordedEvent[] => recorded(time('12:00'), events);
const rowsAfter = async (events: readonly RecordedEvent[], size = events.length): Promise<Row[][]> =>
  rowsOf(new TicketSearch(), events, Math.max(size, 1));
const known = ([, words = []]: Row[][]): unknown[] => words.map(({ word }) => word);
const allRows = async (): Promise<Row[][]> =>
  Promise.all(
    ['known_words', 'word_tickets'].map(async (table) => {
      const { rows } = await client.query<{ row: Row }>(
        `SELECT to_jsonb(one) AS row FROM ${table} AS one ORDER BY to_jsonb(one)::text`,
      );
      return rows.map(({ row }) => row);
    }),
  );

/** Tickets that share some words, in an order of their ids that is not that of the log; «post-op» gives «postop» when joined. */
const shared: [string, TicketEvent][] = [
  opened(5, 'Imprimante de Tremblay'),
  opened(2, 'Imprimante postop'),
  noted(5, 'Imprimante vue avec Gaudreault'),
  opened(9, 'Clavier et imprimante'),
  opened(1, 'Imprimante post-op'),
  noted(9, 'Gaudreault a rappelé'),
  opened(3, 'Clavier postop'),
  noted(2, 'Clavier'),
];

describe('the words that are offered for a mistyped one', () => {
  it('are those of two tickets at least, however often one ticket has them', async () => {
    const rows = await rowsAfter(log(shared));
    expect(known(rows)).toEqual(['clavier', 'gaudreault', 'imprimante', 'postop']);
    expect(JSON.stringify(rows.slice(1))).not.toContain('tremblay');
  });

  it('are the same in batches of whatever size', async () => {
    const whole = await rowsAfter(log(shared));
    for (const size of [1, 2, 3]) expect(await rowsAfter(log(shared), size)).toEqual(whole);
  });

  it.each([[[5]], [[9]], [[2]], [[1, 3]], [[2, 3]], [[5, 9]], [[1, 2, 3, 5, 9]]])(
    'are without those of tickets %j once these are erased, as if they had never been written',
    async (numbers) => {
      const gone = numbers.map(ticketOf);
      await rowsAfter(log(shared));
      await forgetWords(client as unknown as pg.PoolClient, gone);
      const afterwards = await allRows();
      await rowsAfter(log(shared.filter(([ticketId]) => !gone.includes(ticketId))));
      expect(afterwards).toEqual(await allRows());
    },
  );

  it('are looked for in every part of a long ticket', async () => {
    const filler = (from: number) => Array.from({ length: 1_300 }, (_, at) => `mot${from}x${at}`).join(' ');
    const long: [string, TicketEvent][] = [
      opened(1, 'Rien'),
      ...Array.from({ length: 6 }, (_, at) => noted(1, filler(at))),
      noted(1, 'Lalancette'),
      opened(2, 'Lalancette'),
      opened(3, 'Lalancette'),
    ];
    await rowsAfter(log(long));
    await forgetWords(client as unknown as pg.PoolClient, [ticketOf(2)]);
    const [words] = await allRows();
    expect(words).toContainEqual({ word: 'lalancette' });
  });
});
