import { describe, expect, it } from '@jest/globals';
import { ageText, filled } from './live-texts.js';

describe('the age of the figures', () => {
  it.each([
    [0, '0 s'],
    [1_499, '1 s'],
    [59_499, '59 s'],
    [59_500, '1 min'],
    [3_599_000, '59 min'],
    [3_600_000, '1 h'],
    [90_000_000, '25 h'],
  ])('of %d ms is %s', (milliseconds, text) => expect(ageText(milliseconds)).toBe(text));

  it('is never negative, even when the clock was set back', () => expect(ageText(-5_000)).toBe('0 s'));
});

describe('a text with a placeholder', () => {
  it('is filled in', () => expect(filled('à jour il y a {age}', { age: '3 s' })).toBe('à jour il y a 3 s'));
  it('stays as it is without a placeholder', () =>
    expect(filled('Connexion rétablie', {})).toBe('Connexion rétablie'));
  it('keeps its placeholder when the value is missing', () =>
    expect(filled('{summary}', {})).toBe('{summary}'));
  it('takes a value with a dollar sign literally', () =>
    expect(filled('{summary}', { summary: '$& 5' })).toBe('$& 5'));
});
