import { describe, expect, it } from '@jest/globals';
import { instant } from '../../shared/instant.js';
import * as happened from '../../tickets/testing/events.js';
import { blancSablon, coteNord, mcq, nim } from '../../tickets/testing/fixed.js';
import type { TicketEvent } from '../../tickets/domain/ticket.events.js';
import { entriesOf } from './figure-entries.js';

const noon = instant('2026-05-15T16:00:00Z');
const evening = instant('2026-05-16T01:00:00Z');
const nextNoon = instant('2026-05-16T16:00:00Z');
const nextEvening = instant('2026-05-17T01:00:00Z');
const opened = { at: nim, occurredAt: noon };

const summaryOf = (event: TicketEvent) =>
  entriesOf(event).map(({ figure, delta, establishment, day }) => [figure, delta, establishment, day]);

describe('the entries of an event', () => {
  it('are one for an opening, a cancellation or a merge', () => {
    expect(summaryOf(happened.opened({ occurredAt: noon }))).toEqual([['opened', 1, 'NIM', '2026-05-15']]);
    expect(summaryOf(happened.cancelled({ occurredAt: noon }))).toEqual([
      ['cancelled', 1, 'NIM', '2026-05-15'],
    ]);
    expect(summaryOf(happened.merged({ occurredAt: noon }))).toEqual([['merged', 1, 'NIM', '2026-05-15']]);
  });

  it('are two for a resolution on the opening day, and for a reopening on that day', () => {
    expect(summaryOf(happened.resolved({ occurredAt: evening, opened }))).toEqual([
      ['resolved', 1, 'NIM', '2026-05-15'],
      ['resolvedSameDay', 1, 'NIM', '2026-05-15'],
    ]);
    expect(summaryOf(happened.reopened({ occurredAt: evening, opened }))).toEqual([
      ['reopened', 1, 'NIM', '2026-05-15'],
      ['resolvedSameDay', -1, 'NIM', '2026-05-15'],
    ]);
  });

  it('include a resolution on another day as long as another zone may count both on one day', () => {
    expect(summaryOf(happened.resolved({ occurredAt: nextNoon, opened }))).toEqual([
      ['resolved', 1, 'NIM', '2026-05-16'],
      ['resolvedAnotherDay', 1, 'NIM', '2026-05-15'],
    ]);
    expect(summaryOf(happened.reopened({ occurredAt: nextNoon, opened }))).toEqual([
      ['reopened', 1, 'NIM', '2026-05-16'],
      ['resolvedAnotherDay', -1, 'NIM', '2026-05-15'],
    ]);
    expect(summaryOf(happened.resolved({ occurredAt: nextEvening, opened }))).toEqual([
      ['resolved', 1, 'NIM', '2026-05-16'],
    ]);
  });

  it('leave the cohort unchanged when a cancelled ticket is reopened', () => {
    const reopened = happened.reopened({ occurredAt: evening, opened, from: 'cancelled' });
    expect(summaryOf(reopened)).toEqual([['reopened', 1, 'NIM', '2026-05-15']]);
  });

  it('count a transfer once a day, and once at each establishment', () => {
    const firsts = (from: typeof nim, to: typeof nim) =>
      entriesOf(happened.transferred({ occurredAt: noon, from, to })).map(
        ({ figure, firstOfDay, firstOfEstablishment }) => [figure, firstOfDay, firstOfEstablishment],
      );
    expect(firsts(nim, mcq)).toEqual([
      ['transferredOut', true, true],
      ['transferredIn', false, true],
    ]);
    expect(firsts(coteNord, blancSablon)).toEqual([
      ['transferredOut', true, true],
      ['transferredIn', false, false],
    ]);
  });

  it('are none for events that change no figure', () => {
    for (const event of [
      ...[happened.assigned(), happened.noted(), happened.linked(), happened.recategorized()],
      ...[happened.reprioritized(), happened.started(), happened.held(), happened.closed()],
    ]) {
      expect([event.type, entriesOf(event)]).toEqual([event.type, []]);
    }
  });
});
