import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds on a page against WCAG 2 A and AA, and its best practices. */
export const violationsOn = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: engine } = globalThis as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await engine.run({ runOnly: { type: 'tag', values: tags } });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  });
};
