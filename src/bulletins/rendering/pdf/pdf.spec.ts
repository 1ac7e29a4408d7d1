import { describe, expect, it } from '@jest/globals';
import type { PageBlocks } from '../content/blocks.js';
import { parseMarkdown } from '../parse-markdown.js';
import { pdfOf } from './pdf.js';
import { textOfPdf } from '../../../../test/support/bulletins/printed-forms.js';

const page = (markdown: string): PageBlocks => ({
  language: 'fr',
  paper: 'letter',
  letterhead: undefined,
  foot: undefined,
  title: 'Mise à jour quotidienne',
  subtitle: 'DSN',
  date: 'Dimanche 17 mai 2026',
  summary: 'Billets quotidiens',
  notice: 'Ébauche',
  sections: (['text', 'technology', 'tickets', 'correction', 'annex'] as const).map((role) => ({
    role,
    blocks: [
      ...parseMarkdown(markdown),
      {
        kind: 'table',
        columns: ['Nom', 'Ouverts'],
        rows: [
          ['NIM', '3'],
          ['Total', '3'],
        ],
      },
    ],
  })),
  footer: ['Publié'],
});
const everything =
  '# a\n\n- b\n  1. **c** *d* ***e***\n  2. `f`\n\n> g\n\n```\nh\n  i\n```\n\n---\n\n[j](https://example.org)\\\nk';
const madeAt = new Date('2026-05-17T12:00:00Z');

describe('the PDF', () => {
  it('takes whatever a text may hold', async () => {
    const bytes = await pdfOf(page(everything), madeAt);
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is byte for byte the same for the same bulletin', async () => {
    const [one, other] = [await pdfOf(page('x'), madeAt), await pdfOf(page('x'), madeAt)];
    expect(one.equals(other)).toBe(true);
  });

  it.each([
    ['letter', '[0 0 612 792]'],
    ['a4', '[0 0 595.28 841.89]'],
  ] as const)('is as large as the paper of this installation: %s', async (paper, box) => {
    const bytes = await pdfOf({ ...page('x'), paper }, madeAt);
    expect(bytes.toString('latin1')).toContain(`/MediaBox ${box}`);
  });

  it('draws a table that no page can hold, from page to page', async () => {
    const rows = Array.from({ length: 150 }, (_, index) => [`Établissement ${index}`, '1']);
    const table = { kind: 'table' as const, columns: ['Nom', 'Ouverts'], rows };
    const text = await textOfPdf(
      await pdfOf({ ...page(''), sections: [{ role: 'annex', blocks: [table] }] }, madeAt),
    );
    for (const [name] of rows) expect(text).toContain(name);
  });

  it('runs over several pages', async () => {
    const long = Array.from({ length: 120 }, (_, index) => `# Titre ${index}\n\nTexte.`).join('\n\n');
    const bytes = await pdfOf(page(long), madeAt);
    expect(bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(5);
  });

  it.each([
    ['arrows', 'De 1107 → 1108, et ← retour'],
    ['syllabics, whatever their look', 'ᓄᓇᕕᒃ **ᑲᑎᕕᒃ** *ᐃᓅᓯᓕᕆᔨᒃᑯᑦ* ***ᒋᔐᐱ***'],
    ['the signs of a text', '« É » – “x” … ≤ ✓ € Œ'],
  ])('says what was written: %s', async (_, text) => {
    const written = text.replaceAll('*', '');
    expect(await textOfPdf(await pdfOf(page(text), madeAt))).toContain(written);
  });

  it('has the letters of every part of the page', async () => {
    const name = 'ᓄᓇᕕᒃ';
    const bytes = await pdfOf(
      {
        ...page(`\`\`\`\n${name}\n\`\`\`\n\n# ${name}`),
        ...{ title: name, subtitle: name, date: name, notice: name, footer: [name] },
        sections: [{ role: 'annex', blocks: [{ kind: 'table', columns: [name], rows: [[name]] }] }],
      },
      madeAt,
    );
    // The title and the date stand at the foot of the page, too.
    expect((await textOfPdf(bytes)).match(new RegExp(name, 'g'))?.length).toBe(9);
  });
});
