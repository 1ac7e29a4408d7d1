import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { referenceOf } from '../../src/shared/ticket-reference.js';
import { violationsOf } from '../support/browser/axe.js';
import { openBrowser, signIn } from '../support/browser/browser.js';
import { clientOf, type Client } from '../support/api/client.js';
import { opening, type SyncBody } from '../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';

const resolution = { code: 'fixed', note: 'x' };
const [again, late] = [randomUUID(), randomUUID()];

let server: HostedServer;
let client: Client;
let browser: Browser;
let position: string;

const send = async (...commands: Record<string, unknown>[]): Promise<void> => {
  const sent = commands.map((command) => ({ commandId: randomUUID(), ...command }));
  const { body } = await client.post<SyncBody>('/v1/sync', { deviceId: 'test', commands: sent });
  expect(body.results.map(({ problem }) => problem)).toEqual(sent.map(() => undefined));
  ({ position } = body);
};
const opened = (ticketId: string, time: string, establishment = 'NIM') => ({
  ...opening({ ticketId, establishment, occurredAt: `2026-05-15T${time}:00-04:00` }),
  type: 'open',
});
const published = async (): Promise<void> => {
  const path = '/v1/bulletins/2026-05-17';
  await client.send('PUT', path, { ticketDay: '2026-05-15', sections: {} });
  expect((await client.post(`${path}/publish`)).status).toBe(200);
};

beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  browser = await openBrowser();
  const many = Array.from({ length: 59 }, () => opened(randomUUID(), '08:00'));
  await send(
    ...many,
    opened(again, '09:00', 'MCQ'),
    { type: 'resolve', ticketId: again, resolution, occurredAt: '2026-05-15T10:00:00-04:00' },
    { type: 'reopen', ticketId: again, reason: 'x', occurredAt: '2026-05-15T11:00:00-04:00' },
    { type: 'resolve', ticketId: again, resolution, occurredAt: '2026-05-15T12:00:00-04:00' },
  );
  await published();
  await send(opened(late, '13:00', 'MCQ'));
  // Waits until every read model that the pages show includes the last position.
  for (const path of ['', '/tickets?figure=backlog']) {
    const joined = path.includes('?') ? '&' : '?';
    const address = `/v1/billets-quotidiens/2026-05-15${path}${joined}minPosition=${position}`;
    expect((await client.get(address)).status).toBe(200);
  }
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** The pages work without scripts; this context allows them because axe, the accessibility check, needs its own. */
let context: BrowserContext;
let page: Page;
beforeEach(async () => {
  context = await browser.newContext({ locale: 'fr-CA' });
  page = await context.newPage();
  await signIn(page, server.url);
  await page.waitForSelector('#board');
});
afterEach(() => context.close());

const go = (path: string) => page.goto(`${server.url}/jours/2026-05-15${path}`);
const texts = (selector: string) => page.locator(selector).allInnerTexts();
const sumOf = (deltas: readonly string[]) =>
  deltas.map((delta) => Number(delta.replace('−', '-'))).reduce((sum, delta) => sum + delta, 0);
const deltas = () => texts('.items .delta');
const width = () => page.evaluate<number>('document.documentElement.scrollWidth');

describe('the page of a day', () => {
  it('links a figure to the events behind it, on pages whose deltas add up to it', async () => {
    await go('');
    expect(await violationsOf(page)).toEqual([]);
    await page.click('tfoot a >> text=61');
    expect(await page.innerText('[data-sum="opened"]')).toBe('61');
    expect(await texts('.pages')).toEqual(Array(2).fill(expect.stringContaining('1–50 de 61')));
    const first = await deltas();
    expect(await violationsOf(page)).toEqual([]);
    await page.click('[rel="next"] >> nth=0');
    expect(await page.innerText('.pages')).toContain('51–61 de 61');
    expect(sumOf([...first, ...(await deltas())])).toBe(61);
    expect(await page.locator('[rel="next"]').count()).toBe(0);
    await page.click('text=← Début');
    expect(await page.innerText('.pages')).toContain('1–50 de 61');
  });

  it.each(['/', '/jours/2026-09-01'])(
    'is reached from %s by its date, with the keyboard alone',
    async (from) => {
      await page.goto(`${server.url}${from}`);
      expect(await violationsOf(page)).toEqual([]);
      await page.getByLabel('Un autre jour').focus();
      await page.getByLabel('Un autre jour').fill('2026-05-15');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/jours/2026-05-15');
      expect(await page.innerText('h1')).toBe('Vendredi 15 mai 2026');
      await page.goto(`${server.url}${from}?lang=en`);
      await page.getByLabel('Another day').waitFor();
    },
  );

  it('shows which events were undone later, and the negative deltas that undid them', async () => {
    await go('/billets?figure=resolvedSameDay&establishment=MCQ');
    expect(await page.innerText('[data-sum="resolvedSameDay"]')).toBe('1');
    expect(await page.innerText('.equation')).toContain('= 2 − 1, 3 événements');
    expect(await deltas()).toEqual(['+1', '−1', '+1']);
    expect(await texts('.items td.words')).toEqual(['rouvert 11h00', '', '']);
    expect(await texts('.items tbody th')).toEqual(['10h00', '11h00', '12h00']);
  });

  it('has a form to choose another figure and establishment', async () => {
    await go('/billets?figure=opened');
    await page.selectOption('select[name="figure"]', 'backlog');
    await page.selectOption('select[name="establishment"]', 'NIM');
    await page.click('text=Afficher');
    expect(await page.innerText('h1')).toContain('Actifs à minuit');
    expect(await page.innerText('[data-sum="backlog"]')).toBe('59');
    await page.selectOption('select[name="establishment"]', '');
    await page.click('text=Afficher');
    expect(await page.innerText('[data-sum="backlog"]')).toBe('60');
    await page.selectOption('select[name="figure"]', 'cancelled');
    await page.click('text=Afficher');
    expect(await page.innerText('main')).toContain('Aucun billet ne compte ici.');
    expect(await violationsOf(page)).toEqual([]);
  });

  it('shows the published figures beside the current ones, each with a link to its events', async () => {
    await go('');
    const rows = await texts('[aria-labelledby="published-title"] tbody tr');
    expect(rows.map((row) => row.split(/\s+/).join(' '))).toEqual([
      'Total Ouverts 60 61 +1',
      'Total Actifs à minuit 59 60 +1',
      'MCQ Ouverts 1 2 +1',
      'MCQ Actifs à minuit 0 1 +1',
    ]);
    await page.click('[aria-labelledby="published-title"] a >> text=60');
    expect(await page.innerText('[data-sum="opened"]')).toBe('60');
    expect(await page.innerText('.equation')).toContain('60 événements');
  });

  it('lists the late events, and says which came after publication', async () => {
    await go('');
    expect(await page.innerText('[aria-labelledby="late-title"]')).toContain(
      '64 événements sont arrivés après la fin de la journée, et 1 après la publication.',
    );
    await page.click('text=Les voir');
    expect(await violationsOf(page)).toEqual([]);
    await page.click('[rel="next"] >> nth=0');
    expect(await page.innerText('.pages')).toContain('51–64 de 64');
    const last = page.locator('.items tbody tr').last();
    expect(await last.innerText()).toContain(referenceOf(late));
    expect(await last.innerText()).toContain('après la publication');
    expect((await last.innerText()).replace(/\s+/g, ' ')).toContain('MCQ: Ouverts +1');
    expect(await texts('.badge')).toEqual(['après la publication']);
  });

  it.each(['csv', 'xlsx'])('can be downloaded as %s', async (form) => {
    await go('');
    const coming = page.waitForEvent('download');
    await page.click(`.downloads a[download$=".${form}"]`);
    const download = await coming;
    expect(download.suggestedFilename()).toBe(`billets-quotidiens-2026-05-15.${form}`);
    const content = await readFile(await download.path());
    const starts = { csv: 'Jour;Code', xlsx: 'PK' }[form]!;
    expect(content.toString('latin1')).toContain(starts);
  });

  it('is available in English, fits a phone, and needs no pointer', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const path of ['', '/billets?figure=opened', '/retards']) {
      await go(`${path}${path.includes('?') ? '&' : '?'}lang=en`);
      expect([path, await width()]).toEqual([path, 320]);
      expect([path, await violationsOf(page)]).toEqual([path, []]);
    }
    expect(await page.innerText('h1')).toContain('Late events');
    await go('');
    await page.setViewportSize({ width: 390, height: 844 });
    const backlog = (await page.locator('tfoot td').nth(3).boundingBox())!;
    expect(backlog.x + backlog.width).toBeLessThanOrEqual(390);
    await page.focus('tfoot a');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-sum]');
    expect(await page.innerText('.definition')).toContain('Tickets first opened on this day');
  });

  it('works without scripts', async () => {
    const cookies = await context.cookies();
    const plain = await browser.newContext({ locale: 'fr-CA', javaScriptEnabled: false });
    try {
      await plain.addCookies(cookies);
      page = await plain.newPage();
      await go('');
      await page.click('tfoot a >> text=61');
      await page.click('[rel="next"] >> nth=0');
      expect(await page.innerText('.pages')).toContain('51–61 de 61');
    } finally {
      await plain.close();
    }
  });

  it.each([
    ['/billets?figure=lune', 400],
    ['/billets', 400],
    ['/billets?figure=opened&establishment=LUNE', 422],
    ['/billets?figure=opened&cursor=x', 400],
    ['/retards?cursor=x', 400],
  ])('says what is wrong with %s', async (path, status) => {
    const answer = await go(path);
    expect(answer?.status()).toBe(status);
    expect(await page.innerText('h1')).not.toBe('');
    expect(await violationsOf(page)).toEqual([]);
  });
});
