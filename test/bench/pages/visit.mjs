import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @import { Browser, BrowserContext } from 'playwright-core'
 * @import { OpenedPage } from './pages.mjs'
 * @typedef {Awaited<ReturnType<typeof visit>>} Visit
 */

/** «Slow 4G», as Lighthouse has it: 150 ms there and back, 1.6 Mbit/s down and 750 kbit/s up. */
const slow4g = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const inputEveryMs = 20;
const quietMs = 1_000;

/**
 * The cookies of somebody who has signed in with a role.
 * @param {Browser} browser
 * @param {string} url
 * @param {string} role
 */
export const signedIn = async (browser, url, role) => {
  const context = await browser.newContext();
  // However long a busy machine takes.
  context.setDefaultTimeout(0);
  const page = await context.newPage();
  await page.goto(url);
  await page.click('a[href="/sign-in"]');
  await page.click(`button[value="${role}"]`);
  for (;;) {
    const cookies = await context.cookies();
    if (cookies.some(({ name }) => name === 'session')) {
      await context.close();
      return { cookies, origins: [] };
    }
    await sleep(inputEveryMs);
  }
};

/**
 * Opens a page on a slow phone, and sends its first input until it is answered. Gives the ms from the beginning of the navigation until
 * something was painted and until that input was answered, and how much came over the network for it: answers that have ended, with
 * their headers, until none has come for a second. What a service worker fetches for itself is not in it, nor slowed.
 * @param {BrowserContext} context
 * @param {string} url
 * @param {OpenedPage} opened
 * @param {number} cpu how many times slower the processor is made
 */
export const visit = async (context, url, { path, input, isAnswered }, cpu) => {
  context.setDefaultTimeout(0);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  let bytes = 0;
  let requests = 0;
  let heardAt = performance.now();
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    heardAt = performance.now();
    bytes += encodedDataLength;
    if (encodedDataLength > 0) requests += 1;
  });
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', slow4g);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  await page.goto(`${url}${path}`, { waitUntil: 'commit' });
  /** @type {number | undefined} */
  let interactiveMs;
  while (interactiveMs === undefined) {
    await input(page);
    interactiveMs = await page.evaluate(`${isAnswered} ? performance.now() : undefined`);
    await sleep(inputEveryMs);
  }
  /** @type {number | undefined} */
  let paintMs;
  while (paintMs === undefined) {
    paintMs = await page.evaluate('performance.getEntriesByName("first-contentful-paint")[0]?.startTime');
    await sleep(inputEveryMs);
  }
  while (performance.now() - heardAt < quietMs) await sleep(inputEveryMs);
  await page.close();
  return { paintMs, interactiveMs, bytes, requests };
};
