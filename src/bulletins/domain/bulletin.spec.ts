import { describe, expect, it } from '@jest/globals';
import { instant } from '../../shared/instant.js';
import type { BulletinEvent } from './bulletin.events.js';
import {
  currentWithdrawal,
  decideBulletin,
  evolveBulletin,
  isDraftChanged,
  BulletinRefusal,
  textChanges,
  unwritten,
  type Bulletin,
  type BulletinCommand,
  type WrittenBulletin,
} from './bulletin.js';
import {
  alice,
  bruno,
  cause,
  contents,
  date,
  dayEndsAt,
  drafted,
  known,
  morning,
  published,
} from '../testing/bulletins.js';

const fold = (...events: BulletinEvent[]): Bulletin => events.reduce(evolveBulletin, unwritten);
const written = (...events: BulletinEvent[]): WrittenBulletin => fold(...events) as WrittenBulletin;

const answer = (command: BulletinCommand, bulletin: Bulletin, now = morning) => {
  try {
    return { events: decideBulletin(command, bulletin, now), refusal: null, about: {} };
  } catch (error) {
    if (!(error instanceof BulletinRefusal)) throw error;
    return { events: [], refusal: error.code, about: error.about };
  }
};

const given = (...history: BulletinEvent[]) => ({
  when: (command: BulletinCommand, now = morning) => ({
    then: (...events: BulletinEvent[]) =>
      expect(answer(command, fold(...history), now)).toMatchObject({ events, refusal: null }),
    refused: (refusal: string, about: object = {}) =>
      expect(answer(command, fold(...history), now)).toMatchObject({ events: [], refusal, about }),
  }),
});

const write = (changes = {}, by = alice): BulletinCommand => ({
  type: 'draft',
  date,
  by,
  contents: contents(changes),
});
const known1107 = known({ opened: 1107, resolvedSameDay: 1024 });
const publish = (changes: Partial<Extract<BulletinCommand, { type: 'publish' }>> = {}): BulletinCommand => ({
  type: 'publish',
  date,
  by: alice,
  figures: known1107,
  broken: [],
  dayEndsAt,
  ...changes,
});
const known1108 = known({ opened: 1108, resolvedSameDay: 1024, backlog: 1 }, { position: '101' });
const late = cause({ opened: 1, backlog: 1 });
const revise = (changes: Partial<Extract<BulletinCommand, { type: 'revise' }>> = {}): BulletinCommand => ({
  type: 'revise',
  date,
  by: bruno,
  figures: known1108,
  broken: [],
  causes: [late],
  ...changes,
});
const otherText = { sections: { bilan: 'Une semaine agitée.' } };
const broken = [{ invariant: 'transfers-balance', establishment: null, expected: 1, actual: 0 }];

describe('writing the draft', () => {
  it('begins the bulletin', () => given().when(write()).then(drafted()));
  it('records nothing where nothing has changed', () => given(drafted()).when(write({}, bruno)).then());
  it('replaces the whole draft before it', () =>
    given(drafted()).when(write(otherText)).then(drafted(otherText)));
  it('is refused for a ticket day after the bulletin’s date', () =>
    given()
      .when(write({ ticketDay: '2026-05-18' }))
      .refused('ticket-day-after-bulletin'));
  it('is refused for a relevé of a later day, with its index', () =>
    given()
      .when(
        write({
          releves: [
            { code: 'a', day: date, value: 1 },
            { code: 'b', day: '2026-05-18', value: 1 },
          ],
        }),
      )
      .refused('releve-after-bulletin', { index: 1 }));
  it('is allowed after publication', () =>
    given(drafted(), published(known1107)).when(write(otherText)).then(drafted(otherText)));
  it('is refused for another ticket day than the published one', () =>
    given(drafted(), published(known1107))
      .when(write({ ticketDay: '2026-05-14' }))
      .refused('ticket-day-published', { ticketDay: '2026-05-15' }));
});

describe('publishing', () => {
  it('freezes the text and the figures', () => given(drafted()).when(publish()).then(published(known1107)));
  it('is refused where nothing was written', () => given().when(publish()).refused('bulletin-not-found'));
  it('is refused before the day is over everywhere, with the instant at which it ends', () =>
    given(drafted())
      .when(publish(), instant('2026-05-16T05:59:59.999Z'))
      .refused('day-in-progress', { endsAt: dayEndsAt }));
  it('is allowed from the instant at which the day is over', () =>
    given(drafted())
      .when(publish(), dayEndsAt)
      .then({ ...published(known1107), occurredAt: dayEndsAt }));
  it('is refused where the figures do not add up, with the broken invariant', () =>
    given(drafted()).when(publish({ broken })).refused('figures-do-not-add-up', { broken }));
  it('records nothing the second time, even if the figures have changed', () =>
    given(drafted(), published(known1107))
      .when(publish({ figures: known1108, broken }))
      .then());
  it('is refused once published where the draft has changed since', () =>
    given(drafted(), published(known1107), drafted(otherText)).when(publish()).refused('already-published'));
});

describe('revising', () => {
  const before = [drafted(), published(known1107)];
  const revised = {
    type: 'BulletinRevised',
    occurredAt: morning,
    by: bruno,
    revision: 2,
    contents: contents(),
    figures: known1108,
    changes: [
      { establishment: 'NIM', figure: 'opened', from: 1107, to: 1108 },
      { establishment: 'NIM', figure: 'backlog', from: 0, to: 1 },
    ],
  } as const;
  const explained = {
    type: 'RevisionExplained',
    occurredAt: morning,
    by: bruno,
    revision: 2,
    causes: [late],
  } as const;
  const asEvents = (...events: unknown[]) => events as BulletinEvent[];

  it('records the changed figures and the events that caused them', () =>
    given(...before)
      .when(revise())
      .then(...asEvents(revised, explained)));
  it('records nothing where nothing has changed', () =>
    given(...before)
      .when(revise({ figures: known1107, causes: [] }))
      .then());
  it('publishes a changed text with unchanged figures', () =>
    given(...before, drafted(otherText))
      .when(revise({ figures: known1107, causes: [] }))
      .then(...asEvents({ ...revised, contents: contents(otherText), figures: known1107, changes: [] })));
  it('is refused before the first publication', () =>
    given(drafted()).when(revise()).refused('not-published'));
  it('is refused where nothing was written', () => given().when(revise()).refused('bulletin-not-found'));
  it('is refused where the figures do not add up', () =>
    given(...before)
      .when(revise({ broken }))
      .refused('figures-do-not-add-up', { broken }));
  it('is refused where its causes do not add up to the difference', () =>
    given(...before)
      .when(revise({ causes: [] }))
      .refused('figures-do-not-add-up', {
        broken: [
          { invariant: 'causes-explain-opened', establishment: 'NIM', expected: 1, actual: 0 },
          { invariant: 'causes-explain-backlog', establishment: 'NIM', expected: 1, actual: 0 },
        ],
      }));
  it('needs no causes where the definitions of the figures have changed', () => {
    const otherwise = { ...known1108, definitionsVersion: 2 };
    given(...before)
      .when(revise({ figures: otherwise, causes: [] }))
      .then(...asEvents({ ...revised, figures: otherwise }));
  });
  it('leaves out causes that cancel each other out', () => {
    const gone = [cause({ backlog: 1 }, { position: '102' }), cause({ backlog: -1 }, { position: '103' })];
    const figures = known({ opened: 1108, resolvedSameDay: 1024 });
    const opened = cause({ opened: 1 });
    given(...before)
      .when(revise({ figures, causes: [opened, ...gone] }))
      .then(
        ...asEvents(
          { ...revised, figures, changes: [revised.changes[0]] },
          { ...explained, causes: [opened] },
        ),
      );
  });
  it('splits many causes over several events', () => {
    const many = Array.from({ length: 2500 }, () => cause({ opened: 1, backlog: 1 }));
    const figures = known({ opened: 1107 + 2500, resolvedSameDay: 1024, backlog: 2500 });
    const { events } = answer(revise({ figures, causes: many }), fold(...before));
    expect(events.slice(1).map((event) => event.type === 'RevisionExplained' && event.causes.length)).toEqual(
      [1000, 1000, 500],
    );
    expect(written(...before, ...events).publications.at(-1)?.causes).toHaveLength(2500);
  });
});

describe('a bulletin', () => {
  const first = { code: 'connected-users', day: '2026-05-16', value: 23_431, total: 30_000 };
  const corrected = { ...first, value: 23_432 };

  it('keeps every publication unchanged', () => {
    const events = [drafted(), published(known1107), drafted(otherText)];
    const bulletin = written(...events, ...answer(revise(), written(...events)).events);
    expect(bulletin.publications.map(({ revision }) => revision)).toEqual([1, 2]);
    expect(bulletin.publications[0]).toMatchObject({ figures: known1107, contents: contents() });
    expect(bulletin.publications[1]).toMatchObject({
      figures: known1108,
      contents: contents(otherText),
      causes: [late],
    });
    expect(isDraftChanged(bulletin)).toBe(false);
  });

  it('keeps every value of a relevé, and who wrote it', () => {
    const bulletin = written(
      drafted({ releves: [first] }),
      drafted({ releves: [first], ...otherText }, bruno),
      drafted({ releves: [corrected] }, bruno),
    );
    expect(bulletin.writtenReleves.map(({ value, writtenBy }) => [value, writtenBy])).toEqual([
      [23_431, alice],
      [23_432, bruno],
    ]);
  });

  it('compares two texts regardless of the order of their members', () => {
    const reordered = { total: 30_000, value: 23_431, day: '2026-05-16', code: 'connected-users' };
    const before = contents({ releves: [first], sections: { bilan: 'a', objectif: 'b' } });
    expect(
      textChanges(before, contents({ releves: [reordered], sections: { objectif: 'b', bilan: 'a' } })),
    ).toEqual({
      sections: [],
      releves: [],
    });
    expect(
      textChanges(before, contents({ releves: [corrected], sections: { objectif: 'c', bilan: 'a' } })),
    ).toEqual({
      sections: ['objectif'],
      releves: [{ code: first.code, day: first.day, from: first, to: corrected }],
    });
  });
});

describe('taking a bulletin back', () => {
  const remove: BulletinCommand = { type: 'delete-draft', date, by: bruno };
  const withdraw: BulletinCommand = { type: 'withdraw', date, by: bruno, reason: 'Mauvais jour' };
  const deleted: BulletinEvent = { type: 'DraftDeleted', occurredAt: morning, by: bruno };
  const withdrawn: BulletinEvent = {
    ...{ type: 'BulletinWithdrawn', occurredAt: morning, by: bruno },
    ...{ revision: 1, reason: 'Mauvais jour' },
  };
  const history = [drafted(), published(known1107)];

  it('deletes a draft that was never published, as if it had not been written', () => {
    given(drafted()).when(remove).then(deleted);
    given().when(remove).refused('bulletin-not-found');
    given(drafted(), deleted).when(remove).refused('bulletin-not-found');
    expect(fold(drafted(), deleted)).toEqual(unwritten);
    given(drafted(), deleted).when(write()).then(drafted());
  });

  it('deletes nothing that was published, be it withdrawn since', () => {
    given(...history)
      .when(remove)
      .refused('bulletin-published');
    given(...history, withdrawn)
      .when(remove)
      .refused('bulletin-published');
  });

  it('withdraws what is published, once', () => {
    given(...history)
      .when(withdraw)
      .then(withdrawn);
    given(...history, withdrawn)
      .when({ ...withdraw, reason: 'Autre' })
      .then();
    given().when(withdraw).refused('bulletin-not-found');
    given(drafted()).when(withdraw).refused('not-published');
  });

  it('keeps what was published, and who withdrew it, when and why', () => {
    const bulletin = written(...history, withdrawn);
    expect(bulletin.publications).toHaveLength(1);
    expect(currentWithdrawal(bulletin)).toEqual({
      ...{ revision: 1, reason: 'Mauvais jour', withdrawnAt: morning, withdrawnBy: bruno },
    });
  });

  it('stays withdrawn until it is revised, with the same figures or others', () => {
    given(...history, withdrawn)
      .when(publish())
      .refused('bulletin-withdrawn');
    expect(written(...history, withdrawn, drafted(otherText)).status).toBe('withdrawn');
    const [again] = answer(revise({ figures: known1107, causes: [] }), fold(...history, withdrawn)).events;
    expect(again).toMatchObject({ type: 'BulletinRevised', revision: 2, changes: [] });
    const bulletin = written(...history, withdrawn, again!);
    expect([bulletin.status, currentWithdrawal(bulletin)]).toEqual(['published', undefined]);
    given(...history, withdrawn, again!)
      .when(withdraw)
      .then({ ...withdrawn, revision: 2 });
  });
});
