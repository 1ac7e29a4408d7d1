import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isAfter } from '../../shared/instant.js';
import { answer, fold } from '../testing/answer.js';
import { arrivals } from '../testing/arrivals.js';
import { frozen } from '../testing/frozen.js';
import { story, type Step } from '../testing/story.js';
import type { Place, TicketEvent } from './ticket.events.js';
import {
  decide,
  futureToleranceMs,
  Refusal,
  unopened,
  type OpenedTicket,
  type TicketRefusalCode,
  type Ticket,
  type TicketCommand,
  type TicketCommandType,
} from './ticket.js';
import type { TicketStatus } from '../../shared/vocabulary.js';

const always = (holds: (steps: Step[]) => void): void =>
  fc.assert(fc.property(arrivals, (sent) => holds(story(sent))));

const appended = (steps: readonly Step[]): TicketEvent[] => steps.flatMap(({ events }) => events);
const last = (steps: readonly Step[]): Ticket => steps.at(-1)?.after ?? unopened;
const stored = (events: readonly TicketEvent[]) => JSON.parse(JSON.stringify(events)) as TicketEvent[];
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
const each = <K extends string>(table: Record<K, unknown>) => Object.keys(table) as K[];

const isActive: Record<Ticket['status'], boolean> = {
  ...{ open: true, 'in-progress': true, waiting: true },
  ...{ unopened: false, resolved: false, closed: false, cancelled: false, merged: false },
};

/** Which commands are transitions, and which only keep the time they claim. */
const isTransition: Record<TicketCommandType, boolean> = {
  ...{ open: true, start: true, hold: true, resolve: true, close: true },
  ...{ reopen: true, cancel: true, merge: true, transfer: true },
  ...{ assign: false, note: false, link: false, recategorize: false, reprioritize: false },
  ...{ requester: false, watch: false, unwatch: false },
};

/** Which events a command must not have happened before. */
const supersededBy: Record<TicketCommandType, TicketEvent['type'][]> = {
  ...{ start: ['TicketReopened'], hold: ['TicketReopened'], resolve: ['TicketReopened'] },
  ...{ cancel: ['TicketReopened'], merge: ['TicketReopened'], transfer: ['TicketReopened'] },
  reopen: ['TicketResolved', 'TicketCancelled'],
  ...{ open: [], close: [], assign: [], note: [], link: [], recategorize: [], reprioritize: [] },
  ...{ requester: [], watch: [], unwatch: [] },
};

describe('any ticket', () => {
  it('replays from its events to the state it was in', () =>
    always((steps) => expect(fold(appended(steps))).toEqual(last(steps))));

  it('replays from its stored events to the state it was in', () =>
    always((steps) => expect(fold(stored(appended(steps)))).toEqual(last(steps))));

  it('answers, replayed from its stored events, as the live one does', () =>
    always((steps) => {
      let replayed: Ticket = unopened;
      for (const { command, now, events, refusal } of steps) {
        expect(answer(command, replayed, now)).toEqual({ events, refusal });
        replayed = fold(stored(events), replayed);
      }
    }));

  it('answers each command with at most one event', () =>
    always((steps) => steps.forEach(({ events }) => expect(events.length).toBeLessThan(2))));

  it('is opened once, first of all', () =>
    always((steps) => {
      const openings = appended(steps).map(({ type }) => type === 'TicketOpened');
      expect(openings).toEqual(openings.map((_, index) => index === 0));
    }));

  it('holds a resolution, a cancellation or a merge exactly while it is resolved, cancelled or merged', () =>
    always((steps) => {
      for (const { after: ticket } of steps) {
        if (ticket.status === 'unopened') continue;
        const { status, resolution, resolvedAt, cancelledAt, mergedInto } = ticket;
        const isResolved = status === 'resolved' || status === 'closed';
        expect([resolution, resolvedAt].map((value) => value !== null)).toEqual([isResolved, isResolved]);
        expect(cancelledAt !== null).toBe(status === 'cancelled');
        expect(mergedInto !== null).toBe(status === 'merged');
      }
    }));

  it('takes no event any more once merged', () =>
    always((steps) => {
      const types = appended(steps).map(({ type }) => type);
      if (types.includes('TicketMerged')) expect(types.indexOf('TicketMerged')).toBe(types.length - 1);
    }));
});

describe('a command that asks for what already is', () => {
  const alreadySo: {
    [T in TicketCommandType]: (command: Extract<TicketCommand, { type: T }>, ticket: OpenedTicket) => boolean;
  } = {
    open: () => false,
    note: () => false,
    assign: ({ team, assignee }, ticket) =>
      (team === undefined || team === ticket.team) &&
      (assignee === undefined || assignee === ticket.assignee),
    watch: ({ watcher }, { watchers }) => watchers.includes(watcher),
    unwatch: ({ watcher }, { watchers }) => !watchers.includes(watcher),
    requester: ({ requester }, ticket) => isDeepStrictEqual(requester, ticket.requester),
    link: ({ to, relation }, { links }) =>
      links.some((known) => known.to === to && known.relation === relation),
    recategorize: ({ category }, ticket) => category === ticket.category,
    reprioritize: ({ priority }, ticket) => priority === ticket.priority,
    start: (_, { status }) => status === 'in-progress',
    hold: (_, { status }) => status === 'waiting',
    resolve: (_, { status }) => status === 'resolved' || status === 'closed',
    close: (_, { status }) => status === 'closed',
    reopen: (_, { status }) => isActive[status],
    cancel: (_, { status }) => status === 'cancelled',
    merge: ({ into }, { mergedInto }) => into === mergedInto,
    transfer: ({ to }, { at }) => to.establishment === at.establishment && to.site === at.site,
  };
  /** Commands that are allowed only while a ticket is not merged; a merged one refuses them even where they ask for what already is. */
  const refusedOnceMerged: TicketCommandType[] = [
    ...(['assign', 'requester', 'watch', 'unwatch', 'link', 'recategorize', 'reprioritize'] as const),
  ];

  it('is the only accepted one that appends nothing, and always appends nothing', () =>
    always((steps) => {
      for (const { command, before, events, refusal } of steps) {
        if (before.status === 'unopened' || refusal === 'occurred-in-the-future') continue;
        if (before.status === 'merged' && refusedOnceMerged.includes(command.type)) continue;
        const isAlreadySo = alreadySo[command.type] as (c: TicketCommand, ticket: OpenedTicket) => boolean;
        expect(refusal === null && events.length === 0).toBe(isAlreadySo(command, before));
      }
    }));
});

describe('the time of a ticket', () => {
  const transitions = (steps: readonly Step[]) =>
    steps
      .filter(({ command }) => isTransition[command.type])
      .flatMap(({ command: { claimedAt }, events }) =>
        events.map(({ occurredAt }) => ({ claimedAt, occurredAt })),
      );

  it('never runs backward from one transition to the next', () =>
    always((steps) => {
      const times = transitions(steps).map(({ occurredAt }) => occurredAt);
      expect(times).toEqual(times.toSorted());
    }));

  it('never puts a transition before the time it claims', () =>
    always((steps) => {
      for (const { claimedAt, occurredAt } of transitions(steps)) expect(occurredAt >= claimedAt).toBe(true);
    }));

  it('delays a transition to the time of the one before it, and no further', () =>
    always((steps) =>
      transitions(steps).forEach(({ claimedAt, occurredAt }, index, all) => {
        if (occurredAt !== claimedAt) expect(occurredAt).toBe(all[index - 1]?.occurredAt);
      }),
    ));

  it('is not moved by any other command, which keeps the time it claims', () =>
    always((steps) => {
      for (const { command, events, before, after: left } of steps) {
        if (isTransition[command.type]) continue;
        for (const { occurredAt } of events) expect(occurredAt).toBe(command.claimedAt);
        expect(left).toMatchObject(
          before.status === 'unopened'
            ? before
            : { status: before.status, at: before.at, lastTransitionAt: before.lastTransitionAt },
        );
      }
    }));

  it('is never more than 5 minutes ahead of the server, which refuses exactly such commands', () =>
    always((steps) => {
      for (const { command, now, refusal } of steps) {
        const ahead = command.claimedAt > isAfter(now, futureToleranceMs);
        expect(refusal === 'occurred-in-the-future').toBe(ahead);
      }
    }));
});

describe('a superseded command', () => {
  /** The last event so far that the command must not have happened before. */
  const supersedes = (steps: readonly Step[], index: number) => {
    const types = supersededBy[steps[index]!.command.type];
    return appended(steps.slice(0, index)).findLast(({ type }) => types.includes(type));
  };

  it('is never accepted', () =>
    always((steps) =>
      steps.forEach(({ command, events }, index) => {
        const event = supersedes(steps, index);
        if (event && events.length > 0) expect(command.claimedAt >= event.occurredAt).toBe(true);
      }),
    ));

  it('is the only kind of command that is refused as superseded', () =>
    always((steps) =>
      steps.forEach(({ command, refusal }, index) => {
        if (refusal !== 'superseded') return;
        expect(supersedes(steps, index)!.occurredAt > command.claimedAt).toBe(true);
      }),
    ));
});

describe('a command that was accepted and comes again right away', () => {
  /** The answer to the second sending, if the once rule did not keep a command from being applied twice under the same id. */
  const again: Record<TicketCommandType, 'unchanged' | 'one event more' | TicketRefusalCode> = {
    open: 'id-taken',
    note: 'one event more',
    ...{ assign: 'unchanged', link: 'unchanged', recategorize: 'unchanged', reprioritize: 'unchanged' },
    ...{ requester: 'unchanged', watch: 'unchanged', unwatch: 'unchanged' },
    ...{ start: 'unchanged', hold: 'unchanged', resolve: 'unchanged', close: 'unchanged' },
    ...{ reopen: 'unchanged', cancel: 'unchanged', merge: 'unchanged', transfer: 'unchanged' },
  };

  it.each(each(again).map((type) => [type, again[type]] as const))('%s: %s', (type, expected) =>
    always((steps) => {
      for (const { command, now, events, after: left } of steps) {
        if (command.type !== type || events.length === 0) continue;
        const second = answer(command, left, now);
        if (expected === 'one event more') expect(second).toEqual({ events, refusal: null });
        else expect(second).toEqual({ events: [], refusal: expected === 'unchanged' ? null : expected });
      }
    }),
  );
});

describe('a decision', () => {
  it('throws nothing but refusals, and mutates neither command, ticket nor event', () =>
    fc.assert(
      fc.property(arrivals, (sent) => {
        const asSent = structuredClone(sent);
        // Any other error, and any write to a frozen object, is rethrown.
        expect(() => story(frozen(sent))).not.toThrow();
        expect(sent).toEqual(asSent);
      }),
    ));

  it('depends on nothing but its arguments', () =>
    always((steps) => {
      for (const { command, now, before, events, refusal } of steps.toReversed())
        expect(answer(structuredClone(command), structuredClone(before), now)).toEqual({ events, refusal });
    }));

  it('that refuses appends nothing and leaves the ticket as it is', () =>
    always((steps) => {
      for (const { command, now, refusal, before, after: left } of steps) {
        if (refusal === null) continue;
        const ticket = structuredClone(before);
        expect(() => decide(command, ticket, now)).toThrow(Refusal);
        expect(ticket).toEqual(before);
        expect(left).toEqual(before);
      }
    }));

  it('that refuses or changes nothing has no effect on later decisions', () =>
    always((steps) => {
      const effective = steps.filter(({ events }) => events.length > 0);
      expect(appended(story(effective))).toEqual(appended(steps));
    }));
});

describe('the events of a ticket', () => {
  const key = ({ establishment, site = '' }: Place) => `${establishment}/${site}`;

  /** What an event adds to the backlog of each place: from what the event itself carries, as a projection must count it. */
  const backlog = (event: TicketEvent): [place: string, delta: number][] => {
    switch (event.type) {
      case 'TicketOpened':
      case 'TicketReopened':
        return [[key(event.at), 1]];
      case 'TicketResolved':
      case 'TicketCancelled':
      case 'TicketMerged':
        return [[key(event.at), -1]];
      case 'TicketTransferred':
        return [
          [key(event.from), -1],
          [key(event.to), 1],
        ];
      case 'TicketAssigned':
      case 'RequesterChanged':
      case 'TicketWatched':
      case 'TicketUnwatched':
      case 'NoteAdded':
      case 'TicketLinked':
      case 'TicketRecategorized':
      case 'TicketReprioritized':
      case 'WorkStarted':
      case 'TicketPutOnHold':
      case 'TicketClosed':
      case 'TicketTextsErased':
      case 'LegalHoldPlaced':
      case 'LegalHoldReleased':
      case 'AttachmentAdded':
        return [];
    }
  };

  it('add up to a backlog of one while the ticket is active, and of none otherwise', () =>
    always((steps) => {
      const deltas = appended(steps).flatMap(backlog);
      expect(sum(deltas.map(([, delta]) => delta))).toBe(isActive[last(steps).status] ? 1 : 0);
    }));

  it('add up to one in the place where the ticket is, while it is active, and to none anywhere else', () =>
    always((steps) => {
      const ticket = last(steps);
      const totals: Record<string, number> = {};
      for (const [place, delta] of appended(steps).flatMap(backlog))
        totals[place] = (totals[place] ?? 0) + delta;
      const there = ticket.status !== 'unopened' && isActive[ticket.status] ? { [key(ticket.at)]: 1 } : {};
      const elsewhere = Object.fromEntries(each(totals).map((place) => [place, 0]));
      expect(totals).toEqual({ ...elsewhere, ...there });
    }));

  it('undo a resolution exactly when they reopen a resolved or closed ticket', () =>
    always((steps) => {
      const { status } = last(steps);
      const resolutions = appended(steps).map((event) => {
        if (event.type === 'TicketResolved') return 1;
        return event.type === 'TicketReopened' && event.from !== 'cancelled' ? -1 : 0;
      });
      expect(sum(resolutions)).toBe(status === 'resolved' || status === 'closed' ? 1 : 0);
    }));

  it('say from which status a reopening brought the ticket back', () =>
    always((steps) => {
      for (const { events, before } of steps)
        for (const event of events)
          if (event.type === 'TicketReopened') expect(event.from).toBe(before.status);
    }));

  it('say where and when the ticket was opened, with every resolution and reopening', () =>
    always((steps) => {
      const [first, ...rest] = appended(steps);
      if (first?.type !== 'TicketOpened') return;
      const { at, occurredAt } = first;
      for (const event of rest)
        if (event.type === 'TicketResolved' || event.type === 'TicketReopened')
          expect(event.opened).toEqual({ at, occurredAt });
    }));
});

describe('the generated tickets', () => {
  /** What operators do is a suite of its own; so is what comes with a file. */
  type EventOfWork = Exclude<
    TicketEvent['type'],
    'TicketTextsErased' | 'LegalHoldPlaced' | 'LegalHoldReleased' | 'AttachmentAdded'
  >;
  const everyEvent: Record<EventOfWork, true> = {
    ...{ TicketOpened: true, TicketAssigned: true, NoteAdded: true, TicketLinked: true },
    ...{ TicketRecategorized: true, TicketReprioritized: true, WorkStarted: true, TicketPutOnHold: true },
    ...{ TicketResolved: true, TicketClosed: true, TicketReopened: true, TicketCancelled: true },
    ...{ TicketMerged: true, TicketTransferred: true, RequesterChanged: true },
    ...{ TicketWatched: true, TicketUnwatched: true },
  };
  const everyRefusal: Record<
    Exclude<TicketRefusalCode, 'texts-erased' | 'legal-hold' | 'too-many-attachments'>,
    true
  > = {
    ...{ 'ticket-not-found': true, 'id-taken': true, 'occurred-in-the-future': true, superseded: true },
    ...{ 'transition-not-allowed': true, 'ticket-resolved': true, 'ticket-closed': true },
    ...{ 'ticket-cancelled': true, 'ticket-merged': true, 'merge-into-itself': true },
    ...{ 'merge-target-not-found': true, 'merge-target-merged': true },
    'merge-target-not-active': true,
    ...{ 'link-to-itself': true, 'link-target-not-found': true, 'health-number-in-title': true },
    'health-number-refused': true,
  };
  const everyStatus = each(isActive) satisfies (TicketStatus | 'unopened')[];

  it('cover every event, every status, every refusal, and delayed transitions', () => {
    const steps = fc.sample(arrivals, { numRuns: 300, seed: 20260515 }).flatMap((sent) => story(sent));
    expect(new Set(appended(steps).map(({ type }) => type))).toEqual(new Set(each(everyEvent)));
    expect(new Set(steps.map(({ before }) => before.status))).toEqual(new Set(everyStatus));
    expect(new Set(steps.flatMap(({ refusal }) => refusal ?? []))).toEqual(new Set(each(everyRefusal)));
    const delayed = steps.filter(({ command, events }) =>
      events.some(({ occurredAt }) => occurredAt > command.claimedAt),
    );
    expect(delayed.length).toBeGreaterThan(100);
  });
});
