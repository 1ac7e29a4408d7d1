import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { ActivitySpells } from '../../../src/billets-quotidiens/projections/activity-spells.projection.js';
import { FigureEntries } from '../../../src/billets-quotidiens/projections/figure-entries.projection.js';
import type { Projection } from '../../../src/platform/projections/projection.js';
import { ReportedTickets } from '../../../src/reports/core.js';
import { isAfter, instant } from '../../../src/shared/instant.js';
import * as happened from '../../../src/tickets/testing/events.js';
import { mcq, nim, otherTicket, thisTicket } from '../../../src/tickets/testing/fixed.js';
import { TicketRelations } from '../../../src/tickets/relations/ticket-relations.projection.js';
import { createDatabase, type TestDatabase } from '../../support/database/database.js';
import { projectedRows, recorded, type RowsOf } from '../../support/projections/projected-rows.js';

let database: TestDatabase;
let client: pg.Client;
let rowsOf: RowsOf;
beforeAll(async () => {
  database = await createDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  rowsOf = projectedRows(client);
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const start = instant('2026-05-15T12:00:00Z');
const at = (hours: number) => isAfter(start, hours * 3_600_000);

const opening = { at: nim, occurredAt: start };
/** Events of two tickets, interleaved over several days; the first is recorded a day after it happened. */
const lives: Parameters<typeof recorded>[1] = [
  [thisTicket, happened.opened({ occurredAt: start })],
  [otherTicket, happened.opened({ occurredAt: at(1), at: mcq })],
  [thisTicket, happened.assigned()],
  [thisTicket, happened.resolved({ occurredAt: at(2), opened: opening })],
  [thisTicket, happened.reopened({ occurredAt: at(3), opened: opening })],
  [otherTicket, happened.reprioritized({ occurredAt: at(4), priority: 'P1' })],
  [thisTicket, happened.transferred({ occurredAt: at(5), from: nim, to: mcq })],
  [otherTicket, happened.transferred({ occurredAt: at(6), from: mcq, to: nim })],
  [thisTicket, happened.reprioritized({ occurredAt: at(7), priority: 'P3' })],
  [thisTicket, happened.resolved({ occurredAt: at(30), at: mcq, opened: opening })],
  [thisTicket, happened.closed({ occurredAt: at(31) })],
  [otherTicket, happened.cancelled({ occurredAt: at(32), at: nim })],
  [
    otherTicket,
    happened.reopened({
      ...{ occurredAt: at(33), at: nim, from: 'cancelled' },
      opened: { at: mcq, occurredAt: at(1) },
    }),
  ],
  [thisTicket, happened.reopened({ occurredAt: at(34), at: mcq, from: 'closed', opened: opening })],
  [thisTicket, happened.linked({ occurredAt: at(35), relation: 'related', to: otherTicket })],
  [thisTicket, happened.linked({ occurredAt: at(35), relation: 'parent', to: otherTicket })],
  [otherTicket, happened.merged({ occurredAt: at(35), at: nim, into: thisTicket })],
];
const log = recorded(at(24), lives);

const neverSolved = '5f0a4a55-8a43-4f0e-9d24-6d3f5b1c7e90';
const withUnsolved = recorded(at(24), [
  ...lives,
  [neverSolved, happened.opened({ occurredAt: at(36), at: mcq })],
  [neverSolved, happened.transferred({ occurredAt: at(37), from: mcq, to: nim })],
]);

describe.each([
  ['figure-entries', () => new FigureEntries() as Projection],
  ['activity-spells', () => new ActivitySpells() as Projection],
  ['ticket-relations', () => new TicketRelations() as Projection],
  ['reported-tickets', () => new ReportedTickets() as Projection],
])('%s', (_name, made) => {
  it('makes the same rows from batches of any size', async () => {
    const whole = await rowsOf(made(), withUnsolved, withUnsolved.length);
    expect(whole.every((rows) => rows.length > 0)).toBe(true);
    for (const size of [1, 2, 3, 7]) {
      expect([size, await rowsOf(made(), withUnsolved, size)]).toEqual([size, whole]);
    }
  });
});

describe('the activity spells', () => {
  it('are the intervals in which each ticket was active at one place', async () => {
    const [spells] = await rowsOf(new ActivitySpells(), log, 4);
    const spellsOf = (ticketId: string) =>
      spells!
        .filter((spell) => spell.ticket_id === ticketId)
        .map((spell) => [spell.establishment, spell.from_position, spell.until_position, spell.priority]);
    expect(spellsOf(thisTicket)).toEqual([
      ['NIM', 1, 4, 'P2'],
      ['NIM', 5, 7, 'P2'],
      ['MCQ', 7, 10, 'P2'],
      ['MCQ', 14, null, 'P2'],
    ]);
    expect(spellsOf(otherTicket)).toEqual([
      ['MCQ', 2, 8, 'P2'],
      ['NIM', 8, 12, 'P2'],
      ['NIM', 13, 17, 'P2'],
    ]);
    expect(spells!.every((spell) => spell.reprioritized === true)).toBe(true);
  });

  it('fail on a resolution or reopening without the event that must precede it', async () => {
    const [, , , resolved, reopened] = log;
    for (const event of [resolved!, reopened!]) {
      await expect(rowsOf(new ActivitySpells(), [event], 1)).rejects.toThrow(/never opened|not in/);
    }
  });
});

describe('the ticket relations', () => {
  it('lead from a parent to its children and from a merge target to what was merged', async () => {
    const [relations] = await rowsOf(new TicketRelations(), log, 4);
    expect(relations).toEqual([
      { ticket_id: thisTicket, related: 'parent', other_id: otherTicket, position: 16 },
      { ticket_id: otherTicket, related: 'merged', other_id: thisTicket, position: 17 },
    ]);
  });
});

describe('the sums by the day of recording', () => {
  it('give the first and last position in the log of the events they count', async () => {
    const [entries, sums] = await rowsOf(new FigureEntries(), log, 4);
    const columns = ['opened', 'resolved', 'resolved_same_day', 'reopened', 'transferred_in'];
    const ofNim = sums!.filter((sum) => sum.establishment === 'NIM' && sum.day === '2026-05-15');
    expect(
      ofNim.map((sum) => [
        ...[sum.recorded_day, ...columns.map((column) => sum[column])],
        ...[sum.events, sum.late_events, sum.first_position, sum.last_position],
      ]),
    ).toEqual([
      ['2026-05-16', 1, 0, 0, 0, 0, 1, 1, 1, 1],
      ['2026-05-17', 0, 1, 0, 1, 1, 4, 4, 4, 8],
    ]);
    const cohort = entries!.filter((entry) => entry.figure === 'resolvedSameDay');
    expect(cohort.map(({ delta }) => delta)).toEqual([1, -1]);
  });
});
