import { describe, expect, it } from '@jest/globals';
import { mentionsIn } from './mentions.js';

describe('the people whom a note mentions', () => {
  it.each([
    ['@alice peux-tu voir?', ['alice']],
    ['Vu avec @alice et @bob.tremblay, puis @alice.', ['alice', 'bob.tremblay']],
    ['(@marie.roy@exemple.org)', ['marie.roy@exemple.org']],
    ['«@hélène»: oui', ['hélène']],
    ['@test:agent', ['test:agent']],
    ['écrire à marie.roy@exemple.org', []],
    ['@ alice, @@, @', []],
    ['', []],
  ])('are named after an «@»: %s', (text, people) => {
    expect(mentionsIn(text)).toEqual(people);
  });

  it('are no crowd', () => {
    expect(mentionsIn(Array.from({ length: 500 }, (_, n) => `@p${n}`).join(' '))).toHaveLength(20);
  });

  it('are found in hostile texts as fast as in others', () => {
    for (const text of ['@'.repeat(10_000), `@a${'.'.repeat(9_000)}`, '@a'.repeat(5_000)]) {
      expect(mentionsIn(text).length).toBeLessThan(21);
    }
  });
});
