import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { patienceMs } from '../patience.js';

/** The first is the same browser without its own windows, which nobody looks at here: it takes a third less of the processor. */
const executables = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The launch options of this machine's Chromium. Throws when there is none, rather than skip: an untested page is not known to work. */
const ours = (): { executablePath: string; args: string[] } => {
  const executablePath = executables.find(existsSync);
  if (executablePath === undefined) {
    throw new Error('Chromium is missing: apt-get install --no-install-recommends chromium-headless-shell');
  }
  // Chromium's sandbox does not run as root, as CI does; the pages are our own, so it is not needed. Nor is a graphics processor, which
  // Chromium would otherwise emulate.
  return { executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-software-rasterizer'] };
};

/** Launches the Chromium of this machine. */
export const openBrowser = async (): Promise<Browser> => {
  const browser = await chromium.launch(ours());
  const newContext = browser.newContext.bind(browser);
  // Pages of a context of their own come from here as well.
  browser.newContext = async (options) => patient(await newContext(options));
  return browser;
};

/** Launches Chromium with a profile folder, as a tablet has: what a page stores is still there at the next launch. */
export const openTablet = async (folder: string, options: object = {}): Promise<BrowserContext> =>
  patient(await chromium.launchPersistentContext(folder, { ...ours(), ...options }));

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
