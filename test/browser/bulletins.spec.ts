import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { referenceOf } from '../../src/shared/ticket-reference.js';
import { violationsOf } from '../support/browser/axe.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { clientOf, type Client } from '../support/api/client.js';
import { done, openedTicket } from '../support/api/contract.js';
import { sheetsOfXlsx, textOfHtml, textOfMarkdown, textOfPdf } from '../support/bulletins/printed-forms.js';
import { realDate, realLines, realText } from '../support/bulletins/real-bulletin.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { patienceMs } from '../support/patience.js';

const zone = 'America/Toronto';
const dayAgo = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(Date.now() - days * 86_400_000);
const today = dayAgo(0);
const yesterday = dayAgo(1);
/** 16:00 UTC of yesterday: within yesterday in Toronto at any time of the year. */
const then = { establishment: 'NIM', occurredAt: `${yesterday}T16:00:00Z` };

let server: HostedServer;
let client: Client;
let browser: Browser;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  browser = await openBrowser();
  const [first] = await Promise.all([1, 2, 3].map(() => openedTicket(client, then)));
  await done(client, first!, 'resolve', { occurredAt: `${yesterday}T17:00:00Z` });
}, patienceMs);
afterAll(async () => {
  await browser.close();
  await server.close();
}, patienceMs);

let contexts: BrowserContext[];
let page: Page;
/** Requests that a page sent to another host, and violations of its Content-Security-Policy: none are allowed. */
let foreign: string[];
const newPage = async (options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> => {
  const context = await browser.newContext({ locale: 'fr-CA', ...options });
  contexts.push(context);
  const opened = await context.newPage();
  opened.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(server.url).origin) foreign.push(request.url());
  });
  opened.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) foreign.push(message.text());
  });
  await signIn(opened, server.url);
  return opened;
};
beforeEach(async () => {
  contexts = [];
  foreign = [];
  page = await newPage();
});
afterEach(async () => {
  await Promise.all(contexts.map((context) => context.close()));
  expect(foreign).toEqual([]);
});

const go = (path: string, on = page) => on.goto(`${server.url}${path}`);
const violations = () => violationsOf(page);

const maxTabs = 150;
/** Presses Tab until the element that matches the selector has the focus; throws after `maxTabs` presses. */
const tabTo = async (wanted: string): Promise<void> => {
  for (let tabs = 0; tabs < maxTabs; tabs += 1) {
    await page.keyboard.press('Tab');
    if ((await page.locator(`:is(${wanted}):focus`).count()) > 0) return;
  }
  throw new Error(`the keyboard does not reach ${wanted} on ${page.url()}`);
};
/** Whether the bar at the foot of the page lies over the element that has the focus. */
const isUnderBar = () =>
  page.evaluate<boolean>(
    `document.activeElement.getBoundingClientRect().bottom > document.querySelector('.bar').getBoundingClientRect().top`,
  );
/** What waits for whoever looks. */
const tasks = async (): Promise<string[]> =>
  (await page.locator('.tasks li').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));
const previewed = (text: string) => page.frameLocator('#preview iframe').getByText(text).waitFor();

describe('a producer in the morning', () => {
  it('can write, preview and publish a bulletin with the keyboard alone', async () => {
    await go('/bulletins');
    expect(await violations()).toEqual([]);
    await tabTo('form.open button');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/bulletins/${today}/edit`);
    expect(await page.inputValue('[name="/ticketDay"]')).toBe(yesterday);
    expect(await violations()).toEqual([]);
    await tabTo('[name="/sections/bilan"]');
    await page.keyboard.type('Une journée **sans histoire**.');
    await tabTo('[name="/releves/0/value"]');
    await page.keyboard.type('23 431');
    await tabTo('[name="/releves/0/total"]');
    await page.keyboard.type('30 000');
    for (const name of ['/releves/1/value', '/releves/2/value', '/releves/3/value']) {
      await tabTo(`[name="${name}"]`);
      expect([name, await isUnderBar()]).toEqual([name, false]);
    }
    await previewed('sans histoire');
    await previewed('23 431');
    await tabTo('.bar button:not([formaction])');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/bulletins/${today}?done=saved`);
    expect(await page.innerText('[role="status"]')).toBe('L’ébauche est enregistrée.');
    expect(await page.innerText('.chip')).toBe('Ébauche');
    expect(await page.locator('.checks .holds').count()).toBe(7);
    expect(await violations()).toEqual([]);
    await go('/bulletins');
    expect(await tasks()).toEqual([expect.stringMatching(/^Ébauche à publier: bulletin du /)]);
    await page.click('.tasks a');
    await page.waitForURL(`**/bulletins/${today}`);
    await tabTo('a[href$="/publish"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/bulletins/${today}/publish`);
    expect(await violations()).toEqual([]);
    await tabTo('main form button');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/bulletins/${today}?done=published`);
    expect(await page.innerText('.chip')).toBe('Publié');
    expect(await violations()).toEqual([]);
  });

  it('sees what arrived after publication, and publishes a revision that lists it', async () => {
    const late = await openedTicket(client, then);
    const changed = page.locator('#figures-changed');
    for (let attempt = 0; attempt < 50 && (await changed.count()) === 0; attempt += 1)
      await go(`/bulletins/${today}`);
    expect(await page.innerText('.differences .total')).toMatch(/Ouverts\s+au total\s+3\s+4\s+\+1/);
    const printed = page.frameLocator('.printed iframe');
    await printed.getByText('Nombre de billets quotidiens : 3').waitFor();
    expect(await violations()).toEqual([]);
    await go('/');
    const due = expect.stringMatching(
      /^Révision à faire: bulletin du .* \(\+1 ouvert, \+1 actif à minuit\)$/,
    );
    expect(await tasks()).toEqual([due]);
    expect(await violations()).toEqual([]);
    await go('/bulletins');
    expect(await tasks()).toEqual([due]);
    expect(await page.innerText('.chip.due')).toBe('révision à faire');
    expect(await violations()).toEqual([]);
    await page.click('.tasks a');
    await page.waitForURL(`**/bulletins/${today}/revise`);
    expect(await page.innerText('.causes tbody')).toContain(referenceOf(late));
    expect(await page.locator('.causes tbody tr').count()).toBe(1);
    expect(await violations()).toEqual([]);
    await page.click('main form button');
    await page.waitForURL(`**/bulletins/${today}?done=revised`);
    expect(await page.innerText('.chip')).toBe('Révision 2');
    await go('/bulletins');
    expect(await tasks()).toEqual([]);
    expect(await page.innerText('.compared')).toMatch(/^Rien ne vous attend\..* 1 bulletin publié, daté/);
    await go(`/bulletins/${today}`);
    expect(await changed.count()).toBe(0);
    await printed.getByText('Nombre de billets quotidiens : 4 au lieu de 3').waitFor();
    await page.click('.revisions summary');
    expect(await page.innerText('.revisions li:first-child')).toMatch(/Ouverts: 4 au lieu de 3 \(\+1\)/);
    expect(await page.innerText('.revisions .causes tbody')).toContain(referenceOf(late));
    expect(await violations()).toEqual([]);
    await page.click('.revisions > li:last-child >> text=Les chiffres tels qu’ils étaient connus alors');
    expect((await page.innerText('.revisions > li:last-child tfoot')).replace(/\s+/g, ' ')).toMatch(
      /^Total 3 1 1 /,
    );
    await page.click('.revisions > li:last-child >> text=Tel qu’il a été imprimé');
    expect(await page.innerText('.tickets')).toContain('Nombre de billets quotidiens : 3');
  });

  it('needs a dozen steps and less than four minutes, as people take for such steps', async () => {
    const date = dayAgo(4);
    const morning = { steps: 0, seconds: 0 };
    // The keystroke-level model (Card, Moran and Newell): to think 1.35 s, to point and press 1.3 s, to type 0.28 s a character.
    const step = (characters = 0): void => {
      morning.steps += 1;
      morning.seconds += 1.35 + 1.3 + 0.28 * characters;
    };
    const press = async (what: string): Promise<void> => {
      step();
      await page.click(what);
    };
    const type = async (field: string, text: string): Promise<void> => {
      step(text.length);
      await page.fill(field, text);
    };
    /** Words are read at 4 a second. */
    const readAll = async (what: string): Promise<void> => {
      const text = await page.locator(what).first().innerText();
      morning.seconds += text.split(/\s+/).length / 4;
    };
    await go('/');
    await press('nav >> text=Bulletins');
    await type('.open [name=date]', date);
    await press('.open button');
    await page.waitForURL(`**/bulletins/${date}/edit`);
    await type('[name="/sections/bilan"]', '- Une nuit calme; **aucune** panne n’a touché les soins.');
    await press('section:has(#highlights-title) .marks >> text=Liste');
    await page.keyboard.type('Le laboratoire a fini son passage au nouveau module.');
    step('Le laboratoire a fini son passage au nouveau module.'.length);
    await type('[name="/releves/0/value"]', '23 512');
    await type('[name="/releves/0/total"]', '30 000');
    await type('[name="/sections/objectif"]', 'Rencontrer les équipes de nuit.');
    await previewed('aucune');
    await press('.bar button:not([formaction])');
    await page.waitForURL('**?done=saved');
    await press('a[href$="/publish"]');
    await readAll('main');
    await page.frameLocator('.printed iframe').getByText('aucune').waitFor();
    morning.seconds += (await page.frameLocator('.printed iframe').locator('body').innerText()).length / 24;
    await press('main form button');
    await page.waitForURL('**?done=published');
    expect(morning.steps).toBeLessThanOrEqual(13);
    expect(morning.seconds).toBeLessThan(4 * 60);
  });

  it('is cautioned of each likely mistake before publishing, and withdraws what went out all the same', async () => {
    const ahead = dayAgo(-365);
    const texts = { bilan: 'Le 🦀 est revenu.', objectif: 'Rencontrer les équipes de nuit.' };
    const { headers } = await client.send('PUT', `/v1/bulletins/${ahead}`, {
      ticketDay: yesterday,
      sections: texts,
    });
    expect(headers.get('Location') ?? headers.get('ETag')).toBeTruthy();
    await go(`/bulletins/${ahead}/publish`);
    const cautions = async () =>
      page.locator('[data-caution]').evaluateAll((items) => items.map((item) => item.dataset.caution));
    expect(await cautions()).toEqual([
      ...['dated-ahead', 'far-from-ticket-day', 'ticket-day-published', 'empty-sections', 'unprintable'],
    ]);
    expect(await violations()).toEqual([]);
    await page.click('main form button');
    await page.waitForURL('**?done=published');
    await page.click('text=Retirer…');
    await page.fill('textarea', 'Daté d’un an trop tard.');
    expect(await violations()).toEqual([]);
    await page.click('main form button');
    await page.waitForURL('**?done=withdrawn');
    expect(await page.innerText('.chip')).toMatch(/^Retiré/);
    await page.frameLocator('.printed iframe').getByText('Daté d’un an trop tard.').waitFor();
    const empty = dayAgo(-1);
    await client.send('PUT', `/v1/bulletins/${empty}`, { ticketDay: yesterday, sections: {} });
    await go(`/bulletins/${empty}/publish`);
    expect(await cautions()).toContain('nothing-written');
    await go(`/bulletins/${empty}/delete`);
    await page.click('main form button');
    await page.waitForURL('**/bulletins?done=deleted');
  });

  it('can download every format, and all have the same numbers', async () => {
    await go(`/bulletins/${today}`);
    const links = page.locator('.forms a');
    expect(await page.locator('a[href^="/v1/"]:not([href*="format="]), a[href*="format=json"]').count()).toBe(
      0,
    );
    const forms = new Map<string, Uint8Array>();
    for (const link of await links.all()) {
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
      forms.set(download.suggestedFilename().split('.').at(-1)!, readFileSync(await download.path()));
    }
    expect([...forms.keys()].sort()).toEqual(['csv', 'html', 'md', 'pdf', 'xlsx']);
    const text = (form: string) => new TextDecoder().decode(forms.get(form));
    const { body } = await client.get<{ figures: { total: Record<string, number> } }>(
      `/v1/bulletins/${today}`,
    );
    const { total } = body.figures;
    expect(total).toMatchObject({ opened: 4, resolvedSameDay: 1 });
    const printed = [
      textOfHtml(text('html')),
      textOfMarkdown(text('md')),
      await textOfPdf(forms.get('pdf')!),
    ];
    for (const text of printed) {
      expect(text).toContain('Nombre de billets quotidiens : 4');
      expect(text.replace(/\s+/g, ' ')).toContain('résolus au cours de cette même période : 1');
      expect(text).toContain('23 431');
    }
    const numbers = [yesterday, '', 'Total', ...Object.values(total).map(String)];
    expect(text('csv').trim().split('\r\n').at(-1)).toBe(numbers.join(';'));
    const [, totals] = await sheetsOfXlsx(Uint8Array.from(forms.get('xlsx')!));
    expect(totals!.data.at(-1)!.slice(1).map(String)).toEqual(numbers.slice(3));
  });

  it('can print the bulletin from a page made for paper', async () => {
    await go(`/bulletins/${today}`);
    await page.click('text=Version à imprimer');
    expect(await page.innerText('h1')).toBe('Mise à jour quotidienne');
    expect(await violations()).toEqual([]);
    // A day is never the last line of a sheet: only what stands in a line of its own is kept with what follows.
    expect(await page.evaluate(`getComputedStyle(document.querySelector('h4')).display`)).toBe('block');
    const paper = await textOfPdf(await page.pdf({ preferCSSPageSize: true }));
    expect(paper).toContain('Nombre de billets quotidiens : 4');
  });
});

describe('two producers who edit the same bulletin at once', () => {
  it('see both texts, and neither text is lost', async () => {
    const [date, secondPage] = [dayAgo(3), await newPage()];
    for (const editor of [page, secondPage]) await go(`/bulletins/${date}/edit`, editor);
    await page.fill('[name="/sections/bilan"]', 'Le bilan de la première.');
    await page.click('.bar button');
    await page.waitForURL('**?done=saved');
    await secondPage.fill('[name="/sections/bilan"]', 'Le bilan du second.');
    await secondPage.click('.bar button');
    await secondPage.waitForSelector('#meanwhile');
    expect(await secondPage.innerText('.theirs')).toContain('Le bilan de la première.');
    expect(await secondPage.inputValue('[name="/sections/bilan"]')).toBe('Le bilan du second.');
    expect(await violationsOf(secondPage)).toEqual([]);
    await secondPage.fill('[name="/sections/bilan"]', 'Les deux bilans.');
    await secondPage.click('.bar button');
    await secondPage.waitForURL('**?done=saved');
    const { body } = await client.get(`/v1/bulletins/${date}`);
    expect(body.sections).toMatchObject({ bilan: 'Les deux bilans.' });
  });
});

describe('the editor', () => {
  it('shows each mistake beside its field, links to it, and keeps what was typed', async () => {
    await go(`/bulletins/${dayAgo(4)}/edit`);
    await page.fill('[name="/releves/0/value"]', 'beaucoup');
    await page.fill('[name="/sections/objectif"]', 'À garder');
    await page.click('.bar button');
    await page.waitForSelector('#errors');
    expect(await page.inputValue('[name="/sections/objectif"]')).toBe('À garder');
    expect(await violations()).toEqual([]);
    await page.click('#errors a');
    expect(await page.locator(':focus').getAttribute('name')).toBe('/releves/0/value');
    expect(await page.innerText('#errors a')).toBe(
      'Utilisateurs connectés, Valeur: Un nombre, p. ex. 23 431 ou 78,1',
    );
    expect(await page.innerText('[aria-invalid] >> xpath=..')).toContain('Un nombre, p. ex. 23 431 ou 78,1');
  });

  it('warns of an unlikely value while it is typed, and still saves it', async () => {
    const date = dayAgo(7);
    await go(`/bulletins/${date}/edit`);
    const row = page.locator('.releve', { hasText: 'Utilisateurs connectés' }).first();
    await row.getByLabel('Valeur').fill('50 000');
    await row.getByLabel('Sur un total de').fill('30 000');
    await row.locator('text=la valeur dépasse le total').waitFor();
    expect(await violations()).toEqual([]);
    await row.getByLabel('Valeur').fill('23 430,5');
    await row.locator('text=un nombre entier est attendu').waitFor();
    expect(await row.innerText()).not.toContain('dépasse');
    await row.getByLabel('Valeur').fill('23 431');
    await row.locator('.caution:empty').waitFor({ state: 'attached' });
    await row.getByLabel('Valeur').fill('50 000');
    await page.click('.bar button');
    await page.waitForURL('**?done=saved');
    const { body } = await client.get(`/v1/bulletins/${date}`);
    expect(body.releves).toMatchObject([{ code: 'connected-users', value: 50_000, total: 30_000 }]);
  });

  it('does not guess whether a point separates thousands or decimals', async () => {
    await go(`/bulletins/${dayAgo(8)}/edit`);
    await page.fill('[name="/releves/0/value"]', '23.431');
    await page.click('.bar button');
    await page.waitForSelector('#errors');
    expect(await page.innerText('#errors a')).toBe(
      'Utilisateurs connectés, Valeur: Des milliers ou des décimales? Écrivez 23 431 ou 23,431, sans point',
    );
  });

  it('adds rows for more highlights, and saves them', async () => {
    const date = dayAgo(5);
    await go(`/bulletins/${date}/edit`);
    await page.click('[data-add="highlights"] button');
    await page.keyboard.type('NIM');
    await page.fill('[name="/highlights/1/text"]', 'Le second.');
    await page.fill('[name="/highlights/0/text"]', 'Le premier.');
    expect(await violations()).toEqual([]);
    await page.click('.bar button');
    await page.waitForURL('**?done=saved');
    const { body } = await client.get(`/v1/bulletins/${date}`);
    expect(body.sections).toEqual({
      faitsSaillants: [{ text: 'Le premier.' }, { establishment: 'NIM', text: 'Le second.' }],
    });
  });

  it('works without scripts', async () => {
    const plain = await newPage({ javaScriptEnabled: false });
    const date = dayAgo(6);
    await go(`/bulletins/${date}/edit?lang=en`, plain);
    await plain.fill('[name="/sections/bilan"]', 'Quiet.');
    await plain.fill('[name="/releves/0/value"]', '23,431');
    await plain.click('text=Show the preview');
    expect(await plain.locator('#preview iframe').getAttribute('srcdoc')).toContain('23,431');
    expect(await plain.inputValue('[name="/sections/bilan"]')).toBe('Quiet.');
    await plain.click('text=Save the draft');
    expect(await plain.innerText('[role="status"]')).toBe('The draft is saved.');
    const { body } = await client.get(`/v1/bulletins/${date}`);
    expect(body.releves).toMatchObject([{ code: 'connected-users', value: 23_431 }]);
  });
});

/** What Word puts on the clipboard: items are paragraphs, whose style names their level. */
const ofWord = `<html><head><style>p.MsoNormal {margin:0}</style></head><body><!--StartFragment-->
<p class=MsoNormal>Lancement <b>à l’heure prévue,
à 4 h</b>.</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>Plus de <span
style='font-weight:700'>6 000</span> accès</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o</span>sans panne</p>
<p class=MsoNormal>&nbsp;</p>
<ol><li><p>Suite</p></li></ol>
<p class=MsoNormal style='font-weight:normal'>Fin.</p>
<!--EndFragment--></body></html>`;

describe('texts from elsewhere', () => {
  it('become a draft where a whole bulletin is pasted as it was published', async () => {
    await go(`/bulletins/${realDate}/edit`);
    if (!(await page.isVisible('#pasted'))) await page.click('.paste summary');
    await page.fill('#pasted', realText);
    await page.click('.paste button');
    const notice = page.locator('#pasted-notice.done');
    expect(await notice.innerText()).toContain('Nombre de billets quotidiens : 1107');
    await previewed('amélioration continue sur le terrain');
    expect(await violations()).toEqual([]);
    await page.click('.bar button:not([formaction])');
    await page.waitForURL('**?done=saved');
    const path = `${server.url}/v1/bulletins/${realDate}`;
    const [html, pdf] = [
      await page.request.get(`${path}?format=html`),
      await page.request.get(`${path}?format=pdf`),
    ];
    const squeezed = (text: string) => text.replace(/\s/g, '').replaceAll('’', "'");
    for (const printed of [textOfHtml(await html.text()), await textOfPdf(await pdf.body())]) {
      const text = squeezed(printed);
      // What stands there twice, as «Faits saillants» does, is looked for behind the line before it.
      let from = 0;
      for (const line of realLines.filter(
        (written) => !/^(?:Nombre de billets|Québec|Santé)/.test(written),
      )) {
        const at = text.indexOf(squeezed(line), from);
        expect([line, at >= from]).toEqual([line, true]);
        from = at + squeezed(line).length;
      }
    }
  });

  it('keep their bold and their lists where they come from Word, and get them by buttons and keys', async () => {
    await go(`/bulletins/${dayAgo(11)}/edit?from=nothing`);
    const bilan = '[name="/sections/bilan"]';
    await page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/html', ${JSON.stringify(ofWord)});
      clipboardData.setData('text/plain', 'Sans rien');
      document.querySelector('${bilan}')
        .dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }`);
    expect(await page.inputValue(bilan)).toBe(
      'Lancement **à l’heure prévue, à 4 h**.\n\n- Plus de **6 000** accès\n  - sans panne\n1. Suite\n\nFin.',
    );
    await previewed('à l’heure prévue');
    await page.fill(bilan, '');
    await page.click('section:has(#bilan-title) .marks >> text=Liste');
    await page.keyboard.type('Tout va ');
    await page.keyboard.press('Control+b');
    await page.keyboard.type('bien');
    expect(await page.inputValue(bilan)).toBe('- Tout va **bien**');
    await page.keyboard.press('Control+a');
    await page.click('section:has(#bilan-title) .marks >> text=Gras');
    expect(await page.inputValue(bilan)).toBe('- **Tout va bien**');
    expect(await violations()).toEqual([]);
  });

  it('are offered in French typography while they are typed, and change only when that is accepted', async () => {
    const typed = '- Plus de 6 000 accès : "tous"\n - sauf 2%';
    await go(`/bulletins/${dayAgo(9)}/edit?from=nothing`);
    await page.fill('[name="/sections/bilan"]', typed);
    await page.locator('#proposals ins', { hasText: '«' }).waitFor();
    expect(await page.inputValue('[name="/sections/bilan"]')).toBe(typed);
    expect(await violations()).toEqual([]);
    await page.click('#proposals button');
    await page.locator('#proposals:not(:has(section))').waitFor({ state: 'attached' });
    expect(await page.inputValue('[name="/sections/bilan"]')).toBe(
      '- Plus de 6_000 accès_: «_tous_»\n  - sauf 2_%'.replaceAll('_', '\u00A0'),
    );
  });
});

describe('what the figures say', () => {
  it('is offered as a sentence with its tickets, and enters the summary only when it is added', async () => {
    const [date, day] = [dayAgo(20), dayAgo(21)];
    const at = (of: string, hour: number) => ({ establishment: 'NIM', occurredAt: `${of}T${hour}:00:00Z` });
    for (const hour of [16, 17]) await openedTicket(client, at(dayAgo(22), hour));
    for (const hour of [15, 16, 17]) await openedTicket(client, at(day, hour));
    // While only some of the tickets are counted, another figure may have grown by as much.
    const said = page.locator('.insights li', { hasText: 'Le nombre de billets a augmenté de 50' });
    const ofCategory = page.locator('.insights li', {
      hasText: 'Le nombre de billets (catégorie ordonnances) a augmenté de 50',
    });
    while ((await said.count()) === 0 || (await ofCategory.count()) === 0)
      await go(`/bulletins/${date}/edit?from=nothing`);
    await page.click('.insights summary');
    expect(await said.locator('a').getAttribute('href')).toBe(`/jours/${day}/billets?figure=opened`);
    await ofCategory.locator('a').click();
    expect(new URL(page.url()).search).toBe(`?report=responses&from=${day}&to=${day}&by=category`);
    expect(await page.innerText('main')).toMatch(/Ordonnances\s+3\b/);
    await page.goBack();
    await page.click('.insights summary');
    expect(await violations()).toEqual([]);
    expect(await page.inputValue('[name="/sections/bilan"]')).toBe('');
    await said.locator('button').click();
    await previewed('a augmenté de 50');
    expect(await page.inputValue('[name="/sections/bilan"]')).toMatch(
      /^- Le nombre de billets a augmenté de 50\s% par rapport au .* \(3 au lieu de 2\)\.$/,
    );
  });
});

describe('the pages of the bulletins', () => {
  it('fit a phone, without a horizontal scroll', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ['', `/${today}`, `/${today}/edit`, `/${today}/revise`]) {
      await go(`/bulletins${path}`);
      expect([path, await page.evaluate<number>('document.documentElement.scrollWidth')]).toEqual([
        path,
        320,
      ]);
      expect(await violations()).toEqual([]);
    }
    await page.setViewportSize({ width: 390, height: 844 });
    const isInSight = async (what: string) => {
      const { x, width } = (await page.locator(what).first().boundingBox())!;
      return x >= 0 && x + width <= 390;
    };
    await go('/bulletins');
    expect(await isInSight('.chip')).toBe(true);
    await go(`/bulletins/${today}`);
    expect(await isInSight('tfoot td:last-child')).toBe(true);
  });
});
