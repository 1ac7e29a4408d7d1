import { describe, expect, it } from '@jest/globals';
import { momentName, skewName } from './words.js';

const [minute, hour, day] = [60_000, 3_600_000, 86_400_000];

describe('the words for a wrong clock', () => {
  it.each([
    [3 * minute, 'avance de 3 minutes'],
    [-minute / 2, 'retarde de 1 minute'],
    [119 * minute, 'avance de 119 minutes'],
    [-4 * hour, 'retarde de 4 heures'],
    [47 * hour, 'avance de 47 heures'],
    [7200 * minute, 'avance de 5 jours'],
    [-60 * day, 'retarde de 60 jours'],
  ])('for %d ms are «%s»', (skewMs, words) => {
    expect(skewName(skewMs)).toBe(words);
  });
});

describe('a moment', () => {
  const now = new Date(2026, 4, 15, 10, 0);

  it('of today is shown as a time', () => {
    expect(momentName(new Date(2026, 4, 15, 8, 12).toISOString(), now)).toBe('08h12');
  });

  it('of another day is shown with its date', () => {
    expect(momentName(new Date(2026, 4, 14, 23, 59).toISOString(), now)).toBe('14 mai, 23h59');
    expect(momentName(new Date(2026, 4, 20, 8, 12).toISOString(), now)).toBe('20 mai, 08h12');
  });
});
