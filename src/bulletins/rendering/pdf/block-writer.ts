import type { Content } from 'pdfmake/js/LayoutBuilder.js';
import type { Block, Span, TableBlock } from '../content/blocks.js';
import { colours } from '../style.js';
import { chartSize, chartSvg } from '../content/week-chart.js';
import { runsOf } from './fonts.js';
import { breakLongWordsOfText, breakLongWords } from './long-words.js';
import type { NumberedItem } from './print.js';
import type { Tag } from './tags.js';

/** A text, its runs in fonts that have its letters; what no font has is read as it was written, and a new line as a space. */
export const set = (text: string, tag?: Tag): Content[] =>
  runsOf(text.replaceAll('\n', ' \n')).map(({ actual, ...run }) => {
    const runTag = actual === undefined ? tag : tag?.inline('Span', { actual });
    return runTag ? { ...run, tag: runTag } : run;
  });

/** Blocks as pdfmake lays them out, each with its tag; the tags are made in the order in which the blocks are written. */
export class BlockWriter {
  /** Items whose numbers are tagged once they are laid out. */
  readonly numbered: NumberedItem[] = [];

  constructor(private readonly textWidth: number) {}

  /** `isLead`: a paragraph here is the number the bulletin is about. */
  block(block: Block, parent: Tag, isLead = false): Content {
    switch (block.kind) {
      case 'heading':
        return {
          text: this.spans(block.spans, parent.headingChild(block.level)),
          style: `h${block.level}`,
        };
      case 'paragraph': {
        const text = this.spans(block.spans, parent.child('P'));
        return isLead ? { text, style: 'opened' } : { text, margin: [0, 1, 0, 3] };
      }
      case 'list':
        return this.list(block, parent, isLead);
      case 'quote': {
        const tag = parent.child('BlockQuote');
        return {
          stack: block.blocks.map((inner) => this.block(inner, tag)),
          margin: [14, 2, 0, 4],
          italics: true,
        };
      }
      case 'code':
        return {
          text: set(breakLongWordsOfText(block.text), parent.child('P').child('Code')),
          preserveLeadingSpaces: true,
          background: colours.pale,
          margin: [0, 2, 0, 4],
        };
      case 'rule':
        return { canvas: [this.rule({ y: 4, lineWidth: 0.6, lineColor: colours.line })] };
      case 'table':
        return this.table(block, parent.child('Table'));
      case 'chart':
        return {
          svg: chartSvg(block),
          width: Math.min(chartSize.width, this.textWidth),
          tag: parent.child('Figure', { alt: block.words }),
          margin: [0, 6, 0, 0],
        };
    }
  }

  /** A heading of a section, with a line below it. */
  ruledHeading(spans: readonly Span[], parent: Tag): Content {
    return {
      stack: [
        { text: this.spans(spans, parent.headingChild(2)), style: 'h2', margin: [0, 0, 0, 2] },
        { canvas: [this.rule({ y: 0, lineWidth: 1.2, lineColor: colours.accent })] },
      ],
      margin: [0, 0, 0, 5],
    };
  }

  private rule({ y, ...look }: { y: number; lineWidth: number; lineColor: string }) {
    return { type: 'line' as const, x1: 0, y1: y, x2: this.textWidth, y2: y, ...look };
  }

  private list({ items, start }: Extract<Block, { kind: 'list' }>, parent: Tag, isLead: boolean): Content {
    const isNumbered = start !== undefined;
    const list = parent.child('L', isNumbered ? { isNumbered } : {});
    const contents = items.map((blocks) => {
      const tag = list.child('LI');
      const label = isNumbered ? tag.child('Lbl') : undefined;
      const body = tag.child('LBody');
      const item: Content = { stack: blocks.map((inner) => this.block(inner, body)), bold: isLead };
      if (label) this.numbered.push({ item, label });
      return item;
    });
    const look = { margin: [4, 1, 0, 3] as [number, number, number, number], markerColor: colours.accent };
    return isNumbered ? { ol: contents, start, ...look } : { ul: contents, ...look };
  }

  private table({ columns, rows }: TableBlock, table: Tag): Content {
    const alignment = (index: number) => (index === 0 ? ('left' as const) : ('right' as const));
    const head = table.child('THead').child('TR');
    const headings = columns.map((text, index) => ({
      text: set(text, head.child('TH', { scope: 'Column' })),
      bold: true,
      color: '#ffffff',
      fillColor: colours.deep,
      alignment: alignment(index),
    }));
    const body = table.child('TBody');
    const lines = rows.map((row, at) => {
      const line = body.child('TR');
      return row.map((text, index) => ({
        text: set(text, index === 0 ? line.child('TH', { scope: 'Row' }) : line.child('TD')),
        alignment: alignment(index),
        ...(at === rows.length - 1 ? { bold: true, fillColor: colours.pale } : {}),
      }));
    });
    return {
      table: {
        headerRows: 1,
        dontBreakRows: true,
        widths: columns.map((_, index) => (index === 0 ? '*' : 36)),
        body: [headings, ...lines],
      },
      fontSize: 7.5,
      lineHeight: 1.1,
      layout: {
        hLineWidth: (line, { table: { body: all } }) => (line === all.length - 1 ? 1 : 0.5),
        hLineColor: () => colours.line,
        vLineWidth: () => 0,
        paddingLeft: () => 2,
        paddingRight: () => 2,
        paddingTop: () => 3.4,
        paddingBottom: () => 2.4,
      },
    };
  }

  private spans(spans: readonly Span[], tag: Tag): Content[] {
    return breakLongWords(spans).flatMap((span) => runsOfSpan(span, tag));
  }
}

/** The runs of a span, each with its whole look: pdfmake forgets the look of a text that has texts within it. */
const runsOfSpan = ({ text, bold, italic, code, link }: Span, block: Tag): Content[] => {
  const tag = link === undefined ? block : block.inline('Link', { link: { url: link, words: text } });
  return set(text, tag).map((run) => ({
    ...run,
    ...(bold ? { bold } : {}),
    ...(italic ? { italics: true } : {}),
    ...(code ? { background: colours.pale } : {}),
    ...(link === undefined ? {} : { color: colours.accent, decoration: 'underline' as const }),
  }));
};
