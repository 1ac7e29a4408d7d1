import { afterAll, afterEach, beforeAll, beforeEach, expect } from '@jest/globals';
import type { Settings } from '../../../src/config/settings.js';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.js';
import { clientOf, type Client } from '../api/client.js';
import { startHostedServer, type HostedServer } from '../server/hosted-server.js';
import { phone, Tablet } from './tablet.js';

export let server: HostedServer;
export let client: Client;
export let browser: Browser;
export let tablet: Tablet;

/** Sets up a server, a client and a browser for a file's tests, and a tablet for each test; the tablet must have no faults at its end. */
export const withTabletInHand = (settings: Partial<Settings> = {}): void => {
  beforeAll(async () => {
    server = await startHostedServer(settings);
    client = await clientOf(server);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await server.close();
  });
  beforeEach(async () => {
    tablet = new Tablet(await browser.newContext(phone), server);
  });
  afterEach(async () => {
    await tablet.context.close();
    expect(tablet.faults).toEqual([]);
  });
};
