import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { Notifications } from '../../../src/desk/notifications/notifications.projection.js';
import type { RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import type { TicketEvent } from '../../../src/tickets/domain/ticket.events.js';
import * as happened from '../../../src/tickets/testing/events.js';
import { otherTicket, thisTicket, time } from '../../../src/tickets/testing/fixed.js';
import { projectedRows, recorded, type RowsOf } from '../../support/projections/projected-rows.js';
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

const people = ['alice', 'bob'] as const;
const person = fc.constantFrom(...people);
const event: fc.Arbitrary<TicketEvent> = fc.oneof(
  person.map((watcher) => happened.watched({ watcher })),
  person.map((watcher) => happened.unwatched({ watcher })),
  person.map((assignee) => happened.assigned({ assignee })),
  person.map((name) => happened.noted({ body: `Vu, @${name}.` })),
  fc.constantFrom(happened.noted(), happened.started(), happened.held(), happened.textsErased()),
);
const step = fc.tuple(fc.constantFrom(thisTicket, otherTicket), event, person);

/** Who is told of what, one event after the other. */
const naive = (log: readonly RecordedEvent[]): string[] => {
  const watching = new Set<string>();
  let told: { line: string; mention: boolean; ticket: string }[] = [];
  for (const { type, data, metadata, position, stream } of log) {
    const ticket = stream.replace('ticket-', '');
    if (type === 'TicketWatched') watching.add(`${ticket} ${String(data.watcher)}`);
    if (type === 'TicketUnwatched') watching.delete(`${ticket} ${String(data.watcher)}`);
    if (type === 'TicketTextsErased') told = told.filter((one) => !(one.mention && one.ticket === ticket));
    if (['TicketWatched', 'TicketUnwatched', 'TicketTextsErased'].includes(type)) continue;
    for (const name of people) {
      if (name === metadata.actor) continue;
      const mention = typeof data.body === 'string' && data.body.includes(`@${name}`);
      const reason = mention
        ? 'mentioned'
        : data.assignee === name
          ? 'assigned'
          : watching.has(`${ticket} ${name}`) && 'watching';
      if (reason) told.push({ line: `${name} ${position} ${reason} ${type}`, mention, ticket });
    }
  }
  return told.map(({ line }) => line).sort();
};

it('the rows are those of an independent fold, from batches of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 30, size: 'max' }),
      fc.integer({ min: 1, max: 31 }),
      async (steps, size) => {
        // As lived: nobody who watches begins again, and no note comes after an erasure.
        const erased = new Set<string>();
        const watching = new Set<string>();
        const lived = steps.filter(([ticket, { type, ...data }]) => {
          const key = `${ticket} ${'watcher' in data ? data.watcher : ''}`;
          if (type === 'TicketTextsErased') return !erased.has(ticket) && erased.add(ticket);
          if (type === 'NoteAdded') return !erased.has(ticket);
          if (type === 'TicketWatched') return !watching.has(key) && watching.add(key);
          return type !== 'TicketUnwatched' || watching.delete(key);
        });
        const log = recorded(
          time('12:00'),
          lived.map(([ticket, happening]) => [ticket, happening]),
        ).map((one, index) => ({ ...one, metadata: { ...one.metadata, actor: lived[index]![2] } }));
        const [, rows] = await rowsOf(new Notifications(), log, size);
        const found = rows!.map((row) => [row.person, row.position, row.reason, row.type].join(' '));
        expect(found.sort()).toEqual(naive(log));
      },
    ),
    { numRuns: 40 },
  );
});
