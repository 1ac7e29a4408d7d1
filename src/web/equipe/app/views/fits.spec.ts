import { describe, expect, it } from '@jest/globals';
import { fitsTyped } from './fits.js';

describe('searching for a ticket on the tablet', () => {
  it.each([
    ['Moniteur de cœur', 'coeur'],
    ['Moniteur de coeur', 'CŒUR'],
    ['Système très lent', 'systeme lent'],
    ['L’imprimante du 3e', "l'imprimante"],
    ['Poste 514-555-0199', '514.555.0199'],
    ['Local B-3.214', '3-214'],
    ['Compilateur C++', 'c++'],
    ['Strasse und Straße', 'strasse'],
    ['Imprimante', ''],
  ])('finds «%s» by «%s»', (title, typed) => {
    expect(fitsTyped([title, 'Chambre 214'], typed)).toBe(true);
  });

  it.each([['Moniteur'], ['coeur moniteur'], ['++']])('does not find «Cœur» by «%s»', (typed) => {
    expect(fitsTyped(['Cœur'], typed)).toBe(false);
  });
});
