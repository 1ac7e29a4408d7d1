import { describe, expect, it } from '@jest/globals';
import type { WrittenReleve } from '../../../../bulletins/index.js';
import { instant } from '../../../../shared/instant.js';
import { releveHistory } from './releve-history.js';

const written = (at: string, fields: Partial<WrittenReleve>): WrittenReleve => ({
  ...{ code: 'connected-users', day: '2026-05-16', value: 23_431, total: 30_000, writtenBy: 'alice' },
  ...{ writtenAt: instant(new Date(`2026-05-17T${at}:00Z`)), ...fields },
});
const historyOf = (...writtenReleves: WrittenReleve[]): string =>
  releveHistory({ writtenReleves }, 'America/Toronto', 'fr')
    .text.replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' ,', ',')
    .trim();

describe('the relevés that were corrected', () => {
  it('say what changed, from what, when and by whom', () => {
    const history = historyOf(
      written('10:00', {}),
      written('11:03', { value: 23_500 }),
      written('12:00', { value: 23_500, total: 30_500, source: 'Le registre', writtenBy: 'bob' }),
    );
    expect(history).toBe(
      'Relevés corrigés Utilisateurs connectés (16 mai) ' +
        'Valeur: 23 500 au lieu de 23 431, 17 mai 2026 à 07h03, par alice ' +
        'Sur un total de: 30 500 au lieu de 30 000; Source: Le registre au lieu de –, 17 mai 2026 à 08h00, par bob',
    );
  });

  it('are not those that were only written, or written again as they were', () => {
    expect(historyOf(written('10:00', {}))).toBe('');
    expect(historyOf(written('10:00', {}), written('11:00', { writtenBy: 'bob' }))).toBe('');
    expect(historyOf(written('10:00', {}), written('11:00', { day: '2026-05-15', value: 1 }))).toBe('');
  });
});
