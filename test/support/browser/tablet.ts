import type { BrowserContext, Page, Route } from 'playwright-core';
import type { Client } from '../api/client.js';
import { historyOf, type HistoryItem, type TicketBody } from '../api/contract.js';

export const phone = { locale: 'fr-CA', viewport: { width: 390, height: 844 } };

/** A tablet at the mobile teams' page, with the actions of a person who reads its texts. */
export class Tablet {
  /** Requests to other hosts, violations of the content security policy, and uncaught errors of all pages. */
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

  /** Opens another tab, whose faults are recorded too; `page` is the newest tab. */
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

  /** Waits until the state of synchronisation, at the top of every page, contains these words. */
  async stands(...words: string[]): Promise<void> {
    const place = this.page.locator('.sync');
    await words.reduce((found, hasText) => found.filter({ hasText }), place).waitFor();
  }

  /** Waits until everything is sent, and the results are fetched. */
  async upToDate(on = this.page): Promise<void> {
    await on.locator('.sync[data-state="up-to-date"]', { hasText: /À jour|Up to date/ }).waitFor();
  }

  async heading(hasText: string): Promise<void> {
    await this.page.locator('h1', { hasText }).waitFor();
  }

  /** Waits until nobody is signed in here, and nothing of anybody is shown. */
  async locked(): Promise<void> {
    await this.heading('Tablette verrouillée');
  }

  /** Signs in, and waits until the page has everything that a team needs offline. */
  async signIn(role = 'mobile-team'): Promise<void> {
    await this.page.click('a[href^="/sign-in"]');
    await this.page.click(`button[value="${role}"]`);
    await this.page.locator('.name', { hasText: role }).waitFor();
    await this.upToDate();
  }

  /** Opens a first tab, signs in, and waits until the tablet is ready to work without a network. */
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

  /** Handles the next batch that is sent with `fate`, and lets later batches pass. */
  async onNextBatch(fate: (route: Route) => Promise<void>): Promise<void> {
    await this.context.route('**/v1/sync', fate, { times: 1 });
  }
}

/** The tickets with a title that the server has by now. */
export const ticketsCalled = async (client: Client, title: string): Promise<TicketBody[]> => {
  const { position } = (await client.post('/v1/sync', { deviceId: 'test', commands: [] })).body;
  const path = `/v1/tickets?limit=500&minPosition=${String(position)}`;
  const { body } = await client.get<{ items: TicketBody[] }>(path);
  return body.items.filter((ticket) => ticket.title === title);
};

/** The only ticket with a title, and its history. Throws when there is none, or more than one. */
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
