import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { TicketList } from '../../../src/desk/list/ticket-list.projection.js';
import { TicketSearch } from '../../../src/desk/search/indexing/ticket-search.projection.js';
import type { RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import type { Projection } from '../../../src/platform/projections/projection.js';
import type { TicketEvent } from '../../../src/tickets/domain/ticket.events.js';
import { erasedEvent } from '../../../src/tickets/repository/erased-event.js';
import * as happened from '../../../src/tickets/testing/events.js';
import {
  blancSablon,
  coteNord,
  mcq,
  nim,
  otherTicket,
  thirdTicket,
  time,
} from '../../../src/tickets/testing/fixed.js';
import { referenceOf } from '../../../src/shared/ticket-reference.js';
import { listFold, searchFold } from '../../support/projections/desk-fold.js';
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

const note = 'Encore muette depuis hier';
const resolution = { code: 'training', note: 'Montré à toute la relève' } as const;

/** Every event that may follow an opening, with the variants that the rows distinguish. */
const kinds: Record<string, TicketEvent> = {
  assigned: happened.assigned(),
  'assigned to nobody': happened.assigned({ team: null, assignee: null }),
  'assigned to a team alone': happened.assigned({ team: 'mobile-mcq-01', assignee: undefined }),
  noted: happened.noted({ body: note }),
  'noted internally': happened.noted({ body: 'Fournisseur en retard', internal: true }),
  linked: happened.linked(),
  'linked as its child': happened.linked({ to: thirdTicket, relation: 'parent' }),
  requesterChanged: happened.requesterChanged(),
  attached: happened.attached(),
  watched: happened.watched(),
  'watched by another': happened.watched({ watcher: 'a"{,}\\' }),
  unwatched: happened.unwatched(),
  recategorized: happened.recategorized(),
  reprioritized: happened.reprioritized(),
  started: happened.started(),
  'put on hold': happened.held({ note: 'Attend la livraison' }),
  'put on hold without a word': happened.held({ note: undefined }),
  resolved: happened.resolved(),
  'resolved otherwise': happened.resolved({ occurredAt: time('10:20'), resolution }),
  closed: happened.closed(),
  reopened: happened.reopened(),
  cancelled: happened.cancelled(),
  merged: happened.merged(),
  transferred: happened.transferred(),
  'transferred to a site': happened.transferred({ from: nim, to: blancSablon }),
  'transferred within': happened.transferred({ from: blancSablon, to: coteNord }),
  'transferred back': happened.transferred({ from: mcq, to: nim }),
  erased: happened.textsErased(),
  'put on legal hold': happened.holdPlaced(),
  'released from legal hold': happened.holdReleased(),
};
const names = Object.keys(kinds);

const openings = [
  happened.opened({ at: blancSablon }),
  happened.opened({ description: undefined, team: undefined, location: undefined, priority: 'P4' }),
];

/** What may follow in a ticket's life: once its texts are erased, nothing has any. */
const asLived = (events: readonly [string, TicketEvent][]): [string, TicketEvent][] => {
  const erased = new Set<string>();
  return events.map(([ticketId, event]) => {
    const isLate = erased.has(ticketId);
    if (event.type === 'TicketTextsErased') erased.add(ticketId);
    return [ticketId, isLate ? erasedEvent(event) : event];
  });
};

const ticketOf = (number: number): string => `10000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A ticket for every ordered pair of kinds of events, one ticket after the other in the log. */
const everyPair = (): RecordedEvent[] =>
  recorded(
    time('12:00'),
    names.flatMap((first, row) =>
      names.flatMap((second, column): [string, TicketEvent][] => {
        const ticketId = ticketOf(row * names.length + column);
        const opening = openings[(row + column) % openings.length]!;
        return asLived([opening, kinds[first]!, kinds[second]!].map((event) => [ticketId, event]));
      }),
    ),
  );

/** Two interleaved tickets, each with every kind of event, in opposite orders. */
const takingTurns = (): RecordedEvent[] =>
  recorded(
    time('12:00'),
    asLived([
      [ticketOf(1), openings[0]!],
      [otherTicket, openings[1]!],
      ...names.flatMap((name, index): [string, TicketEvent][] => [
        [ticketOf(1), kinds[name]!],
        [otherTicket, kinds[names.at(-1 - index)!]!],
      ]),
    ]),
  );

it('every type of event is among the kinds tested here', () => {
  const made = Object.values(happened).map((make) => make().type);
  const types = [...openings, ...Object.values(kinds)].map(({ type }) => type);
  expect([...new Set(types)].sort()).toEqual([...new Set(made)].sort());
});

const cases: [string, () => Projection, (log: readonly RecordedEvent[]) => Row[][]][] = [
  ['ticket-list', () => new TicketList(), listFold],
  ['ticket-search', () => new TicketSearch(), searchFold],
];

describe.each(cases)('%s', (_name, made, fold) => {
  /** The rows with only the columns of the independent fold, which cannot compute PostgreSQL's tsvectors. */
  const comparable = (tables: Row[][], like: Row[][]): Row[][] =>
    tables.map((rows, table) => {
      const columns = Object.keys(like[table]?.[0] ?? {});
      return rows.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
    });

  it.each(names)(
    'makes the same rows as an independent fold of a ticket that is opened, then %s',
    async (name) => {
      const log = recorded(
        time('12:00'),
        [openings[0]!, kinds[name]!].map((event) => [ticketOf(1), event]),
      );
      for (const size of [1, 2]) {
        const rows = await rowsOf(made(), log, size);
        expect([size, comparable(rows, fold(log))]).toEqual([size, fold(log)]);
      }
    },
  );

  it.each([
    ['every pair of events', everyPair, [1, 2, 3, 7, 100_000]],
    ['all events, of two interleaved tickets', takingTurns, [1, 2, 3, 5, 100_000]],
  ])('makes the same rows from batches of any size: %s', async (_what, logOf, sizes) => {
    const log = logOf();
    const expected = fold(log);
    let whole: Row[][] | undefined;
    for (const size of sizes) {
      const rows = await rowsOf(made(), log, size);
      whole ??= rows;
      expect([size, comparable(rows, expected)]).toEqual([size, expected]);
      expect([size, rows]).toEqual([size, whole]);
    }
  });

  it('fails on an event of a ticket that was never opened', async () => {
    const log = recorded(time('12:00'), [[ticketOf(1), happened.noted()]]);
    await expect(rowsOf(made(), log, 1)).rejects.toThrow(/never opened/);
  });
});

describe('the rows of a ticket whose texts are erased', () => {
  it('hold none of its words, and leave those that other tickets have', async () => {
    const notes = { first: 'Sarrasin et avoine', other: 'Avoine encore' };
    const log = recorded(time('12:00'), [
      [ticketOf(1), openings[0]!],
      [otherTicket, openings[1]!],
      [ticketOf(1), happened.noted({ body: notes.first, internal: true })],
      [otherTicket, happened.noted({ body: notes.other })],
      [ticketOf(3), openings[1]!],
      [ticketOf(3), happened.noted({ body: notes.other })],
      [ticketOf(1), happened.textsErased()],
    ]);
    for (const size of [1, 100_000]) {
      const [texts, words] = (await rowsOf(new TicketSearch(), log, size)) as [Row[], Row[]];
      expect(texts.find((row) => row.ticket_id === ticketOf(1))).toMatchObject({
        ...{ heading: '', body: '', notes: '', internal_notes: '', all_words: null },
        words: `'@${referenceOf(ticketOf(1))}'`,
      });
      expect(texts.filter((row) => row.heading !== '').map((row) => row.ticket_id)).toEqual([
        otherTicket,
        ticketOf(3),
      ]);
      const known = words.map(({ word }) => word);
      expect(known).toContain('avoine');
      expect(known).not.toContain('sarrasin');
    }
  });

  it.each([
    ['ticket-list', () => new TicketList()],
    ['ticket-search', () => new TicketSearch()],
  ] as const)('are emptied at once in %s, also where the event waits behind another', async (_name, made) => {
    const [opening, note, erasure] = recorded(time('12:00'), [
      [ticketOf(1), happened.opened({ title: 'Sarrasin', location: 'Sarrasin' })],
      [ticketOf(1), happened.resolved({ resolution: { code: 'fixed', note: 'Sarrasin' } })],
      [ticketOf(1), happened.textsErased()],
    ]) as [RecordedEvent, RecordedEvent, RecordedEvent];
    const projection: Projection = made();
    const waiting: Projection = {
      ...{ name: projection.name, version: 1, schema: 'desk', streamPrefix: projection.streamPrefix },
      tables: projection.tables,
      fold: (events) => events,
      write: async (change, transaction) => {
        const events = change as RecordedEvent[];
        const seen = events.filter(({ type }) => type !== 'TicketTextsErased');
        await projection.write(projection.fold(seen), transaction);
        const erasing = events.filter(({ type }) => type === projection.erasedBy);
        if (erasing.length > 0) await projection.erase?.(erasing, transaction);
      },
    };
    const before = await rowsOf(waiting, [opening, note], 1);
    expect(JSON.stringify(before).toLowerCase()).toContain('sarrasin');
    const rows = await rowsOf(waiting, [opening, note, erasure], 1);
    expect(JSON.stringify(rows).toLowerCase()).not.toContain('sarrasin');
  });
});

describe('the rows of the search', () => {
  it('keep the words of internal notes in a column of their own, null without internal notes', async () => {
    const open = recorded(time('12:00'), [[ticketOf(1), openings[0]!]]);
    const noted = recorded(time('12:00'), [
      [ticketOf(1), openings[0]!],
      [ticketOf(1), kinds['noted internally']!],
    ]);
    const [[plain]] = (await rowsOf(new TicketSearch(), open, 1)) as [[Row]];
    const [[internal]] = (await rowsOf(new TicketSearch(), noted, 1)) as [[Row]];
    expect(plain.all_words).toBeNull();
    expect(internal.words).toBe(plain.words);
    expect(internal.all_words).toMatch(/'fournisseur'/);
  });
});

describe('the rows of the search for a ticket with more text than one row holds', () => {
  it('are split, and are the same from batches of any size', async () => {
    const words = (from: number, count: number): string =>
      Array.from({ length: count }, (_, at) => `de ${(from + at).toString(36)}`).join(' ');
    const notes = Array.from({ length: 24 }, (_, at): [string, TicketEvent] => [
      ticketOf(1),
      happened.noted({ body: words(at * 700, 1_000), internal: at % 5 === 2 }),
    ]);
    const log = recorded(time('12:00'), [[ticketOf(1), openings[0]!], ...notes]);
    const whole = await rowsOf(new TicketSearch(), log, 100_000);
    expect(whole[0]!.length).toBeGreaterThan(3);
    expect(whole[0]!.every(({ split }) => split)).toBe(true);
    for (const size of [1, 3, 10])
      expect([size, await rowsOf(new TicketSearch(), log, size)]).toEqual([size, whole]);
  });
});
