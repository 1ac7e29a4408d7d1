import { describe, expect, it } from '@jest/globals';
import { violationsOf } from '../support/browser/axe.js';
import { done, openedTicket, ticketOf } from '../support/api/contract.js';
import { client, tablet, withTabletInHand } from '../support/browser/tablet-in-hand.js';
import { arrived, eventsOf } from '../support/browser/tablet.js';

withTabletInHand();

describe('a refused command', () => {
  it('is shown with advice, and can be sent again by a person', async () => {
    const ticketId = await openedTicket(client, { title: 'Rouvert entre-temps' });
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.resolve('Rouvert entre-temps', 'Relancé');
    await done(client, ticketId, 'resolve');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await done(client, ticketId, 'reopen');
    await tablet.context.setOffline(false);
    await tablet.stands('1 refusé');
    await tablet.openQueue();
    await tablet.page.locator('.why', { hasText: 'Dépassé par les événements' }).waitFor();
    expect(await tablet.page.innerText('.why')).toContain(
      'Voyez son état, puis refaites-la si elle tient encore.',
    );
    expect(await tablet.page.innerText('article')).toContain('Relancé');
    expect(await violationsOf(tablet.page)).toEqual([]);
    await tablet.page.click('text=Refaire maintenant');
    await tablet.upToDate();
    expect(await ticketOf(client, ticketId)).toMatchObject({
      status: 'resolved',
      resolution: { note: 'Relancé' },
    });
  });

  it('can be corrected, and the commands that waited for it follow', async () => {
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.openTicket('Lieu inconnu');
    await tablet.addNote('Lieu inconnu', 'Et pourtant vrai');
    await tablet.onNextBatch(async (route) => {
      await route.continue({ postData: route.request().postData()!.replace('"NIM"', '"FERMÉ"') });
    });
    await tablet.context.setOffline(false);
    await tablet.stands('1 refusé', '1 en attente');
    await tablet.openQueue();
    await tablet.page.locator('text=Attend que l’ouverture de ce billet soit corrigée').waitFor();
    await tablet.page.click('text=Corriger');
    await tablet.heading('Corriger: ouverture');
    expect(await tablet.page.inputValue('[name=title]')).toBe('Lieu inconnu');
    expect(await violationsOf(tablet.page)).toEqual([]);
    await tablet.page.selectOption('[name=establishment]', 'MCQ');
    await tablet.page.click('text=Renvoyer');
    await tablet.upToDate();
    expect((await arrived(client, 'Lieu inconnu')).ticket.establishment).toBe('MCQ');
    expect(await eventsOf(client, 'Lieu inconnu')).toEqual(['TicketOpened', 'NoteAdded']);
  });

  it('on a merged ticket links to the ticket that goes on, and can be added there as a note', async () => {
    const ticketId = await openedTicket(client, { title: 'Doublon du poste 4' });
    const into = await openedTicket(client, { title: 'Poste 4 en panne' });
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.resolve('Doublon du poste 4', 'Carte réseau remplacée');
    await done(client, ticketId, 'merge', { into });
    await tablet.context.setOffline(false);
    await tablet.stands('1 refusé');
    await tablet.openQueue();
    const card = tablet.page.locator('article');
    await card.locator(`a[href="#billet/${into}"]`, { hasText: 'Poste 4 en panne' }).waitFor();
    expect(await card.innerText()).not.toMatch(/«|mergedInto/);
    expect(await card.locator(`a[href="#billet/${ticketId}"]`).count()).toBe(0);
    expect(await violationsOf(tablet.page)).toEqual([]);
    await card.locator('text=Noter dans ce billet-là').click();
    await tablet.upToDate();
    expect(await eventsOf(client, 'Poste 4 en panne')).toEqual(['TicketOpened', 'NoteAdded']);
    const { history } = await arrived(client, 'Poste 4 en panne');
    expect(history[1]?.data).toMatchObject({ body: 'Résolution – Réparé: Carte réseau remplacée' });
  });

  /** Has the server refuse the one command of the next batch with this problem. */
  const refuseNext = (problem: Record<string, unknown>) =>
    tablet.onNextBatch(async (route) => {
      const { commands } = route.request().postDataJSON() as { commands: { commandId: string }[] };
      const results = commands.map(({ commandId }) => ({ commandId, status: 'refused', problem }));
      await route.fulfill({ json: { position: '0', clockSkewMs: null, results } });
    });

  it('is explained in plain words, without the names of the API', async () => {
    await tablet.start();
    await refuseNext({
      type: '/problems/occurred-in-the-future',
      title: 'Survenu dans le futur',
      detail: '«occurredAt» dépasse l’heure du serveur: envoyez «sentAt».',
      errors: [{ pointer: '/commands/0/occurredAt', message: 'occurred-in-the-future' }],
    });
    await tablet.openTicket('En avance');
    await tablet.stands('1 refusé');
    await tablet.openQueue();
    const reason = await tablet.page.innerText('.why');
    expect(reason).toContain('réglez l’horloge de l’appareil');
    expect(reason).not.toMatch(/«|occurred/);
    await tablet.page.click('text=Refaire maintenant');
    await tablet.upToDate();
    expect(await eventsOf(client, 'En avance')).toEqual(['TicketOpened']);
  });

  it('is sent again unchanged when the fault was the server’s', async () => {
    await tablet.start();
    await refuseNext({
      type: '/problems/internal-error',
      title: 'Erreur du serveur',
      detail: 'La faute est nôtre. Signalez «correlationId».',
    });
    await tablet.openTicket('Malgré la panne');
    await tablet.stands('1 refusé');
    await tablet.openQueue();
    expect(await tablet.page.innerText('.why')).not.toContain('«');
    expect(await tablet.page.locator('text=Corriger').count()).toBe(0);
    await tablet.page.click('text=Renvoyer');
    await tablet.upToDate();
    expect(await eventsOf(client, 'Malgré la panne')).toEqual(['TicketOpened']);
  });

  it('is dropped only when a person gives it up and confirms', async () => {
    const ticketId = await openedTicket(client, { title: 'Fusionné ailleurs' });
    await tablet.start();
    await tablet.context.setOffline(true);
    await tablet.openCard('Fusionné ailleurs');
    await tablet.page.click('text=Commencer');
    await tablet.stands('1 en attente');
    await done(client, ticketId, 'merge', { into: await openedTicket(client) });
    await tablet.context.setOffline(false);
    await tablet.stands('1 refusé');
    await tablet.openQueue();
    await tablet.page.locator('.why', { hasText: 'Le billet est fusionné' }).waitFor();
    await tablet.page.reload();
    await tablet.stands('1 refusé');
    await tablet.page.click('text=Abandonner');
    await tablet.page.click('text=Effacer');
    await tablet.upToDate();
  });
});
