import { describe, expect, it, jest } from '@jest/globals';
import { pino } from 'pino';
import type { EventStore, RecordedEvent } from '../../platform/event-store/event-store.js';
import * as happened from '../../tickets/testing/events.js';
import { thirdTicket, otherTicket, thisTicket } from '../../tickets/testing/fixed.js';
import type { TicketEvent } from '../../tickets/domain/ticket.events.js';
import type { LiveEvent } from './live-event.js';
import { TicketStates } from './ticket-states.js';

/** The events of tickets as the log returns them, one after the other. */
const recorded = (events: readonly [string, TicketEvent][]): RecordedEvent[] => {
  const revisions = new Map<string, number>();
  return events.map(([ticketId, { type, occurredAt, ...data }], index) => {
    const revision = (revisions.get(ticketId) ?? 0) + 1;
    revisions.set(ticketId, revision);
    return {
      ...{ id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`, type, data, revision },
      metadata: { schemaVersion: type === 'TicketPutOnHold' ? 2 : 1, occurredAt, actor: 'alice' },
      stream: `ticket-${ticketId}`,
      position: BigInt(index + 1),
      recordedAt: occurredAt,
    };
  });
};

const log = recorded([
  [thisTicket, happened.opened()],
  [otherTicket, happened.opened()],
  [thisTicket, happened.started()],
  [thisTicket, happened.resolved()],
  [otherTicket, happened.noted()],
  [thirdTicket, happened.opened()],
  [thisTicket, happened.reopened()],
  [thisTicket, happened.transferred()],
]);

const storeOf = (events: readonly RecordedEvent[]) => {
  const readStream = jest.fn((stream: string, fromRevision: number, maxCount: number) =>
    Promise.resolve(
      events.filter((event) => event.stream === stream && event.revision >= fromRevision).slice(0, maxCount),
    ),
  );
  return { readStream, store: { readStream } as unknown as EventStore };
};
const silent = pino({ level: 'silent' });

const summaries = (events: readonly LiveEvent[]) =>
  events.map(({ position, text }) => {
    const data = JSON.parse(/^data: (.*)$/m.exec(text)![1]!) as {
      ticket: { status: string; resolvedAt: unknown };
    };
    return [Number(position), data.ticket.status, data.ticket.resolvedAt !== null];
  });

const whole = [
  [1, 'open', false],
  [2, 'open', false],
  [3, 'in-progress', false],
  [4, 'resolved', true],
  [5, 'open', false],
  [6, 'open', false],
  [7, 'open', false],
  [8, 'open', false],
];

describe('live events', () => {
  it.each([1, 2, 3, 8])('carry the ticket as it was after each event, in batches of %d', async (size) => {
    const { store, readStream } = storeOf(log);
    const states = new TicketStates(store, silent, '');
    const events: LiveEvent[] = [];
    for (let from = 0; from < log.length; from += size)
      events.push(...(await states.liveEvents(log.slice(from, from + size))));
    expect(summaries(events)).toEqual(whole);
    expect(readStream).not.toHaveBeenCalled();
  });

  it.each([1, 3, 5, 7])('carry the same ticket when reading begins after position %d', async (after) => {
    const { store, readStream } = storeOf(log);
    expect(summaries(await new TicketStates(store, silent, '').liveEvents(log.slice(after)))).toEqual(
      whole.slice(after),
    );
    expect(readStream.mock.calls.length).toBeGreaterThan(0);
  });

  it('leave out a ticket that can’t be read, and go on with the others', async () => {
    const strange = { ...log[2]!, type: 'TicketPainted' };
    const { store } = storeOf([...log.slice(0, 2), strange, ...log.slice(3)]);
    const states = new TicketStates(store, silent, '');
    const events = [
      ...(await states.liveEvents([...log.slice(0, 2), strange])),
      ...(await states.liveEvents(log.slice(3))),
    ];
    expect(summaries(events).map(([position]) => position)).toEqual([1, 2, 5, 6]);
  });

  it('can be requested again after the store was unavailable', async () => {
    const { store, readStream } = storeOf(log);
    const states = new TicketStates(store, silent, '');
    readStream.mockRejectedValueOnce(new Error('away'));
    await expect(states.liveEvents(log.slice(4))).rejects.toThrow('away');
    expect(summaries(await states.liveEvents(log.slice(4)))).toEqual(whole.slice(4));
  });
});
