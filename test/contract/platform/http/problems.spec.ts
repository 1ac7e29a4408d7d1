import { readdirSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, clientOf, codeOf, type ProblemBody } from '../../../support/api/client.js';
import { expectProblem, openedTicket, opening, pointersOf } from '../../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../../support/server/hosted-server.js';

interface Documented {
  type: string;
  status: number;
  title: Record<string, string>;
  detail: Record<string, string>;
}

let server: HostedServer;
let client: Client;
let ticketId: string;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
  ticketId = await openedTicket(client);
});
afterAll(() => server.close());

const documented = async (): Promise<Documented[]> =>
  (await new Client(server.url).get<{ items: Documented[] }>('/problems')).body.items;

/** A request for each place where problems arise: before the route, in the guard, in the pipe, in the domain. */
const problematic: [string, number, string, (language: string) => Promise<{ body: ProblemBody }>][] = [
  ['an unknown route', 404, 'not-found', (l) => send('GET', '/v1/nothing', undefined, l)],
  ['no token', 401, 'unauthenticated', (l) => send('GET', `/v1/tickets/${ticketId}`, undefined, l, {})],
  ['no JSON', 400, 'invalid-json', (l) => send('POST', '/v1/tickets', '{', l)],
  [
    'another type',
    415,
    'unsupported-media-type',
    (l) =>
      send('POST', '/v1/tickets', '<x/>', l, {
        Authorization: `Bearer ${client.token!}`,
        'Content-Type': 'text/xml',
      }),
  ],
  ['too much', 413, 'body-too-large', (l) => send('POST', '/v1/tickets', 'x'.repeat(300_000), l)],
  ['a bad field', 400, 'malformed', (l) => send('POST', '/v1/tickets', opening({ title: 7 }), l)],
  [
    'an unknown ticket',
    404,
    'ticket-not-found',
    (l) => send('GET', `/v1/tickets/${randomUUID()}`, undefined, l),
  ],
  [
    'a rule',
    409,
    'transition-not-allowed',
    (l) => send('POST', `/v1/tickets/${ticketId}/close`, undefined, l),
  ],
  [
    'an unknown establishment',
    422,
    'unknown-establishment',
    (l) => send('POST', '/v1/tickets', opening({ establishment: 'CHEZ-NOUS' }), l),
  ],
];
const send = (
  method: string,
  path: string,
  body: unknown,
  language: string,
  headers: Record<string, string> = { Authorization: `Bearer ${client.token!}` },
) =>
  new Client(server.url).send<ProblemBody>(method, path, body, {
    ...headers,
    ...(language === '' ? {} : { 'Accept-Language': language }),
  });

describe('a problem', () => {
  it.each(problematic)(
    'is in French by default, and in English on request: %s',
    async (_what, status, code, ask) => {
      const known = (await documented()).find(({ type }) => type.endsWith(`/problems/${code}`));
      const french = expectProblem((await ask('')) as never, status, code);
      const english = expectProblem((await ask('en')) as never, status, code);
      expect(french).toMatchObject({ title: known?.title.fr, detail: known?.detail.fr });
      expect(english).toMatchObject({ title: known?.title.en, detail: known?.detail.en });
    },
  );

  it.each([
    ['fr', 'fr'],
    ['fr-CA,fr;q=0.9,en;q=0.8', 'fr'],
    ['en-CA', 'en'],
    ['en;q=0.5,fr;q=0.4', 'en'],
    ['en;q=0.4,fr;q=0.5', 'fr'],
    ['EN', 'en'],
    ['de,en;q=0.1', 'en'],
    ['de', 'fr'],
    ['*', 'fr'],
    ['en;q=0', 'fr'],
    ['fr;q=0', 'en'],
    ['de, fr;q=0', 'en'],
    ['fr;q=0, en', 'en'],
    ['fr;q=0, *', 'en'],
    ['en ;q=0.9, fr;q=0.1', 'en'],
    ['en; q=0.2 , fr; q=0.1', 'en'],
    ['en;Q=0.1, fr;q=0.2', 'fr'],
    ['en\t;\tq=0.2,fr;q=0.1', 'en'],
    ['fr-CA;q=0.2, en-GB;q=0.7', 'en'],
    ['*;q=0.9, fr;q=0.1', 'en'],
    ['*;q=0.1, de', 'fr'],
    ['fr, en;q=7', 'fr'],
    ['en;q=7', 'en'],
    ['en;q=-1', 'fr'],
    ['en;q=', 'en'],
    ['fr;q=0, en;q=0', 'fr'],
    ['*;q=0', 'fr'],
    ['fr-CA;q=0, *', 'en'],
    ['english', 'fr'],
    [Array.from({ length: 1_000 }, (_, index) => `x${index};q=0.5`).join() + ', en;q=0.6', 'en'],
    [';;;,q=x,', 'fr'],
  ])('requested with Accept-Language «%s» is in %s', async (acceptLanguage, language) => {
    const [known] = (await documented()).filter(({ type }) => type.endsWith('/not-found'));
    const { body } = await send('GET', '/v1/nothing', undefined, acceptLanguage);
    expect(body.title).toBe(known?.title[language]);
  });

  it('has its language in Content-Language, and Accept-Language in Vary', async () => {
    for (const language of ['fr', 'en']) {
      const { headers } = await send('GET', '/v1/nothing', undefined, language);
      expect([headers.get('Content-Language'), headers.get('Vary')]).toEqual([
        language,
        expect.stringMatching(/\bAccept-Language\b/),
      ]);
    }
  });

  it('has the messages about its fields in the same language', async () => {
    const messageIn = async (language: string) =>
      (await send('POST', '/v1/tickets', opening({ title: 7 }), language)).body.errors?.[0]?.message;
    expect(await messageIn('en')).not.toBe(await messageIn('fr'));
  });

  it('has a type that leads to its documentation', async () => {
    for (const [, status, code, ask] of problematic) {
      const { type } = (await ask('')).body;
      const answer = await new Client(server.url).get<Documented>(new URL(type, server.url).pathname);
      expect([code, answer.status, answer.body.status]).toEqual([code, 200, status]);
    }
  });

  it('that is not in the catalogue has no documentation', async () => {
    for (const code of ['nothing', '__proto__', 'constructor', 'x'.repeat(90)]) {
      expectProblem(await client.get(`/problems/${code}`), 404, 'not-found');
    }
  });
});

describe('every problem that the sources can raise', () => {
  const sources = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
      .map((file) => readFileSync(join(folder, file), 'utf8'));
  const used = new Set(
    sources(join(import.meta.dirname, '../../../../src')).flatMap((source) =>
      [...source.matchAll(/new (?:Problem|Refusal)\(\s*'([a-z-]+)'/g)].map(([, code]) => code!),
    ),
  );

  it('is documented in both languages, under an address of its own', async () => {
    const all = await documented();
    const codes = all.map((problem) => codeOf(problem)!);
    expect(used.size).toBeGreaterThan(15);
    expect(codes).toEqual(expect.arrayContaining([...used]));
    expect(new Set(codes).size).toBe(codes.length);
    for (const problem of all) {
      expect(problem).toEqual({
        type: `/problems/${codeOf(problem)!}`,
        status: expect.any(Number),
        title: { fr: expect.stringMatching(/./), en: expect.stringMatching(/./) },
        detail: { fr: expect.stringMatching(/./), en: expect.stringMatching(/./) },
      });
      expect(problem.title.fr).not.toBe(problem.title.en);
      expect(problem.detail.fr).not.toBe(problem.detail.en);
      expect((await client.get(problem.type)).body).toEqual(problem);
    }
  });

  it('has one of the statuses of the contract', async () => {
    const statuses = new Set((await documented()).map(({ status }) => status));
    const known = [400, 401, 403, 404, 406, 408, 409, 412, 413, 414, 415, 422, 429, 431, 500, 503];
    expect([...statuses].filter((status) => !known.includes(status))).toEqual([]);
  });
});

describe('what does not exist', () => {
  it.each([
    ['GET', '/v1'],
    ['GET', '/v1/tickets/'],
    ['GET', '/V1/sync'],
    ['GET', '/v1/sync'],
    ['DELETE', '/v1/tickets'],
    ['PUT', '/v1/sync'],
    ['PATCH', '/v1/billets-quotidiens/2026-05-15'],
    ['POST', '/v1/billets-quotidiens'],
    ['POST', '/health/live'],
    ['POST', '/'],
    ['GET', '/../package.json'],
    ['GET', '/docs/..%2f..%2fpackage.json'],
  ])('is answered 404: %s %s', async (method, path) => {
    expectProblem(await client.send(method, path, undefined), 404, 'not-found');
  });

  it.each(['explode', 'open', 'toString', '__proto__'])(
    'is answered 404 where it would be a command: %s',
    async (name) => {
      expectProblem(await client.post(`/v1/tickets/${ticketId}/${name}`, {}), 404, 'not-found');
    },
  );

  it.each(['', '/history'])(
    'is answered ticket-not-found where it is a ticket that was never opened%s',
    async (path) => {
      expectProblem(await client.get(`/v1/tickets/${randomUUID()}${path}`), 404, 'ticket-not-found');
    },
  );
});

describe('an unknown establishment or site', () => {
  it.each([
    [{ establishment: 'CHEZ-NOUS' }, 'unknown-establishment', '/establishment'],
    [{ establishment: '__proto__' }, 'unknown-establishment', '/establishment'],
    [{ establishment: 'CNORD', site: 'LISTUGUJ' }, 'unknown-site', '/site'],
    [{ establishment: 'NIM', site: 'BLANC-SABLON' }, 'unknown-site', '/site'],
  ])('has a problem code of its own: %j', async (place, code, pointer) => {
    const opened = expectProblem(await client.post('/v1/tickets', opening(place)), 422, code);
    expect(pointersOf(opened)).toEqual([pointer]);
    const moved = expectProblem(await client.post(`/v1/tickets/${ticketId}/transfer`, place), 422, code);
    expect(pointersOf(moved)).toEqual([pointer]);
  });
});

describe('a position that the log has not reached', () => {
  it('is waited for 5 s, then answered 503', async () => {
    const paths = [
      `/v1/tickets/${ticketId}`,
      `/v1/tickets/${ticketId}/history`,
      '/v1/billets-quotidiens/2026-05-15',
      '/v1/billets-quotidiens?from=2026-05-15&to=2026-05-16',
    ];
    const started = Date.now();
    const answers = await Promise.all(
      ['1000000', '9223372036854775807', '9999999999999999999'].flatMap((position) =>
        paths.map((path) =>
          client.send('GET', `${path}${path.includes('?') ? '&' : '?'}minPosition=${position}`, undefined),
        ),
      ),
    );
    const tookMs = Date.now() - started;
    for (const answer of answers) {
      expectProblem(answer, 503, 'position-not-reached');
      expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
    }
    expect(tookMs).toBeGreaterThan(4_500);
    expect(tookMs).toBeLessThan(7_000);
  }, 15_000);

  it('is answered as soon as it is reached', async () => {
    const { body } = await client.get<{ eventStore: { position: string } }>('/health/ready');
    const next = String(BigInt(body.eventStore.position) + 1n);
    const reading = client.get(`/v1/billets-quotidiens/2026-05-15?minPosition=${next}`);
    await client.post('/v1/tickets', opening());
    const { status, body: figures } = await reading;
    expect(status).toBe(200);
    expect(BigInt(figures.position as string)).toBeGreaterThanOrEqual(BigInt(next));
  });
});
