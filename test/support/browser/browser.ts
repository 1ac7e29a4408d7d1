import { existsSync } from 'node:fs';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Throws where there is none: a page that was not looked at is not known to work. */
const ours = (): { executablePath: string; args: string[] } => {
  const executablePath = places.find(existsSync);
  if (executablePath === undefined) {
    throw new Error('Chromium is missing: apt-get install --no-install-recommends chromium');
  }
  // Chromium refuses its sandbox to root, whom CI runs as; the pages are our own.
  return { executablePath, args: ['--no-sandbox'] };
};

/** The Chromium of this machine. */
export const openBrowser = (): Promise<Browser> => chromium.launch(ours());

/** The same with a folder of its own, as a tablet has: what it keeps is there again when it is started again. */
export const openTablet = (folder: string, options: object = {}): Promise<BrowserContext> =>
  chromium.launchPersistentContext(folder, { ...ours(), ...options });

/** Signs in at the provider of development, and ends at the board. */
export const signIn = async (page: Page, url: string, role = 'producer'): Promise<void> => {
  await page.goto(url);
  await page.click('a[href="/sign-in"]');
  await page.click(`button[value="${role}"]`);
};
