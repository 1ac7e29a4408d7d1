import { describe, expect, it } from '@jest/globals';
import { codesOf } from '../../src/shared/vocabulary.js';
import * as vocabulary from '../../src/shared/vocabulary.js';
import { texts } from '../../src/web/equipe/app/views/words/texts.js';
import { openedTicket } from '../support/api/contract.js';
import { violationsOf } from '../support/browser/axe.js';
import { browser, client, server, tablet, withTabletInHand } from '../support/browser/tablet-in-hand.js';
import { phone, Tablet } from '../support/browser/tablet.js';

withTabletInHand();

/** The French of everything that has a name in two languages, where English says something else. */
const french = new Set(
  [
    texts,
    vocabulary.commandVerbs,
    vocabulary.statusLabels,
    vocabulary.categoryLabels,
    vocabulary.priorityLabels,
    vocabulary.transitionLabels,
    vocabulary.resolutionLabels,
    vocabulary.holdReasonLabels,
  ]
    .flatMap((table: Record<string, { fr: string; en: string }>) =>
      codesOf(table).flatMap((code) => table[code] ?? []),
    )
    .filter(({ fr, en }) => fr !== en && fr !== texts.otherLanguage.fr)
    .map(({ fr }) => fr),
);

/** Every text that a person reads or hears on the page: between tags, and in attributes. */
const textsOn = ({ page }: Tablet): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const found = [document.title];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) found.push(walk.currentNode.data);
    for (const element of document.querySelectorAll('[placeholder], [aria-label], [alt], [title]')) {
      for (const name of ['placeholder', 'aria-label', 'alt', 'title']) found.push(element.getAttribute(name) ?? '');
    }
    return found.map((text) => text.replace(/\\s+/g, ' ').trim()).filter(Boolean);
  })()`);

const inEnglish = async (on: Tablet, at: string): Promise<void> => {
  const read = await textsOn(on);
  expect(read.length).toBeGreaterThan(5);
  expect([at, read.filter((text) => french.has(text))]).toEqual([at, []]);
  expect(await on.page.getAttribute('html', 'lang')).toBe('en-CA');
  expect([at, await violationsOf(on.page)]).toEqual([at, []]);
};

const english = async (work: (on: Tablet) => Promise<void>): Promise<void> => {
  const on = new Tablet(await browser.newContext({ ...phone, locale: 'en-CA' }), server);
  await work(on);
  await on.context.close();
  expect(on.faults).toEqual([]);
};

const otherLanguage = 'a[hreflang]';

describe('the mobile teams’ page in English', () => {
  it('is so on every page where the browser asks for it, with and without a network', async () => {
    await openedTicket(client, { title: 'Badge reader', establishment: 'NIM', category: 'acces' });
    await english(async (on) => {
      await on.openTab();
      await on.goToPage();
      await on.heading('Mobile team');
      await inEnglish(on, 'nobody signed in');
      await on.signIn();
      await on.page.locator('a.card', { hasText: 'Badge reader' }).waitFor();
      await on.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
      await inEnglish(on, 'list');
      await on.context.setOffline(true);
      await on.page.reload();
      await on.stands('Offline');
      await on.page.click('nav >> text=New');
      await on.page.fill('[name=title]', 'Badge reader blinks');
      await on.page.locator('.reported', { hasText: '1 person' }).waitFor();
      await on.page.getByLabel('Equipment').check();
      await inEnglish(on, 'new');
      await on.page.selectOption('[name=establishment]', 'NIM');
      await on.page.click('text=Save');
      await on.heading('Active tickets');
      await on.stands('1 waiting');
      await on.page.click('a.card:has-text("Badge reader blinks")');
      await on.heading('Badge reader blinks');
      await inEnglish(on, 'ticket');
      for (const act of ['Add a note', 'Resolve', 'Put on hold', 'Cancel the ticket']) {
        await on.page.click(`main >> text=${act}`);
        await on.heading(act);
        await inEnglish(on, act);
        await on.page.click('text=Back');
      }
      await on.page.click('.sync');
      await on.heading('To be sent');
      await inEnglish(on, 'queue');
      await on.page.click('nav >> text=Tickets');
      await on.page.fill('input[type=search]', 'no such thing');
      await on.page.getByText('Nothing like it on this tablet').waitFor();
      await on.context.setOffline(false);
      await on.upToDate();
    });
  });

  it('is chosen without a network, stays after a reload, and is told to the other pages with the next exchange', async () => {
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.openQueue();
    await tablet.page.click(otherLanguage);
    await tablet.heading('To be sent');
    await tablet.page.reload();
    await tablet.heading('To be sent');
    await inEnglish(tablet, 'queue');
    await tablet.context.setOffline(false);
    await tablet.upToDate();
    expect(await tablet.context.cookies()).toContainEqual(
      expect.objectContaining({ name: 'language', value: 'en' }),
    );
    const other = await tablet.context.newPage();
    await other.goto(server.url);
    await other.locator('html[lang=en-CA]').waitFor();
  });

  it('follows the language that was chosen at another page', async () => {
    await tablet.start();
    const other = await tablet.context.newPage();
    await other.goto(`${server.url}/?lang=en`);
    await tablet.page.reload();
    await tablet.heading('Active tickets');
    await tablet.upToDate();
    await inEnglish(tablet, 'list');
  });

  it('is asked for by the address, once', async () => {
    await tablet.start();
    await tablet.page.goto(`${server.url}/equipe?lang=en`);
    await tablet.heading('Active tickets');
    expect(tablet.page.url()).toBe(`${server.url}/equipe`);
    await tablet.openTab();
    await tablet.goToPage();
    await tablet.heading('Active tickets');
  });

  it('keeps what is typed when the language is changed, in every tab', async () => {
    await tablet.start();
    const first = tablet.page;
    await first.click('nav >> text=Nouveau');
    await first.fill('[name=title]', 'Écran bleu');
    await tablet.openTab();
    await tablet.goToPage();
    await tablet.upToDate();
    await tablet.openQueue();
    await tablet.page.click(otherLanguage);
    await first.locator('h1', { hasText: 'New ticket' }).waitFor();
    expect(await first.inputValue('[name=title]')).toBe('Écran bleu');
  });

  it('says why something was refused in the language that is shown, however it was refused', async () => {
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.openTicket('Trop tôt');
    await tablet.onNextBatch(async (route) => {
      const { commands } = route.request().postDataJSON() as { commands: { commandId: string }[] };
      const problem = {
        type: 'https://x/problems/ticket-closed',
        ...{ title: 'Le billet est fermé', detail: 'Rouvrez-le d’abord.' },
      };
      await route.fulfill({
        json: {
          ...{ position: '0', clockSkewMs: 0 },
          results: commands.map(({ commandId }) => ({ commandId, status: 'refused', problem })),
        },
      });
    });
    await tablet.context.setOffline(false);
    await tablet.stands('1 refusé');
    await tablet.openQueue();
    await tablet.page.getByText('Refusé: Le billet est fermé').waitFor();
    await tablet.page.click(otherLanguage);
    await tablet.page.getByText('Refused: The ticket is closed').waitFor();
    await inEnglish(tablet, 'queue');
  });
});
