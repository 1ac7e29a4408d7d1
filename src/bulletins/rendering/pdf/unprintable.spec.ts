import { describe, expect, it } from '@jest/globals';
import { contents } from '../../testing/bulletins.js';
import { unprintableIn } from './unprintable.js';

const found = (text: string) =>
  unprintableIn(contents({ sections: { bilan: text } })).map(({ character }) => character);

describe('what a PDF cannot print', () => {
  it.each([
    ['the letters and signs of French', '«É», œ, l’Île – “x” … ≤ ✓ € ½ №'],
    ['arrows and syllabics', 'De 1107 → 1108, ᓄᓇᕕᒃ'],
    ['what is not seen', 'a\u00A0b\u202Fc\u00ADd\u200De\uFE0F'],
  ])('is nothing of %s', (_what, text) => {
    expect(found(text)).toEqual([]);
  });

  it.each([
    ['日本', ['日', '本']],
    ['🦀 **🦀** 𝄞', ['🦀', '𝄞']],
    ['as a character reference &#x1F980;', ['🦀']],
  ])('is, in «%s»: %j', (text, characters) => {
    expect(found(text)).toEqual(characters);
  });

  it('is told of with its part and the words around it', () => {
    const releves = [{ code: 'formations', day: '2026-05-16', value: 1, label: 'Formations 🦀' }];
    const faitsSaillants = [
      { text: 'Rien.' },
      { text: 'Les équipes ont travaillé toute la journée 日 sans relâche jusqu’au soir.' },
    ];
    expect(unprintableIn(contents({ sections: { faitsSaillants }, releves }))).toEqual([
      {
        character: '日',
        part: 'faitsSaillants',
        around: '…vaillé toute la journée 日 sans relâche jusqu’au s…',
      },
      { character: '🦀', part: 'releves', around: 'Formations 🦀' },
    ]);
  });

  it('is no more than what is looked at', () => {
    const many = Array.from({ length: 100 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('');
    expect(found(many)).toHaveLength(20);
  });
});
