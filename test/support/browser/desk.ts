import type { BrowserContext, Locator, Page } from 'playwright-core';
import { referenceOf } from '../../../src/shared/ticket-reference.js';

/** The agents' page in a browser, with the actions of somebody who works by keyboard and reads its texts. */
export class Desk {
  /** Requests to other hosts, violations of the content security policy, and uncaught errors. */
  readonly faults: string[] = [];

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly server: { url: string },
  ) {
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== new URL(server.url).origin) this.faults.push(request.url());
    });
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) this.faults.push(message.text());
    });
    page.on('pageerror', (error) => this.faults.push(String(error)));
  }

  static async in(context: BrowserContext, server: { url: string }): Promise<Desk> {
    return new Desk(context, await context.newPage(), server);
  }

  /** Opens an address of the page, and waits until it hears of what happens. */
  async open(search = ''): Promise<void> {
    const live = this.page.waitForResponse(/\/v1\/events/);
    await this.page.goto(`${this.server.url}/bureau${search}`);
    await live;
    await this.page.locator('#list [aria-busy=false]').waitFor();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  row(ticketId: string, hasText: string | RegExp = ''): Locator {
    return this.page.locator(`[role=row][data-ticket="${ticketId}"]`, { hasText });
  }

  /** Searches by a reference, as it is said on the telephone, and opens what is found first. */
  async openByReference(ticketId: string): Promise<void> {
    await this.press('Escape', '/');
    await this.page.fill('#search', referenceOf(ticketId).toLowerCase());
    await this.press('Enter');
    await this.row(ticketId).waitFor();
    await this.press('Escape', 'Enter');
    await this.ticketPane(ticketId).waitFor();
    await this.page.locator('.history li').first().waitFor();
  }

  ticketPane(ticketId: string, hasText: string | RegExp = ''): Locator {
    return this.page.locator(`.ticket[data-ticket="${ticketId}"]`, { hasText });
  }

  /** Waits until the history of the open ticket has such an entry. */
  async told(hasText: string | RegExp): Promise<void> {
    await this.page.locator('.history li', { hasText }).first().waitFor();
  }

  /** The form that a key opened, with the focus in it. */
  form(name: string): Locator {
    return this.page.locator(`form[name=${name}]`);
  }

  /** Writes into the field that has the focus, and submits its form. */
  async write(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    await this.press('Control+Enter');
  }
}
