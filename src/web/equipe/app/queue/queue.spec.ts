import { describe, expect, it } from '@jest/globals';
import { spreadBackoffMs } from './spread-backoff.js';
import type { QueuedCommand } from './command.js';
import { deviceTime } from './device-time.js';
import { again, corrected, doneAgain, givenUpWith, movedToMerged, remedyOf } from './remedy.js';
import { isHeldBack, matchAnswers, nextBatch, type Entry, type QueueRefusal } from './queue.js';

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
  queued: QueuedCommand = { type: 'start' },
  changes: Partial<Entry> = {},
): Entry => ({
  seq,
  person: 'alice',
  about: 'Écran noir',
  command: { commandId: `c${seq}`, ticketId: 't1', occurredAt: '2026-05-15T10:00:00.000-04:00', ...queued },
  ...changes,
});
const about = (ticketId: string, queuedEntry: Entry): Entry => ({
  ...queuedEntry,
  command: { ...queuedEntry.command, ticketId },
});
const seqs = (entries: readonly Entry[]): number[] => entries.map(({ seq }) => seq);
const applied = (queuedEntry: Entry, revision = 1) =>
  ({ commandId: queuedEntry.command.commandId, status: 'applied', revision }) as const;
const refusedAs = (queuedEntry: Entry, code: string) =>
  ({ commandId: queuedEntry.command.commandId, status: 'refused', refusal: refusalOf(code) }) as const;

describe('the next batch', () => {
  it('is in the order in which commands were made, whatever the order of the queue', () => {
    expect(seqs(nextBatch([entry(3), entry(1, opening), entry(2)], 'alice', { maxCommands: 10 }))).toEqual([
      1, 2, 3,
    ]);
  });

  it('has the commands of a single person', () => {
    const queue = [entry(1), entry(2, { type: 'start' }, { person: 'benoît' })];
    expect(seqs(nextBatch(queue, 'alice', { maxCommands: 10 }))).toEqual([1]);
    expect(seqs(nextBatch(queue, 'benoît', { maxCommands: 10 }))).toEqual([2]);
    expect(nextBatch(queue, 'claire', { maxCommands: 10 })).toEqual([]);
  });

  it('leaves out refused commands, and all commands of a ticket whose opening was refused', () => {
    const queue = [
      entry(1, opening, { refusal: refusalOf('unknown-establishment') }),
      entry(2, { type: 'note', body: 'vu' }),
      about('t2', entry(3, opening)),
    ];
    expect(seqs(nextBatch(queue, 'alice', { maxCommands: 10 }))).toEqual([3]);
    expect(queue.map((queuedEntry) => isHeldBack(queuedEntry, queue))).toEqual([false, true, false]);
  });

  it('includes commands after any other refused command of their ticket', () => {
    expect(
      seqs(
        nextBatch([entry(1, { type: 'start' }, { refusal: refusalOf('superseded') }), entry(2)], 'alice', {
          maxCommands: 9,
        }),
      ),
    ).toEqual([2]);
  });

  it('is limited in commands and characters, but never empty because of a long command', () => {
    const long = entry(1, { type: 'note', body: 'x'.repeat(500) });
    expect(seqs(nextBatch([long, entry(2), entry(3)], 'alice', { maxCommands: 2 }))).toEqual([1, 2]);
    expect(seqs(nextBatch([long, entry(2)], 'alice', { maxCommands: 9, maxCharacters: 100 }))).toEqual([1]);
    expect(seqs(nextBatch([entry(1), long], 'alice', { maxCommands: 9, maxCharacters: 300 }))).toEqual([1]);
  });
});

describe('an answer', () => {
  it.each(['applied', 'duplicate', 'unchanged'] as const)('accepts a command that is %s', (status) => {
    const queuedEntry = entry(1);
    const { accepted, refused } = matchAnswers(
      [queuedEntry],
      [queuedEntry],
      [{ commandId: 'c1', status, revision: 4 }],
    );
    expect([accepted, refused]).toEqual([[{ entry: queuedEntry, revision: 4 }], []]);
  });

  it('keeps a refused command with the reason', () => {
    const queuedEntry = entry(1);
    const { accepted, refused } = matchAnswers(
      [queuedEntry],
      [queuedEntry],
      [refusedAs(queuedEntry, 'superseded')],
    );
    expect(accepted).toEqual([]);
    expect(refused).toEqual([{ ...queuedEntry, refusal: refusalOf('superseded') }]);
  });

  it('settles no command that it does not name, that was not sent, or that was corrected meanwhile', () => {
    const [silent, unsent, mended] = [entry(1), entry(2), entry(3)];
    const before = { ...mended, command: { ...mended.command, occurredAt: '2026-05-15T09:00:00.000-04:00' } };
    const settled = matchAnswers(
      [silent, unsent, mended],
      [silent, before],
      [applied(unsent), applied(before)],
    );
    expect(settled).toEqual({ accepted: [], refused: [] });
  });

  it('does not refuse a command whose ticket is missing because its opening was refused', () => {
    const [first, second] = [entry(1, opening), entry(2)];
    const settled = matchAnswers(
      [first, second],
      [first, second],
      [refusedAs(first, 'unknown-establishment'), refusedAs(second, 'ticket-not-found')],
    );
    expect(seqs(settled.refused)).toEqual([1]);
    const alone = matchAnswers([second], [second], [refusedAs(second, 'ticket-not-found')]);
    expect(seqs(alone.refused)).toEqual([2]);
  });
});

describe('a refused command', () => {
  const refused = (queued: QueuedCommand, code: string, more?: Partial<QueueRefusal>) =>
    entry(1, queued, { refusal: refusalOf(code, more) });
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
  ] as const)('%j refused as %s has the remedy %s', (queued, code, remedy) => {
    expect(remedyOf(refused(queued, code))).toBe(remedy);
  });

  it('that is a note can move to the ticket that its ticket was merged into', () => {
    const queuedEntry = refused(note, 'ticket-merged', { mergedInto: 't9' });
    expect(remedyOf(queuedEntry)).toBe('move-to-merged');
    expect(movedToMerged(queuedEntry, 'vu')).toEqual(about('t9', entry(1, note)));
  });

  it.each<QueuedCommand>([
    { type: 'resolve', resolution: { code: 'fixed', note: 'Relancé' } },
    { type: 'hold', reason: 'vendor', note: 'Pièce commandée' },
    { type: 'reopen', reason: 'Revenu' },
    { type: 'cancel', reason: 'Par erreur' },
  ])('with a text can move there as a note: %j', (queued) => {
    const queuedEntry = refused(queued, 'ticket-merged', { mergedInto: 't9' });
    expect(remedyOf(queuedEntry)).toBe('move-to-merged');
    expect(movedToMerged(queuedEntry, 'mots')).toEqual(about('t9', entry(1, { type: 'note', body: 'mots' })));
  });

  it('without a text can’t move', () => {
    expect(remedyOf(refused({ type: 'start' }, 'ticket-merged', { mergedInto: 't9' }))).toBe('none');
  });

  it('that met a fault of the server is sent again unchanged', () => {
    expect(again(refused(note, 'internal-error'))).toEqual(entry(1, note));
  });

  it('keeps its id and time when it is corrected', () => {
    const queuedEntry = refused(note, 'malformed');
    const better: QueuedCommand = { type: 'note', body: 'vu sur place' };
    expect(corrected(queuedEntry, better, () => 'new')).toEqual(entry(1, better));
  });

  it('gets another id only if its own is used by another command', () => {
    const queuedEntry = refused(note, 'command-id-reused');
    expect(corrected(queuedEntry, note, () => 'new').command.commandId).toBe('new');
  });

  it('that is repeated happens now, after the commands made meanwhile', () => {
    const again = doneAgain(refused({ type: 'start' }, 'superseded'), '2026-05-15T12:00:00.000-04:00', 7);
    expect(again).toEqual({
      ...entry(7),
      command: { ...entry(1).command, occurredAt: '2026-05-15T12:00:00.000-04:00' },
    });
  });

  it('that opens a ticket is given up with all commands of that ticket', () => {
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
  it('doubles up to five minutes, and is shortened at random by up to half', () => {
    expect([1, 2, 3, 8, 9, 100].map((failures) => spreadBackoffMs(failures, 1))).toEqual([
      2_000, 4_000, 8_000, 256_000, 300_000, 300_000,
    ]);
    expect(spreadBackoffMs(3, 0)).toBe(4_000);
  });

  it('is never shorter than Retry-After', () => {
    expect(spreadBackoffMs(1, 0, 30_000)).toBe(30_000);
  });
});
