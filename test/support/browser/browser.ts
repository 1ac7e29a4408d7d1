import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { patienceMs } from '../patience.js';
import { launchOptions } from './chromium.mjs';

/** Launches the Chromium of this machine. */
export const openBrowser = async (): Promise<Browser> => {
  const browser = await chromium.launch(launchOptions());
  const newContext = browser.newContext.bind(browser);
  // Pages of a context of their own come from here as well.
  browser.newContext = async (options) => patient(await newContext(options));
  return browser;
};

/** Launches Chromium with a profile folder, as a tablet has: what a page stores is still there at the next launch. */
export const openTablet = async (folder: string, options: object = {}): Promise<BrowserContext> =>
  patient(await chromium.launchPersistentContext(folder, { ...launchOptions(), ...options }));

/** By default Playwright waits for half a minute, which a busy machine takes for a page. */
const patient = (context: BrowserContext): BrowserContext => {
  context.setDefaultTimeout(patienceMs);
  return context;
};

/** Signs in at the development issuer with a role. */
export const signIn = async (page: Page, url: string, role = 'producer'): Promise<void> => {
  await page.goto(url);
  await page.click('a[href="/sign-in"]');
  await page.click(`button[value="${role}"]`);
};
