import { describe, expect, it } from '@jest/globals';
import type { Contents, Releve } from '../../../bulletins/index.js';
import { mergedDrafts } from './merged-drafts.js';

const users = (value: number): Releve => ({ code: 'connected-users', day: '2026-05-16', value });
const surgeries = (value: number): Releve => ({ code: 'documented-surgeries', day: '2026-05-15', value });
const draft = (changes: Partial<Contents> = {}): Contents => ({
  ticketDay: '2026-05-15',
  sections: { bilan: 'Calme.', objectif: 'Continuer.' },
  releves: [users(1)],
  ...changes,
});
const base = draft();

describe('two drafts made from the same draft', () => {
  it('are merged where each changed another part', () => {
    const mine = draft({ sections: { bilan: 'Agité.', objectif: 'Continuer.' } });
    const theirs = draft({
      ticketDay: '2026-05-14',
      sections: { bilan: 'Calme.', objectif: 'Continuer.', faitsSaillants: [{ text: 'x' }] },
      releves: [users(2), surgeries(3)],
    });
    expect(mergedDrafts(base, mine, theirs)).toEqual({
      contents: { ...theirs, sections: { ...theirs.sections, bilan: 'Agité.' } },
      conflicts: [],
    });
  });

  it.each([
    ['I', { weekChart: true as const }, {}],
    ['they', {}, { weekChart: true as const }],
  ])('have the chart where %s added it', (_, mine, theirs) => {
    const { contents, conflicts } = mergedDrafts(base, draft(mine), draft(theirs));
    expect(contents.weekChart).toBe(true);
    expect(conflicts).toEqual([]);
    const without = mergedDrafts(draft({ weekChart: true }), draft(theirs), draft(mine));
    expect(without.contents.weekChart).toBeUndefined();
  });

  it('keep my version of a part that both changed, and list theirs as a conflict', () => {
    const mine = draft({ sections: { bilan: 'Agité.' }, releves: [users(3)] });
    const theirs = draft({ sections: { bilan: 'Très calme.', objectif: 'Finir.' }, releves: [users(2)] });
    expect(mergedDrafts(base, mine, theirs)).toEqual({
      contents: mine,
      conflicts: [
        { part: 'bilan', theirs: 'Très calme.' },
        { part: 'objectif', theirs: 'Finir.' },
        { part: 'releve 2026-05-16 connected-users', about: users(3), theirs: users(2) },
      ],
    });
  });

  it('have no conflict where both made the same change', () => {
    const changed = () => draft({ sections: { bilan: 'Agité.' }, releves: [surgeries(3)] });
    const mine = changed();
    expect(mergedDrafts(base, mine, changed())).toEqual({
      contents: mine,
      conflicts: [],
    });
  });

  it('have a conflict where a part was removed in the first and changed in the second', () => {
    const without = draft({ sections: { objectif: 'Continuer.' }, releves: [] });
    const changed = draft({ sections: { bilan: 'Agité.', objectif: 'Continuer.' }, releves: [users(2)] });
    expect(mergedDrafts(base, without, changed).conflicts).toEqual([
      { part: 'bilan', theirs: 'Agité.' },
      { part: 'releve 2026-05-16 connected-users', about: users(2), theirs: users(2) },
    ]);
    expect(mergedDrafts(base, without, changed).contents).toEqual(without);
    expect(mergedDrafts(base, changed, without)).toMatchObject({
      contents: changed,
      conflicts: [{ theirs: undefined }, { about: users(2), theirs: undefined }],
    });
  });
});
