import { describe, expect, it } from '@jest/globals';
import { violationsOf } from '../support/browser/axe.js';
import { browser, client, server, tablet, withTabletInHand } from '../support/browser/tablet-in-hand.js';
import { arrived, phone, Tablet } from '../support/browser/tablet.js';

withTabletInHand({ healthNumbersInTitles: 'refuse' });

const nam = 'TREM 8451 1234';

describe('a text that names a person, typed on a tablet', () => {
  it('is warned of under its field while it is typed, without a network, and saved all the same', async () => {
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.openTicket('Rappeler quelqu’un');
    await tablet.openCard('Rappeler quelqu’un');
    await tablet.page.click('text=Ajouter une note');
    await tablet.page.locator('[name=body]').pressSequentially('Patiente TREM 8451 123');
    expect(await tablet.page.innerText('#notice-body')).toBe('');
    await tablet.page.locator('[name=body]').pressSequentially('4, 514 555-1234');
    expect(await tablet.page.innerText('#notice-body')).toBe(
      'Il y a ici un numéro d’assurance maladie et un numéro de téléphone. Ne l’écrivez que s’il le faut pour aider.',
    );
    expect(await violationsOf(tablet.page)).toEqual([]);
    await tablet.page.click('form >> text=Ajouter une note');
    await tablet.heading('Rappeler quelqu’un');
    await tablet.stands('2 en attente');
    await tablet.context.setOffline(false);
    await tablet.upToDate();
    const { history } = await arrived(client, 'Rappeler quelqu’un');
    expect(history.at(-1)!.data).toMatchObject({ body: 'Patiente TREM 8451 1234, 514 555-1234' });
  });

  it('is not saved as a title where the setting says so, without a network, until it is corrected', async () => {
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.page.click('nav >> text=Nouveau');
    await tablet.page.fill('[name=title]', `Dossier ${nam}`);
    await tablet.page.getByLabel('Matériel').check();
    await tablet.page.selectOption('[name=establishment]', 'NIM');
    await tablet.page.click('text=Enregistrer');
    const message = await tablet.page.$eval(
      '[name=title]',
      (field) => (field as unknown as { validationMessage: string }).validationMessage,
    );
    expect(message).toContain('enlevez le numéro d’assurance maladie');
    await tablet.page.fill('[name=title]', 'Dossier introuvable');
    await tablet.page.click('text=Enregistrer');
    await tablet.heading('Billets actifs');
    await tablet.stands('1 en attente');
  });

  it('is warned of in English where the browser asks for it', async () => {
    const english = new Tablet(await browser.newContext({ ...phone, locale: 'en-CA' }), server);
    await english.start();
    await english.page.click('nav >> text=New');
    await english.page.fill('[name=title]', nam);
    expect(await english.page.innerText('#notice-title')).toContain(
      'There is a health insurance number here.',
    );
    await english.context.close();
  });

  it('is masked in the list, and read in full in the ticket while there is a network', async () => {
    const title = 'Appel de 514 555-1234';
    await client.post('/v1/tickets', { establishment: 'NIM', title, category: 'acces', priority: 'P2' });
    await tablet.start();
    await tablet.page.click('a.card:has-text("Appel de •••-•••-••••")');
    await tablet.heading(title);
    await tablet.context.setOffline(true);
    await tablet.page.reload();
    await tablet.heading('Appel de •••-•••-••••');
  });
});
