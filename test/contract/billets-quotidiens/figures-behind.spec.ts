import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readSettings } from '../../../src/config/settings.js';
import { startServer, type Server } from '../../../src/boot/server.js';
import { clientOf, type Client } from '../../support/api/client.js';
import { expectProblem, opening } from '../../support/api/contract.js';
import { until } from '../../support/projections/projections.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { PlainBrowser, type Jar } from '../../support/access/session.js';
import { testMasterKey } from '../../support/keys/master-key.js';

const day = '2026-05-15';
const [draft, published] = ['2026-05-16', '2026-05-17'];

type Json = Record<string, unknown>;
const itself = (body: Json): Json => body;

/** Every answer of the API that shows figures, with a function that selects its part with the member `behind`. */
const answers: [string, (body: Json) => Json][] = [
  [`/v1/billets-quotidiens/${day}`, itself],
  [`/v1/billets-quotidiens/${day}?basis=reporting-zone`, itself],
  [`/v1/billets-quotidiens/${day}?establishment=NIM`, itself],
  [`/v1/billets-quotidiens?from=${day}&to=${day}`, ({ items }) => (items as Json[])[0]!],
  [`/v1/billets-quotidiens/${day}/tickets?figure=opened`, itself],
  [`/v1/billets-quotidiens/${day}/tickets?figure=backlog`, itself],
  ['/v1/backlog?at=2026-05-15T20:00:00Z', itself],
  [`/v1/bulletins/${draft}`, itself],
  [`/v1/bulletins/${draft}?revision=draft`, itself],
];

const figurePages = [
  '/',
  `/jours/${day}`,
  `/jours/${day}/billets?figure=opened`,
  `/jours/${day}/billets?figure=backlog`,
  `/jours/${day}/retards`,
];
const draftPages = ['', '/publish', '/edit'].map((step) => `/bulletins/${draft}${step}`);
const retard = { fr: /Les chiffres retardent(?: de \d+ s)?: \d+ événements? reste/, en: /The figures lag/ };

describe('figures that are behind the log', () => {
  let server: HostedServer;
  let worker: Server | undefined;
  let client: Client;
  let jar: Jar;
  const browser = new PlainBrowser(() => server.url);

  beforeAll(async () => {
    server = await startHostedServer({ roles: new Set(['api']) });
    client = await clientOf(server);
    for (const occurredAt of ['2026-05-15T12:00:00Z', '2026-05-15T13:00:00Z'])
      await client.post('/v1/tickets', opening({ occurredAt }));
    for (const date of [draft, published])
      await client.send('PUT', `/v1/bulletins/${date}`, { ticketDay: day, sections: { bilan: 'Calme.' } });
    ({ jar } = await browser.signedIn('producer'));
  });
  afterAll(async () => {
    await worker?.close();
    await server.close();
  });

  const head = async (): Promise<number> => {
    const { body } = await client.get<{ eventStore: { position: string } }>('/health/ready');
    return Number(body.eventStore.position);
  };
  const page = async (path: string, init: RequestInit = {}) => {
    const answer = await browser.send(jar, path, init as Parameters<PlainBrowser['send']>[2]);
    const text = (await answer.text()).replaceAll(/\s+/g, ' ').replaceAll('&#39;', '’');
    return { status: answer.status, headers: answer.headers, text };
  };
  const rows = async (path: string): Promise<Record<string, string>[]> => {
    const { body } = await client.get<string>(path);
    const [names = [], ...lines] = body
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    return lines.map((cells) => Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
  };
  const count = async () => {
    worker = await startServer({
      ...readSettings({ MASTER_KEY: testMasterKey }),
      ...{ port: 0, databaseUrl: server.database.url, logLevel: 'silent', roles: new Set(['projections']) },
    });
    await until('everything is counted', async () => {
      const { body } = await client.get<{ projections: Record<string, { lagEvents: number }> }>(
        '/health/ready',
      );
      return Object.values(body.projections).every(({ lagEvents }) => lagEvents === 0);
    });
  };

  describe('while no projection runs', () => {
    it.each(answers)('give the lag in events and seconds in the API: %s', async (path, where) => {
      const { status, body } = await client.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(where(body)).toMatchObject({ behind: { events: await head(), seconds: expect.any(Number) } });
    });

    it.each([`/v1/billets-quotidiens/${day}`, `/v1/bulletins/${draft}`])(
      'give the lag in every row of CSV: %s',
      async (path) => {
        const found = await rows(`${path}?format=csv`);
        expect(found.length).toBeGreaterThan(0);
        for (const row of found) {
          expect(row.behindEvents).toBe(String(await head()));
          expect(row.behindSeconds).toMatch(/^\d+(\.\d+)?$/);
        }
      },
    );

    it.each([...figurePages, ...draftPages])('have a warning on the page: %s', async (path) => {
      for (const lang of ['fr', 'en'] as const) {
        const { status, text } = await page(`${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
        expect([path, status]).toEqual([path, 200]);
        expect(text).toMatch(retard[lang]);
      }
    });

    it.each(['html', 'md'])('have a warning in a printed draft: %s', async (format) => {
      const { body } = await client.get<string>(`/v1/bulletins/${draft}?format=${format}&lang=fr`);
      expect(body).toMatch(retard.fr);
      expect((await client.get(`/v1/bulletins/${draft}?format=pdf`)).status).toBe(200);
    });

    it('have no warning where the day has no figures', async () => {
      const path = '/v1/bulletins/2027-05-16';
      await client.send('PUT', path, { ticketDay: '2027-05-15', sections: {} });
      expect((await client.get(path)).body).not.toHaveProperty('behind');
      expect((await client.get<string>(`${path}?format=md&lang=fr`)).body).not.toMatch(retard.fr);
      expect((await page('/bulletins/2027-05-16?lang=fr')).text).not.toMatch(retard.fr);
    });

    it('are never called up to date beside the warning', async () => {
      const { text } = await page('/?lang=fr');
      expect(text).toMatch(/<p id="freshness" class="fresh" hidden/);
    });

    it.each(draftPages.slice(0, 2))('tick no check about figures: %s', async (path) => {
      const { text } = await page(`${path}?lang=fr`);
      // The one check that holds is that the day is over: the clock alone tells it.
      expect(text.match(/>✓</g)).toHaveLength(1);
      expect(text.match(/>\?</g)!.length).toBeGreaterThan(3);
      expect(text).toContain('Pas encore connu');
      expect(text).not.toMatch(/<button>Publier<|>Publier…</);
    });

    it('make no claim about late events', async () => {
      for (const path of [`/jours/${day}`, `/jours/${day}/retards`]) {
        const { text } = await page(`${path}?lang=fr`);
        expect(text).not.toContain('Aucun événement de cette journée n’est arrivé en retard');
        expect(text).toContain('Pas encore connu.');
      }
    });

    it('can’t be published', async () => {
      const answer = await client.post(`/v1/bulletins/${draft}/publish`);
      const problem = expectProblem(answer, 503, 'figures-behind');
      expect(problem.behind).toMatchObject({ events: await head() });
      expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
      expect((await client.get(`/v1/bulletins/${draft}`)).body.status).toBe('draft');
    });

    it('can’t be published by the page either, which says why', async () => {
      const body = new URLSearchParams({ revision: '1' });
      const headers = { Origin: server.url };
      const { status, text } = await page(`/bulletins/${draft}/publish`, { method: 'POST', body, headers });
      expect([status, text.includes('Rien n’est publié')]).toEqual([503, true]);
      expect(text).toMatch(retard.fr);
    });
  });

  describe('once the projections have caught up', () => {
    beforeAll(count);

    it.each(answers)('have no lag in the API: %s', async (path, where) => {
      expect(where((await client.get(path)).body)).not.toHaveProperty('behind');
    });

    it('have no lag columns in CSV', async () => {
      for (const path of [`/v1/billets-quotidiens/${day}`, `/v1/bulletins/${draft}`])
        expect(Object.keys((await rows(`${path}?format=csv`))[0]!)).not.toContain('behindEvents');
    });

    it.each([...figurePages, ...draftPages])('are shown without a warning: %s', async (path) => {
      expect((await page(`${path}${path.includes('?') ? '&' : '?'}lang=fr`)).text).not.toMatch(retard.fr);
    });

    it('can be published', async () => {
      expect((await client.post(`/v1/bulletins/${published}/publish`)).status).toBe(200);
      expect((await page(`/bulletins/${draft}/publish?lang=fr`)).text).toMatch(/<button>Publier</);
    });
  });

  describe('of a bulletin that was published before', () => {
    beforeAll(async () => {
      await worker?.close();
      worker = undefined;
      await client.post('/v1/tickets', opening({ occurredAt: '2026-05-15T14:00:00Z' }));
    });

    it('do not say whether anything has changed since the publication', async () => {
      const { body } = await client.get(`/v1/bulletins/${published}`);
      expect(body).toMatchObject({ revision: 1, behind: { seconds: expect.any(Number) } });
      for (const path of [`/bulletins/${published}`, `/bulletins/${published}/revise`]) {
        const { text } = await page(`${path}?lang=fr`);
        expect(text).toMatch(retard.fr);
        expect(text).not.toMatch(/Rien n’a changé depuis|<button>Publier la révision</);
      }
      const { text } = await page(`/jours/${day}?lang=fr`);
      expect(text).not.toContain('Les chiffres sont encore ceux qui ont été publiés');
      expectProblem(await client.post(`/v1/bulletins/${published}/revise`), 503, 'figures-behind');
    });

    it('leave the printed forms unchanged', async () => {
      const { body } = await client.get<string>(`/v1/bulletins/${published}?format=html&lang=fr`);
      expect(body).not.toMatch(retard.fr);
      expect(Object.keys((await rows(`/v1/bulletins/${published}?format=csv`))[0]!)).not.toContain(
        'behindEvents',
      );
    });
  });
});
