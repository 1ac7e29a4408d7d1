import { describe, expect, it } from '@jest/globals';
import type { Language } from '../../../../../shared/text/text.js';
import type { QueuedCommand } from '../../queue/command.js';
import { asNote } from './command-text.js';
import { wordsIn } from './words.js';

const noteOf = (queued: QueuedCommand, language: Language = 'fr'): string =>
  asNote(
    { command: { commandId: 'c1', ticketId: 't1', occurredAt: '2026-05-15T10:00:00.000-04:00', ...queued } },
    wordsIn(language),
  );

describe('the text of a command as a note of another ticket', () => {
  it.each<[QueuedCommand, string]>([
    [{ type: 'note', body: 'vu' }, 'vu'],
    [{ type: 'resolve', resolution: { code: 'fixed', note: 'Relancé' } }, 'Résolution – Réparé: Relancé'],
    [{ type: 'hold', reason: 'vendor', note: 'Pièce' }, 'Mise en attente – Le fournisseur: Pièce'],
    [{ type: 'reopen', reason: 'Revenu' }, 'Réouverture – Revenu'],
  ])('says what the command was: %j', (queued, body) => {
    expect(noteOf(queued)).toBe(body);
  });

  it('is in the language of whoever sends it', () => {
    expect(noteOf({ type: 'reopen', reason: 'Back again' }, 'en')).toBe('Reopening – Back again');
  });

  it('is no longer than a note may be', () => {
    const note = 'x'.repeat(10_000);
    expect(noteOf({ type: 'resolve', resolution: { code: 'fixed', note } })).toBe(note);
  });
});
