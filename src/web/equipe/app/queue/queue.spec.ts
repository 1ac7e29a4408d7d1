import { describe, expect, it } from '@jest/globals';
import { spreadBackoffMs } from './spread-backoff.js';
import type { QueuedCommand } from './command.js';
import { deviceTime } from './device-time.js';
import { again, corrected, doneAgain, givenUpWith, movedToMerged, remedyOf } from './remedy.js';
import { isHeldBack, judged, nextBatch, type Entry, type QueueRefusal } from './queue.js';

const opening = {
  type: 'open',
  establishment: 'NIM',
  title: 'Écran noir',
  category: 'materiel',
  priority: 'P3',
} as const;
const refusalOf = (code: string, more: Partial<QueueRefusal> = {}): QueueRefusal => ({
  code,
  title: code,
  detail: code,
  ...more,
});

const entry = (
  seq: number,
  asked: QueuedCommand = { type: 'start' },
  changes: Partial<Entry> = {},
): Entry => ({
  seq,
  person: 'alice',
  about: 'Écran noir',
  command: { commandId: `c${seq}`, ticketId: 't1', occurredAt: '2026-05-15T10:00:00.000-04:00', ...asked },
  ...changes,
});
const about = (ticketId: string, one: Entry): Entry => ({ ...one, command: { ...one.command, ticketId } });
const seqs = (entries: readonly Entry[]): number[] => entries.map(({ seq }) => seq);
const applied = (one: Entry, revision = 1) =>
  ({ commandId: one.command.commandId, status: 'applied', revision }) as const;
const refusedAs = (one: Entry, code: string) =>
  ({ commandId: one.command.commandId, status: 'refused', refusal: refusalOf(code) }) as const;

describe('the next batch', () => {
  it('is in the order made, whatever the order kept', () => {
    expect(seqs(nextBatch([entry(3), entry(1, opening), entry(2)], 'alice', { maxCommands: 10 }))).toEqual([
      1, 2, 3,
    ]);
  });

  it('holds what one person made, and nobody else’s', () => {
    const queue = [entry(1), entry(2, { type: 'start' }, { person: 'benoît' })];
    expect(seqs(nextBatch(queue, 'alice', { maxCommands: 10 }))).toEqual([1]);
    expect(seqs(nextBatch(queue, 'benoît', { maxCommands: 10 }))).toEqual([2]);
    expect(nextBatch(queue, 'claire', { maxCommands: 10 })).toEqual([]);
  });

  it('leaves out what was refused, and what comes after a refused opening of its ticket', () => {
    const queue = [
      entry(1, opening, { refusal: refusalOf('unknown-establishment') }),
      entry(2, { type: 'note', body: 'vu' }),
      about('t2', entry(3, opening)),
    ];
    expect(seqs(nextBatch(queue, 'alice', { maxCommands: 10 }))).toEqual([3]);
    expect(queue.map((one) => isHeldBack(one, queue))).toEqual([false, true, false]);
  });

  it('goes on past another refused command of the ticket', () => {
    expect(
      seqs(
        nextBatch([entry(1, { type: 'start' }, { refusal: refusalOf('superseded') }), entry(2)], 'alice', {
          maxCommands: 9,
        }),
      ),
    ).toEqual([2]);
  });

  it('has so many at most, and one however long', () => {
    const long = entry(1, { type: 'note', body: 'x'.repeat(500) });
    expect(seqs(nextBatch([long, entry(2), entry(3)], 'alice', { maxCommands: 2 }))).toEqual([1, 2]);
    expect(seqs(nextBatch([long, entry(2)], 'alice', { maxCommands: 9, maxCharacters: 100 }))).toEqual([1]);
    expect(seqs(nextBatch([entry(1), long], 'alice', { maxCommands: 9, maxCharacters: 300 }))).toEqual([1]);
  });
});

describe('an answer', () => {
  it.each(['applied', 'duplicate', 'unchanged'] as const)('is done with what is %s', (status) => {
    const one = entry(1);
    const { accepted, refused } = judged([one], [one], [{ commandId: 'c1', status, revision: 4 }]);
    expect([accepted, refused]).toEqual([[{ entry: one, revision: 4 }], []]);
  });

  it('leaves what it refuses to a person, with the reason', () => {
    const one = entry(1);
    const { accepted, refused } = judged([one], [one], [refusedAs(one, 'superseded')]);
    expect(accepted).toEqual([]);
    expect(refused).toEqual([{ ...one, refusal: refusalOf('superseded') }]);
  });

  it('says nothing of what it does not name, of what was not sent, and of what was mended meanwhile', () => {
    const [silent, unsent, mended] = [entry(1), entry(2), entry(3)];
    const before = { ...mended, command: { ...mended.command, occurredAt: '2026-05-15T09:00:00.000-04:00' } };
    const told = judged([silent, unsent, mended], [silent, before], [applied(unsent), applied(before)]);
    expect(told).toEqual({ accepted: [], refused: [] });
  });

  it('does not blame a command for the opening that did not get through before it', () => {
    const [first, second] = [entry(1, opening), entry(2)];
    const told = judged(
      [first, second],
      [first, second],
      [refusedAs(first, 'unknown-establishment'), refusedAs(second, 'ticket-not-found')],
    );
    expect(seqs(told.refused)).toEqual([1]);
    const alone = judged([second], [second], [refusedAs(second, 'ticket-not-found')]);
    expect(seqs(alone.refused)).toEqual([2]);
  });
});

describe('a refused command', () => {
  const refused = (asked: QueuedCommand, code: string, more?: Partial<QueueRefusal>) =>
    entry(1, asked, { refusal: refusalOf(code, more) });
  const note: QueuedCommand = { type: 'note', body: 'vu' };

  it.each([
    [{ type: 'start' }, 'superseded', 'do-again-now'],
    [note, 'occurred-in-the-future', 'do-again-now'],
    [opening, 'unknown-establishment', 'correct'],
    [opening, 'malformed', 'correct'],
    [opening, 'establishment-not-yours', 'correct'],
    [note, 'malformed', 'correct'],
    [note, 'establishment-not-yours', 'none'],
    [opening, 'internal-error', 'send-again'],
    [note, 'internal-error', 'send-again'],
    [{ type: 'start' }, 'internal-error', 'send-again'],
    [{ type: 'start' }, 'malformed', 'none'],
    [{ type: 'start' }, 'ticket-merged', 'none'],
  ] as const)('%j refused as %s has the remedy: %s', (asked, code, remedy) => {
    expect(remedyOf(refused(asked, code))).toBe(remedy);
  });

  it('that is a note goes on to the ticket it was merged into', () => {
    const one = refused(note, 'ticket-merged', { mergedInto: 't9' });
    expect(remedyOf(one)).toBe('move-to-merged');
    expect(movedToMerged(one, 'vu')).toEqual(about('t9', entry(1, note)));
  });

  it.each<QueuedCommand>([
    { type: 'resolve', resolution: { code: 'fixed', note: 'Relancé' } },
    { type: 'hold', reason: 'vendor', note: 'Pièce commandée' },
    { type: 'reopen', reason: 'Revenu' },
    { type: 'cancel', reason: 'Par erreur' },
  ])('that says something goes on there as a note: %j', (asked) => {
    const one = refused(asked, 'ticket-merged', { mergedInto: 't9' });
    expect(remedyOf(one)).toBe('move-to-merged');
    expect(movedToMerged(one, 'mots')).toEqual(about('t9', entry(1, { type: 'note', body: 'mots' })));
  });

  it('that says nothing goes nowhere', () => {
    expect(remedyOf(refused({ type: 'start' }, 'ticket-merged', { mergedInto: 't9' }))).toBe('none');
  });

  it('that met a fault of the server is sent again as it is', () => {
    expect(again(refused(note, 'internal-error'))).toEqual(entry(1, note));
  });

  it('is corrected under its own id and time', () => {
    const one = refused(note, 'malformed');
    const better: QueuedCommand = { type: 'note', body: 'vu sur place' };
    expect(corrected(one, better, () => 'new')).toEqual(entry(1, better));
  });

  it('gets another id only where its own is taken', () => {
    const one = refused(note, 'command-id-reused');
    expect(corrected(one, note, () => 'new').command.commandId).toBe('new');
  });

  it('that is done again happens now, after what was made meanwhile', () => {
    const again = doneAgain(refused({ type: 'start' }, 'superseded'), '2026-05-15T12:00:00.000-04:00', 7);
    expect(again).toEqual({
      ...entry(7),
      command: { ...entry(1).command, occurredAt: '2026-05-15T12:00:00.000-04:00' },
    });
  });

  it('that opened a ticket takes along what was done to it', () => {
    const queue = [entry(1, opening), entry(2), about('t2', entry(3))];
    expect(seqs(givenUpWith(queue[0]!, queue))).toEqual([1, 2]);
    expect(seqs(givenUpWith(queue[1]!, queue))).toEqual([2]);
  });
});

describe('the device’s time', () => {
  it.each([
    [-240, '2026-05-15T08:12:33.120-04:00'],
    [0, '2026-05-15T12:12:33.120+00:00'],
    [330, '2026-05-15T17:42:33.120+05:30'],
    [-210, '2026-05-15T08:42:33.120-03:30'],
  ])('carries its offset: %d minutes', (offset, text) => {
    const at = new Date('2026-05-15T12:12:33.120Z');
    expect(deviceTime(at, offset)).toBe(text);
    expect(new Date(text)).toEqual(at);
  });
});

describe('the wait after a failure', () => {
  it('doubles up to five minutes, and is spread by half', () => {
    expect([1, 2, 3, 8, 9, 100].map((failures) => spreadBackoffMs(failures, 1))).toEqual([
      2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
    ]);
    expect(spreadBackoffMs(3, 0)).toBe(4_000);
  });

  it('is never shorter than the server asks', () => {
    expect(spreadBackoffMs(1, 0, 30_000)).toBe(30_000);
  });
});
