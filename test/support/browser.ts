import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of this machine. Throws where there is none: a board that was not looked at is not known to work. */
export const openBrowser = (): Promise<Browser> => {
  const executablePath = places.find(existsSync);
  if (executablePath === undefined) {
    throw new Error('Chromium is missing: apt-get install --no-install-recommends chromium');
  }
  // Chromium refuses its sandbox to root, whom CI runs as; the pages are our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
};

/** Signs in at the provider of development, and ends at the board. */
export const signIn = async (page: Page, url: string, role = 'producer'): Promise<void> => {
  await page.goto(url);
  await page.click('a[href="/sign-in"]');
  await page.click(`button[value="${role}"]`);
};
