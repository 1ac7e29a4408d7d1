import type { BrowserContext, Page, Route } from 'playwright-core';
import type { Client } from '../api/client.js';
import { historyOf, type HistoryItem, type TicketBody } from '../api/contract.js';

export const phone = { locale: 'fr-CA', viewport: { width: 390, height: 844 } };

/** A tablet at the mobile teams' page, in the hands of someone who reads what it says. */
export class Tablet {
  /** What a page asked of another host, was kept from by its policy, or threw. */
  readonly faults: string[] = [];
  private shown: Page | undefined;

  constructor(
    readonly context: BrowserContext,
    private readonly server: { url: string },
  ) {}

  get page(): Page {
    if (!this.shown) throw new Error('no tab is open');
    return this.shown;
  }

  /** Another tab, watched as every one is; `page` is the newest. */
  async openTab(): Promise<Page> {
    const page = await this.context.newPage();
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(this.server.url).origin) this.faults.push(request.url());
    });
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.faults.push(message.text());
    });
    page.on('pageerror', (error) => this.faults.push(String(error)));
    this.shown = page;
    return page;
  }

  async goToPage(): Promise<void> {
    await this.page.goto(`${this.server.url}/equipe`);
  }

  /** Where things stand, at the top of every page. */
  async stands(...words: string[]): Promise<void> {
    const place = this.page.locator('.sync');
    await words.reduce((found, hasText) => found.filter({ hasText }), place).waitFor();
  }

  /** Everything was sent, and what came of it fetched. */
  async upToDate(on = this.page): Promise<void> {
    await on.locator('.sync[data-state="up-to-date"]', { hasText: 'À jour' }).waitFor();
  }

  async heading(hasText: string): Promise<void> {
    await this.page.locator('h1', { hasText }).waitFor();
  }

  /** From «Se connecter» to the page, with everything a team needs offline. */
  async signIn(role = 'mobile-team'): Promise<void> {
    await this.page.click('text=Se connecter');
    await this.page.click(`button[value="${role}"]`);
    await this.page.locator('.name', { hasText: role }).waitFor();
    await this.upToDate();
  }

  /** A first tab, signed in and ready to go without a network. */
  async start(role?: string): Promise<void> {
    await this.openTab();
    await this.goToPage();
    await this.signIn(role);
    await this.page.evaluate('navigator.serviceWorker.ready.then(() => true)');
  }

  async openTicket(title: string): Promise<void> {
    await this.page.click('nav >> text=Nouveau');
    await this.page.fill('[name=title]', title);
    await this.page.fill('[name=location]', '3e nord, poste 4');
    await this.page.getByLabel('Matériel').check();
    await this.page.selectOption('[name=establishment]', 'NIM');
    await this.page.click('text=Enregistrer');
    await this.heading('Billets actifs');
  }

  async openCard(title: string): Promise<void> {
    await this.page.click('nav >> text=Billets');
    await this.page.click(`a.card:has-text("${title}")`);
    await this.heading(title);
  }

  async resolve(title: string, note: string): Promise<void> {
    await this.openCard(title);
    await this.page.click('main >> text=Résoudre');
    await this.page.fill('[name=note]', note);
    await this.page.click('form >> text=Résoudre');
    await this.heading(title);
  }

  async addNote(title: string, note: string): Promise<void> {
    await this.openCard(title);
    await this.page.click('text=Ajouter une note');
    await this.page.fill('[name=body]', note);
    await this.page.click('form >> text=Ajouter une note');
    await this.heading(title);
  }

  async openQueue(): Promise<void> {
    await this.page.click('.sync');
    await this.heading('File d’envoi');
  }

  async sendNow(): Promise<void> {
    await this.openQueue();
    await this.page.click('text=Envoyer maintenant');
  }

  /** What the network does to the next batch, and to none after it. */
  async onNextBatch(fate: (route: Route) => Promise<void>): Promise<void> {
    await this.context.route('**/v1/sync', fate, { times: 1 });
  }
}

/** The tickets of a title that the server has by now. */
export const ticketsCalled = async (client: Client, title: string): Promise<TicketBody[]> => {
  const { position } = (await client.post('/v1/sync', { deviceId: 'test', commands: [] })).body;
  const path = `/v1/tickets?limit=500&minPosition=${String(position)}`;
  const { body } = await client.get<{ items: TicketBody[] }>(path);
  return body.items.filter((ticket) => ticket.title === title);
};

/** The one ticket of a title, and what happened to it. Throws where there is none, or more. */
export const arrived = async (
  client: Client,
  title: string,
): Promise<{ ticket: TicketBody; history: HistoryItem[] }> => {
  const [ticket, ...others] = await ticketsCalled(client, title);
  if (!ticket || others.length > 0) throw new Error(`${title}: ${ticket ? others.length + 1 : 0} tickets`);
  return { ticket, history: await historyOf(client, ticket.ticketId) };
};

export const eventsOf = async (client: Client, title: string): Promise<string[]> =>
  (await arrived(client, title)).history.map(({ type }) => type);
