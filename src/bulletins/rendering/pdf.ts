import pdfmake, { type Content, type Definition } from 'pdfmake';
import { locales } from '../../shared/text.js';
import type { Block, PageBlocks, Section, Span, TableBlock } from './blocks.js';
import { fontFolders, fonts, runsOf } from './fonts.js';
import { textWithBreaks, withBreaks } from './long-words.js';
import { colours } from './style.js';

pdfmake.addFonts(fonts);
// A bulletin is made of its own text: nothing is fetched, and no file but its fonts is read.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => fontFolders.some((folder) => path.startsWith(folder)));

/** A4, in points. */
const sheet = { width: 595.28, left: 42, right: 42, top: 46, bottom: 52 };
const textWidth = sheet.width - sheet.left - sheet.right;

/** The bulletin as a PDF; `madeAt` is the date it carries, so that the same bulletin gives the same bytes. */
export const pdfOf = async (page: PageBlocks, madeAt: Date): Promise<Buffer> =>
  pdfmake.createPdf(definitionOf(page, madeAt)).getBuffer();

const styles: Definition['styles'] = {
  h2: { fontSize: 13.5, bold: true, color: colours.accent, margin: [0, 0, 0, 5] },
  h3: { fontSize: 11.5, bold: true, color: colours.deep, margin: [0, 6, 0, 3] },
  h4: { fontSize: 10.5, bold: true, color: colours.accent, margin: [0, 6, 0, 2] },
  h5: { fontSize: 10, bold: true, margin: [0, 5, 0, 2] },
  h6: { fontSize: 10, bold: true, color: colours.hint, margin: [0, 5, 0, 2] },
  opened: { fontSize: 14, bold: true, color: colours.accent, margin: [0, 2, 0, 4] },
};

const definitionOf = (page: PageBlocks, madeAt: Date): Definition => ({
  pageSize: 'A4',
  pageMargins: [sheet.left, sheet.top, sheet.right, sheet.bottom],
  language: locales[page.language],
  info: {
    title: `${page.title} – ${page.date}`,
    subject: page.subtitle,
    creationDate: madeAt,
    modDate: madeAt,
  },
  displayTitle: true,
  styles,
  defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.22, color: colours.text },
  footer: (current, count) => ({
    columns: [
      { text: set(`${page.title} – ${page.date}`), alignment: 'left' },
      { text: `${current} / ${count}`, alignment: 'right', width: 40 },
    ],
    margin: [sheet.left, 18, sheet.right, 0],
    fontSize: 8,
    color: colours.hint,
  }),
  content: [
    mastOf(page),
    ...(page.notice === undefined ? [] : [noticeOf(page.notice)]),
    ...page.sections.map(sectionOf),
    {
      stack: page.footer.map((line) => ({ text: set(line) })),
      fontSize: 8,
      color: colours.hint,
      margin: [0, 14, 0, 0],
    },
  ],
});

/** A text, its runs in fonts that have its letters. */
const set = (text: string): string | Content[] => {
  const runs = runsOf(text);
  return runs.every(({ font }) => font === 'Roboto') ? text : runs;
};

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

const mastOf = ({ title, subtitle, date }: PageBlocks): Content =>
  panelOf(
    [
      { text: set(title), fontSize: 22, bold: true, color: '#ffffff' },
      { text: set(subtitle), fontSize: 12, color: '#dae6f0' },
      { text: set(date), fontSize: 11, bold: true, color: '#ffffff', margin: [0, 10, 0, 0] },
    ],
    { fill: colours.deep, edge: undefined, padding: 18 },
  );

const noticeOf = (notice: string): Content => ({
  ...panelOf([{ text: set(notice), bold: true, color: '#7a3f00' }], {
    fill: colours.warm,
    edge: colours.warmEdge,
    padding: 10,
  }),
  margin: [0, 8, 0, 0],
});

const ruledHeading = (spans: readonly Span[]): Content => ({
  stack: [
    { text: withBreaks(spans).map(spanOf), style: 'h2', margin: [0, 0, 0, 2] },
    {
      canvas: [
        { type: 'line', x1: 0, y1: 0, x2: textWidth, y2: 0, lineWidth: 1.2, lineColor: colours.accent },
      ],
    },
  ],
  margin: [0, 0, 0, 5],
});

const sectionOf = ({ role, blocks }: Section): Content => {
  const margin: [number, number, number, number] = [0, 13, 0, 0];
  switch (role) {
    case 'tickets':
      return {
        stack: [
          panelOf(
            blocks.map((block) => tinted(block, colours.deep, true)),
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
            blocks.map((block) => tinted(block, '#7a3f00')),
            { fill: colours.warm, edge: colours.warmEdge, padding: 13 },
          ),
        ],
        margin,
      };
    case 'annex':
      return { stack: ruledBlocks(blocks), unbreakable: blocks.length < 3, margin };
    case 'text':
    case 'technology':
      return { stack: ruledBlocks(blocks), margin };
  }
};

/** In a panel a heading has the panel's colour. */
const tinted = (block: Block, color: string, isLead = false): Content => ({
  ...blockOf(block, isLead),
  ...(block.kind === 'heading' ? { color } : {}),
});

const ruledBlocks = (blocks: readonly Block[]): Content[] =>
  keptTogether(blocks).map((group) => ({
    stack: group.map((block) =>
      block.kind === 'heading' && block.level === 2 ? ruledHeading(block.spans) : blockOf(block, false),
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

/** `isLead`: a paragraph here is the number the bulletin is about. */
const blockOf = (block: Block, isLead: boolean): Content => {
  switch (block.kind) {
    case 'heading':
      return { text: withBreaks(block.spans).map(spanOf), style: `h${block.level}` };
    case 'paragraph':
      return isLead
        ? { text: withBreaks(block.spans).map(spanOf), style: 'opened' }
        : { text: withBreaks(block.spans).map(spanOf), margin: [0, 1, 0, 3] };
    case 'list': {
      const items = block.items.map((blocks) => ({
        stack: blocks.map((inner) => blockOf(inner, false)),
        bold: isLead,
      }));
      const look = { margin: [4, 1, 0, 3] as [number, number, number, number], markerColor: colours.accent };
      return block.start === undefined ? { ul: items, ...look } : { ol: items, start: block.start, ...look };
    }
    case 'quote':
      return {
        stack: block.blocks.map((inner) => blockOf(inner, false)),
        margin: [14, 2, 0, 4],
        italics: true,
      };
    case 'code':
      return {
        text: set(textWithBreaks(block.text)),
        preserveLeadingSpaces: true,
        background: colours.pale,
        margin: [0, 2, 0, 4],
      };
    case 'rule':
      return {
        canvas: [
          { type: 'line', x1: 0, y1: 4, x2: textWidth, y2: 4, lineWidth: 0.6, lineColor: colours.line },
        ],
      };
    case 'table':
      return tableOf(block);
  }
};

const tableOf = ({ columns, rows }: TableBlock): Content => ({
  table: {
    headerRows: 1,
    dontBreakRows: true,
    widths: columns.map((_, index) => (index === 0 ? '*' : 38)),
    body: [
      columns.map((text, index) => ({
        text: set(text),
        bold: true,
        color: '#ffffff',
        fillColor: colours.deep,
        alignment: index === 0 ? ('left' as const) : ('right' as const),
      })),
      ...rows.map((row, at) =>
        row.map((text, index) => ({
          text: set(text),
          alignment: index === 0 ? ('left' as const) : ('right' as const),
          ...(at === rows.length - 1 ? { bold: true, fillColor: colours.pale } : {}),
        })),
      ),
    ],
  },
  fontSize: 7.5,
  lineHeight: 1.1,
  layout: {
    hLineWidth: (line, { table }) => (line === table.body.length - 1 ? 1 : 0.5),
    hLineColor: () => colours.line,
    vLineWidth: () => 0,
    paddingLeft: () => 3,
    paddingRight: () => 3,
    paddingTop: () => 4,
    paddingBottom: () => 3,
  },
});

const spanOf = ({ text, bold, italic, code, link }: Span): Content => ({
  text: set(text),
  ...(bold ? { bold } : {}),
  ...(italic ? { italics: true } : {}),
  ...(code ? { background: colours.pale } : {}),
  ...(link === undefined ? {} : { link, color: colours.accent, decoration: 'underline' as const }),
});
