import { describe, expect, it } from '@jest/globals';
import * as vocabulary from './vocabulary.js';
import { afterDe, codesOf, sentenceLabels, withinSentence } from './vocabulary.js';
import type { Text } from './text/text.js';

const tables = Object.entries(vocabulary).filter(
  ([name]) => name.endsWith('Labels') && name !== 'sentenceLabels',
) as [string, Record<string, Text>][];

describe('the vocabulary', () => {
  it.each(tables)('has one name for each code, in both languages: %s', (_name, labels) => {
    const codes = codesOf(labels);
    for (const language of ['fr', 'en'] as const) {
      const names = codes.map((code) => labels[code]![language]);
      expect(new Set(names).size).toBe(codes.length);
      for (const name of names) expect(name).toMatch(/^\p{Lu}\S*( \S+)*$/u);
    }
  });

  it('keeps the codes that logs hold, in the order they are offered', () => {
    expect(codesOf(vocabulary.priorityLabels)).toEqual(['P1', 'P2', 'P3', 'P4']);
    expect(codesOf(vocabulary.holdReasonLabels)).toEqual(['user', 'vendor', 'change']);
    expect(codesOf(vocabulary.categoryLabels).at(-1)).toBe('autre');
  });

  it('writes its labels in lower case within sentences', () => {
    expect(sentenceLabels(vocabulary.priorityLabels, 'fr').P1).toBe('critique');
    expect(withinSentence('Élevée')).toBe('élevée');
  });

  it.each([
    ['Le fournisseur', 'du fournisseur'],
    ['Les fournisseurs', 'des fournisseurs'],
    ['L’utilisateur', 'de l’utilisateur'],
    ['Un changement', 'd’un changement'],
    ['Équipe', 'd’équipe'],
    ['Ça', 'de ça'],
  ])('joins a label to a «de» before it: %s', (label, joined) => {
    expect(afterDe(label)).toBe(joined);
  });
});
