import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Role } from '../../../../src/access/permissions.js';
import { Client, clientOf, codeOf } from '../../../support/api/client.js';
import { ago, done, openedTicket, ticketOf } from '../../../support/api/contract.js';
import { tokenOf } from '../../../support/access/tokens.js';
import { budgeted } from '../../../support/budget.js';
import {
  OpenApiRequests,
  type FuzzRequest,
  type KnownValues,
  type OpenApiDocument,
} from '../../../support/fuzz/openapi-requests.js';
import { startHostedServer, type HostedServer } from '../../../support/server/hosted-server.js';

/** A word of the establishment to which no caller of this test belongs. */
const secret = 'Zorglub';
/** 20 000 requests; in `npm run test:long` ten times as many. A part at a time, so that none takes longer than a test may. */
const parts = [1, 2, 3, 4, 5];
const requestsOfPart = budgeted(4_000);
const concurrency = 24;
/** What the process may hold more after all requests than before the last half of them: caches that fill are bounded by less. */
const maxGrowthBytes = 96 * 2 ** 20;

/** Answers that never end, and the sign-in of people, which leads to the provider. */
const isLeftOut = (operation: string): boolean => /\/v1\/events$|sign-in|sign-out/.test(operation);

const callers: readonly [readonly Role[], readonly string[]][] = [
  [['mobile-team'], ['MCQ']],
  [['agent'], ['MCQ']],
  [['agent'], []],
  [['producer'], ['MCQ']],
  [['operator'], ['MCQ']],
];

let server: HostedServer;
let all: Client;
let foreign: string;
let own: string;
let clients: Client[];
let document: OpenApiDocument;
let known: KnownValues;
beforeAll(async () => {
  server = await startHostedServer({ rateLimit: 0 });
  all = await clientOf(server);
  foreign = await openedTicket(all, { title: secret, description: `${secret} a chuté`, location: secret });
  await done(all, foreign, 'note', { body: `${secret}: rappeler` });
  clients = await Promise.all(
    callers.map(async ([roles, places]) => new Client(server.url, await tokenOf(roles, places))),
  );
  clients.push(new Client(server.url));
  own = await openedTicket(all, { establishment: 'MCQ' });
  const ids = [own, own, own, foreign];
  known = {
    ...{ ticketId: ids, id: ids, into: ids, to: ids },
    establishment: ['MCQ', 'MCQ', 'NIM'],
    date: ['2026-05-15'],
    occurredAt: [ago(60)],
    name: ['daily-figures', 'ticket-list'],
  };
  document = (await all.get<OpenApiDocument>('/openapi.json')).body;
});
afterAll(() => server.close());

/** Unavailable is an answer only to those who named a position that is not there yet. */
const isFault = (status: number, code: string | undefined): boolean =>
  status >= 500 && code !== 'position-not-reached';

/** How many answers had each class of status, 2 for 2xx. */
const classes = new Map<number, number>();

/** Operators erase and hold tickets of all establishments: here only those that hold no secret. */
const sparing = (request: FuzzRequest): FuzzRequest =>
  /\/v1\/admin\/(tickets|erasures)/.test(request.operation)
    ? {
        ...request,
        path: request.path.replaceAll(foreign, own),
        body: request.body?.replaceAll(foreign, own),
      }
    : request;

const violationOf = async (client: Client, request: FuzzRequest): Promise<string | undefined> => {
  const { method, path, headers, body } = sparing(request);
  const answer = await client.send<unknown>(method, path, body, headers);
  const statusClass = Math.floor(answer.status / 100);
  classes.set(statusClass, (classes.get(statusClass) ?? 0) + 1);
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  if (isFault(answer.status, codeOf(answer.body))) return `${answer.status} ${text.slice(0, 300)}`;
  if (text.includes(secret)) return `another establishment's word: ${text.slice(0, 300)}`;
  return undefined;
};

describe('requests made from the OpenAPI document, valid, nearly valid and hostile', () => {
  it.each(parts)(
    'are never answered by a fault or by a word of another establishment, and leave no memory: %i',
    async () => {
      classes.clear();
      const seed = Number(process.env.FUZZ_SEED ?? Math.trunc(Math.random() * 2 ** 31));
      const operations = new OpenApiRequests(document, known).all(isLeftOut);
      expect(operations.length).toBeGreaterThan(35);
      const each = Math.ceil(requestsOfPart / operations.length);
      const rounds = operations.map((operation) => fc.sample(operation, { seed, numRuns: each }));
      const violations: object[] = [];
      let next = 0;
      let heapAtHalf = 0;
      const total = each * operations.length;
      const send = async () => {
        while (next < total && violations.length < 5) {
          const index = next++;
          const round = Math.floor(index / operations.length);
          const request = rounds[index % operations.length]![round]!;
          // Shifted each round, so that each operation is requested by each caller.
          const client = clients[(index + round) % clients.length]!;
          const violation = await violationOf(client, request);
          if (violation !== undefined) violations.push({ seed, violation, ...request });
          if (index === Math.floor(total / 2)) heapAtHalf = await server.heapBytes();
        }
      };
      await Promise.all(Array.from({ length: concurrency }, send));
      expect(violations).toEqual([]);
      // Requests that were all refused for their form would show nothing of what lies behind it.
      expect(classes.get(2)).toBeGreaterThan(total / 25);
      expect((await server.heapBytes()) - heapAtHalf).toBeLessThan(maxGrowthBytes);
      expect((await ticketOf(all, foreign)).revision).toBe(2);
    },
  );
});
