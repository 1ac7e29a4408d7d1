import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client, clientOf, codeOf, type ProblemBody } from '../../../support/api/client.js';
import { done, openedTicket, opening } from '../../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../../support/server/hosted-server.js';
import { tokenOf } from '../../../support/access/tokens.js';
import { budgeted } from '../../../support/budget.js';

let server: HostedServer;
let agent: Client;
let producer: Client;
let operator: Client;
let ticketId: string;
let position: string;
const day = '2026-05-15';
/** Decoded contents of the cursors that the server hands out, with the path that takes each and its caller. */
const cursors: [path: string, contents: Record<string, unknown>, who: () => Client][] = [];

const decoded = (cursor: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as Record<string, unknown>;
const encoded = (contents: unknown): string => Buffer.from(JSON.stringify(contents)).toString('base64url');

beforeAll(async () => {
  server = await startHostedServer();
  agent = await clientOf(server);
  producer = new Client(server.url, await tokenOf('producer'));
  operator = new Client(server.url, await tokenOf('operator'));
  for (let at = 0; at < 3; at += 1) {
    ticketId = await openedTicket(agent, { title: 'Opaque', occurredAt: `${day}T12:00:0${at}.000Z` });
  }
  const { headers } = await done(agent, ticketId, 'note', { body: 'Opaque' });
  position = headers.get('Position')!;
  const sorts = ['priority', '-priority', 'age', '-age', 'updated', '-updated'];
  const paths: [string, () => Client][] = [
    ...sorts.map((sort): [string, () => Client] => [`/v1/tickets?sort=${sort}`, () => agent]),
    ...['relevance', ...sorts].map((sort): [string, () => Client] => [
      `/v1/tickets?q=opaque&sort=${sort}`,
      () => agent,
    ]),
    ['/v1/sync/changes?', () => agent],
    [`/v1/billets-quotidiens/${day}/tickets?figure=opened`, () => producer],
    [`/v1/billets-quotidiens/${day}/tickets?figure=backlog`, () => producer],
  ];
  for (const [path, who] of paths) {
    const { status, body } = await who().get<{ nextCursor?: string; cursor?: string }>(
      `${path}&limit=1&minPosition=${position}`,
    );
    const cursor = body.nextCursor ?? body.cursor;
    expect([path, status, typeof cursor]).toEqual([path, 200, 'string']);
    cursors.push([path, decoded(cursor!), who]);
  }
});
afterAll(() => server.close());

const hugeNumbers = [
  '0',
  '-0',
  '-1',
  '9'.repeat(18),
  '9'.repeat(19),
  '9223372036854775807',
  '9223372036854775808',
  '9'.repeat(400),
  '1e5',
  'NaN',
  'Infinity',
  '0x10',
  ' 1',
  '1 ',
  '٣',
  '1.5',
  '',
];
const oddInstants = [
  '0000-01-01T00:00:00.000Z',
  '0000-00-00T00:00:00.000Z',
  '-000001-01-01T00:00:00.000Z',
  '+275760-09-13T00:00:00.000Z',
  '+275760-09-14T00:00:00.000Z',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59.999-23:59',
  '10000-01-01T00:00:00.000Z',
  '2016-12-31T23:59:60.000Z',
  '2026-02-30T00:00:00.000Z',
  '2026-05-15T24:00:00.000Z',
  '2026-05-15T12:00:00.000000000Z',
  '2026-05-15',
  '1969-12-31T23:59:59.999Z',
  'infinity',
  '-infinity',
  'now',
  'epoch',
  'allballs',
  '4713-01-01 BC',
];
const oddNames = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'prototype',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u{10ffff}',
  '%',
  '%zz',
  '%00',
  '{}',
  '[]',
  'null',
  'undefined',
  "'",
  "';--",
  '../..',
  'é'.repeat(300),
  '\u202e',
  '\r\n',
];
const oddTexts = [
  ...hugeNumbers,
  ...oddInstants,
  ...oddNames,
  randomUUID(),
  '00000000-0000-0000-0000-000000000000',
  'P0',
  'P5',
];

const odd: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...oddTexts),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
);
const oddJson: fc.Arbitrary<unknown> = fc.oneof(
  odd,
  fc.constantFrom(null, true, 0, -1, 1e308, [], {}, ['1'], { after: '1' }),
);

/** A cursor with one change: another value or word of a field, one field more or less; or a text that is not a cursor at all. */
const mutated = (contents: Record<string, unknown>): fc.Arbitrary<string> => {
  const names = Object.keys(contents);
  const field = fc.constantFrom(...names);
  const word = fc.tuple(field, fc.nat(5), odd).map(([name, at, text]) => {
    const words = String(contents[name]).split(' ');
    words[at % words.length] = text;
    return encoded({ ...contents, [name]: words.join(' ') });
  });
  return fc.oneof(
    { weight: 5, arbitrary: word },
    {
      weight: 3,
      arbitrary: fc.tuple(field, oddJson).map(([name, value]) => encoded({ ...contents, [name]: value })),
    },
    fc.tuple(odd, oddJson).map(([name, value]) => encoded({ ...contents, [name]: value })),
    field.map((name) =>
      encoded(Object.fromEntries(Object.entries(contents).filter(([key]) => key !== name))),
    ),
    oddJson.map(encoded),
    odd,
    fc.constant(`{"__proto__":{"after":"1"}}`).map((text) => Buffer.from(text).toString('base64url')),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
  );
};

/** The codes allowed with a status of 500 or more: a position beyond the end of the log is waited for, then answered 503. */
const allowedServerErrors = ['position-not-reached'];

const expectAnswered = (what: string, { status, body }: { status: number; body: unknown }): void => {
  const code = status >= 500 ? (codeOf(body) ?? '') : '';
  expect([what, status < 500 || allowedServerErrors.includes(code), code]).toEqual([what, true, code]);
};

const asQuery = (value: string): string => encodeURIComponent(value.toWellFormed());

describe('a cursor that the server has not handed out', () => {
  it('with an impossible instant is malformed', async () => {
    for (const [path, contents, who] of cursors.filter(([path]) => /sort=-?(?:age|priority)/.test(path))) {
      for (const year of ['0000', '0001', '1969']) {
        const after = String(contents.after).replace(/\d{4}-\d\d-\d\dT/, `${year}-01-01T`);
        const cursor = encoded({ ...contents, after });
        const answer = await who().get<ProblemBody>(`${path}&cursor=${cursor}`);
        expect([path, year, answer.status, codeOf(answer.body)]).toEqual([path, year, 400, 'malformed']);
      }
    }
  });

  it('is answered as malformed or with a page, never with a server error', async () => {
    const cases = fc.nat().chain((at) => {
      const [path, contents, who] = cursors[at % cursors.length]!;
      return mutated(contents).map((cursor) => ({ path, who, cursor }));
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ path, who, cursor }) => {
        const answer = await who().get(`${path}&cursor=${asQuery(cursor)}`);
        expectAnswered(`${path} ${cursor}`, answer);
        expect([200, 400, 422]).toContain(answer.status);
      }),
      { numRuns: budgeted(200) },
    );
  });
});

describe('no server error comes from an odd value of', () => {
  const id = () => ticketId;
  const reads: [string, (value: string) => string, () => Client][] = [
    ['a ticket’s id', (value) => `/v1/tickets/${asQuery(value)}`, () => agent],
    ['the id of a history', (value) => `/v1/tickets/${asQuery(value)}/history`, () => agent],
    ['minPosition of a ticket', (value) => `/v1/tickets/${id()}?minPosition=${value}`, () => agent],
    ['a day', (value) => `/v1/billets-quotidiens/${asQuery(value)}`, () => producer],
    ['from', (value) => `/v1/billets-quotidiens?from=${asQuery(value)}&to=${day}`, () => producer],
    ['to', (value) => `/v1/billets-quotidiens?from=${day}&to=${asQuery(value)}`, () => producer],
    ['asOf', (value) => `/v1/billets-quotidiens/${day}?asOf=${asQuery(value)}`, () => producer],
    [
      'asOfPosition',
      (value) => `/v1/billets-quotidiens/${day}?asOfPosition=${asQuery(value)}`,
      () => producer,
    ],
    ['at', (value) => `/v1/backlog?at=${asQuery(value)}`, () => producer],
    ['openedFrom', (value) => `/v1/tickets?openedFrom=${asQuery(value)}`, () => agent],
    ['openedTo, searching', (value) => `/v1/tickets?q=opaque&openedTo=${asQuery(value)}`, () => agent],
    ['establishment', (value) => `/v1/tickets?establishment=${asQuery(value)}`, () => agent],
    [
      'establishment of figures',
      (value) => `/v1/billets-quotidiens?from=${day}&to=${day}&establishment=${asQuery(value)}`,
      () => producer,
    ],
    ['team', (value) => `/v1/tickets?team=${asQuery(value)}`, () => agent],
    ['assignee', (value) => `/v1/tickets?assignee=${asQuery(value)}`, () => agent],
    ['q', (value) => `/v1/tickets?q=${asQuery(value)}`, () => agent],
    ['status', (value) => `/v1/tickets?status=${asQuery(value)}&status=open`, () => agent],
    ['sort', (value) => `/v1/tickets?sort=${asQuery(value)}`, () => agent],
    ['limit', (value) => `/v1/tickets?limit=${asQuery(value)}`, () => agent],
    ['a figure', (value) => `/v1/billets-quotidiens/${day}/tickets?figure=${asQuery(value)}`, () => producer],
    ['a parameter’s name', (value) => `/v1/tickets?${asQuery(value)}=1`, () => agent],
    ['a bulletin’s day', (value) => `/v1/bulletins/${asQuery(value)}`, () => producer],
    ['a problem', (value) => `/problems/${asQuery(value)}`, () => agent],
    ['a projection', (value) => `/v1/admin/projections?name=${asQuery(value)}`, () => operator],
    ['a path', (value) => `/${asQuery(value)}`, () => agent],
    ['where to return', (value) => `/sign-in?returnTo=${asQuery(value)}`, () => agent],
    [
      'the state of a sign-in',
      (value) => `/sign-in/callback?state=${asQuery(value)}&code=${asQuery(value)}`,
      () => agent,
    ],
    ['the language of a page', (value) => `/jours/${day}?lang=${asQuery(value)}`, () => producer],
    ['the day of a page', (value) => `/jours/${asQuery(value)}`, () => producer],
    ['the place of a page', (value) => `/jours/${day}/en-retard?cursor=${asQuery(value)}`, () => producer],
  ];

  it.each(reads)('%s', async (what, pathOf, who) => {
    // A position beyond the end of the log would be waited for, 5 s each time: only values that are not positions are tried.
    const values = what.startsWith('minPosition')
      ? fc.constantFrom('-1', 'x', '1e3', '9'.repeat(20), '٣', '%00', '')
      : odd;
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        expectAnswered(`${what} ${JSON.stringify(value)}`, await who().send('GET', pathOf(value), undefined));
      }),
      {
        numRuns: budgeted(12),
        examples: what.startsWith('minPosition') ? [] : oddTexts.map((text): [string] => [text]),
      },
    );
  });

  it('a repeated parameter', async () => {
    for (const name of [
      'cursor',
      'limit',
      'sort',
      'q',
      'establishment',
      'minPosition',
      'openedFrom',
      'counts',
    ]) {
      expectAnswered(name, await agent.get(`/v1/tickets?${name}=1&${name}=2`));
      expectAnswered(`${name}[]`, await agent.get(`/v1/tickets?${name}[]=1&${name}[a]=2`));
    }
    for (const name of ['asOf', 'asOfPosition', 'establishment', 'basis']) {
      expectAnswered(name, await producer.get(`/v1/billets-quotidiens/${day}?${name}=1&${name}=2`));
    }
  });

  const headerValue = fc
    .oneof(odd, fc.string({ maxLength: 20 }))
    .map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?'));
  it.each([
    ['Idempotency-Key', () => ['/v1/tickets', opening()] as const],
    ['If-Match', () => [`/v1/tickets/${ticketId}/note`, { body: 'Opaque' }] as const],
    ['Cookie', () => ['/sign-out', {}] as const],
    ['Accept-Language', () => [`/v1/tickets/${ticketId}/note`, { body: 'Opaque' }] as const],
  ])('the header %s', async (name, request) => {
    await fc.assert(
      fc.asyncProperty(headerValue, async (value) => {
        const [path, body] = request();
        const values = name === 'Cookie' ? [`session=${value}; sign-in=${value}`, value] : [value];
        for (const header of values) {
          expectAnswered(`${name}: ${header}`, await agent.post(path, body, { [name]: header }));
          if (name === 'Cookie') {
            const anonymous = new Client(server.url);
            expectAnswered(`${name}: ${header}`, await anonymous.get('/', { [name]: header }));
            expectAnswered(
              `${name}: ${header}`,
              await anonymous.get('/sign-in/callback?state=x&code=x', { [name]: header }),
            );
          }
        }
      }),
      { numRuns: budgeted(20) },
    );
  });

  it('the header Last-Event-ID', async () => {
    for (const value of ['-1', 'x', '1e3', '9'.repeat(20), '1 2', '__proto__', '0x10', '1.5', ' ']) {
      const answer = await agent.get('/v1/events?establishment=', { 'Last-Event-ID': value });
      expectAnswered(`Last-Event-ID: ${value}`, answer);
    }
  });
});
