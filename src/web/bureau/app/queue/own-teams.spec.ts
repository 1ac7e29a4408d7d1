import { describe, expect, it } from '@jest/globals';
import type { Reply } from '../../../browser/api-request.js';
import { Store, type State } from '../state.js';
import { answerOf, heldApi } from '../testing/held-api.js';
import { OwnTeams } from './own-teams.js';

const failed: Reply<unknown> = {
  kind: 'problem',
  status: 503,
  problem: { type: 'https://problems/unavailable', title: 'Non', detail: 'Plus tard.' },
};
const away: Reply<unknown> = { kind: 'away' };

/** The teams of somebody, whose requests are answered when the test says so. */
const teamsWithAnswers = (changes: Partial<State> = {}) => {
  const { api, asked } = heldApi();
  const store = new Store(
    { teams: undefined, teamsProblem: undefined, desk: { language: 'fr' }, ...changes } as State,
    () => undefined,
  );
  return { teams: new OwnTeams(store, api, () => undefined), store, asked };
};

describe('the teams of whoever works here', () => {
  it.each([failed, away])('are unknown until they are read: %j', async (reply) => {
    const { teams, store, asked } = teamsWithAnswers();
    void teams.read();
    await asked[0]!.answer(reply);
    expect(store.state.teams).toBeUndefined();
    void teams.read();
    await asked[1]!.answer(answerOf({ teams: [] }));
    expect(store.state.teams).toEqual([]);
  });

  it('stay what they were where they can’t be read again', async () => {
    const { teams, store, asked } = teamsWithAnswers({ teams: ['jour'] });
    void teams.read();
    await asked[0]!.answer(failed);
    expect(store.state.teams).toEqual(['jour']);
  });

  it('are not chosen while nobody knows which are kept: those would be lost', async () => {
    const { teams, asked } = teamsWithAnswers();
    expect(await teams.choose(['nuit'])).toBe(false);
    expect(asked).toEqual([]);
  });

  it('are as they were chosen, also where an older answer comes later', async () => {
    const { teams, store, asked } = teamsWithAnswers({ teams: ['jour'] });
    void teams.read();
    const chosen = teams.choose(['nuit']);
    await asked[1]!.answer(answerOf({ teams: ['nuit'] }));
    await asked[0]!.answer(answerOf({ teams: ['jour'] }));
    expect([await chosen, store.state.teams]).toEqual([true, ['nuit']]);
  });

  it('are said not to be readable where somebody wants to choose them', async () => {
    const { teams, store, asked } = teamsWithAnswers({ panel: 'teams' });
    void teams.read();
    await asked[0]!.answer(away);
    expect(store.state.teamsProblem).toBe(
      'Vos équipes n’ont pas pu être lues. Rouvrez ce choix dans un instant.',
    );
    void teams.read();
    await asked[1]!.answer(answerOf({ teams: ['jour'] }));
    expect(store.state.teamsProblem).toBeUndefined();
  });
});
