import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Client, clientOf } from '../support/api/client.js';
import { done, historyOf, searchableTicket, ticketOf } from '../support/api/contract.js';
import { violationsOf } from '../support/browser/axe.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { Desk } from '../support/browser/desk.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { tokenOfPerson } from '../support/access/tokens.js';
import { referenceOf } from '../../src/shared/ticket-reference.js';

interface Kept {
  id: string;
  name: string;
  team: string | null;
  text: string | null;
  commands: unknown[];
  revision: number;
}

let server: HostedServer;
let client: Client;
let browser: Browser;
let desk: Desk;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  browser = await openBrowser();
  const context = await browser.newContext({ locale: 'fr-CA', viewport: { width: 1280, height: 800 } });
  desk = await Desk.in(context, server);
  await signIn(desk.page, server.url, 'agent');
  await desk.page.waitForURL('**/bureau');
});
afterAll(async () => {
  await browser.close();
  await server.close();
  expect(desk.faults).toEqual([]);
});

const opened = (title: string, changes: object = {}): Promise<string> =>
  searchableTicket(client, { title, priority: 'P1', ...changes });

/** The templates of whoever is signed in at the desk. */
const keptTemplates = async (): Promise<Kept[]> => {
  const answer = await desk.context.request.get(`${server.url}/v1/templates`);
  return ((await answer.json()) as { items: Kept[] }).items;
};

const typesOf = async (ticketId: string): Promise<string[]> =>
  (await historyOf(client, ticketId)).map(({ type }) => type);

const panel = () => desk.page.locator('dialog');
const addAction = async (type: string): Promise<void> => {
  await panel().locator('[data-adds]').selectOption(type);
  await panel().getByRole('button', { name: 'Ajouter', exact: true }).click();
};

describe('the panel of templates', () => {
  beforeAll(() => desk.open());

  it('makes one, and says at its field what is wrong with it, without losing a word', async () => {
    await desk.press('Shift+P');
    await panel().getByText('Il n’y a pas encore de modèle.').waitFor();
    await panel().getByText('Nouveau modèle').click();
    await desk.page.keyboard.type('Service relancé');
    await panel().getByLabel('Pour l’équipe').fill('mobile-nim-03');
    await panel()
      .getByLabel('Texte')
      .fill('Bonjour, {{prenom}} du billet {{reference}} a relancé le service.');
    await addAction('assign');
    await panel().locator('fieldset [name=assignee]').fill('{{me}}');
    await addAction('resolve');
    expect(await panel().locator('fieldset [name=note]').inputValue()).toBe('{{text}}');
    await panel().getByText('Enregistrer').click();
    const text = panel().locator('[name=text]');
    await panel().locator('.field:has([name=text]) .fault', { hasText: '{{prenom}}' }).waitFor();
    expect(await text.getAttribute('aria-invalid')).toBe('true');
    expect(await desk.page.evaluate('document.activeElement.name')).toBe('text');
    expect(await keptTemplates()).toEqual([]);
    expect(await panel().locator('fieldset [name=assignee]').inputValue()).toBe('{{me}}');
    await text.fill('{{reference}}: service relancé par {{me}}.');
    await panel().getByText('Enregistrer').click();
    await panel().locator('.team', { hasText: 'mobile-nim-03' }).getByText('Service relancé').waitFor();
    expect(await keptTemplates()).toMatchObject([
      {
        ...{
          name: 'Service relancé',
          team: 'mobile-nim-03',
          text: '{{reference}}: service relancé par {{me}}.',
        },
        commands: [
          { type: 'assign', assignee: '{{me}}' },
          { type: 'resolve', resolution: { code: 'fixed', note: '{{text}}' } },
        ],
      },
    ]);
  });

  it('says what is wrong with an action at that action, and keeps what was written while it is left', async () => {
    await panel().getByText('Nouveau modèle').click();
    await desk.page.keyboard.type('Rappel');
    await addAction('note');
    await panel().locator('fieldset [name=body]').fill('Rappelé par {{lui}}.');
    await panel().getByText('Enregistrer').click();
    await panel().locator('fieldset .fault', { hasText: '{{lui}}' }).waitFor();
    await desk.press('Escape', 'Shift+P');
    expect(await panel().locator('fieldset [name=body]').inputValue()).toBe('Rappelé par {{lui}}.');
    await panel().locator('fieldset [name=body]').fill('Rappelé par {{me}}.');
    await desk.press('Control+Enter');
    await panel().locator('.kept', { hasText: 'Rappel' }).waitFor();
  });

  it('changes one, also where it has changed meanwhile, and deletes one that is meant', async () => {
    await panel().getByRole('button', { name: 'Modifier: Rappel' }).click();
    const { id } = (await keptTemplates()).find(({ name }) => name === 'Rappel')!;
    await desk.context.request.put(`${server.url}/v1/templates/${id}`, {
      data: { name: 'Rappel', text: 'Changé ailleurs.' },
      headers: { Origin: server.url },
    });
    await panel().locator('[name=name]').fill('Rappel du matin');
    await panel().getByText('Enregistrer').click();
    await panel().getByText('Ce modèle a changé entre-temps.').waitFor();
    await panel().getByText('Enregistrer').click();
    await panel().locator('.kept', { hasText: 'Rappel du matin' }).waitFor();
    expect((await keptTemplates()).find((kept) => kept.id === id)).toMatchObject({
      ...{ name: 'Rappel du matin', text: null, revision: 3 },
    });
    await panel().getByRole('button', { name: 'Supprimer: Rappel du matin' }).click();
    expect(await keptTemplates()).toHaveLength(2);
    await panel().getByText('Supprimer pour de bon').click();
    await panel().locator('.kept', { hasText: 'Rappel du matin' }).waitFor({ state: 'detached' });
    expect((await keptTemplates()).map(({ name }) => name)).toEqual(['Service relancé']);
  });

  it('passes axe with the list and with the form, also where a phone shows it', async () => {
    expect(await violationsOf(desk.page)).toEqual([]);
    await panel().getByRole('button', { name: 'Modifier: Service relancé' }).click();
    for (const [width, colorScheme] of [
      [390, 'dark'],
      [1280, 'light'],
    ] as const) {
      await desk.page.setViewportSize({ width, height: 800 });
      await desk.page.emulateMedia({ colorScheme });
      expect([width, await violationsOf(desk.page)]).toEqual([width, []]);
    }
    await panel().getByText('Renoncer').click();
    await desk.press('Escape');
    expect(await panel().count()).toBe(0);
  });

  it('shows what others share, which only they change', async () => {
    const bruno = new Client(server.url, await tokenOfPerson('bruno', 'agent'));
    const template = { name: 'De Bruno', text: 'Vu avec Bruno.' };
    await bruno.send('PUT', `/v1/templates/${randomUUID()}`, template);
    await desk.press('Shift+P');
    const entry = panel().locator('.kept li', { hasText: 'De Bruno' });
    await entry.waitFor();
    expect(await entry.innerText()).toContain('bruno');
    expect(await entry.locator('button').count()).toBe(0);
    await desk.press('Escape');
  });
});

describe('a template', () => {
  it('gives its words, filled in for the ticket, to a note and to a resolution, after what was typed', async () => {
    const ticketId = await opened('Messagerie arrêtée');
    await desk.openByReference(ticketId);
    await desk.press('n');
    await desk.form('note').waitFor();
    await desk.page.keyboard.type('Appelé à 9 h.');
    await desk.form('note').getByText('Écrire à partir d’un modèle').click();
    await desk.page.keyboard.type('relance');
    await panel().locator('.choices li').waitFor();
    await desk.press('Enter');
    await panel().waitFor({ state: 'detached' });
    const filled = `${referenceOf(ticketId)}: service relancé par agent.`;
    expect(await desk.page.inputValue('form[name=note] textarea')).toBe(`Appelé à 9 h.\n\n${filled}`);
    await desk.write(' Merci.');
    await desk.told('Merci.');
    await desk.press('r');
    await desk.form('resolve').waitFor();
    await desk.form('resolve').getByText('Écrire à partir d’un modèle').click();
    await desk.page.keyboard.type('relance');
    await desk.press('Enter');
    await panel().waitFor({ state: 'detached' });
    expect(await desk.page.inputValue('form[name=resolve] textarea')).toBe(filled);
    await desk.press('Control+Enter');
    await desk.told('a résolu le billet');
    expect(await ticketOf(client, ticketId)).toMatchObject({ resolution: { code: 'fixed', note: filled } });
  });

  it('is applied to the open ticket by keyboard, shows at once, and can be taken back', async () => {
    const ticketId = await opened('Session perdue');
    await desk.open();
    await desk.openByReference(ticketId);
    await desk.press('p');
    await desk.page.keyboard.type('relancé');
    await panel().locator('.choices li').waitFor();
    await desk.press('Enter');
    await desk.page
      .locator('.bulk.waiting', { hasText: `Service relancé: ${referenceOf(ticketId)}` })
      .waitFor();
    await desk.row(ticketId, 'Résolu').waitFor();
    await desk.press('z');
    await desk.row(ticketId, 'Ouvert').waitFor();
    expect(await typesOf(ticketId)).toEqual(['TicketOpened']);
    await desk.press('p');
    await desk.page.keyboard.type('relancé');
    await panel().locator('.choices li').waitFor();
    await desk.press('Enter');
    await desk.page.click('text=Envoyer maintenant');
    await desk.told('a résolu le billet');
    expect(await typesOf(ticketId)).toEqual(['TicketOpened', 'TicketAssigned', 'TicketResolved']);
    expect((await ticketOf(client, ticketId)).assignee).toBe('agent');
  });

  it('that one ticket refuses says so, and why', async () => {
    const ticketId = await opened('Déjà fermé');
    await desk.open();
    await desk.openByReference(ticketId);
    await desk.press('p');
    await desk.page.keyboard.type('relancé');
    await panel().locator('.choices li').waitFor();
    await desk.page.route(
      '**/apply',
      async (route) => {
        await done(client, ticketId, 'cancel');
        await route.continue();
      },
      { times: 1 },
    );
    await desk.press('Enter');
    await desk.page.click('text=Envoyer maintenant');
    await desk.page.locator('.trouble', { hasText: referenceOf(ticketId) }).waitFor();
    await desk.page.click('.trouble button');
  });

  it('is applied to the selected tickets; the one that refuses it stays selected, with why', async () => {
    const ids = await Promise.all(
      ['Un', 'Deux', 'Trois'].map((title) => opened(`Salle ${title}`, { category: 'formation' })),
    );
    await desk.open('?category=formation');
    await desk.page.locator('.queue h2', { hasText: '3' }).waitFor();
    await desk.press('*', 'p');
    await desk.page.keyboard.type('relancé');
    await panel().locator('.choices li').waitFor();
    await desk.press('Enter');
    await desk.page.locator('.bulk.waiting', { hasText: 'Service relancé: 3' }).waitFor();
    await desk.row(ids[0]!, 'Résolu').waitFor();
    await desk.page.route(
      '**/apply',
      async (route) => {
        await done(client, ids[1]!, 'cancel');
        await route.continue();
      },
      { times: 1 },
    );
    await desk.page.click('text=Envoyer maintenant');
    await desk.row(ids[1]!).locator('.mark.refused').waitFor();
    expect(await desk.page.locator('[role=row][aria-selected=true]').count()).toBe(1);
    const tickets = await Promise.all(ids.map((id) => ticketOf(client, id)));
    expect(tickets.map(({ status }) => status)).toEqual(['resolved', 'cancelled', 'resolved']);
    expect(tickets[2]).toMatchObject({
      resolution: { note: `${referenceOf(ids[2]!)}: service relancé par agent.` },
    });
  });
});
