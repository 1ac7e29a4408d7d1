import { describe, expect, it } from '@jest/globals';
import { readTaggedPdf } from '../../../../test/support/bulletins/tagged-pdf.js';
import type { KnownFigures, WeekDay } from '../../domain/bulletin.events.js';
import { contents, known, morning, published } from '../../testing/bulletins.js';
import type { PageBlocks } from './blocks.js';
import { htmlOf } from '../html.js';
import { markdownOf } from '../markdown.js';
import { bulletinPage } from './page.js';
import { pdfOf } from '../pdf/pdf.js';

const week: WeekDay[] = Array.from({ length: 7 }, (_, index) => ({
  date: `2026-05-${String(9 + index).padStart(2, '0')}`,
  opened: 1000 + index,
  resolved: index === 3 ? 0 : 900 + index,
}));

const publicationOf = (figures: KnownFigures, revision: number) => ({
  ...published(figures),
  ...{ revision, contents: contents(), publishedAt: morning, publishedBy: 'alice' },
  ...{ changes: [], causes: [], log: undefined, signature: undefined },
});

const pageOf = (figures: KnownFigures, language: 'fr' | 'en' = 'fr', before?: KnownFigures): PageBlocks =>
  bulletinPage(
    {
      ...{ date: '2026-05-17', revision: before ? 2 : 1, contents: contents(), figures },
      publication: publicationOf(figures, before ? 2 : 1),
      corrected: before && publicationOf(before, 1),
      ...{ proof: undefined, behind: undefined, withdrawal: undefined },
    },
    { language, groupFourDigits: false, paper: 'letter' },
  );

const charted = known({}, { week });
const words =
  /Graphique de la semaine – du 9 mai au 15 mai\. Samedi 9 mai : ouverts 1000, résolus 900\. .* Mardi 12 mai : ouverts 1003, résolus 0\. .* Vendredi 15 mai : ouverts 1006, résolus 906\./;

describe('the chart of the week', () => {
  it('is a picture in HTML that says its numbers, and runs nothing', () => {
    const html = htmlOf(pageOf(charted));
    const [, label] = /<svg [^>]*role="img" aria-label="([^"]+)">/.exec(html) ?? [];
    expect(label).toMatch(words);
    expect(html.match(/<rect /g)).toHaveLength(2 + 14);
    expect(html).not.toMatch(/<script|style="/);
  });

  it('is the same picture in the PDF, drawn as lines and with the same words', async () => {
    const { elements, faults, dictionaries } = await readTaggedPdf(
      await pdfOf(pageOf(charted), new Date(morning)),
    );
    expect(faults).toEqual([]);
    const figure = elements.find(({ role }) => role === 'Figure');
    expect(figure?.alt).toMatch(words);
    expect(figure?.text).toContain('sam. 9');
    expect(dictionaries).not.toContain('/Subtype /Image');
    expect(dictionaries).toMatch(/\/BBox \[42 [\d.]+ 562 [\d.]+\]/);
  });

  it('is a small table in Markdown', () => {
    const markdown = markdownOf(pageOf(charted, 'en'));
    expect(markdown).toContain('## Chart of the week – May 9 to May 15\n\n| Day | Opened | Resolved |\n');
    expect(markdown).toContain('\n| Saturday, May 9 | 1000 | 900 |\n');
    expect(markdown).toContain('\n| Friday, May 15 | 1006 | 906 |\n');
  });

  it('is not there unless it was chosen', () => {
    const page = pageOf(known());
    expect(htmlOf(page)).not.toContain('<svg');
    expect(markdownOf(page)).not.toContain('Graphique');
  });

  it('can be of a week without a ticket', () => {
    const empty = week.map(({ date }) => ({ date, opened: 0, resolved: 0 }));
    expect(htmlOf(pageOf(known({}, { week: empty })))).not.toMatch(/NaN|Infinity/);
  });

  it.each([
    ['added', known(), charted, 'Graphique de la semaine : ajouté'],
    ['taken out', charted, known(), 'Graphique de la semaine : retiré'],
    [
      'of other numbers',
      charted,
      known({}, { week: week.with(0, { ...week[0]!, opened: 1 }) }),
      'Graphique de la semaine : chiffres mis à jour',
    ],
  ])('that was %s is named in the correction', (_, before, now, line) => {
    expect(markdownOf(pageOf(now, 'fr', before))).toContain(`- ${line}`);
    expect(markdownOf(pageOf(now, 'fr', now))).not.toContain('Graphique de la semaine : ');
  });
});
