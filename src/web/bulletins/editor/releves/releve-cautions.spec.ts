import { describe, expect, it } from '@jest/globals';
import { cautionsOf } from './releve-cautions.js';

const row = (code: string, value: string, total = '', unit = '') => ({ code, value, total, unit });

describe('the cautions about a typed relevé', () => {
  it.each([
    [row('connected-users', '50 000', '30 000'), ['moreThanTotal']],
    [row('connected-users', '23,5', '30 000'), ['notWhole']],
    [row('documented-surgeries', '154,2'), ['notWhole']],
    [row('accesses-done', '781', '', '%'), ['morePercent']],
    [row('connected-users', '30 000', '30 000'), []],
    [row('connected-users', '23 431', '30 000'), []],
    [row('accesses-done', '78,1', '', '%'), []],
    [row('formations', '7,5'), []],
    [row('connected-users', '', '30 000'), []],
    [row('connected-users', 'douze', '30 000'), []],
  ])('for %j are %j', (typed, cautions) => {
    expect(cautionsOf(typed, 'fr')).toEqual(cautions);
  });
});
