import type { Content, Definition, Margin } from 'pdfmake/js/LayoutBuilder.js';
import type { Paper } from '../../../shared/paper.js';
import { locales } from '../../../shared/text/text.js';
import type { Block, PageBlocks, Section } from '../content/blocks.js';
import { logoAddress, type Logo } from '../logo/logo.js';
import { colours } from '../style.js';
import { BlockWriter, set } from './block-writer.js';
import { printed } from './print.js';
import { Tag } from './tags.js';

/** In points. */
const sheets: Record<Paper, { width: number; height: number }> = {
  letter: { width: 612, height: 792 },
  a4: { width: 595.28, height: 841.89 },
};
const sides = 42;
/** A third of a page. */
const maxWholeRows = 12;
const logoHeight = 42;
const margins: Margin = [sides, 46, sides, 52];

/** The bulletin as a tagged PDF (PDF/UA-1); `madeAt` is the date it carries, so that the same bulletin gives the same bytes. */
export const pdfOf = (page: PageBlocks, madeAt: Date): Promise<Buffer> => {
  const root = Tag.document();
  const writer = new BlockWriter(sheets[page.paper].width - 2 * sides);
  const definition = definitionOf(page, { madeAt, root, writer });
  return printed(definition, { root, numbered: writer.numbered });
};

const styles: Definition['styles'] = {
  h2: { fontSize: 13.5, bold: true, color: colours.accent, margin: [0, 0, 0, 5] },
  h3: { fontSize: 11.5, bold: true, color: colours.deep, margin: [0, 6, 0, 3] },
  h4: { fontSize: 10.5, bold: true, color: colours.accent, margin: [0, 6, 0, 2] },
  h5: { fontSize: 10, bold: true, margin: [0, 5, 0, 2] },
  h6: { fontSize: 10, bold: true, color: colours.hint, margin: [0, 5, 0, 2] },
  opened: { fontSize: 14, bold: true, color: colours.accent, margin: [0, 2, 0, 4] },
};

interface Writing {
  root: Tag;
  writer: BlockWriter;
}

const definitionOf = (
  page: PageBlocks,
  { madeAt, root, writer }: Writing & { madeAt: Date },
): Definition => ({
  pageSize: sheets[page.paper],
  margins,
  language: locales[page.language],
  info: {
    Title: `${page.title} – ${page.date}`,
    Subject: page.subtitle,
    Producer: 'pdfmake',
    Creator: 'Billets quotidiens',
    CreationDate: madeAt,
    ModDate: madeAt,
  },
  styles,
  defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.22, color: colours.text },
  footer: (current, count) => ({
    columns: [
      {
        stack: [
          { text: set(`${page.title} – ${page.date}`) },
          // On the last page it ends the bulletin.
          ...(page.foot === undefined || current === count ? [] : [{ text: set(page.foot) }]),
        ],
        alignment: 'left',
      },
      { text: `${current} / ${count}`, alignment: 'right', width: 40 },
    ],
    margin: [sides, page.foot === undefined ? 18 : 14, sides, 0],
    fontSize: 8,
    color: colours.hint,
  }),
  content: [
    ...(page.letterhead ? [letterheadOf(page.letterhead, root)] : []),
    mastOf(page, root.child('Sect')),
    ...(page.notice === undefined ? [] : [noticeOf(page.notice, root)]),
    ...page.sections.map((section) => sectionOf(section, { root: root.child('Sect'), writer })),
    {
      stack: page.footer.map((line) => ({ text: set(line, root.child('P')) })),
      fontSize: 8,
      color: colours.hint,
      margin: [0, 14, 0, 0],
    },
  ],
});

/** The logo on the left and who publishes on the right, above the title. */
const letterheadOf = (
  { organisation, logo, logoWords }: NonNullable<PageBlocks['letterhead']>,
  root: Tag,
): Content => ({
  columns: [
    ...(logo
      ? [{ ...pictureOf(logo), tag: root.child('Figure', { alt: logoWords }), width: 'auto' as const }]
      : []),
    ...(organisation === undefined
      ? []
      : [
          {
            text: set(organisation, root.child('P')),
            bold: true,
            fontSize: 11,
            color: colours.deep,
            alignment: logo ? ('right' as const) : ('left' as const),
            margin: [0, logo ? logoHeight / 2 - 8 : 0, 0, 0] as Margin,
          },
        ]),
  ],
  columnGap: 16,
  margin: [0, 0, 0, 10],
});

const pictureOf = (logo: Logo): Content => ({
  fit: [190, logoHeight],
  ...(logo.type === 'image/png' ? { image: logoAddress(logo) } : { svg: logo.svg }),
});

/** A ground of one colour, with an edge on the left where one is named. */
const panelOf = (
  stack: Content[],
  { fill, edge, padding }: { fill: string; edge: string | undefined; padding: number },
): Content => ({
  table: { widths: ['*'], body: [[{ stack, fillColor: fill }]] },
  layout: {
    hLineWidth: () => 0,
    vLineWidth: (index) => (edge !== undefined && index === 0 ? 4 : 0),
    vLineColor: () => edge ?? fill,
    paddingLeft: () => padding,
    paddingRight: () => padding,
    paddingTop: () => padding * 0.7,
    paddingBottom: () => padding * 0.7,
  },
});

const mastOf = ({ title, subtitle, date }: PageBlocks, tag: Tag): Content =>
  panelOf(
    [
      { text: set(title, tag.headingChild(1)), fontSize: 22, bold: true, color: '#ffffff' },
      { text: set(subtitle, tag.child('P')), fontSize: 12, color: '#dae6f0' },
      {
        text: set(date, tag.child('P')),
        fontSize: 11,
        bold: true,
        color: '#ffffff',
        margin: [0, 10, 0, 0],
      },
    ],
    { fill: colours.deep, edge: undefined, padding: 18 },
  );

const noticeOf = (notice: string, root: Tag): Content => ({
  ...panelOf([{ text: set(notice, root.child('P')), bold: true, color: '#7a3f00' }], {
    fill: colours.warm,
    edge: colours.warmEdge,
    padding: 10,
  }),
  margin: [0, 8, 0, 0],
});

const sectionOf = ({ role, blocks }: Section, { root: tag, writer }: Writing): Content => {
  const margin: Margin = [0, 13, 0, 0];
  switch (role) {
    case 'tickets':
      return {
        stack: [
          panelOf(
            blocks.map((block) => tinted(writer.block(block, tag, true), block, colours.deep)),
            { fill: colours.pale, edge: colours.accent, padding: 13 },
          ),
        ],
        unbreakable: true,
        margin,
      };
    case 'correction':
      return {
        stack: [
          panelOf(
            blocks.map((block) => tinted(writer.block(block, tag), block, '#7a3f00')),
            { fill: colours.warm, edge: colours.warmEdge, padding: 13 },
          ),
        ],
        margin,
      };
    case 'week':
      return { stack: ruledBlocks(blocks, { root: tag, writer }), unbreakable: true, margin };
    case 'annex':
      return { stack: ruledBlocks(blocks, { root: tag, writer }), ...pagesOf(blocks), margin };
    case 'text':
    case 'technology':
      return { stack: ruledBlocks(blocks, { root: tag, writer }), margin };
  }
};

/** What is kept whole must fit on a page, or it is not drawn at all: a longer table begins a page, and goes on over the next ones. */
const pagesOf = (blocks: readonly Block[]): Pick<Content, 'unbreakable' | 'pageBreak'> =>
  blocks.every((block) => block.kind !== 'table' || block.rows.length <= maxWholeRows)
    ? { unbreakable: true }
    : { pageBreak: 'before' };

/** In a panel a heading has the panel's colour. */
const tinted = (content: Content, { kind }: Block, color: string): Content =>
  kind === 'heading' ? { ...content, color } : content;

const ruledBlocks = (blocks: readonly Block[], { root: tag, writer }: Writing): Content[] =>
  keptTogether(blocks).map((group) => ({
    stack: group.map((block) =>
      block.kind === 'heading' && block.level === 2
        ? writer.ruledHeading(block.spans, tag)
        : writer.block(block, tag),
    ),
    unbreakable: group.every(isShort),
  }));

/** Each heading with what follows it, so that none stands alone at the foot of a page. */
const keptTogether = (blocks: readonly Block[]): Block[][] =>
  blocks.reduce<Block[][]>((groups, block) => {
    const last = groups.at(-1);
    if (last?.at(-1)?.kind === 'heading') last.push(block);
    else groups.push([block]);
    return groups;
  }, []);

/** What is kept on one page must fit on one: half a page of text at most. */
const isShort = (block: Block): boolean => JSON.stringify(block).length < 2_500;
