import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { budgeted } from '../../../../../test/support/budget.js';
import { releveLines, type Releve } from '../../../../bulletins/index.js';
import { pastedReleve } from './pasted-releves.js';

const day = '2026-05-16';
const printed = (language: 'fr' | 'en', releve: Releve): string =>
  (releveLines(language, releve, [releve])[0] ?? []).map(({ text }) => text).join('');

describe('a pasted relevé', () => {
  it.each([
    [
      "Nombre d'utilisateurs connectés au DSN : **23 431** sur total de 30 000.",
      { value: 23_431, total: 30_000 },
    ],
    ['Nombre d’utilisateurs connectés au DSN: 23 431', { value: 23_431 }],
    ['2 250 utilisateurs connectés en simultané, durant cette période.', { value: 2_250 }],
    [
      'Formations données : 120 h sur total de 200 h (60 %). Cible de 150 h selon le plan.',
      { value: 120, total: 200 },
    ],
    ['Number of users connected to the DSN: 23,431 of a total of 30,000.', { value: 23_431, total: 30_000 }],
  ])('is read of «%s»', (line, expected) => {
    expect(pastedReleve(line, day)).toMatchObject({ ...expected, day });
  });

  it.each(['Tout va bien.', 'Accès : beaucoup', 'Accès : 23.431', 'Accesses: 23,431'])(
    'is none in «%s»',
    (line) => {
      expect(pastedReleve(line, day)).toBeUndefined();
    },
  );

  it('is what the bulletin prints of it, read back', () => {
    const whole = fc.integer({ min: 0, max: 9_999_999 });
    // Groups of digits would be decimals in the other language: without a sentence of its own, such a line is not read.
    const small = fc.integer({ min: 0, max: 999 });
    const percent = fc.integer({ min: 0, max: 1000 }).map((tenths) => tenths / 10);
    const releves = fc.oneof(
      fc.record({
        code: fc.constant('connected-users'),
        day: fc.constant(day),
        value: whole,
        total: fc.integer({ min: 1 }),
      }),
      fc.record({
        code: fc.constantFrom('simultaneous-users', 'documented-surgeries'),
        day: fc.constant(day),
        value: whole,
      }),
      fc.record({
        ...{
          code: fc.constant('accesses-done'),
          day: fc.constant(day),
          unit: fc.constant('%'),
          value: percent,
        },
      }),
      fc.record({
        ...{ code: fc.constant('direct-prescriptions'), day: fc.constant(day), unit: fc.constant('%') },
        ...{ value: percent, target: percent, targetNote: fc.constant('environ un mois post-déploiement') },
      }),
      fc.record({
        ...{
          code: fc.constant('formations-donnees'),
          label: fc.constant('Formations données'),
          day: fc.constant(day),
        },
        ...{ value: small, unit: fc.constant('h'), target: small, targetNote: fc.constant('selon le plan') },
      }),
    );
    fc.assert(
      fc.property(releves, fc.constantFrom('fr' as const, 'en' as const), (releve, language) => {
        expect(pastedReleve(printed(language, releve), day)).toEqual(releve);
      }),
      { numRuns: budgeted(500) },
    );
  });
});
