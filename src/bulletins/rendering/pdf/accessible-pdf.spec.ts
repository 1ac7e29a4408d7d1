import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import MarkdownIt, { type Token } from 'markdown-it';
import { readTaggedPdf } from '../../../../test/support/bulletins/tagged-pdf.js';
import { known, published } from '../../testing/bulletins.js';
import type { Contents } from '../../domain/bulletin.events.js';
import type { PageBlocks } from '../content/blocks.js';
import { markdownOf } from '../markdown.js';
import { bulletinPage } from '../content/page.js';
import { pdfOf } from './pdf.js';

const icon = new URL('../../../web/equipe/assets/icon-192.png', import.meta.url);
const madeAt = new Date('2026-05-17T12:00:00Z');

const everything = `# Un titre à soi

Un texte *penché*, **gras**, \`code\` → ᓄᓇᕕᒃ, et un [lien assez long pour aller
au-delà de la ligne, jusqu’à la suivante ou plus loin encore](https://example.org/a?b=c).\\
Seconde ligne.

- un point
  1. numéroté
  2. l’autre, [lié](mailto:aide@example.org)
- un autre

> Une citation.

#### Un titre trop profond

\`\`\`
du code
  en retrait
\`\`\`

---

${Array.from({ length: 90 }, (_, index) => `- Ligne ${index} qui remplit la page, avec [un lien ${index}](https://example.org/${index})`).join('\n')}`;

const contents: Contents = {
  ticketDay: '2026-05-15',
  sections: {
    bilan: everything,
    faitsSaillants: [{ establishment: { written: 'NIM', name: 'Nord-de-l’Île' }, text: '- Fait.' }],
    objectif: 'Rien & tout <b>1 107</b> | |',
  },
  releves: [
    { code: 'connected-users', day: '2026-05-16', value: 23_431, total: 30_000, source: 'Tableau de bord' },
    { code: 'lits', day: '2026-05-15', value: 3.5, unit: 'km', label: 'Lits & civières' },
  ],
};
const { figures, ...event } = published(known({ opened: 1107, resolvedSameDay: 1024 }));
const publication = {
  ...event,
  ...{ contents, figures, publishedAt: event.occurredAt, publishedBy: event.by },
  ...{ changes: [], causes: [], log: undefined, signature: undefined },
};
const manyEstablishments = {
  ...figures,
  establishments: Array.from({ length: 70 }, (_, index) => ({
    ...figures.total,
    code: `E${index}`,
    name: `Établissement ${index}`,
  })),
};

const pageIn = (language: 'fr' | 'en', paper: 'letter' | 'a4'): PageBlocks =>
  bulletinPage(
    {
      ...{ date: '2026-05-17', revision: 1, contents, figures: manyEstablishments, publication },
      ...{ corrected: undefined, proof: undefined, behind: undefined },
      withdrawal: { revision: 1, reason: 'Erreur', withdrawnAt: event.occurredAt, withdrawnBy: 'alice' },
    },
    { language, groupFourDigits: false, paper },
  );

const parser = new MarkdownIt('commonmark', { html: false }).enable('table');

const shownText = ({ type, content }: Token): string =>
  type === 'softbreak' || type === 'hardbreak' ? ' ' : content;

/** The blocks of a Markdown text as they are read, without its marks. */
const markdownBlocks = (markdown: string): string[] =>
  parser
    .parse(markdown, {})
    .flatMap(({ type, content, children }) =>
      type === 'inline' ? [(children ?? []).map(shownText).join('')] : type === 'fence' ? [content] : [],
    );

const wordsOf = (texts: readonly string[]): string[] =>
  texts.join(' ').replaceAll('\u200b', '').trim().split(/\s+/);

const read = new Map<string, ReturnType<typeof readTaggedPdf>>();

/** The PDF of the page above, written and read once for each form. */
const pdfIn = (language: 'fr' | 'en', paper: 'letter' | 'a4'): ReturnType<typeof readTaggedPdf> => {
  const form = `${language} ${paper}`;
  const known = read.get(form) ?? pdfOf(pageIn(language, paper), madeAt).then(readTaggedPdf);
  read.set(form, known);
  return known;
};

const all = (['fr', 'en'] as const).flatMap((language) =>
  (['letter', 'a4'] as const).map((paper) => [language, paper] as const),
);

describe('a bulletin as PDF, for who does not see it', () => {
  it.each(all)(
    'says that it is PDF/UA-1, in which language, and its title (%s, %s)',
    async (language, paper) => {
      const pdf = await pdfIn(language, paper);
      const title =
        language === 'fr'
          ? 'Mise à jour quotidienne – Dimanche 17 mai 2026'
          : 'Daily update – Sunday, May 17, 2026';
      expect(pdf).toMatchObject({
        ...{ part: '1', isMarked: true, isTitleShown: true, title, xmpTitle: title },
        language: language === 'fr' ? 'fr-CA' : 'en-CA',
      });
    },
  );

  it.each(all)(
    'has every sign on it either tagged once or set apart as furniture (%s, %s)',
    async (language, paper) => {
      const { faults } = await pdfIn(language, paper);
      expect(faults).toEqual([]);
    },
  );

  it.each(all)('is read in the order and the words of its Markdown (%s, %s)', async (language, paper) => {
    const page = pageIn(language, paper);
    const { elements } = await pdfIn(language, paper);
    const texts = elements.filter(({ role }) => role !== 'Lbl').map(({ text }) => text);
    expect(wordsOf(texts)).toEqual(wordsOf(markdownBlocks(markdownOf(page))));
  });

  it('has headings that leave out no level, whatever people write', async () => {
    const { elements } = await pdfIn('fr', 'letter');
    const levels = elements.flatMap(({ role }) => (/^H\d$/.test(role) ? [Number(role.slice(1))] : []));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.reduce((before, level) => {
      expect(level).toBeLessThanOrEqual(before + 1);
      return level;
    });
  });

  it('has lists of items, numbered ones with their numbers', async () => {
    const { elements, dictionaries } = await pdfIn('fr', 'letter');
    const labels = elements.filter(({ role }) => role === 'Lbl');
    expect(labels.map(({ text }) => text.trim())).toEqual(['1.', '2.']);
    const numbered = elements.find(({ text }) => text.startsWith('numéroté'));
    expect(numbered?.within.slice(-6)).toEqual(['L', 'LI', 'LBody', 'L', 'LI', 'LBody']);
    expect(dictionaries).toMatch(/\/ListNumbering \/Decimal/);
  });

  it('has a table whose cells have headings, each read once though it stands on every page', async () => {
    const { elements, dictionaries } = await pdfIn('fr', 'letter');
    const cells = elements.filter(({ within }) => within.includes('Table'));
    const headings = cells.filter(({ within }) => within.includes('THead'));
    expect(headings.map(({ text }) => text)).toContain('Établissement');
    expect(headings).toHaveLength(10);
    expect(headings.every(({ role }) => role === 'TH')).toBe(true);
    const rows = cells.filter(({ within, role }) => within.includes('TBody') && role === 'TH');
    expect(rows).toHaveLength(71);
    expect(dictionaries.match(/\/Scope \/Column/g)).toHaveLength(10);
    expect(dictionaries.match(/\/Scope \/Row/g)).toHaveLength(71);
  });

  it('has links with a description, each an element on its own page', async () => {
    const { elements, links, dictionaries } = await pdfIn('fr', 'a4');
    expect(links.silent).toEqual([]);
    expect(new Set(links.described).size).toBe(92);
    expect(elements.find(({ text }) => text.startsWith('Un texte'))?.text).toContain('lien assez long');
    // An annotation names its element, and the element names the page that the annotation is on.
    const annotations = [
      ...dictionaries.matchAll(/(\d+) 0 obj\n<<(?:(?!endobj)[\s\S])*?\/Subtype \/Link/g),
    ].map(([, id]) => id!);
    const pageOfAnnotation = (id: string) => {
      const before = dictionaries.slice(0, dictionaries.search(new RegExp(`/Annots \\[[^\\]]*\\b${id} 0 R`)));
      return /(\d+) 0 obj\n<</.exec(
        before.slice(before.lastIndexOf('\n', before.lastIndexOf(' 0 obj\n<<'))),
      )?.[1];
    };
    expect(annotations.length).toBeGreaterThan(91);
    for (const id of annotations) {
      const reference = new RegExp(`/Type /OBJR\\s+/Obj ${id} 0 R\\s+/Pg (\\d+) 0 R`).exec(dictionaries);
      expect(reference).not.toBeNull();
      expect(reference?.[1]).toBe(pageOfAnnotation(id));
    }
    expect(dictionaries.match(/\/StructParent \d/g)).toHaveLength(annotations.length);
  });

  it('goes from link to link in the order of its structure, with fonts that are in it and say their letters', async () => {
    const { dictionaries } = await pdfIn('fr', 'letter');
    const count = (pattern: RegExp) => dictionaries.match(pattern)?.length ?? 0;
    expect(count(/\/Tabs \/S\b/g)).toBe(count(/\/Type \/Page\b/g));
    expect(count(/\/Subtype \/Type0/g)).toBeGreaterThan(3);
    expect(count(/\/ToUnicode \d/g)).toBe(count(/\/Subtype \/Type0/g));
    expect(count(/\/FontFile2 \d/g)).toBe(count(/\/Type \/FontDescriptor/g));
    expect(count(/\/CIDToGIDMap \/Identity/g)).toBe(count(/\/Subtype \/CIDFontType2/g));
  });

  it.each([
    ['SVG', { type: 'image/svg+xml', svg: '<svg viewBox="0 0 20 10"><rect width="20" height="10"/></svg>' }],
    ['PNG', { type: 'image/png', base64: readFileSync(icon).toString('base64') }],
  ] as const)(
    'begins with the logo, which has words and a place, and who publishes (%s)',
    async (_, logo) => {
      const letterhead = { organisation: 'Québec & Santé Québec', logo, logoWords: 'Logo' };
      const page = { ...pageIn('fr', 'letter'), letterhead, foot: 'Au pied' };
      const bytes = await pdfOf(page, madeAt);
      expect((await pdfOf(page, madeAt)).equals(bytes)).toBe(true);
      const { elements, faults, dictionaries } = await readTaggedPdf(bytes);
      expect(faults).toEqual([]);
      expect(elements.slice(0, 3)).toMatchObject([
        { role: 'Figure', alt: 'Logo' },
        { role: 'P', text: 'Québec & Santé Québec' },
        { role: 'H1' },
      ]);
      expect(dictionaries).toMatch(/\/BBox \[42 [\d.]+ [\d.]+ 746\]/);
      expect(wordsOf(elements.filter(({ role }) => role !== 'Lbl').map(({ text }) => text))).toEqual(
        wordsOf(markdownBlocks(markdownOf(page))),
      );
    },
  );

  it('says a letter that no font has as it was written, and draws a box in its place', async () => {
    const page = { ...pageIn('fr', 'letter'), subtitle: 'Un crabe 🦀 ici' };
    const { faults, dictionaries, elements } = await readTaggedPdf(await pdfOf(page, madeAt));
    expect(faults).toEqual([]);
    expect(elements.find(({ text }) => text.startsWith('Un crabe'))?.text).toBe('Un crabe □ ici');
    const crab = Buffer.from('\ufeff🦀', 'utf16le').swap16().toString('latin1');
    expect(dictionaries).toContain(`/ActualText (${crab})`);
  });
});
