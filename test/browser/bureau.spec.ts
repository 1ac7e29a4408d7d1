import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { Client, clientOf } from '../support/api/client.js';
import {
  type SyncBody,
  type TicketBody,
  done,
  historyOf,
  opening,
  searchableTicket,
  ticketOf,
} from '../support/api/contract.js';
import { png } from '../support/attachments/files.js';
import { tokenOfPerson } from '../support/access/tokens.js';
import { violationsOf } from '../support/browser/axe.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { Desk } from '../support/browser/desk.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { referenceOf } from '../../src/shared/ticket-reference.js';

let server: HostedServer;
let client: Client;
let bruno: Client;
let browser: Browser;
let desk: Desk;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  bruno = new Client(server.url, await tokenOfPerson('bruno', 'agent'));
  browser = await openBrowser();
  const context = await browser.newContext({ locale: 'fr-CA', viewport: { width: 1280, height: 800 } });
  desk = await Desk.in(context, server);
  await opened({ title: 'Chariot mobile 27 ne se charge plus', priority: 'P1' });
  await signIn(desk.page, server.url, 'agent');
});
afterAll(async () => {
  await browser.close();
  await server.close();
  expect(desk.faults).toEqual([]);
});

const opened = (changes: { title: string; priority?: string }): Promise<string> =>
  searchableTicket(client, changes);

const typesOf = async (ticketId: string): Promise<string[]> =>
  (await historyOf(client, ticketId)).map(({ type }) => type);

describe('an agent who signs in', () => {
  it('lands at the desk, where the queue is', async () => {
    await desk.page.waitForURL('**/bureau');
    await desk.page.locator('[role=row]', { hasText: 'Chariot mobile 27' }).waitFor();
    expect(await desk.page.innerText('.queue h2')).toBe('Tous les billets actifs 1');
    // One's own teams and the counts of the queues come by themselves, each when it is there.
    const queues = /Mes billets\s*0\s*Mon équipe: choisir…\s*À personne\s*1/;
    await desk.page.locator('.views', { hasText: queues }).waitFor();
  });
});

describe('a ticket that somebody telephones about', () => {
  let ticketId: string;
  beforeAll(async () => {
    ticketId = await opened({ title: 'Lecteur de codes muet', priority: 'P2' });
    await desk.open();
  });

  it('is found by its reference, and its address shows the same again', async () => {
    await desk.openByReference(ticketId);
    expect(await desk.page.innerText('.ticket h2')).toBe('Lecteur de codes muet');
    await desk.open(new URL(desk.page.url()).search);
    await desk.ticketPane(ticketId, 'Lecteur de codes muet').waitFor();
    expect(await desk.page.inputValue('#search')).toBe(referenceOf(ticketId).toLowerCase());
  });

  it('is taken, noted, held and resolved by keyboard only', async () => {
    await desk.press('t');
    await desk.told('a confié le billet à agent');
    await desk.press('n');
    await desk.write('Le technicien passe à 14 h.');
    await desk.told('Le technicien passe');
    await desk.press('n');
    await desk.form('note').waitFor();
    await desk.page.keyboard.type('Le câble manque au magasin.');
    await desk.press('Tab', 'Space', 'Control+Enter');
    await desk.page.locator('.note.internal', { hasText: 'Note interne' }).waitFor();
    await desk.press('h');
    await desk.form('hold').waitFor();
    await desk.press('ArrowDown', 'Control+Enter');
    await desk.told('en attente du fournisseur');
    await desk.press('s');
    await desk.told('a repris le travail');
    await desk.press('r');
    await desk.form('resolve').waitFor();
    await desk.press('Tab');
    await desk.write('Câble remplacé.');
    await desk.told('a résolu le billet');
    expect(await typesOf(ticketId)).toEqual([
      ...['TicketOpened', 'TicketAssigned', 'NoteAdded', 'NoteAdded'],
      ...['TicketPutOnHold', 'WorkStarted', 'TicketResolved'],
    ]);
    const { status, assignee } = await ticketOf(client, ticketId);
    expect([status, assignee]).toEqual(['resolved', 'agent']);
  });

  it('keeps what was typed while a form is left, and has files beside it', async () => {
    await desk.press('o');
    await desk.page.keyboard.type('Pas encore');
    await desk.press('Escape', 'o');
    expect(await desk.page.inputValue('form[name=reopen] textarea')).toBe('Pas encore');
    await desk.press('Escape');
    const file = { name: 'écran.png', mimeType: 'image/png', buffer: png };
    await desk.page.setInputFiles('.attach input', file);
    await desk.page.locator('.attachments li', { hasText: 'écran.png' }).waitFor();
    await desk.told('a joint le fichier');
  });
});

describe('two agents at one ticket', () => {
  it('see each other’s changes where they stand', async () => {
    const ticketId = await opened({ title: 'Session figée', priority: 'P1' });
    await desk.open();
    await desk.press('Escape');
    await desk.page.locator(`[data-ticket="${ticketId}"]`).click();
    await desk.ticketPane(ticketId, 'Session figée').waitFor();
    await done(bruno, ticketId, 'start');
    await desk.row(ticketId, 'En cours').waitFor();
    await desk.told('bruno a commencé le travail');
    const another = await opened({ title: 'Arrivé entre-temps', priority: 'P1' });
    await desk.page.click('.arrived:has-text("1 nouveau billet")');
    await desk.row(another).waitFor();
    await desk.ticketPane(ticketId).waitFor();
  });

  it('meet: who was slower is shown what the other did, and decides again', async () => {
    const ticketId = await opened({ title: 'Double prise', priority: 'P1' });
    await desk.openByReference(ticketId);
    await desk.page.route(
      '**/assign',
      async (route) => {
        await bruno.post(`/v1/tickets/${ticketId}/assign`, { assignee: 'bruno' });
        await route.continue();
      },
      { times: 1 },
    );
    await desk.press('t');
    const conflict = desk.page.locator('.conflict', { hasText: 'bruno a confié le billet à bruno' });
    expect(await conflict.innerText()).toContain('Vous vouliez: Confier: agent');
    await conflict.waitFor();
    await desk.row(ticketId, 'bruno').waitFor();
    expect((await ticketOf(client, ticketId)).assignee).toBe('bruno');
    await conflict.getByText('Appliquer quand même').click();
    await desk.told('a confié le billet à agent');
    expect((await ticketOf(client, ticketId)).assignee).toBe('agent');
    expect(await desk.page.locator('.conflict').count()).toBe(0);
  });

  it('meet while one of them writes: nothing that was typed is lost', async () => {
    const ticketId = await opened({ title: 'Écrit pendant ce temps', priority: 'P1' });
    await desk.openByReference(ticketId);
    await desk.press('r');
    await desk.form('resolve').waitFor();
    await desk.page.locator('form [name="note"]').fill('Ma note unique');
    await done(bruno, ticketId, 'resolve', { resolution: { code: 'training', note: 'Celle de bruno' } });
    await desk.row(ticketId, 'Résolu').waitFor();
    await desk.page.locator('form [name="note"]').press('Control+Enter');
    const conflict = desk.page.locator('.conflict', { hasText: 'Celle de bruno' });
    await conflict.waitFor();
    await conflict.getByText('Appliquer quand même').click();
    await desk.page.getByText('Ce que vous avez écrit est gardé dans le formulaire').waitFor();
    expect((await ticketOf(client, ticketId)).resolution).toMatchObject({ code: 'training' });
  });
});

describe('two tickets about the same', () => {
  it('are merged after both were looked at, and back where that is refused', async () => {
    const [ends, goesOn, third] = await Promise.all(
      ['Imprimante muette au 3e', 'Imprimante muette, tout le 3e', 'Imprimante du 4e'].map((title) =>
        opened({ title }),
      ),
    );
    await desk.openByReference(ends!);
    await desk.press('m');
    await desk.page.keyboard.type(referenceOf(goesOn!));
    await desk.page.locator(`.found [data-ticket="${goesOn}"]`).waitFor();
    await desk.press('Enter');
    expect(await desk.page.locator('.preview article h4').allInnerTexts()).toEqual([
      'Imprimante muette au 3e',
      'Imprimante muette, tout le 3e',
    ]);
    // Meanwhile somebody merges the one that was to go on.
    await done(bruno, goesOn!, 'merge', { into: third });
    await desk.page.click('form[name=merge] .end button:last-child');
    await desk.page.locator('.trouble', { hasText: 'fusionné' }).waitFor();
    await desk.row(ends!, 'Ouvert').waitFor();
    await desk.page.click('.trouble button');
    await desk.press('Escape', 'm');
    await desk.page.keyboard.type(referenceOf(third!));
    await desk.page.locator(`.found [data-ticket="${third}"]`).click();
    await desk.page.click('form[name=merge] .end button:last-child');
    await desk.told('a fusionné ce billet dans le billet «Imprimante du 4e»');
    expect(await ticketOf(client, ends!)).toMatchObject({ status: 'merged', mergedInto: third });
  });

  it('are linked, and one goes to another establishment', async () => {
    const [here, there] = await Promise.all(['Écran noir', 'Écran gris'].map((title) => opened({ title })));
    await desk.openByReference(here!);
    await desk.press('l');
    await desk.page.keyboard.type(referenceOf(there!));
    await desk.page.locator(`.found [data-ticket="${there}"]`).click();
    await desk.page.click('form[name=link] .end button:last-child');
    await desk.told('a lié ce billet avec le billet «Écran gris»');
    await desk.press('v');
    await desk.page.selectOption('form[name=transfer] select', 'MCQ');
    await desk.press('Control+Enter');
    await desk.told('a transféré le billet');
    expect((await ticketOf(client, here!)).establishment).toBe('MCQ');
  });
});

describe('many tickets at once', () => {
  const ids: string[] = [];
  beforeAll(async () => {
    for (let at = 0; at < 110; at += 1) ids.push(randomUUID());
    const commands = ids.map((ticketId, at) =>
      opening({
        ...{ type: 'open', ticketId, occurredAt: new Date().toISOString() },
        ...{ title: `Formation demandée ${at}`, category: at < 50 ? 'formation' : 'autre' },
      }),
    );
    const { body } = await client.post<SyncBody>('/v1/sync', { deviceId: 'salle', commands });
    await client.get(`/v1/tickets?limit=1&minPosition=${body.position}`);
  });

  it('come page by page while one goes down the list', async () => {
    await desk.open('?status=open&sort=age');
    await desk.page.locator('.queue h2', { hasText: '100+' }).waitFor();
    await desk.page.evaluate("document.querySelector('#list').scrollTo(0, 1e6)");
    await desk.page.locator('.foot', { hasText: 'Fin de la liste' }).waitFor();
    expect(await desk.page.locator('[data-ticket][role=row]').count()).toBeGreaterThan(110);
  });

  it('are resolved together, after an undo, and say which one was refused and why', async () => {
    await desk.open('?category=formation');
    await desk.page.locator('.queue h2', { hasText: '50' }).waitFor();
    await desk.press('*', 'r');
    await desk.form('resolve').waitFor();
    await desk.press('Tab');
    await desk.write('Formés en groupe.');
    await desk.page.locator('.bulk.waiting', { hasText: 'Résoudre: 50' }).waitFor();
    await desk.row(ids[0]!, 'Résolu').waitFor();
    await desk.press('z');
    await desk.row(ids[0]!, 'Ouvert').waitFor();
    expect((await ticketOf(client, ids[0]!)).status).toBe('open');
    await desk.press('r', 'Tab');
    await desk.write('Formés en groupe.');
    await desk.page.route(
      '**/bulk',
      async (route) => {
        await done(bruno, ids[7]!, 'cancel');
        await route.continue();
      },
      { times: 1 },
    );
    await desk.page.click('text=Envoyer maintenant');
    await desk.row(ids[7]!, 'Annulé').locator('.mark.refused').waitFor();
    expect(await desk.page.locator('[role=row][aria-selected=true]').count()).toBe(1);
    const statuses = await Promise.all(ids.slice(0, 50).map((id) => ticketOf(client, id)));
    expect(statuses.filter(({ status }) => status === 'resolved')).toHaveLength(49);
  });

  it('are filtered by chips, and the filter is saved as a view', async () => {
    await desk.open('?category=autre&priority=P2');
    await desk.page.locator('.queue h2', { hasText: '60' }).waitFor();
    await desk.page.click('text=Enregistrer la vue');
    await desk.page.fill('dialog [name=name]', 'Salle de formation');
    await desk.press('Enter');
    await desk.page.locator('.views [aria-current=page]', { hasText: /Salle de formation\s*60/ }).waitFor();
    await desk.page.click('.chip:has-text("Autre")');
    await desk.page.waitForURL('**/bureau?priority=P2');
    await desk.page.click('.views >> text=Salle de formation');
    await desk.page.click('text=Supprimer la vue');
    await desk.page.locator('.views', { hasText: 'Salle de formation' }).waitFor({ state: 'detached' });
  });
});

describe('a network that is away', () => {
  it('is said, what is done shows at once, and goes out when it is back', async () => {
    const ticketId = await opened({ title: 'Sans réseau', priority: 'P1' });
    await desk.openByReference(ticketId);
    await desk.context.setOffline(true);
    await desk.page.locator('.notice', { hasText: 'Réseau absent' }).waitFor();
    await desk.press('t', 's');
    await desk.row(ticketId, 'En cours').locator('.mark', { hasText: 'pas encore envoyé' }).waitFor();
    expect((await ticketOf(client, ticketId)).status).toBe('open');
    const colleague = await opened({ title: 'Pendant la panne', priority: 'P1' });
    await desk.context.setOffline(false);
    await desk.told('a commencé le travail');
    await desk.page.locator('.notice').waitFor({ state: 'detached' });
    expect(await ticketOf(client, ticketId)).toMatchObject({ status: 'in-progress', assignee: 'agent' });
    await desk.press('Escape');
    await desk.page.click('.views >> text=Tous les billets actifs');
    await desk.row(colleague).waitFor();
  });
});

describe('a request that gets lost', () => {
  it('is sent again under its own id, and done once', async () => {
    const ticketId = await opened({ title: 'Réponse perdue', priority: 'P1' });
    await desk.openByReference(ticketId);
    await desk.page.route(
      '**/note',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await desk.press('n');
    await desk.write('Une seule fois.');
    await desk.told('Une seule fois.');
    await desk.page.locator('.ticket .mark').waitFor({ state: 'detached' });
    expect(await typesOf(ticketId)).toEqual(['TicketOpened', 'NoteAdded']);
  });
});

describe('a session that ends', () => {
  it('is said, and what was done waits until its person signs in again', async () => {
    const ticketId = await opened({ title: 'Session terminée', priority: 'P1' });
    await desk.openByReference(ticketId);
    await desk.context.request.post(`${server.url}/sign-out`, { headers: { Origin: server.url } });
    const notice = desk.page.locator('.notice', { hasText: 'Votre session est terminée' });
    await notice.waitFor();
    await desk.press('t');
    await desk.page.locator('.ticket .mark', { hasText: 'pas encore envoyé' }).waitFor();
    const [tab] = await Promise.all([
      desk.context.waitForEvent('page'),
      notice.getByText('Se connecter').click(),
    ]);
    await tab.click('button[value="agent"]');
    await desk.told('a confié le billet à agent');
    await notice.waitFor({ state: 'detached' });
    await tab.close();
  });
});

describe('what concerns an agent', () => {
  it('is counted, and read in a panel', async () => {
    const ticketId = await opened({ title: 'Confié à la volée' });
    await done(bruno, ticketId, 'assign', { assignee: 'agent' });
    await desk.press('Escape', 'g');
    const link = desk.page.locator('.news a', { hasText: 'Confié à la volée' });
    expect(await link.innerText()).toMatch(/^bruno a confié/);
    await link.click();
    await desk.ticketPane(ticketId, 'Confié à la volée').waitFor();
    await desk.page.locator('.bell .badge').waitFor({ state: 'detached' });
  });
});

describe('an incident', () => {
  it('says how many people have it, and is resolved with the tickets under it', async () => {
    const incident = await opened({ title: 'Réseau sans fil en panne' });
    const { body: child } = await client.post<TicketBody>(`/v1/tickets/${incident}/me-too`, {});
    await desk.open();
    await desk.openByReference(incident);
    const fact = (name: string) => desk.page.locator('.facts div', { hasText: name });
    expect(await fact('Personnes touchées').innerText()).toMatch(/2$/);
    expect(await fact('Billets rattachés').innerText()).toContain(referenceOf(child.ticketId));
    await desk.press('r');
    await desk.form('resolve').waitFor();
    await desk.press('Tab');
    await desk.page.keyboard.type('Borne redémarrée.');
    await desk.press('Tab', 'Space', 'Control+Enter');
    await desk.told('a résolu le billet');
    expect((await ticketOf(client, child.ticketId)).status).toBe('resolved');
  });
});

describe('the page', () => {
  it('passes axe with a ticket, a form and a dialog, and is never wider than its window', async () => {
    const isWider = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';
    for (const [width, colorScheme] of [
      [390, 'light'],
      [1280, 'dark'],
    ] as const) {
      await desk.page.setViewportSize({ width, height: 800 });
      await desk.page.emulateMedia({ colorScheme });
      await desk.press('n');
      await desk.form('note').waitFor();
      expect([width, await violationsOf(desk.page)]).toEqual([width, []]);
      await desk.press('Escape', '?');
      expect([width, await violationsOf(desk.page)]).toEqual([width, []]);
      await desk.press('Escape');
    }
    for (const width of [390, 640, 1920]) {
      await desk.page.setViewportSize({ width, height: 800 });
      expect([width, await desk.page.evaluate(isWider)]).toEqual([width, false]);
    }
  });

  it('has one row above it on a phone, with a menu, and a list whose cells are whole on a screen', async () => {
    const { page } = desk;
    for (const width of [390, 640]) {
      await page.setViewportSize({ width, height: 800 });
      const { height } = (await page.locator('.banner').boundingBox())!;
      expect(height).toBeLessThan(60);
      expect(await page.getByText('Se déconnecter').isVisible()).toBe(false);
      await page.click('.menu-button');
      await page.getByText('Se déconnecter').waitFor();
      expect(await page.getByRole('link', { name: 'English' }).isVisible()).toBe(true);
      await page.keyboard.press('Escape');
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    const ticketId = await opened({ title: 'Souris absente', priority: 'P1' });
    await done(client, ticketId, 'assign', { team: 'mobile-mcq-03' });
    await desk.open('?team=mobile-mcq-03');
    await page.locator('.row .assignedTo', { hasText: 'mobile-mcq-03' }).waitFor();
    const cut = await page.evaluate<string[]>(
      `[...document.querySelectorAll('[role=columnheader], .row .assignedTo')]
         .filter((cell) => cell.checkVisibility({ visibilityProperty: true }) && cell.scrollWidth > cell.clientWidth)
         .map(({ className, textContent }) => className + ' ' + textContent.trim())`,
    );
    expect(cut).toEqual([]);
  });

  it('speaks English, and its single keys can be switched off', async () => {
    await desk.open('?lang=en');
    expect(await desk.page.innerText('.queue h2')).toMatch(/^All active tickets/);
    await desk.press('?');
    await desk.page.getByLabel('Single-key shortcuts').uncheck();
    await desk.press('Escape', '?');
    expect(await desk.page.locator('dialog').count()).toBe(0);
  });
});
