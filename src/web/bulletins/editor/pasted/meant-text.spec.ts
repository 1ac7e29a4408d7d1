import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { budgeted } from '../../../../../test/support/budget.js';
import { meantText, readText } from './meant-text.js';
import type { SectionName } from '../../../../bulletins/index.js';
import { typographyChanges } from './typography-changes.js';

describe('a pasted text', () => {
  it.each([
    ['one space', '- a\n - b\n - c\n- d', '- a\n  - b\n  - c\n- d'],
    ['one space and two', '- a\n - b\n  - c\n - d', '- a\n  - b\n    - c\n  - d'],
    ['two spaces below a number', '1. a\n  - b', '1. a\n   - b'],
    ['a blank line between', '- a\n\n - b', '- a\n\n  - b'],
    ['what is no list', 'a\n\n - b\n - c', 'a\n\n - b\n - c'],
    ['nothing to be moved', '- a\n  - b\n    - c\n- d', '- a\n  - b\n    - c\n- d'],
    ['bullets', '• a\n◦ b', '- a\n- b'],
    ['the two levels of a word processor', '•\ta\no\tb', '- a\n  - b'],
    ['dashes', '– a\n– b\n\nc – d\n– e', '- a\n- b\n\nc – d\n– e'],
    ['no-break spaces behind their signs', '-\u00A0a\n •\u00A0b\n1.\u00A0c', '- a\n  - b\n1. c'],
    ['a tab before their signs', '\t- a\n\t- b\n\t\t- c\n\t- d', '- a\n- b\n  - c\n- d'],
    ['a tab before bullets', 'Intro\n\n\t•\ta\n\t\to\tb\n\t•\tc', 'Intro\n\n- a\n  - b\n- c'],
    ['less before a later sign than before the first', '\t- a\n  - b', '- a\n- b'],
    ['dashes below their sentence', 'Intro :\n– a\n– b\n\nc', 'Intro :\n- a\n- b\n\nc'],
    ['dashes below bold words', '**Intro :**\n— a', '**Intro :**\n- a'],
    ['dashes in a row', 'Intro\n– a\n– b', 'Intro\n- a\n- b'],
    [
      'the signs of symbol fonts',
      '\uF0B7\ta\n\uF0D8 b\n\uF0FCc\nØ\td\n§\te\nü\tf',
      '- a\n- b\n- c\n- d\n- e\n- f',
    ],
    [
      'many signs',
      '⁃ a\n∙ b\n→ c\n➢ d\n✓ e\n▪ f\n◦ g\n✔\uFE0F h\n❑ i\n⮚ j',
      '- a\n- b\n- c\n- d\n- e\n- f\n- g\n- h\n- i\n- j',
    ],
    ['no space behind a sign', '•a\n•**b**\n✓c', '- a\n- **b**\n- c'],
    ['three levels of a word processor', '•\ta\no\tb\n▪\tc\no\td\n•\te', '- a\n  - b\n    - c\n  - d\n- e'],
    ['letters below a number', '3. a\na) b\nb) c\n4. d', '3. a\n   - a) b\n   - b) c\n4. d'],
    ['indented letters below a number', '10. a\n\n   a) b\n   b) c', '10. a\n\n    - a) b\n    - b) c'],
    ['letters alone', 'Intro\na) b\nb) c\n\nd', 'Intro\n- a) b\n- b) c\n\nd'],
    ['one letter', 'Voir\na) b\nc) d', 'Voir\na) b\nc) d'],
    ['indented code that has signs', 'a\n\n    b\n    - c', 'a\n\n    b\n    - c'],
    ['code', '```\n- a\n - b\n```', '```\n- a\n - b\n```'],
  ])('has its lists read with %s', (_how, text, read) => {
    expect(readText(text, 'bilan')).toBe(read);
  });

  it.each<[string, SectionName, string, string]>([
    ['and a title', 'bilan', 'Bilan – Première semaine\n\n- a', '# Première semaine\n\n- a'],
    ['twice', 'bilan', '# Bilan - Bilan – Calme', '# Calme'],
    ['alone', 'bilan', '**Bilan**\n\nCalme.', 'Calme.'],
    [
      'above another',
      'objectif',
      '# OBJECTIF DU JOUR\n# Objectif du jour : tenir\nSuite.',
      '# tenir\n\nSuite.',
    ],
    ['in English', 'faitsSaillants', '## Highlights\n\n- a', '- a'],
    ['which is a sentence', 'bilan', 'Bilan: tout va bien.', 'Bilan: tout va bien.'],
    ['of another section', 'bilan', '# Objectif du jour', '# Objectif du jour'],
  ])('loses the section’s own heading, %s', (_how, section, text, read) => {
    expect(readText(text, section)).toBe(read);
  });

  it('read twice is read once', () => {
    const line = fc.constantFrom(
      ...[
        '- a',
        ' - b',
        '  - c',
        '   - d',
        '1. e',
        '  2) f',
        '• g',
        'o\th',
        '– i',
        '\t• l',
        'Intro :',
        'a) m',
        'b) n',
        '\t\t- p',
        '    q',
        '▪\tr',
        '-\u00A0s',
        'j',
        '',
        '# Bilan – k',
        'Bilan',
        '```',
      ],
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const read = meantText(lines.join('\n'), 'bilan');
        expect(meantText(read, 'bilan')).toBe(read);
      }),
      { numRuns: budgeted(1_000) },
    );
  });
});

describe('the changes of typography', () => {
  it.each([
    ['Plus de 6 000 accès : oui', 'Plus de 6_000 accès_: oui', ['6 000 → 6_000', 'accès : → accès_:']],
    ["l'un\n90% et « oui »", 'l’un\n90_% et «_oui_»', ["l'un → l’un", '90% → 90_%', '« oui » → «_oui_»']],
    ['le même', 'le même', []],
  ])('of «%s» are its words', (from, to, words) => {
    const unset = (text: string) => text.replaceAll('_', '\u00A0');
    expect(typographyChanges(from, unset(to)).map((change) => `${change.from} → ${change.to}`)).toEqual(
      words.map(unset),
    );
  });
});
