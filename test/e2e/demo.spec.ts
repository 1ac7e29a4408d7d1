import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { dayIn } from '../../src/calendar/formatting.js';
import { dayAfter } from '../../src/calendar/local-days.js';
import { movedDay, sample, sampleToday, weeksUntil } from '../../src/demo/moved-week.js';
import { clientOf, type Client } from '../support/api/client.js';
import { done, openedTicket } from '../support/api/contract.js';
import type { DayFigures } from '../support/figures/figures.js';
import { expectedDates, expectedDays } from '../support/figures/sample-week.js';
import { formOf, textOfMarkdown } from '../support/bulletins/printed-forms.js';
import { openBrowser } from '../support/browser/browser.js';
import { patienceMs } from '../support/patience.js';
import { plainEnvironment, project } from '../support/server/server-process.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

let folder: TemporaryFolder;
beforeAll(async () => (folder = await temporaryFolder()));
afterAll(() => folder.remove());

const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null) continue;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  }
}, patienceMs);

/** The program of `npm run demo`, with its arguments. */
const program = (args: readonly string[], settings: Record<string, string> = {}) => {
  const child = spawn(process.execPath, [join(project, 'dist/bundle/demo/demo.js'), ...args], {
    env: { ...plainEnvironment(), PORT: '0', DATA_DIR: folder.path, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const until = async (found: RegExp): Promise<string> => {
    for (;;) {
      const match = found.exec(output);
      if (match) return match[1] ?? match[0];
      if (child.exitCode !== null) throw new Error(`it ended: ${output}`);
      await sleep(50);
    }
  };
  const exited = once(child, 'exit').then(([code]) => code as number);
  return { child, until, exited, output: () => output };
};

const weeks = weeksUntil(sampleToday());
const here = (day: string) => movedDay(day, weeks);
const withYear = (day: string) => `${dayIn('fr', day)} ${day.slice(0, 4)}`;
const filled = /The days since are filled with (\d+) invented tickets/;

const daysOf = async (client: Client, from: string, to: string, minPosition = '0'): Promise<DayFigures[]> => {
  const range = new URLSearchParams({ from, to, minPosition });
  const { body } = await client.get<{ items: DayFigures[] }>(`/v1/billets-quotidiens?${range.toString()}`);
  return body.items;
};
/** The figures of the sample's days, as the demo serves them. */
const sampleAsServed = async (client: Client) => {
  const days = await daysOf(client, here(sample.first), here(sample.last));
  return days.map(({ total }) => total);
};
const sampleAsCounted = expectedDates.map((date) => expectedDays[date]!.total);
/** The first tickets opened on a day, in the order of the log, each with the time it is counted at. */
const openedOn = async (client: Client, day: string): Promise<string[]> => {
  const { body } = await client.get<{ items: { ticketId: string; occurredAt: string }[] }>(
    `/v1/billets-quotidiens/${day}/tickets?figure=opened&limit=200`,
  );
  return body.items.map(({ ticketId, occurredAt }) => `${ticketId} ${occurredAt}`);
};

/** What somebody sees in the first minutes: the three links of the first page, then the board that lives. */
const walkThrough = async (url: string): Promise<void> => {
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext({ locale: 'fr-CA' })).newPage();
    await page.goto(url);
    const first = await page.locator('main a').evaluateAll((links) => links.map(String));
    expect(first.filter((address) => /\/v1\/|\.json/.test(address))).toEqual([]);
    for (const to of [`/jours/${here(sample.bulletin)}`, `/bulletins/${here(sample.last)}`, '/equipe'])
      expect(first).toContain(url + to);
    await page.click(`a[href="/jours/${here(sample.bulletin)}"]`);
    await page.click('button[value="producer"]');
    expect(await page.locator('.tile').allInnerTexts()).toEqual([
      expect.stringMatching(/^Ouverts\s+1.107$/),
      expect.stringMatching(/^Résolus\s+1.085$/),
      expect.stringMatching(/^Résolus le jour même\s+1.024$/),
      expect.stringMatching(/^Actifs à minuit\s+20[67]$/),
    ]);
    await page.goto(url);
    await page.click(`a[href="/bulletins/${here(sample.last)}"]`);
    await page.frameLocator('.printed iframe').getByText('Nombre de billets quotidiens : 1107').waitFor();
    await page.goto(url);
    await page.getByText('des billets inventés arrivent tout seuls').waitFor();
    await page.click('text=Mettre en pause');
    await page.click('text=Reprendre');
    await page.getByText('Mettre en pause').waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.demonstration').isVisible()).toBe(false);
  } finally {
    await browser.close();
  }
};

/** The lines of the log that the demo says it keeps in a file. */
const loggedBy = async (output: string): Promise<Record<string, unknown>[]> => {
  const [, file = ''] = /^ {2}log +(\S+)/m.exec(output) ?? [];
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};

const dayAfterSample = dayAfter(here(sample.last));

describe('the demo', () => {
  it(
    'prints the real figures with both dates, publishes their bulletin, goes on to today, and is paused from the terminal',
    async () => {
      const demo = program([]);
      const url = await demo.until(/serves at (http:\S+)/);
      const printed = demo.output();
      expect(printed).toContain('Nombre de billets quotidiens : 1107');
      expect(printed).toContain(
        '- Nombre de billets quotidiens résolus au cours de cette même période : 1024',
      );
      expect(printed).toContain(
        `(le ${withYear(sample.bulletin)}, ici le ${withYear(here(sample.bulletin))})`,
      );
      for (const path of [`/jours/${here(sample.bulletin)}`, '/bulletins', '/equipe'])
        expect(printed).toContain(`${url}${path}\n`);
      const client = await clientOf({ url });
      const bulletins = await client.get<{ items: { date: string; ticketDay: string; status: string }[] }>(
        `/v1/bulletins?from=${here(sample.first)}&to=${here(sample.last)}`,
      );
      expect(bulletins.body.items).toMatchObject([
        { date: here(sample.last), ticketDay: here(sample.bulletin), status: 'published' },
      ]);
      const { bytes } = await formOf(client, `/v1/bulletins/${here(sample.last)}?format=md`);
      const text = textOfMarkdown(new TextDecoder().decode(bytes));
      expect(text).toContain('Nombre de billets quotidiens : 1107');
      expect(text.replaceAll('\u00A0', ' ')).toContain(`Le ${withYear(here(sample.first))}, le coup d'envoi`);
      await walkThrough(url);
      await demo.until(filled);
      // The weeks before are being filled: a backlog may be read between the two commands of a ticket.
      while (!isDeepStrictEqual(await sampleAsServed(client), sampleAsCounted)) await sleep(50);
      const days = await daysOf(client, dayAfterSample, sampleToday());
      for (const { total } of days.slice(0, -1)) expect(total.opened).toBeGreaterThan(400);
      const opened = await openedOn(client, dayAfterSample);
      // More may have arrived since, where that day is today.
      expect(opened.length).toBeGreaterThanOrEqual(Math.min(200, days[0]!.total.opened));
      expect(new Set(opened).size).toBe(opened.length);
      const { port } = new URL(url);
      for (const step of ['--pause', '--resume'])
        expect(await program([step], { PORT: port }).exited).toBe(0);
      const wrong = program(['--pause', '--resume'], { PORT: port });
      expect(await wrong.exited).toBe(1);
      expect(wrong.output()).toMatch(/^expected nothing, or one of --as-is/);
      demo.child.kill('SIGTERM');
      expect(await demo.exited).toBe(0);
      // The terminal is for people: what an operator looks for, and what libraries print, is in the log.
      expect(demo.output()).not.toMatch(/^\{|oidc-provider/m);
      const logged = await loggedBy(printed);
      for (const security of ['sensitive_create', 'authn_login_success'])
        expect(logged).toContainEqual(expect.objectContaining({ security }));
      expect(logged).toContainEqual(
        expect.objectContaining({ level: 40, msg: expect.stringContaining('oidc-provider WARNING') }),
      );
      const late = program(['--pause'], { PORT: port });
      expect(await late.exited).toBe(1);
      expect(late.output()).toMatch(/^no demo runs at /);
    },
    2 * patienceMs,
  );

  it(
    'is the week of May 2026 alone where that is asked for, with its bulletin',
    async () => {
      const demo = program(['--as-is']);
      const url = await demo.until(/serves at (http:\S+)/);
      const client = await clientOf({ url });
      const days = await daysOf(client, sample.first, '2026-05-18');
      expect(days.map(({ total }) => total.opened)).toEqual([
        ...expectedDates.map((date) => expectedDays[date]!.total.opened),
        0,
      ]);
      const { body } = await client.get<{ revision: number }>(`/v1/bulletins/${sample.last}`);
      expect(body.revision).toBe(1);
      // The tour of the README, whose commands are written for this log.
      const ticketId = await openedTicket(client, { occurredAt: '2026-05-15T23:58:00-04:00' });
      const { headers } = await done(client, ticketId, 'resolve', {
        occurredAt: '2026-05-16T00:05:00-04:00',
      });
      const [, told = ''] =
        /minPosition=(\d+)/.exec(await readFile(join(project, 'README.md'), 'utf8')) ?? [];
      expect(headers.get('Position')).toBe(told);
      const [day] = await daysOf(client, sample.bulletin, sample.bulletin, told);
      expect([day!.total.opened, day!.total.resolvedSameDay]).toEqual([1108, 1024]);
      const pausing = program(['--pause'], { PORT: new URL(url).port });
      expect(await pausing.exited).toBe(1);
      expect(pausing.output()).toContain('no tickets arrive there');
    },
    2 * patienceMs,
  );
});
