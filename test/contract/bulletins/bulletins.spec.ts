import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf } from '../../support/api/client.js';
import { ago, expectProblem, opening, pointersOf } from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { signDevelopmentToken } from '../../../src/access/development-issuer.js';

interface BulletinBody {
  date: string;
  status: string;
  revision: number;
  lastRevision: number;
  ticketDay: string;
  sections: Record<string, unknown>;
  releves: { code: string; percent: number | null; history: { value: number; writtenBy: string }[] }[];
  publishedBy: string | null;
  draft: { changed: boolean; writtenBy: string };
  [member: string]: unknown;
}

let server: HostedServer;
let all: Client;
let alice: Client;
let bruno: Client;
const producer = async (subject: string): Promise<Client> =>
  new Client(server.url, await signDevelopmentToken({ subject, roles: ['producer'], establishments: [] }));
beforeAll(async () => {
  server = await startHostedServer();
  [all, alice, bruno] = await Promise.all([clientOf(server), producer('alice'), producer('bruno')]);
});
afterAll(() => server.close());

const draft = (bilan = 'Une semaine calme.', changes = {}) => ({
  ticketDay: '2026-05-15',
  sections: { bilan },
  ...changes,
});
const put = (client: Client, date: string, body: unknown, headers = {}) =>
  client.send<BulletinBody>('PUT', `/v1/bulletins/${date}`, body, headers);
const etag = (answer: { headers: Headers }) => answer.headers.get('ETag')!;

describe('a draft', () => {
  it('is created once, with its address, its ETag and its position', async () => {
    const first = await put(alice, '2026-06-01', draft());
    expect(first.status).toBe(201);
    expect(first.headers.get('Location')).toBe('/v1/bulletins/2026-06-01');
    expect(etag(first)).toBe('"1"');
    expect(first.headers.get('Position')).toMatch(/^\d+$/);
    expect(first.body).toMatchObject({
      date: '2026-06-01',
      status: 'draft',
      revision: 0,
      ticketDay: '2026-05-15',
      sections: { bilan: 'Une semaine calme.' },
      publishedAt: null,
      draft: { changed: false, writtenBy: 'alice' },
    });
    const again = await put(alice, '2026-06-01', draft());
    expect([again.status, etag(again)]).toEqual([200, '"1"']);
  });

  it('is answered with a warning for each text with a health insurance number, and for nothing else', async () => {
    const sections = {
      bilan: 'Écrire à soutien@exemple.ca ou appeler le 514-555-1234.',
      faitsSaillants: [{ text: 'Calme.' }, { text: 'Le dossier TREM84511234 est ouvert.' }],
    };
    const releves = [{ code: 'connected-users', day: '2026-05-16', value: 1, source: 'NAM TREM 8451 1234' }];
    const warnings = [
      { code: 'health-number', pointer: '/sections/faitsSaillants/1/text' },
      { code: 'health-number', pointer: '/releves/0/source' },
    ];
    const body = draft('', { sections, releves });
    expect((await put(alice, '2026-07-20', body)).body.warnings).toEqual(warnings);
    expect((await put(alice, '2026-07-20', body)).body.warnings).toEqual(warnings);
    expect((await alice.get<BulletinBody>('/v1/bulletins/2026-07-20')).body).not.toHaveProperty('warnings');
    expect((await put(alice, '2026-07-20', draft())).body).not.toHaveProperty('warnings');
  });

  it('can be written again as it was read', async () => {
    const sections = {
      bilan: 'a',
      faitsSaillants: [{ establishment: 'NIM', text: 'b' }, { text: 'c' }],
      objectif: 'd',
    };
    const first = await put(alice, '2026-06-02', draft('', { sections }));
    expect(first.body.sections).toEqual(sections);
    const again = await put(alice, '2026-06-02', {
      ticketDay: first.body.ticketDay,
      sections: first.body.sections,
    });
    expect(etag(again)).toBe(etag(first));
  });

  it('is not overwritten when two producers edit it at once', async () => {
    const read = await put(alice, '2026-06-03', draft('de base'));
    const byAlice = await put(alice, '2026-06-03', draft('d’Alice'), { 'If-Match': etag(read) });
    expect(byAlice.status).toBe(200);
    const byBruno = await put(bruno, '2026-06-03', draft('de Bruno'), { 'If-Match': etag(read) });
    expect(expectProblem(byBruno, 412, 'version-mismatch').revision).toBe(2);
    const { body } = await bruno.get<BulletinBody>('/v1/bulletins/2026-06-03');
    expect(body.sections).toEqual({ bilan: 'd’Alice' });
  });

  it('can be replaced without If-Match by its last writer, and by nobody else', async () => {
    await put(alice, '2026-06-04', draft('un'));
    expect((await put(alice, '2026-06-04', draft('deux'))).status).toBe(200);
    expectProblem(await put(bruno, '2026-06-04', draft('trois')), 412, 'version-mismatch');
    expect((await put(bruno, '2026-06-04', draft('deux'))).status).toBe(200);
  });

  it('keeps one of two versions written at the same moment, and answers 412 to the other', async () => {
    const answers = await Promise.all(
      [alice, bruno].map((client, index) => put(client, '2026-06-05', draft(`texte ${index}`))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
  });

  it('keeps the earlier values of each relevé, and computes its percentage', async () => {
    const releve = {
      code: 'connected-users',
      day: '2026-06-05',
      value: 23_431,
      total: 30_000,
      source: 'DSN',
    };
    await put(alice, '2026-06-06', draft('x', { releves: [releve] }));
    const { body } = await put(alice, '2026-06-06', draft('x', { releves: [{ ...releve, value: 24_000 }] }));
    expect(body.releves).toMatchObject([
      {
        code: 'connected-users',
        source: 'DSN',
        percent: 80,
        history: [
          { value: 23_431, writtenBy: 'alice' },
          { value: 24_000, writtenBy: 'alice' },
        ],
      },
    ]);
  });

  it.each([
    [{ ticketDay: '2026-13-01' }, 400, 'malformed', '/ticketDay'],
    [{ ticketDay: '2026-06-08' }, 422, 'ticket-day-after-bulletin', '/ticketDay'],
    [{ sections: { texte: 'x' } }, 400, 'malformed', '/sections/texte'],
    [{ sections: { bilan: ' ' } }, 400, 'malformed', '/sections/bilan'],
    [
      { sections: { faitsSaillants: [{ establishment: 'Nulle-Part', text: 'x' }] } },
      422,
      'unknown-establishment',
      '/sections/faitsSaillants/0/establishment',
    ],
    [{ releves: [{ code: 'a b', day: '2026-06-01', value: 1 }] }, 400, 'malformed', '/releves/0/code'],
    [{ releves: [{ code: 'a', day: '2026-06-01', value: -1 }] }, 400, 'malformed', '/releves/0/value'],
    [
      { releves: [{ code: 'a', day: '2026-06-01', value: 1, total: 0 }] },
      400,
      'malformed',
      '/releves/0/total',
    ],
    [
      { releves: [{ code: 'a', day: '2026-06-08', value: 1 }] },
      422,
      'releve-after-bulletin',
      '/releves/0/day',
    ],
    [
      { releves: [1, 2].map((value) => ({ code: 'a', day: '2026-06-01', value })) },
      400,
      'malformed',
      '/releves',
    ],
  ])('is refused with %j: %i %s at %s', async (changes, status, code, pointer) => {
    const problem = expectProblem(await put(alice, '2026-06-07', draft('x', changes)), status, code);
    expect(pointersOf(problem)).toEqual([pointer]);
    expectProblem(await alice.get('/v1/bulletins/2026-06-07'), 404, 'bulletin-not-found');
  });
});

describe('publishing', () => {
  const date = '2026-06-10';

  it('is refused where there is no draft', async () => {
    for (const what of ['publish', 'revise']) {
      expectProblem(await alice.post('/v1/bulletins/2026-06-11/' + what), 404, 'bulletin-not-found');
    }
    expectProblem(await alice.get('/v1/bulletins/2026-06-11/revisions'), 404, 'bulletin-not-found');
  });

  it('is refused while the day is in progress, with the instant it ends', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    await put(alice, tomorrow, draft('x', { ticketDay: tomorrow }));
    const problem = expectProblem(
      await alice.post(`/v1/bulletins/${tomorrow}/publish`),
      409,
      'day-in-progress',
    );
    // The last midnight of the network is Montréal's.
    expect(String(problem.endsAt) > new Date().toISOString()).toBe(true);
    expect(problem.endsAt).toMatch(/T0[45]:00:00\.000Z$/);
  });

  it('is refused when If-Match names an older revision', async () => {
    const first = await put(alice, date, draft('un'));
    await put(alice, date, draft('deux'));
    const publish = await alice.post(`/v1/bulletins/${date}/publish`, undefined, { 'If-Match': etag(first) });
    expectProblem(publish, 412, 'version-mismatch');
    expectProblem(await alice.post(`/v1/bulletins/${date}/revise`), 409, 'not-published');
  });

  it('counts everything recorded before the request', async () => {
    const occurredAt = '2026-05-15T12:00:00-04:00';
    await Promise.all(Array.from({ length: 20 }, () => all.post('/v1/tickets', opening({ occurredAt }))));
    const { status, body, headers } = await alice.post<BulletinBody>(`/v1/bulletins/${date}/publish`);
    expect([status, body.status, body.revision, body.publishedBy]).toEqual([200, 'published', 1, 'alice']);
    expect(body.figures).toMatchObject({ total: { opened: 20, backlog: 20 }, definitionsVersion: 1 });
    expect(etag({ headers })).toBe('"3"');
  });

  it('changes the status of the day’s figures to published', async () => {
    const position = (await alice.get(`/v1/bulletins/${date}`)).headers.get('Position')!;
    const figures = await alice.get(`/v1/billets-quotidiens/2026-05-15?minPosition=${position}`);
    expect(figures.body).toMatchObject({ status: 'published', revision: 1 });
    const nextDay = await alice.get(`/v1/billets-quotidiens/2026-05-16?minPosition=${position}`);
    expect(nextDay.body).toMatchObject({ status: 'closed', revision: 0 });
  });

  it('happens once, however often it is requested', async () => {
    const again = await bruno.post<BulletinBody>(`/v1/bulletins/${date}/publish`);
    expect([again.status, again.body.publishedBy, etag(again)]).toEqual([200, 'alice', '"3"']);
    const revise = await bruno.post<BulletinBody>(`/v1/bulletins/${date}/revise`);
    expect([revise.status, revise.body.revision, etag(revise)]).toEqual([200, 1, '"3"']);
  });

  it('leaves a draft that can be edited, which only a revision publishes', async () => {
    const written = await put(alice, date, draft('corrigé'));
    expect(written.body).toMatchObject({
      status: 'published',
      revision: 0,
      lastRevision: 1,
      sections: { bilan: 'corrigé' },
    });
    const printed = await alice.get<BulletinBody>(`/v1/bulletins/${date}`);
    expect(printed.body).toMatchObject({
      revision: 1,
      sections: { bilan: 'deux' },
      draft: { changed: true },
    });
    expectProblem(await alice.post(`/v1/bulletins/${date}/publish`), 409, 'already-published');
    const movedDay = await put(alice, date, draft('x', { ticketDay: '2026-05-14' }));
    expectProblem(movedDay, 409, 'ticket-day-published');
    const revised = await alice.post<BulletinBody>(`/v1/bulletins/${date}/revise`);
    expect(revised.body).toMatchObject({
      revision: 2,
      sections: { bilan: 'corrigé' },
      draft: { changed: false },
    });
    const { body } = await alice.get<{ items: object[] }>(`/v1/bulletins/${date}/revisions`);
    expect(body.items).toMatchObject([
      { revision: 1, texts: [], changes: [] },
      { revision: 2, texts: ['bilan'], changes: [] },
    ]);
    const first = await alice.get<BulletinBody>(`/v1/bulletins/${date}?revision=1`);
    expect(first.body.sections).toEqual({ bilan: 'deux' });
    expectProblem(await alice.get(`/v1/bulletins/${date}?revision=3`), 404, 'revision-not-found');
  });

  it('is refused where the figures do not add up, naming what is broken', async () => {
    await put(alice, '2026-06-12', draft('x', { ticketDay: '2026-05-14' }));
    // A row that no events can produce: a transfer in without its transfer out.
    await server.database.query(
      `INSERT INTO billets_quotidiens.daily_figures
       VALUES ('MCQ', '2026-05-14', 0, 1, 1, 0, 0, 0, 2, 0)`,
    );
    const problem = expectProblem(
      await alice.post('/v1/bulletins/2026-06-12/publish'),
      409,
      'figures-do-not-add-up',
    );
    expect(problem.broken).toEqual(
      expect.arrayContaining([
        { invariant: 'transfers-balance', establishment: null, expected: 0, actual: 2 },
        { invariant: 'resolved-same-day-within-opened', establishment: 'MCQ', expected: 0, actual: 1 },
      ]),
    );
    await server.database.query(`DELETE FROM billets_quotidiens.daily_figures WHERE establishment = 'MCQ'`);
    expect((await alice.post('/v1/bulletins/2026-06-12/publish')).status).toBe(200);
  });
});

describe('a bulletin can be read', () => {
  const path = '/v1/bulletins/2026-06-20';
  beforeAll(async () => {
    await put(alice, '2026-06-20', draft('Une =semaine <b>calme</b>.'));
  });
  const head = async (accept: string, query = '', language = 'fr') => {
    const response = await fetch(new URL(path + query, server.url), {
      headers: { Authorization: `Bearer ${alice.token!}`, Accept: accept, 'Accept-Language': language },
    });
    const bytes = await response.arrayBuffer();
    return {
      status: response.status,
      type: response.headers.get('Content-Type'),
      headers: response.headers,
      text: new TextDecoder().decode(bytes),
    };
  };

  it.each([
    ['application/json', 'json', /^application\/json\b/],
    ['text/html', 'html', /^text\/html; charset=utf-8$/],
    ['text/markdown', 'md', /^text\/markdown; charset=utf-8$/],
    ['application/pdf', 'pdf', /^application\/pdf$/],
    ['text/csv', 'csv', /^text\/csv; charset=utf-8$/],
    [
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'xlsx',
      /^application\/vnd\.openxmlformats/,
    ],
  ])('as %s, by Accept and by ?format=%s', async (accept, format, type) => {
    const [byAccept, byFormat] = await Promise.all([head(accept), head('*/*', `?format=${format}`)]);
    for (const { status, type: answered, headers } of [byAccept, byFormat]) {
      expect([status, answered]).toEqual([200, expect.stringMatching(type)]);
      expect(headers.get('Vary')).toBe('Accept, Accept-Language');
      expect(headers.get('ETag')).toBe(format === 'json' ? '"1"' : 'W/"1"');
    }
  });

  it('in no other format', async () => {
    expect([(await head('image/png')).status, (await head('*/*', '?format=docx')).status]).toEqual([
      406, 400,
    ]);
    expectProblem(await alice.get(path, { Accept: 'image/png' }), 406, 'not-acceptable');
    expect(pointersOf(expectProblem(await alice.get(`${path}?format=docx`), 400, 'malformed'))).toEqual([
      '?format',
    ]);
  });

  it('in the requested language', async () => {
    const languages = await Promise.all([
      head('text/html'),
      head('text/html', '', 'en'),
      head('text/html', '?lang=en', 'fr'),
    ]);
    expect(languages.map(({ headers }) => headers.get('Content-Language'))).toEqual(['fr', 'en', 'en']);
    expect(languages.map(({ text }) => /<h1>(.*?)<\/h1>/.exec(text)?.[1])).toEqual([
      'Mise à jour quotidienne',
      'Daily update',
      'Daily update',
    ]);
  });

  it('as a page that may load nothing and is marked as a draft', async () => {
    const { headers, text } = await head('text/html');
    expect(headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'/);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(text).toContain('Ébauche');
    expect(text).toContain('&lt;b&gt;calme&lt;/b&gt;');
  });

  it('with minPosition, once its figures include that position', async () => {
    const ticket = await all.post('/v1/tickets', opening({ occurredAt: ago(60) }));
    const position = ticket.headers.get('Position')!;
    const { body } = await alice.get<{ figures: { position: string } }>(`${path}?minPosition=${position}`);
    expect(BigInt(body.figures.position)).toBeGreaterThanOrEqual(BigInt(position));
  });

  it('in a list of dates, without the dates that have none', async () => {
    const { body } = await alice.get<{ items: object[] }>('/v1/bulletins?from=2026-06-10&to=2026-06-20');
    expect(body.items).toEqual([
      {
        date: '2026-06-10',
        status: 'published',
        revision: 2,
        ticketDay: '2026-05-15',
        publishedAt: expect.any(String),
        draftChanged: false,
      },
      expect.objectContaining({ date: '2026-06-12' }),
      expect.objectContaining({ date: '2026-06-20', status: 'draft', revision: 0, publishedAt: null }),
    ]);
    expectProblem(await alice.get('/v1/bulletins?from=2026-06-10&to=2026-06-09'), 400, 'malformed');
    expectProblem(await alice.get('/v1/bulletins?from=2026-01-01&to=2026-06-09'), 400, 'malformed');
  });
});
