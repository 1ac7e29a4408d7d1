import { describe, expect, it } from '@jest/globals';
import { violationsOf } from '../support/browser/axe.js';
import { openedTicket } from '../support/api/contract.js';
import { client, tablet, withTabletInHand } from '../support/browser/tablet-in-hand.js';
import { arrived } from '../support/browser/tablet.js';

withTabletInHand();

describe('the team page on a handheld device', () => {
  /** Visible controls smaller than a thumb: under 48 CSS pixels in width or height, less half a pixel for rounding. */
  const tooSmall = () =>
    tablet.page.evaluate<string[]>(`
      [...document.querySelectorAll('a, button, input, select, textarea, summary')]
        .filter((element) => element.checkVisibility() && !element.matches('.skip, [type=hidden]'))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width < 47.5 || box.height < 47.5)
        .map(({ element, box }) => element.outerHTML.slice(0, 80) + ' ' + box.width + '×' + box.height)`);
  const pageWidth = () => tablet.page.evaluate<number>('document.documentElement.scrollWidth');

  it.each([320, 390, 820, 1280])(
    'fits on every page, with controls large enough to press and no accessibility violation: %d pixels wide',
    async (width) => {
      await openedTicket(client, { title: `Large de ${width}`, location: 'Bloc opératoire, salle 12' });
      await tablet.start();
      await tablet.page.setViewportSize({ width, height: 740 });
      const ground = () => tablet.page.evaluate('getComputedStyle(document.body).backgroundColor');
      const byDay = await ground();
      const look = async (at: string) => {
        expect([at, await pageWidth()]).toEqual([at, width]);
        expect([at, await tooSmall()]).toEqual([at, []]);
        expect([at, await violationsOf(tablet.page)]).toEqual([at, []]);
      };
      await look('list');
      await tablet.page.click('nav >> text=Nouveau');
      await tablet.page.click('text=Plus de détails');
      await look('new');
      await tablet.context.setOffline(true);
      await tablet.openCard(`Large de ${width}`);
      await look('ticket');
      for (const act of ['Ajouter une note', 'Résoudre', 'Mettre en attente', 'Annuler le billet']) {
        await tablet.page.click(`main >> text=${act}`);
        await tablet.heading(act);
        await look(act);
        await tablet.page.click('text=Retour');
      }
      await tablet.page.click('text=Commencer');
      await tablet.stands('1 en attente');
      await tablet.openQueue();
      await look('queue');
      await tablet.page.emulateMedia({ colorScheme: 'dark' });
      await look('queue in the dark');
      await tablet.openCard(`Large de ${width}`);
      await look('ticket in the dark');
      await tablet.page.click('nav >> text=Nouveau');
      await look('new in the dark');
      expect(await ground()).not.toBe(byDay);
    },
  );

  it('asks only for a title and a category when a second ticket is opened, and says for whom it is', async () => {
    await tablet.start();
    await tablet.openTicket('Le premier');
    await tablet.page.click('text=Nouveau billet');
    await tablet.page.locator('[name=title]:focus').waitFor();
    await tablet.page.keyboard.type('Le deuxième');
    await tablet.page.getByText('Même lieu que la dernière fois.').waitFor();
    await tablet.page.getByLabel('Pour qui?').fill('Marie Roy, 418 555-0142');
    await tablet.page.getByLabel('Matériel').check();
    await tablet.page.click('text=Enregistrer');
    await tablet.heading('Billets actifs');
    await tablet.page
      .locator('h2:has-text("À l’instant") + .cards > li:first-child', { hasText: 'Le deuxième' })
      .waitFor();
    await tablet.upToDate();
    const { ticket } = await arrived(client, 'Le deuxième');
    expect(ticket).toMatchObject({ establishment: 'NIM', location: '3e nord, poste 4', priority: 'P3' });
    expect(ticket).toMatchObject({ requester: { name: 'Marie Roy', contact: '•••-•••-••••' } });
    await tablet.page.fill('[type=search]', 'marie');
    await tablet.page.locator('a.card', { hasText: 'Le premier' }).waitFor({ state: 'detached' });
    await tablet.openCard('Le deuxième');
    await tablet.page.locator('dl', { hasText: 'Marie Roy, 418 555-0142' }).waitFor();
  });

  it('says which place it has kept, and lets it go in one tap', async () => {
    await tablet.start();
    await tablet.openTicket('Au 3e nord');
    await tablet.page.click('text=Nouveau billet');
    expect(await tablet.page.inputValue('[name=location]')).toBe('3e nord, poste 4');
    await tablet.page.getByRole('button', { name: 'Ailleurs' }).click();
    await tablet.page.locator('[name=location]:focus').waitFor();
    expect(await tablet.page.inputValue('[name=location]')).toBe('');
    await tablet.page.getByText('Même lieu que la dernière fois.').waitFor({ state: 'detached' });
    await tablet.page.keyboard.type('4e sud');
    expect(await tablet.page.inputValue('[name=location]')).toBe('4e sud');
  });

  it('finds a ticket that is over without anything to unfold', async () => {
    await tablet.start();
    await tablet.openTicket('Lampe grillée');
    await tablet.resolve('Lampe grillée', 'Remplacée');
    await tablet.page.click('nav >> text=Billets');
    const found = tablet.page.locator('a.card', { hasText: 'Lampe grillée' });
    await found.waitFor({ state: 'hidden' });
    await tablet.page.fill('input[type=search]', 'lampe');
    await found.waitFor({ state: 'visible' });
  });

  it('can be used with the keyboard alone', async () => {
    await tablet.start();
    await tablet.page.reload();
    await tablet.upToDate();
    await tablet.page.keyboard.press('Tab');
    expect(await tablet.page.locator(':focus').getAttribute('class')).toBe('skip');
    await tablet.page.keyboard.press('Enter');
    expect(await tablet.page.locator(':focus').getAttribute('id')).toBe('main');
    await tablet.page.keyboard.press('Tab');
    expect(await tablet.page.locator(':focus').innerText()).toBe('Nouveau billet');
    await tablet.page.keyboard.press('Enter');
    await tablet.heading('Nouveau billet');
    await tablet.page.keyboard.type('Sans souris');
    for (const _field of ['location', 'requester', 'category']) await tablet.page.keyboard.press('Tab');
    await tablet.page.keyboard.press('Space');
    await tablet.page.keyboard.press('Tab');
    await tablet.page.keyboard.press('ArrowUp');
    await tablet.page.focus('[name=establishment]');
    await tablet.page.keyboard.type('CIUSSS du Nord');
    await tablet.page.keyboard.press('Enter');
    await tablet.page.focus('[name=title]');
    await tablet.page.keyboard.press('Enter');
    await tablet.heading('Billets actifs');
    await tablet.upToDate();
    expect((await arrived(client, 'Sans souris')).ticket).toMatchObject({
      establishment: 'NIM',
      priority: 'P2',
    });
  });

  it('confirms an action in a message that covers nothing else', async () => {
    await tablet.start();
    await tablet.openTicket('Dit en passant');
    await tablet.page.locator('.told', { hasText: 'Billet enregistré' }).waitFor();
    for (const width of [320, 390, 1280]) {
      await tablet.page.setViewportSize({ width, height: 740 });
      const covered = await tablet.page.evaluate<string[]>(`
        [...document.querySelectorAll('main *, .tabs *, .sync')].filter((element) => {
          const [a, b] = [element, document.querySelector('.told')].map((each) => each.getBoundingClientRect());
          return a.width > 0 && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        }).map((element) => element.outerHTML.slice(0, 80))`);
      expect([width, covered]).toEqual([width, []]);
      expect([width, await pageWidth()]).toEqual([width, width]);
    }
    expect(await violationsOf(tablet.page)).toEqual([]);
  });

  it('offers only the sites of the chosen establishment', async () => {
    await tablet.start();
    await tablet.page.click('nav >> text=Nouveau');
    const sites = () => tablet.page.locator('[name=site] option').allInnerTexts();
    expect(await sites()).toEqual([]);
    await tablet.page.fill('[name=title]', 'À Listuguj');
    await tablet.page.selectOption('[name=establishment]', 'GASP');
    expect(await sites()).toEqual(['Aucune en particulier', 'Listuguj']);
    await tablet.page.selectOption('[name=site]', 'LISTUGUJ');
    await tablet.page.selectOption('[name=establishment]', 'CNORD');
    expect(await sites()).toEqual(['Aucune en particulier', 'Basse-Côte-Nord (Blanc-Sablon)']);
    expect(await tablet.page.inputValue('[name=site]')).toBe('');
    await tablet.page.selectOption('[name=establishment]', 'NIM');
    expect(await sites()).toEqual([]);
    expect(await tablet.page.inputValue('[name=title]')).toBe('À Listuguj');
    await tablet.page.selectOption('[name=establishment]', 'GASP');
    await tablet.page.selectOption('[name=site]', 'LISTUGUJ');
    await tablet.page.getByLabel('Matériel').check();
    await tablet.page.click('text=Enregistrer');
    await tablet.heading('Billets actifs');
    await tablet.upToDate();
    expect((await arrived(client, 'À Listuguj')).ticket).toMatchObject({
      establishment: 'GASP',
      site: 'LISTUGUJ',
    });
  });

  it('does not accept a title of blanks', async () => {
    await tablet.start();
    await tablet.page.click('nav >> text=Nouveau');
    await tablet.page.fill('[name=title]', '   ');
    await tablet.page.getByLabel('Matériel').check();
    await tablet.page.selectOption('[name=establishment]', 'NIM');
    await tablet.page.click('text=Enregistrer');
    expect(await tablet.page.locator('[name=title]:invalid').count()).toBe(1);
    expect(await tablet.page.innerText('h1')).toBe('Nouveau billet');
  });
});
