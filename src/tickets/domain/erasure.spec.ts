import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { answer, fold } from '../testing/answer.js';
import { arrivals } from '../testing/arrivals.js';
import {
  cancel,
  close,
  erase,
  hold,
  note,
  placeHold,
  releaseHold,
  reopen,
  resolve,
} from '../testing/commands.js';
import {
  cancelled,
  closed,
  holdPlaced,
  holdReleased,
  merged,
  opened,
  held,
  reopened,
  resolved,
  started,
  textsErased,
  transferred,
} from '../testing/events.js';
import { fixedIt, mcq, noon, time } from '../testing/fixed.js';
import { given, nothing } from '../testing/given.js';
import { story } from '../testing/story.js';
import { ticketTexts } from './ticket-texts.js';
import type { TicketEvent } from './ticket.events.js';

describe('erasing the texts of a ticket', () => {
  it.each([
    ['open', [opened()]],
    ['closed', [opened(), resolved(), closed()]],
    ['merged', [opened(), merged()]],
  ] as const)('records why and by which rule, also where it is %s', (_status, history) =>
    given(...history)
      .when(erase())
      .then(textsErased()),
  );
  it('records where the ticket is by then', () =>
    given(opened(), transferred())
      .when(erase())
      .then(textsErased({ at: mcq })));
  it('empties its texts, and keeps everything that is counted or named', () => {
    const before = fold([opened(), resolved()]);
    expect(fold([textsErased()], before)).toEqual({
      ...before,
      ...{ title: '', description: null, location: null, resolution: { ...fixedIt, note: '' } },
      erasure: { ...textsErased().erasure, at: textsErased().occurredAt },
    });
  });
  it('is silent the second time, whatever the reason', () =>
    given(opened(), textsErased())
      .when(erase({ reason: 'Autre motif' }))
      .then(nothing));
  it('is refused where nothing was opened', () => given().when(erase()).refused('ticket-not-found'));
});

describe('a legal hold', () => {
  it('records why', () => {
    given(opened()).when(placeHold()).then(holdPlaced());
    given(opened(), holdPlaced()).becomes({
      legalHold: { reason: 'Dossier 2026-114.', since: time('11:10') },
    });
  });
  it('is silent for the same reason, and records another one', () => {
    given(opened(), holdPlaced()).when(placeHold()).then(nothing);
    given(opened(), holdPlaced())
      .when(placeHold({ reason: 'Appel' }))
      .then(holdPlaced({ hold: { reason: 'Appel' } }));
  });
  it('keeps the texts from being erased until it is released', () => {
    given(opened(), holdPlaced()).when(erase()).refused('legal-hold');
    given(opened(), holdPlaced()).when(releaseHold()).then(holdReleased());
    given(opened(), holdPlaced(), holdReleased()).when(erase()).then(textsErased());
  });
  it('that is not there is released silently', () => given(opened()).when(releaseHold()).then(nothing));
  it('of what is erased already keeps nothing, and is refused', () =>
    given(opened(), textsErased()).when(placeHold()).refused('texts-erased'));
});

describe('a ticket whose texts are erased', () => {
  it('takes no note', () => given(opened(), textsErased()).when(note()).refused('texts-erased'));
  it('is put on hold, resolved, reopened and cancelled like any other, without the texts', () => {
    const late = { claimedAt: time('11:30') };
    const at = { occurredAt: time('11:30') };
    given(opened(), textsErased())
      .when(hold(late))
      .then(held({ note: undefined, ...at }));
    given(opened(), textsErased())
      .when(resolve(late))
      .then(resolved({ resolution: { ...fixedIt, note: '' }, ...at }));
    given(opened(), resolved(), textsErased())
      .when(reopen(late))
      .then(reopened({ reason: '', ...at }));
    given(opened(), textsErased())
      .when(cancel(late))
      .then(cancelled({ reason: '', ...at }));
    given(opened(), resolved(), textsErased()).when(close(late)).then(closed(at));
  });

  it('lives on as if nothing had happened: the same events but for texts, and what is nothing else', () =>
    fc.assert(
      fc.property(arrivals, fc.nat({ max: 40 }), (sent, at) => {
        const steps = story(sent);
        const asItWas = steps.flatMap(({ events }) => events);
        let ticket = fold(steps.slice(0, at).flatMap(({ events }) => events));
        const lived = steps.slice(0, at).flatMap(({ events }) => [...events]);
        if (ticket.status !== 'unopened') ticket = fold(answer(erase(), ticket, noon).events, ticket);
        const isErased = ticket.status !== 'unopened';
        for (const { command, now } of steps.slice(at)) {
          const { events } = answer(command, ticket, now);
          ticket = fold(events, ticket);
          lived.push(...events);
          if (isErased) expect(textsIn(events)).toEqual([]);
        }
        const kept = asItWas.filter(({ type }) => !isOnlyText(type));
        const without = lived.filter(({ type }) => !isOnlyText(type));
        expect(without.map(withoutTexts)).toEqual(kept.map(withoutTexts));
      }),
    ));

  it('is the same when it is replayed from what is left in the log', () => {
    const history = [opened(), started(), resolved(), textsErased()];
    const left = history.map(withoutTexts) as TicketEvent[];
    expect(fold(left)).toEqual(fold(history));
  });
});

const isOnlyText = (type: TicketEvent['type']): boolean =>
  type === 'NoteAdded' || type === 'RequesterChanged';

/** The confidential texts of an event, with where they stand. */
const textsOf = (event: TicketEvent): [path: string, text: string][] =>
  (ticketTexts.data[event.type] ?? []).flatMap((path) => {
    const value = path
      .split('.')
      .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], event);
    return typeof value === 'string' ? [[path, value] as [string, string]] : [];
  });

const textsIn = (events: readonly TicketEvent[]): string[] =>
  events.flatMap(textsOf).flatMap(([, text]) => (text === '' ? [] : [text]));

/** The event as it reads once its key is gone; a note that was left out reads as one that is empty. */
const withoutTexts = (event: TicketEvent): unknown => {
  const copy = structuredClone(event) as unknown as Record<string, unknown>;
  for (const [path] of textsOf(event)) {
    const names = path.split('.');
    const field = names.pop() ?? '';
    const holder = names.reduce((at, name) => at[name] as Record<string, unknown>, copy);
    holder[field] = event.type === 'TicketPutOnHold' ? undefined : '';
  }
  return copy;
};
