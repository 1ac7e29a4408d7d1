import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import MarkdownIt from 'markdown-it';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser/browser.js';
import { readLists } from '../../src/web/bulletins/editor/pasted/pasted-lists.js';
import { patienceMs } from '../support/patience.js';
import { project } from '../support/server/server-process.js';

let browser: Browser;
let page: Page;
beforeAll(async () => {
  const { outputFiles } = await build({
    ...{ bundle: true, write: false, format: 'iife', globalName: 'pasted', logLevel: 'warning' },
    entryPoints: [join(project, 'src/web/page/scripts/formatting/markdown-of-html.ts')],
  });
  browser = await openBrowser();
  page = await browser.newPage();
  await page.addScriptTag({ content: outputFiles[0]!.text });
}, patienceMs);
afterAll(() => browser.close(), patienceMs);

/** The Markdown of HTML on the clipboard, as a browser reads it. */
const markdownOf = (html: string) =>
  page.evaluate<string | null>(`pasted.markdownOf(${JSON.stringify(html)}) ?? null`);
const printer = new MarkdownIt('commonmark', { html: false });
/** How its Markdown is laid out, on one line. */
const laidOut = async (html: string) => printer.render((await markdownOf(html)) ?? '').replaceAll('\n', '');

const wordItem = (level: number, sign: string, text: string) =>
  `<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level${level} lfo1'><span style='mso-list:Ignore'>${sign}<span>&nbsp; </span></span>${text}</p>`;

describe('a pasted table', () => {
  it.each([
    [
      'Excel',
      '<table><tr><td>NIM</td><td>654</td></tr>\n<tr><td>A</td><td><b>1 107</b></td></tr></table>',
      'NIM : 654\n\nA : **1 107**',
    ],
    [
      'a page',
      '<table><thead><tr><th>Nom</th><th>Hier</th><th>Jour</th></tr></thead><tbody><tr><td>NIM</td><td></td><td>6</td></tr></tbody></table>',
      'Nom | Hier | Jour\n\nNIM | | 6',
    ],
    [
      'Word',
      '<table class=MsoTableGrid><tr><td><p class=MsoNormal>Billets :</p></td><td><p>5</p><p>(hier)</p></td></tr></table><p>Fin</p>',
      'Billets : 5 (hier)\n\nFin',
    ],
    [
      'a letter',
      '<table><tr><td><p>Bilan</p><ul><li>a</li></ul></td><td>b</td></tr><tr><td>Faits saillants</td></tr></table>',
      'Bilan\n\n- a\n\nb\n\nFaits saillants',
    ],
  ])('of %s has a line for each row, with its cells apart', async (_program, html, markdown) => {
    expect(await markdownOf(html)).toBe(markdown);
  });
});

describe('a pasted list', () => {
  it.each([
    ['a line break in an item', '<ul><li>a<br>b</li><li>c</li></ul>', '- a\n\n  b\n- c'],
    ['two paragraphs in an item', '<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>', '- a\n\n  b\n- c'],
    [
      'text behind a list within it',
      '<ul><li>a<ul><li>b</li></ul>c</li><li>d</li></ul>',
      '- a\n  - b\n\n  c\n- d',
    ],
    [
      'an item of Word with a line break',
      wordItem(1, '·', 'a<br>b') + wordItem(2, 'o', 'c') + wordItem(3, '§', 'd'),
      '- a\n\n  b\n  - c\n    - d',
    ],
    [
      'an item of Word with two paragraphs',
      `${wordItem(1, '·', 'a')}<p class=MsoListParagraphCxSpMiddle>b</p>${wordItem(1, '·', 'c')}`,
      '- a\n\n  b\n- c',
    ],
    ['level 3 first', wordItem(3, '§', 'a') + wordItem(3, '§', 'b') + wordItem(1, '·', 'c'), '- a\n- b\n- c'],
    ['a level left out', wordItem(1, '·', 'a') + wordItem(3, '§', 'b'), '- a\n  - b'],
    ['numbers', '<ol start="5"><li>a</li><li>b<ul><li>c</li></ul></li></ol>', '5. a\n6. b\n   - c'],
    ['large numbers', '<ol start=10><li>a<p>b</p><ul><li>c</li></ul></li></ol>', '10. a\n\n    b\n    - c'],
    ['a number of its own', '<ol><li>a</li><li value="4">b</li><li>c</li></ol>', '1. a\n4. b\n5. c'],
    ['letters', '<ol><li>a<ol type="a"><li>b</li><li>c</li></ol></li></ol>', '1. a\n   - a) b\n   - b) c'],
    [
      'numbers and letters of Word',
      wordItem(1, '3.', 'a') + wordItem(2, 'a)', 'b') + wordItem(2, 'b)', 'c') + wordItem(1, '4.', 'd'),
      '3. a\n   - a) b\n   - b) c\n4. d',
    ],
    [
      'levels that items name',
      '<ul><li aria-level="1">a</li></ul><div><ul><li aria-level="2">b</li></ul></div>',
      '- a\n  - b',
    ],
    ['lists directly in lists', '<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>', '- a\n  - b\n- c'],
  ])('keeps %s', async (_what, html, markdown) => {
    expect(await markdownOf(html)).toBe(markdown);
    expect(readLists(markdown)).toBe(markdown);
  });

  it('is laid out as it stood', async () => {
    expect(
      await laidOut('<ol start="5"><li>a<br>b<ul><li>c<ul><li>d</li></ul></li></ul></li><li>e</li></ol>'),
    ).toBe(
      '<ol start="5"><li><p>a</p><p>b</p><ul><li>c<ul><li>d</li></ul></li></ul></li><li><p>e</p></li></ol>',
    );
  });
});

describe('a pasted link', () => {
  it.each([
    ['<a href="https://a.example/b_(c)?d=1">Aide <b>ici</b></a>.', '[Aide](https://a.example/b_%28c%29?d=1)'],
    ['Voir <a href="https://a.example/"> la page </a>!', 'Voir [la page](https://a.example/) !'],
    ['<a href="https://a.example/">https://a.example/</a>', '<https://a.example/>'],
    ['<a href="mailto:a@a.example">a@a.example</a>', '<a@a.example>'],
    ['<a href="mailto:a@a.example">Écrire [ici]</a>', '[Écrire \\[ici\\]](mailto:a@a.example)'],
    ['<b><a href="http://a.example">a</a> b</b>', '**[a](http://a.example) b**'],
  ])('keeps the address of «%s»', async (html, markdown) => {
    expect(await markdownOf(html)).toContain(markdown);
  });

  it.each([
    'javascript:alert(1)',
    'file:///c:/a',
    '#_Toc1',
    'data:text/html,a',
    '/bulletins',
    ' java\nscript:x',
  ])('is text where its address is «%s»', async (address) => {
    expect(await markdownOf(`<b>a</b> <a href="${address}">b</a>`)).toBe('**a** b');
  });
});

describe('a pasted paragraph', () => {
  const literal = [
    ...[
      '1. x',
      '2) x',
      '- x',
      '+ x',
      '# x',
      '### x',
      '> x',
      '* x',
      '[a](b)',
      '[a]: b',
      '![a](b)',
      '_x_',
      '__x__',
      '`x`',
    ],
    ...[
      '---',
      '***',
      '~~~',
      '```',
      'a\\*b',
      '&amp;amp; x',
      '&lt;https://a.example&gt;',
      'a_b_c',
      '12. ',
      '-\u00A0x',
    ],
  ];
  it.each(literal)('stays the text «%s»', async (text) => {
    const html = `<p><strong>a</strong></p><p>${text.trim()}</p>`;
    expect((await laidOut(html)).replaceAll('&gt;', '>')).toBe(html.replaceAll('&gt;', '>'));
    const markdown = (await markdownOf(html)) ?? '';
    expect(readLists(markdown)).toBe(markdown);
  });

  it('is as plain as its text where nothing in it is marked', async () => {
    expect(await markdownOf('<p>- x</p><p>y</p>')).toBeNull();
    expect(
      await markdownOf('<div style="font-family: monospace;white-space: pre;"><b># x</b></div>'),
    ).toBeNull();
  });
});
