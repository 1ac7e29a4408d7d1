import { describe, expect, it } from '@jest/globals';
import type { Releve } from '../../domain/bulletin.events.js';
import { contents, known, morning, published } from '../../testing/bulletins.js';
import { markdownOf } from '../markdown.js';
import { bulletinPage } from './page.js';

const releve = (code: string, value: number, about: Partial<Releve> = {}): Releve => ({
  ...{ code, day: '2026-05-16', value },
  ...about,
});
const publicationOf = (releves: Releve[], revision: number) => ({
  ...published(known()),
  ...{ revision, contents: contents({ releves }), publishedAt: morning, publishedBy: 'alice' },
  ...{ changes: [], causes: [], log: undefined, signature: undefined },
});

const correction = (before: Releve[], after: Releve[]): string | undefined => {
  const publication = publicationOf(after, 2);
  const printed = {
    ...{ date: '2026-05-17', revision: 2, contents: publication.contents, figures: known(), publication },
    ...{ corrected: publicationOf(before, 1), proof: undefined, behind: undefined, withdrawal: undefined },
  };
  const page = bulletinPage(printed, { language: 'fr', groupFourDigits: false, paper: 'letter' });
  return /^- Relevés modifiés : (.*)$/m.exec(markdownOf(page))?.[1]?.replace(/\u00a0|\u202f/g, ' ');
};

describe('the correction of a revision', () => {
  it('names the relevés that changed as people call them, and says from what to what', () => {
    expect(
      correction(
        [releve('connected-users', 23_431), releve('documented-surgeries', 154), releve('lits', 3)],
        [
          releve('connected-users', 23_500),
          releve('documented-surgeries', 154),
          releve('attente', 4, { label: 'Temps d’attente', unit: 'min' }),
        ],
      ),
    ).toBe(
      'Utilisateurs connectés (16 mai), 23 500 au lieu de 23 431; lits (16 mai), retiré; Temps d’attente (16 mai), ajouté',
    );
  });

  it('has no line on relevés where none changed', () => {
    expect(correction([releve('lits', 3)], [releve('lits', 3)])).toBeUndefined();
  });
});
