import { describe, expect, it } from '@jest/globals';
import { Unanswered } from './unanswered.js';

const line = (number: number, ...tickets: string[]) => ({ number, text: '', json: '', tickets });

describe('lines that the server could not judge', () => {
  it('hold back later lines about the same tickets, and lines that come after these', () => {
    const unanswered = new Unanswered();
    unanswered.add(line(1, 'a'), 'Erreur');
    expect(unanswered.holdsBack(line(2, 'b'))).toBe(false);
    expect(unanswered.holdsBack(line(3, 'c', 'a'))).toBe(true);
    expect(unanswered.holdsBack(line(4, 'c'))).toBe(true);
    expect(unanswered.holdsBack(line(5))).toBe(false);
  });

  it('are named when the import ends, with the reason and what to do', () => {
    const unanswered = new Unanswered();
    unanswered.throwIfAny();
    for (let number = 1; number <= 7; number += 1) unanswered.add(line(number, 'a'), 'Erreur du serveur');
    expect(() => unanswered.throwIfAny()).toThrow(
      'line 1, 2, 3, 4, 5 … (7) could not be judged (Erreur du serveur); run the same command again',
    );
  });
});
