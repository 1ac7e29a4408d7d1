import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { clientOf, type Client } from '../../support/api/client.js';
import { expectProblem, opening } from '../../support/api/contract.js';
import { fiveZones, writeEstablishments } from '../../support/figures/five-zones.js';
import { PlainBrowser, type Jar } from '../../support/access/session.js';
import { startTestServer, type TestServer } from '../../support/server/server.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

/** 23:30 of 15 May in Toronto, 20:30 in Vancouver; 00:30 of the 16th in Halifax, 01:00 in St. John's. */
const present = Date.parse('2026-05-16T03:30:00Z');
const [yesterday, today, tomorrow, after] = ['2026-05-14', '2026-05-15', '2026-05-16', '2026-05-17'];
const days = '/v1/billets-quotidiens';

interface Day {
  date: string;
  status: string;
  total?: Record<string, number>;
  establishments?: { code: string; backlog: number; opened: number; status?: string }[];
}

describe('a day that has not begun', () => {
  let server: TestServer;
  let client: Client;
  let position: string;
  beforeAll(async () => {
    jest.spyOn(Date, 'now').mockReturnValue(present);
    const folder = await temporaryFolder();
    server = await startTestServer({ establishmentsFile: await writeEstablishments(folder.path, fiveZones) });
    await folder.remove();
    client = await clientOf(server);
    for (const establishment of ['ILES', 'OUEST']) {
      for (const occurredAt of ['2026-05-15T15:00:00Z', '2026-05-16T03:15:00Z']) {
        const { headers } = await client.post('/v1/tickets', opening({ establishment, occurredAt }));
        position = headers.get('Position')!;
      }
    }
  });
  afterAll(async () => {
    await server.close();
    jest.restoreAllMocks();
  });

  const at = (path: string): string => `${path}${path.includes('?') ? '&' : '?'}minPosition=${position}`;
  const read = async (path: string): Promise<Day> => {
    const { status, body } = await client.get<Day>(at(`${days}/${path}`));
    expect([path, status]).toEqual([path, 200]);
    return body;
  };

  it.each([
    [`/${after}`, '2026-05-17T02:30:00.000Z'],
    ['/2027-05-15', '2027-05-15T02:30:00.000Z'],
    ['/9998-12-31', undefined],
    [`/${tomorrow}?basis=reporting-zone`, '2026-05-16T04:00:00.000Z'],
    // The establishment's day begins where it is earliest: at its site on Montréal's time.
    [`/${tomorrow}?establishment=OUEST`, '2026-05-16T04:00:00.000Z'],
    [`/${tomorrow}?establishment=ILES&basis=reporting-zone`, '2026-05-16T04:00:00.000Z'],
    [`/${after}?format=csv`, undefined],
    [`/${after}?format=xlsx`, undefined],
    [`/${after}?asOfPosition=1`, undefined],
    ['/2027-05-15/tickets?figure=opened', '2027-05-15T02:30:00.000Z'],
    ['/2027-05-15/tickets?figure=backlog', '2027-05-15T02:30:00.000Z'],
    [`/${tomorrow}/tickets?figure=backlog&basis=reporting-zone`, '2026-05-16T04:00:00.000Z'],
    [`/${tomorrow}/tickets?figure=backlog&establishment=OUEST`, '2026-05-16T04:00:00.000Z'],
  ])('is refused when it is requested alone, with the instant it begins: %s', async (path, beginsAt) => {
    const problem = expectProblem(await client.get(`${days}${path}`), 422, 'day-not-begun');
    if (beginsAt !== undefined) expect(problem.beginsAt).toBe(beginsAt);
  });

  it('is refused at once, without waiting for minPosition', async () => {
    const answer = await client.get(`${days}/2027-05-15?minPosition=999999`);
    expectProblem(answer, 422, 'day-not-begun');
  });

  it('has no figures in a range, and the status future', async () => {
    const { body } = await client.get<{ items: Day[] }>(at(`${days}?from=${yesterday}&to=2026-05-19`));
    expect(body.items.map(({ date, status }) => [date, status])).toEqual([
      [yesterday, 'closed'],
      [today, 'in-progress'],
      [tomorrow, 'in-progress'],
      [after, 'future'],
      ['2026-05-18', 'future'],
      ['2026-05-19', 'future'],
    ]);
    expect(Object.keys(body.items.at(-1)!).sort()).toEqual(
      ['date', 'knownAt', 'position', 'revision', 'status', 'timeZone'].sort(),
    );
  });

  it.each([
    ['', 'in-progress'],
    ['&establishment=ILES', 'in-progress'],
    ['&establishment=NEUVE', 'in-progress'],
    ['&establishment=COTE', 'in-progress'],
    ['&establishment=OUEST', 'future'],
    ['&basis=reporting-zone', 'future'],
    ['&establishment=ILES&basis=reporting-zone', 'future'],
  ])('depends on the zone that the query counts by: %s', async (query, status) => {
    const { body } = await client.get<{ items: Day[] }>(
      at(`${days}?from=${tomorrow}&to=${tomorrow}${query}`),
    );
    expect(body.items.map((item) => item.status)).toEqual([status]);
  });

  it('is an empty row in CSV', async () => {
    const { body: text } = await client.get<string>(at(`${days}?from=${tomorrow}&to=${after}&format=csv`));
    const lines = text.split('\r\n').filter((line) => line.startsWith(after));
    expect(lines).toEqual([`${after},,Total,,,,,,,,,`]);
  });

  it('counts at establishments where it has begun, and is marked future at the others, within one total', async () => {
    const { total, establishments } = await read(tomorrow);
    const shown = establishments!.map(({ code, opened, backlog, status }) => [code, opened, backlog, status]);
    expect(shown).toEqual([
      ['ILES', 1, 2, undefined],
      ['OUEST', 0, 2, 'future'],
    ]);
    expect(total).toMatchObject({ opened: 1, backlog: 4 });
    expect((await read(today)).establishments!.map(({ status }) => status)).toEqual([undefined, undefined]);
  });

  it('has no backlog', async () => {
    expectProblem(await client.get('/v1/backlog?at=2026-05-16T03:40:00Z'), 422, 'not-known-yet');
  });

  describe('on a page', () => {
    const browser = new PlainBrowser(() => server.url);
    let jar: Jar;
    beforeAll(async () => {
      ({ jar } = await browser.signedIn('producer'));
    });
    const page = async (path: string) => {
      const answer = await browser.send(jar, path);
      return { status: answer.status, text: (await answer.text()).replaceAll(/\s+/g, ' ') };
    };

    it.each([
      ['/jours/2027-05-15?lang=fr', 'Cette journée n’a pas encore commencé', 'À venir'],
      ['/jours/2027-05-15?lang=en', 'This day has not begun yet', 'To come'],
    ])(
      'shows no figures, says so, and links to the newest day that has figures: %s',
      async (path, sentence, badge) => {
        const { status, text } = await page(path);
        expect(status).toBe(200);
        for (const part of [sentence, badge, `href="/jours/${tomorrow}"`]) expect(text).toContain(part);
        expect(text).not.toMatch(/class="tiles"|format=csv|rel="next"|rel="prev"|En cours|In progress/);
      },
    );

    it('is not linked from the newest day that has begun', async () => {
      expect((await page(`/jours/${today}`)).text).toContain(`rel="next" href="/jours/${tomorrow}"`);
      const { text } = await page(`/jours/${tomorrow}?lang=fr`);
      expect(text).not.toContain('rel="next"');
      expect(text).toContain(`max="${tomorrow}"`);
      // On the network's day that has begun in the east alone, the western establishment is marked as not begun.
      expect(text).toMatch(/OUEST.*journée pas commencée/);
      expect((await page('/')).text).toContain(`max="${today}"`);
    });

    it('compares today with the day before at the same hour, by the clocks of each place', async () => {
      const [west, atlantic] = [{ establishment: 'OUEST' }, { establishment: 'ILES' }];
      const pacific = { ...west, site: 'PACIFIQUE' };
      for (const [place, occurredAt] of [
        // It is the next day there already: all of the day before counts.
        [atlantic, '2026-05-15T02:59:59Z'],
        // It is half past eleven here, and half past eight on the Pacific.
        [west, '2026-05-15T03:30:00Z'],
        [west, '2026-05-15T03:30:01Z'],
        [pacific, '2026-05-15T03:30:00Z'],
        [pacific, '2026-05-15T03:30:01Z'],
        [pacific, '2026-05-15T06:59:00Z'],
      ] as const) {
        const { headers } = await client.post('/v1/tickets', opening({ ...place, occurredAt }));
        position = headers.get('Position')!;
      }
      expect((await read(yesterday)).total).toMatchObject({ opened: 6 });
      const { text } = await page('/?lang=fr');
      const tiles = [...text.matchAll(/<span class="before"\s*>(.*?)<\/dd>/gs)].map(([, before = '']) =>
        before
          .replace(/<[^>]*>/g, '')
          .replace(/\s+/g, ' ')
          .trim(),
      );
      expect(tiles).toEqual([
        '3 hier à la même heure (=)',
        '0 hier à la même heure (=)',
        '0 hier à la même heure (=)',
        '3 hier à la même heure (+6)',
      ]);
    });

    it.each(['/billets?figure=opened', '/retards'])(
      'answers 422 on the pages of its tickets and late events: %s',
      async (path) => {
        const { status, text } = await page(`/jours/2027-05-15${path}`);
        expect([status, text.includes('n’a pas encore de chiffres')]).toEqual([422, true]);
      },
    );

    it.each(['', '/publish', '/edit'])(
      'ticks no check of a draft, and publishing is not offered: %s',
      async (path) => {
        const draft = { ticketDay: '2026-07-01', sections: {} };
        await client.send('PUT', '/v1/bulletins/2026-07-02', draft);
        const { status, text } = await page(`/bulletins/2026-07-02${path}`);
        expect(status).toBe(200);
        expect(text).toMatch(/pas encore commencé/);
        expect(text).not.toMatch(/>✓<|<button>Publier<|>Publier…</);
      },
    );
  });

  describe('in a bulletin', () => {
    const bulletin = '/v1/bulletins/2026-06-20';
    beforeAll(async () => {
      const draft = { ticketDay: '2026-06-19', sections: { bilan: 'À venir.' } };
      const { status, body } = await client.send<{ figures: unknown }>('PUT', bulletin, draft);
      expect([status, body.figures]).toEqual([201, null]);
    });

    it('has no figures, in any format', async () => {
      const { body } = await client.get<Record<string, unknown>>(bulletin);
      expect([body.figures, body.differences]).toEqual([null, []]);
      for (const [format, lang, sentence] of [
        ['html', 'fr', 'Cette journée n’a pas encore commencé'],
        ['md', 'en', 'This day has not begun yet'],
      ]) {
        const { status, body: text } = await client.get<string>(`${bulletin}?format=${format}&lang=${lang}`);
        expect([status, text.includes(sentence!)]).toEqual([200, true]);
        expect(text).not.toMatch(/Nombre de billets quotidiens|Number of daily tickets/);
      }
      const { body: text } = await client.get<string>(`${bulletin}?format=csv`);
      expect(text.split('\r\n')[1]).toBe('2026-06-19,,Total,,,,,,,,,');
      for (const format of ['pdf', 'xlsx'])
        expect((await client.get(`${bulletin}?format=${format}`)).status).toBe(200);
    });

    it('can’t be published, and the problem says from when on it can', async () => {
      const problem = expectProblem(await client.post(`${bulletin}/publish`), 409, 'day-in-progress');
      expect([problem.beginsAt, problem.endsAt]).toEqual([
        '2026-06-19T02:30:00.000Z',
        '2026-06-20T07:00:00.000Z',
      ]);
    });
  });

  it('does not change the status of the day in progress', async () => {
    await client.post('/v1/tickets', opening({ establishment: 'OUEST', ticketId: randomUUID() }));
    expect((await read(today)).status).toBe('in-progress');
  });
});
