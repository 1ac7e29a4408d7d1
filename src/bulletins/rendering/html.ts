import { escapeDocumentText } from '../../platform/http/html.js';
import { locales } from '../../shared/text/text.js';
import type { Block, PageBlocks, Section, Span, TableBlock } from './content/blocks.js';
import { logoAddress } from './logo/logo.js';
import { bulletinStyle } from './style.js';
import { chartSvg } from './content/week-chart.js';

/** The content security policy of the page: it has its style and its logo in itself and loads nothing, and only our own pages may frame it. */
export const htmlPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** The bulletin as a whole HTML document, with a style for printing on paper. */
export const htmlOf = (page: PageBlocks): string => {
  const { language, paper, letterhead, title, subtitle, date, summary, notice, sections, footer } = page;
  return `<!doctype html>
<html lang="${locales[language]}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeDocumentText(`${title} – ${date}`)}</title>
<meta name="description" content="${escapeDocumentText(summary)}">
<meta property="og:type" content="article">
<meta property="og:title" content="${escapeDocumentText(`${title} – ${date}`)}">
<meta property="og:description" content="${escapeDocumentText(summary)}">
<meta property="og:locale" content="${locales[language].replace('-', '_')}">
<style>${bulletinStyle(paper)}</style>
</head>
<body>
<div class="sheet">
${letterheadOf(letterhead)}<header>
<h1>${escapeDocumentText(title)}</h1>
<p class="subtitle">${escapeDocumentText(subtitle)}</p>
<p class="date">${escapeDocumentText(date)}</p>
</header>
${notice === undefined ? '' : `<p class="notice" role="note">${escapeDocumentText(notice)}</p>\n`}<main>
${sections.map(sectionOf).join('\n')}
</main>
<footer>
${footer.map((line) => `<p>${escapeDocumentText(line)}</p>`).join('\n')}
</footer>
</div>
</body>
</html>
`;
};

const letterheadOf = (letterhead: PageBlocks['letterhead']): string => {
  if (!letterhead) return '';
  const { organisation, logo, logoWords } = letterhead;
  const picture = logo ? `<img src="${logoAddress(logo)}" alt="${escapeDocumentText(logoWords)}">` : '';
  const name = organisation === undefined ? '' : `<p>${escapeDocumentText(organisation)}</p>`;
  return `<div class="letterhead">${picture}${name}</div>\n`;
};

const sectionOf = ({ role, blocks }: Section): string =>
  `<section class="${role}">\n${blocks.map(blockOf).join('\n')}\n</section>`;

const blockOf = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${spansOf(block.spans)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${spansOf(block.spans)}</p>`;
    case 'list':
      return listOf(block.items, block.start);
    case 'quote':
      return `<blockquote>\n${block.blocks.map(blockOf).join('\n')}\n</blockquote>`;
    case 'code':
      return `<pre><code>${escapeDocumentText(block.text)}</code></pre>`;
    case 'rule':
      return '<hr>';
    case 'table':
      return tableOf(block);
    case 'chart':
      return `<figure tabindex="0">${chartSvg(block, ` role="img" aria-label="${escapeDocumentText(block.words)}"`)}</figure>`;
  }
};

const listOf = (items: readonly (readonly Block[])[], start: number | undefined): string => {
  const [open, close] =
    start === undefined ? ['<ul>', '</ul>'] : [start === 1 ? '<ol>' : `<ol start="${start}">`, '</ol>'];
  return `${open}\n${items.map((blocks) => `<li>${itemOf(blocks)}</li>`).join('\n')}\n${close}`;
};

/** The content of a list item. A paragraph that begins it is written without `<p>`. */
const itemOf = ([first, ...rest]: readonly Block[]): string => {
  if (first === undefined) return '';
  const begin = first.kind === 'paragraph' ? spansOf(first.spans) : blockOf(first);
  return [begin, ...rest.map(blockOf)].join('\n');
};

const tableOf = ({ columns, rows }: TableBlock): string => {
  const head = columns.map((column) => `<th scope="col">${escapeDocumentText(column)}</th>`).join('');
  const body = rows.map(([name = '', ...numbers], index) => {
    const cells = numbers.map((number) => `<td>${escapeDocumentText(number)}</td>`).join('');
    const isTotal = index === rows.length - 1;
    return `<tr${isTotal ? ' class="total"' : ''}><th scope="row">${escapeDocumentText(name)}</th>${cells}</tr>`;
  });
  return `<div class="table"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body.join('\n')}\n</tbody>\n</table></div>`;
};

const spansOf = (spans: readonly Span[]): string => spans.map(spanOf).join('');

const spanOf = ({ text, bold, italic, code, link }: Span): string => {
  if (text === '\n') return '<br>';
  let html = escapeDocumentText(text);
  if (code) html = `<code>${html}</code>`;
  if (italic) html = `<em>${html}</em>`;
  if (bold) html = `<strong>${html}</strong>`;
  return link === undefined ? html : `<a href="${escapeDocumentText(link)}" rel="noreferrer">${html}</a>`;
};
