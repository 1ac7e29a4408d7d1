import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Block, Span } from './content/blocks.js';
import { blockOf } from './markdown.js';
import { parseMarkdown } from './parse-markdown.js';
import { budgeted } from '../../../test/support/budget.js';

const written = (blocks: readonly Block[]): string => blocks.map(blockOf).join('\n\n');

describe('parsed Markdown', () => {
  it('keeps HTML as plain text', () => {
    expect(parseMarkdown('a <script>alert(1)</script> b')).toEqual([
      { kind: 'paragraph', spans: [{ text: 'a <script>alert(1)</script> b' }] },
    ]);
    expect(parseMarkdown('<img src="https://elsewhere.example/x.png">')).toEqual([
      { kind: 'paragraph', spans: [{ text: '<img src="https://elsewhere.example/x.png">' }] },
    ]);
  });

  it('turns an image into a link', () => {
    expect(parseMarkdown('![carte](https://elsewhere.example/x.png)')).toEqual([
      {
        kind: 'paragraph',
        spans: [{ text: '!' }, { text: 'carte', link: 'https://elsewhere.example/x.png' }],
      },
    ]);
  });

  it('has no links with script, data or relative addresses', () => {
    const [block] = parseMarkdown('[ici](javascript:alert(1)) [là](data:text/html,x) [bas](/v1/x)');
    expect(JSON.stringify(block)).not.toContain('"link"');
  });

  it('drops invisible and direction-changing characters, even as character references', () => {
    const blocks = parseMarkdown('a&#8238;b &#x202E;c&rlm; &#xFEFF;d **&#8294;e** f');
    expect(JSON.stringify(blocks)).not.toMatch(/[\u200f\u202e\u2066\ufeff]/);
    expect(blocks).toEqual([
      {
        kind: 'paragraph',
        spans: [{ text: 'ab c d ' }, { text: 'e', bold: true }, { text: ' f' }],
      },
    ]);
  });

  it('has its headings below those of the bulletin', () => {
    expect(parseMarkdown('# a\n\n###### b').map((block) => block.kind === 'heading' && block.level)).toEqual([
      3, 6,
    ]);
  });
});

describe('written Markdown', () => {
  it.each([
    '1. un\n2. deux\n\n   encore',
    '3. trois\n4. quatre',
    '> dit\n> encore',
    '```\n<b>`x`</b>\n```',
    'a `code` **gras** *penché* ***les deux*** fin',
    '[lien](https://example.org/a_b_c)',
    'une ligne\\\nune autre',
    '- a\n  - b\n    - c\n- d',
    '- a\n\n  # b',
    '---',
    'AT&amp;T \\*pas penché\\* 1\\. \\# \\- &amp;amp; snake_case_name',
  ])('is parsed to the same blocks again: %j', (text) => {
    const blocks = parseMarkdown(text);
    expect(blocks).not.toEqual([]);
    // Each parsing sets headings two levels lower.
    expect(JSON.stringify(parseMarkdown(written(blocks))).replace(/"level":\d/g, '')).toBe(
      JSON.stringify(blocks).replace(/"level":\d/g, ''),
    );
  });

  it('is parsed to the same text, whatever its characters', () => {
    const word = fc.stringMatching(/^[!-~àéÎ°–«»\u00A0]{1,8}$/).filter((text) => text.trim() === text);
    const texts = fc.array(word, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(texts, (words) => {
        const text = words.join(' ');
        expect(parseMarkdown(written([{ kind: 'paragraph', spans: [{ text }] }]))).toEqual([
          { kind: 'paragraph', spans: [{ text }] },
        ]);
      }),
      { numRuns: budgeted(1000) },
    );
  });

  it('keeps bold and italic words', () => {
    const look = fc.constantFrom<Partial<Span>>(
      {},
      { bold: true },
      { italic: true },
      { bold: true, italic: true },
    );
    const run = fc.tuple(fc.stringMatching(/^[a-zé0-9]{1,6}$/), look);
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 6 }), (runs) => {
        const spans = runs.flatMap(([text, how], index): Span[] =>
          index === 0 ? [{ text, ...how }] : [{ text: ' ' }, { text, ...how }],
        );
        const [block] = parseMarkdown(written([{ kind: 'paragraph', spans }]));
        const read = block?.kind === 'paragraph' ? block.spans : [];
        const styledLetters = (all: readonly Span[]) =>
          all.flatMap(({ text, bold = false, italic = false }) =>
            Array.from(text.replace(/ /g, ''), (letter) => [letter, bold, italic]),
          );
        expect(styledLetters(read)).toEqual(styledLetters(spans));
      }),
      { numRuns: budgeted(500) },
    );
  });
});
