import type { Block, ChartBlock, PageBlocks, Span, TableBlock } from './content/blocks.js';

/** The bulletin as CommonMark, with the detail as a GitHub table. Texts are escaped, so that none of their characters acts as markup. */
export const markdownOf = ({
  letterhead,
  title,
  subtitle,
  date,
  notice,
  sections,
  footer,
}: PageBlocks): string =>
  [
    ...(letterhead?.organisation === undefined ? [] : [escaped(letterhead.organisation)]),
    `# ${escaped(title)}`,
    escaped(subtitle),
    escaped(date),
    ...(notice === undefined ? [] : [`> ${lineOf([{ text: notice, bold: true }])}`]),
    ...sections.flatMap(({ blocks }) => blocks.map(blockOf)),
    '---',
    ...footer.map((line) => `*${escaped(line)}*`),
  ].join('\n\n') + '\n';

export const blockOf = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${lineOf(block.spans)}`;
    case 'paragraph':
      return lineOf(block.spans);
    case 'list':
      return block.items.map((item, index) => itemOf(item, block.start, index)).join('\n');
    case 'quote':
      return indented(block.blocks.map(blockOf).join('\n\n'), '> ', '> ');
    case 'code':
      return fenced(block.text);
    case 'rule':
      return '---';
    case 'table':
      return tableOf(block);
    case 'chart':
      return tableOf(tableOfChart(block));
  }
};

/** A chart is read as its numbers. */
const tableOfChart = ({ axis, series, days }: ChartBlock): TableBlock => ({
  kind: 'table',
  columns: [axis, ...series],
  rows: days.map(({ name, shown }) => [name, ...shown]),
});

const itemOf = (blocks: readonly Block[], start: number | undefined, index: number): string => {
  const marker = start === undefined ? '- ' : `${start + index}. `;
  // A tight item has one paragraph and lists only: two paragraphs without a blank line between them would be parsed as one.
  const isTight = blocks.every(({ kind }, at) => kind === (at === 0 ? 'paragraph' : 'list'));
  const content = blocks.map(blockOf).join(isTight ? '\n' : '\n\n');
  return indented(content, marker, ' '.repeat(marker.length));
};

const indented = (text: string, first: string, rest: string): string =>
  text
    .split('\n')
    .map((line, index) => (index === 0 ? first + line : (rest + line).trimEnd()))
    .join('\n');

const fenced = (text: string): string => {
  const fence = '`'.repeat(Math.max(3, maxRunLength(text) + 1));
  return `${fence}\n${text}\n${fence}`;
};

const maxRunLength = (text: string): number =>
  Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

const tableOf = ({ columns, rows }: TableBlock): string => {
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => escaped(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = `| ${columns.map((_, index) => (index === 0 ? '---' : '---:')).join(' | ')} |`;
  return [row(columns), rule, ...rows.map(row)].join('\n');
};

const lineOf = (spans: readonly Span[]): string =>
  // Escapes the characters that would begin a heading, a list, a quote or a table at the beginning of a line.
  spans
    .map(spanOf)
    .join('')
    .replace(/^(\s*)(?:([#+\->=|])|(\d{1,9})([.)]))/gm, '$1$3\\$2$4');

const spanOf = ({ text, bold, italic, code, link }: Span): string => {
  if (text === '\n') return '\\\n';
  const [, before = '', core = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  if (core === '') return text;
  const marks = '*'.repeat((bold ? 2 : 0) + (italic ? 1 : 0));
  const written = code ? codeOf(core) : escaped(core);
  const marked = `${marks}${written}${marks}`;
  return `${before}${link === undefined ? marked : `[${marked}](<${link.replace(/[<>]/g, encodeURIComponent)}>)`}${after}`;
};

const codeOf = (text: string): string => {
  const fence = '`'.repeat(maxRunLength(text) + 1);
  const room = /^`|`$/.test(text) ? ' ' : '';
  return `${fence}${room}${text}${room}${fence}`;
};

const escaped = (text: string): string => text.replace(/[\\`*_[\]<~]|&(?=#?\w+;)/g, '\\$&');
