import { describe, expect, it } from '@jest/globals';
import { Establishments } from './establishments.js';
import { loadEstablishments } from './load-establishments.js';

describe('the establishments of the network', () => {
  const establishments = loadEstablishments(undefined, 'America/Toronto');

  it.each([
    ['NIM', 'NIM'],
    ['nim', 'NIM'],
    ["Nord-de-l'Île-de-Montréal", 'NIM'],
    ['Nord-de-l’Île-de-Montréal', 'NIM'],
    ['NORD-DE-L’ILE-DE-MONTREAL', 'NIM'],
    ['Mauricie–Centre-du-Québec', 'MCQ'],
    ['Mauricie - Centre-du-Québec', 'MCQ'],
    ['  mauricie‑centre‑du‑quebec ', 'MCQ'],
  ])('«%s» is %s', (name, code) => expect(establishments.find(name)?.code).toBe(code));

  it('are not found by a name that none of them has', () => {
    expect(establishments.find('Nowhere')).toBeUndefined();
  });

  it('have sites with a zone of their own', () => {
    const cnord = establishments.find('CNORD')!;
    expect(cnord.timeZone).toBe('America/Toronto');
    expect(establishments.findSite(cnord, 'blanc-sablon')?.timeZone).toBe('America/Blanc-Sablon');
    expect(establishments.findSite(cnord, 'LISTUGUJ')).toBeUndefined();
  });

  it('may not share a name', () => {
    const first = {
      code: 'A',
      name: 'Un',
      aliases: [],
      timeZone: 'America/Toronto',
      showcase: false,
      sites: [],
    };
    expect(
      () => new Establishments([first, { ...first, code: 'B', aliases: ['un'] }], 'America/Toronto'),
    ).toThrow(/«Un|«un/);
  });
});
