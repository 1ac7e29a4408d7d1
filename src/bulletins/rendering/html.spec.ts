import { describe, expect, it } from '@jest/globals';
import type { Block, PageBlocks } from './content/blocks.js';
import { htmlOf } from './html.js';
import { parseMarkdown } from './parse-markdown.js';

const page = (blocks: readonly Block[], changes: Partial<PageBlocks> = {}): PageBlocks => ({
  language: 'fr',
  paper: 'letter',
  letterhead: undefined,
  foot: undefined,
  title: 'Mise à jour quotidienne',
  subtitle: 'DSN',
  date: 'Dimanche 17 mai 2026',
  summary: 'Billets quotidiens',
  notice: undefined,
  sections: [{ role: 'text', blocks }],
  footer: [],
  ...changes,
});

describe('the HTML page', () => {
  it('is a whole document in its language that loads nothing', () => {
    const html = htmlOf(page(parseMarkdown('Bonjour')));
    expect(html).toMatch(/^<!doctype html>\n<html lang="fr-CA">/);
    expect(html).toContain('<title>Mise à jour quotidienne – Dimanche 17 mai 2026</title>');
    expect(html).not.toMatch(/\b(src|href)=|@import|url\(/);
  });

  it.each(['letter', 'a4'] as const)('is printed on the paper of this installation: %s', (paper) => {
    expect(htmlOf(page([], { paper }))).toContain(`@page { size: ${paper};`);
  });

  it('begins with who publishes, and has their logo in itself', () => {
    const logo = { type: 'image/svg+xml' as const, svg: '<svg/>' };
    const letterhead = { organisation: 'Santé & <b>', logo, logoWords: 'Logo' };
    expect(htmlOf(page([], { letterhead }))).toContain(
      '<div class="letterhead"><img src="data:image/svg+xml;base64,PHN2Zy8+" alt="Logo"><p>Santé &amp; &lt;b&gt;</p></div>',
    );
    expect(htmlOf(page([]))).not.toContain('<div class="letterhead">');
  });

  it('escapes all texts', () => {
    const evil = '<script>alert("x")</script> & <b onclick=\'y\'>';
    const html = htmlOf(
      page(
        [
          ...parseMarkdown(
            `${evil}\n\n# ${evil}\n\n\`${evil}\`\n\n    ${evil}\n\n[${evil}](https://example.org/"onmouseover="x)`,
          ),
          { kind: 'table', columns: [evil], rows: [[evil]] },
        ],
        { notice: evil, footer: [evil], date: evil },
      ),
    );
    expect(html).not.toMatch(/<script|<b |"onmouseover/);
    expect(html.match(/&lt;script&gt;alert\(&quot;x&quot;\)/g)?.length).toBeGreaterThan(6);
  });

  it('renders lists, quotes, emphasis and tables', () => {
    const html = htmlOf(
      page([
        ...parseMarkdown('- a\n  - **b**\n\n3. c\n\n> *d*\n\n---\n\ne\\\nf'),
        {
          kind: 'table',
          columns: ['Nom', 'Ouverts'],
          rows: [
            ['NIM', '3'],
            ['Total', '3'],
          ],
        },
      ]),
    );
    expect(html).toContain('<ul>\n<li>a\n<ul>\n<li><strong>b</strong></li>\n</ul></li>\n</ul>');
    expect(html).toContain('<ol start="3">');
    expect(html).toContain('<blockquote>\n<p><em>d</em></p>\n</blockquote>');
    expect(html).toContain('<p>e<br>f</p>');
    expect(html).toContain('<tr class="total"><th scope="row">Total</th><td>3</td></tr>');
  });
});
