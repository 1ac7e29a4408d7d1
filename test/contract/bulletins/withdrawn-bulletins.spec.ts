import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tokenOf } from '../../support/access/tokens.js';
import { Client, clientOf } from '../../support/api/client.js';
import { expectProblem, openedTicket, pointersOf } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';

interface Shown {
  date: string;
  status: string;
  revision: number;
  lastRevision: number;
  withdrawal: { revision: number; reason: string; withdrawnAt: string; withdrawnBy: string } | null;
}

const ticketDay = '2026-05-15';
const reason = 'Mauvais jour des billets & <texte>';

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  await openedTicket(client, { occurredAt: '2026-05-15T12:00:00Z' });
});
afterAll(() => server.close());

let days = 0;
/** A date of its own for each bulletin of these tests. */
const newDate = (): string => new Date(Date.UTC(2026, 5, 1) + 86_400_000 * days++).toISOString().slice(0, 10);
const pathOf = (date: string) => `/v1/bulletins/${date}`;

const drafted = async (date = newDate(), bilan = 'Tout va bien'): Promise<string> => {
  const { status } = await client.send('PUT', pathOf(date), { ticketDay, sections: { bilan } });
  expect([200, 201]).toContain(status);
  return date;
};
const act = (date: string, step: string, body?: object) =>
  client.post<Shown & { position: string }>(`${pathOf(date)}/${step}`, body);
const published = async (date?: string): Promise<string> => {
  const written = await drafted(date);
  expect((await act(written, 'publish')).status).toBe(200);
  return written;
};
const withdrawn = async (): Promise<string> => {
  const date = await published();
  expect((await act(date, 'withdraw', { reason })).status).toBe(200);
  return date;
};
const now = async (): Promise<string> =>
  (await client.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] })).body.position;

describe('withdrawing for a reason with a health insurance number', () => {
  it('is answered with a warning: everybody reads the reason', async () => {
    const { status, body } = await act(await published(), 'withdraw', { reason: 'Dossier TREM 8451 1234' });
    expect([status, body]).toMatchObject([
      200,
      { warnings: [{ code: 'health-number', pointer: '/reason' }] },
    ]);
  });
});

describe('deleting a draft', () => {
  it('leaves no bulletin, and lets another one be written', async () => {
    const date = await drafted();
    const { status, body } = await client.send('DELETE', pathOf(date), undefined);
    expect([status, body]).toEqual([200, { date, deleted: true, position: expect.stringMatching(/^\d+$/) }]);
    expectProblem(await client.get(pathOf(date)), 404, 'bulletin-not-found');
    expectProblem(await client.send('DELETE', pathOf(date), undefined), 404, 'bulletin-not-found');
    const list = await client.get<{ items: Shown[] }>(`/v1/bulletins?from=${date}&to=${date}`);
    expect(list.body.items).toEqual([]);
    const again = await client.send('PUT', pathOf(date), { ticketDay, sections: { bilan: 'Autre' } });
    expect(again.status).toBe(201);
    expect((await client.get(pathOf(date))).body).toMatchObject({
      status: 'draft',
      sections: { bilan: 'Autre' },
    });
  });

  it('is refused for what was published, and for who has not seen it as it is', async () => {
    const date = await drafted();
    const stale = await client.send('DELETE', pathOf(date), undefined, { 'If-Match': '"7"' });
    expectProblem(stale, 412, 'version-mismatch');
    await act(date, 'publish');
    expectProblem(await client.send('DELETE', pathOf(date), undefined), 409, 'bulletin-published');
    await act(date, 'withdraw', { reason });
    expectProblem(await client.send('DELETE', pathOf(date), undefined), 409, 'bulletin-published');
    const auditor = new Client(server.url, await tokenOf('agent'));
    expectProblem(await auditor.send('DELETE', pathOf(date), undefined), 403, 'role-not-allowed');
  });
});

describe('withdrawing a bulletin', () => {
  it('keeps it readable, as withdrawn, with who did it and why', async () => {
    const date = await withdrawn();
    const { body } = await client.get<Shown>(pathOf(date));
    expect(body).toMatchObject({
      ...{ status: 'withdrawn', revision: 1, lastRevision: 1 },
      withdrawal: { revision: 1, reason, withdrawnAt: expect.stringMatching(/Z$/) },
    });
    const again = await act(date, 'withdraw', { reason: 'Autre raison' });
    expect(again.body.withdrawal).toEqual(body.withdrawal);
    const list = await client.get<{ items: Shown[] }>(`/v1/bulletins?from=${date}&to=${date}`);
    expect(list.body.items).toMatchObject([{ date, status: 'withdrawn' }]);
    const revisions = await client.get(`${pathOf(date)}/revisions`);
    expect(revisions.body).toMatchObject({ items: [{ revision: 1 }], withdrawals: [body.withdrawal] });
  });

  it.each([
    ['html', 'fr', 'Bulletin retiré le'],
    ['html', 'en', 'Bulletin withdrawn on'],
    ['md', 'fr', 'Bulletin retiré le'],
  ])('is said first by its printed form: %s, %s', async (format, lang, words) => {
    const date = await withdrawn();
    const { body } = await client.get<string>(`${pathOf(date)}?format=${format}&lang=${lang}`);
    expect(body).toContain(words);
    expect(body.indexOf(words)).toBeLessThan(body.indexOf('Tout va bien'));
    if (format === 'html') expect(body).toContain('&amp; &lt;texte&gt;');
  });

  it('is undone by the next revision, be it unchanged', async () => {
    const date = await withdrawn();
    expectProblem(await act(date, 'publish'), 409, 'bulletin-withdrawn');
    const { status, body } = await act(date, 'revise');
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ status: 'published', revision: 2, withdrawal: null }),
    ]);
    const html = await client.get<string>(`${pathOf(date)}?format=html&revision=1`);
    expect(html.body).not.toContain('Bulletin retiré');
    const twice = await act(date, 'withdraw', { reason: 'Encore' });
    expect(twice.body.withdrawal).toMatchObject({ revision: 2, reason: 'Encore' });
  });

  it('lets the draft be written meanwhile, for the same ticket day', async () => {
    const date = await withdrawn();
    await drafted(date, 'Corrigé');
    expect((await client.get<Shown>(pathOf(date))).body.status).toBe('withdrawn');
    expect((await act(date, 'revise')).body).toMatchObject({ revision: 2, sections: { bilan: 'Corrigé' } });
  });

  it('makes its ticket day one that is not published, and was until then', async () => {
    const day = '2026-05-11';
    const date = newDate();
    await client.send('PUT', pathOf(date), { ticketDay: day, sections: {} });
    const before = await act(date, 'publish');
    const standing = before.headers.get('Position');
    const after = await act(date, 'withdraw', { reason });
    const status = async (query: string) =>
      (await client.get<{ status: string; revision: number }>(`/v1/billets-quotidiens/${day}?${query}`)).body;
    expect(await status(`minPosition=${after.headers.get('Position')}`)).toMatchObject({
      status: 'closed',
      revision: 0,
    });
    expect(await status(`asOfPosition=${standing}`)).toMatchObject({ status: 'published', revision: 1 });
    const again = await act(date, 'revise');
    expect(await status(`minPosition=${again.headers.get('Position')}`)).toMatchObject({
      status: 'published',
      revision: 2,
    });
  });

  it('is refused for a draft, without a reason, and to who may not publish', async () => {
    const date = await drafted();
    expectProblem(await act(date, 'withdraw', { reason }), 409, 'not-published');
    for (const body of [{}, { reason: '' }, { reason: ' ' }, { reason: 'x'.repeat(1_001) }]) {
      const problem = expectProblem(await act(date, 'withdraw', body), 400, 'malformed');
      expect(pointersOf(problem)).toEqual(['/reason']);
    }
    expectProblem(await act(newDate(), 'withdraw', { reason }), 404, 'bulletin-not-found');
    const agent = new Client(server.url, await tokenOf('agent'));
    expectProblem(await agent.post(`${pathOf(date)}/withdraw`, { reason }), 403, 'role-not-allowed');
  });
});

describe('the newest bulletin', () => {
  it('is the published one with the newest date, in every form', async () => {
    const older = await published();
    const newest = await published('2026-11-01');
    const last = await published('2026-11-02');
    await drafted('2026-11-03');
    await act(last, 'withdraw', { reason });
    const { status, headers, body } = await client.get<Shown>(
      `/v1/bulletins/latest?minPosition=${await now()}`,
    );
    expect([status, body.date]).toEqual([200, newest]);
    expect(headers.get('Content-Location')).toBe(`/v1/bulletins/${newest}`);
    expect(headers.get('ETag')).toBe((await client.get(pathOf(newest))).headers.get('ETag'));
    const markdown = await client.get<string>('/v1/bulletins/latest?format=md&lang=fr');
    expect(markdown.body).toContain('Dimanche 1er novembre 2026');
    await act(newest, 'withdraw', { reason });
    const next = await client.get<Shown>(`/v1/bulletins/latest?minPosition=${await now()}`);
    expect(next.body.date >= older).toBe(true);
    expect(next.body.date < newest).toBe(true);
  });

  it('is none where nothing is published', async () => {
    const empty = await startHostedServer();
    try {
      const answer = await (await clientOf(empty)).get('/v1/bulletins/latest');
      expectProblem(answer, 404, 'nothing-published');
    } finally {
      await empty.close();
    }
  });
});

describe('the feed of bulletins', () => {
  const feed = async (query = ''): Promise<string> => {
    const { status, headers, body } = await client.get<string>(
      `/v1/bulletins/feed.atom?minPosition=${await now()}${query}`,
    );
    expect([status, headers.get('Content-Type')]).toEqual([200, 'application/atom+xml; charset=utf-8']);
    return body;
  };
  const entriesOf = (xml: string): string[] =>
    [...xml.matchAll(/<entry>(.*?)<\/entry>/gs)].map(([, entry]) => entry!);

  it('tells of publications, revisions and withdrawals, the newest first, each under an id that stays', async () => {
    const date = await withdrawn();
    await act(date, 'revise');
    const xml = await feed('&lang=fr');
    const own = entriesOf(xml).filter((entry) => entry.includes(`/bulletins/${date}?`));
    expect(own.map((entry) => /<title>.* 2026(.*)<\/title>/.exec(entry)?.[1])).toEqual([
      ' – révision 2',
      ' – retiré',
      '',
    ]);
    expect(own[1]).toContain('&amp; &lt;texte&gt;');
    expect(own[2]).toMatch(/Nombre de billets quotidiens : \d+\. Nombre de billets quotidiens résolus/);
    const idsOf = (text: string) => entriesOf(text).map((entry) => /<id>(.*)<\/id>/.exec(entry)?.[1]);
    expect(new Set(idsOf(xml)).size).toBe(entriesOf(xml).length);
    expect(idsOf(await feed('&lang=fr'))).toEqual(idsOf(xml));
    const times = entriesOf(xml).map((entry) => /<updated>(.*)<\/updated>/.exec(entry)![1]!);
    expect(times).toEqual(times.toSorted().reverse());
    expect(/<\/id>.*?<updated>(.*?)<\/updated>/s.exec(xml)?.[1]).toBe(times[0]);
  });

  it('is read in one language, whose ids are its own, with links that lead to the pages', async () => {
    const date = await published();
    const [french, english] = [await feed('&lang=fr'), await feed('&lang=en')];
    expect(french).toContain('xml:lang="fr-CA"');
    expect(english).toContain('<title>Daily update – Digital health record (DSN)</title>');
    expect(english).toContain(`href="${server.url}/bulletins/${date}?lang=en"`);
    expect(english).toContain(`${server.url}/v1/bulletins/${date}?format=pdf&amp;revision=1&amp;lang=en`);
  });
});
