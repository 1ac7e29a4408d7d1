import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client, clientOf } from '../../support/api/client.js';
import {
  done,
  expectProblem,
  openedTicket,
  pointersOf,
  type TicketBody,
} from '../../support/api/contract.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { tokenOf } from '../../support/access/tokens.js';
import { budgeted } from '../../support/budget.js';

interface Page {
  items: TicketBody[];
  nextCursor: string | null;
  counts?: Record<string, number>;
}

let server: HostedServer;
let client: Client;
beforeAll(async () => {
  server = await startHostedServer();
  client = await clientOf(server);
});
afterAll(() => server.close());

const now = async (): Promise<string> =>
  (await client.post<{ position: string }>('/v1/sync', { deviceId: 'now', commands: [] })).body.position;

const pageOf = async (query: string, cursor: string | null, by: Client): Promise<Page> => {
  const { status, body } = await by.get<Page>(
    `/v1/tickets?minPosition=${await now()}&${query}${cursor === null ? '' : `&cursor=${cursor}`}`,
  );
  expect([query, status]).toEqual([query, 200]);
  return body;
};

/** The ids on all pages of a search, in order; `between` is awaited after each page. */
const shown = async (
  query: string,
  by: Client = client,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<string[]> => {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const { items, nextCursor }: Page = await pageOf(query, cursor, by);
    ids.push(...items.map(({ ticketId }) => ticketId));
    cursor = nextCursor;
    await between();
  } while (cursor !== null);
  return ids;
};

/** A random word of 32 letters, so that no other test's word is similar to it. */
const newWord = (): string =>
  randomUUID()
    .replaceAll('-', '')
    .replaceAll(/\d/g, (digit) => 'ghijklmnop'[+digit]!);

const weekMs = 7 * 24 * 3_600_000;
/** An instant `ms` after the start of a week; weeks are counted from 1 January 1970, and one began on 1 January 2026. */
const inWeek = (week: number, ms: number): string => new Date(week * weekMs + ms).toISOString();
const newWeek = Date.parse('2026-01-01T00:00:00.000Z') / weekMs;

/** The place of the word in its ticket decides the rank, best first: nothing else in the tickets of a test differs. */
const places = ['title', 'description', 'note'] as const;
interface Written {
  place: (typeof places)[number];
  week: number;
  ms: number;
  /** Whether the word is written as searched; otherwise with one letter more, which makes it similar only. */
  exact: boolean;
  establishment: string;
  /** Whether a note is internal; without effect elsewhere. */
  internal: boolean;
}
const plain: Omit<Written, 'place' | 'week'> = {
  ...{ ms: 0, exact: true, establishment: 'NIM', internal: false },
};

const write = async (word: string, { place, week, ms, exact, establishment, internal }: Written) => {
  const text = exact ? word : `${word.slice(0, 20)}z${word.slice(20)}`;
  const ticketId = await openedTicket(client, {
    establishment,
    title: place === 'title' ? text : 'Rien',
    description: place === 'description' ? text : 'Rien',
    occurredAt: inWeek(week, ms),
  });
  if (place === 'note') await done(client, ticketId, 'note', { body: text, internal });
  return ticketId;
};

type Ticket = Written & { ticketId: string };
const writeAll = async (word: string, all: readonly Written[]): Promise<Ticket[]> => {
  const tickets: Ticket[] = [];
  for (const written of all) tickets.push({ ...written, ticketId: await write(word, written) });
  return tickets;
};

type Order = (a: Ticket, b: Ticket) => number;
const later = (a: string, b: string): number => (a > b ? -1 : Number(a < b));
const naive: Record<string, Order> = {
  relevance: (a, b) =>
    Number(b.exact) - Number(a.exact) ||
    b.week - a.week ||
    places.indexOf(a.place) - places.indexOf(b.place) ||
    later(a.ticketId, b.ticketId),
  age: (a, b) => b.week - a.week || b.ms - a.ms || later(a.ticketId, b.ticketId),
  '-age': (a, b) => -naive.age!(a, b),
};

const inOrder = (tickets: readonly Ticket[], sort: string): string[] =>
  [...tickets].sort(naive[sort]).map(({ ticketId }) => ticketId);

describe('the order of relevance', () => {
  it('puts exact matches before similar ones, then newer weeks before older, then the better place in the ticket', async () => {
    const word = newWord();
    const [older, newer] = [newWeek, newWeek + 1];
    const tickets = await writeAll(word, [
      { ...plain, place: 'title', week: newer + 2, exact: false },
      { ...plain, place: 'title', week: newer + 1, exact: false },
      { ...plain, place: 'title', week: older },
      { ...plain, place: 'note', week: newer },
      { ...plain, place: 'note', week: older },
      { ...plain, place: 'description', week: newer },
      { ...plain, place: 'title', week: newer },
    ]);
    const [nearest, near, olderTitle, newerNote, olderNote, newerText, newerTitle] = tickets.map(
      ({ ticketId }) => ticketId,
    );
    const expected = [newerTitle, newerText, newerNote, olderTitle, olderNote, nearest, near];
    for (const limit of [1, 2, 5, 50]) expect(await shown(`q=${word}&limit=${limit}`)).toEqual(expected);
  });

  it('goes by the week of the opening, to the millisecond', async () => {
    const word = newWord();
    const [last, next] = await writeAll(word, [
      { ...plain, place: 'title', week: newWeek - 1, ms: weekMs - 1 },
      { ...plain, place: 'note', week: newWeek },
    ]);
    expect(await shown(`q=${word}`)).toEqual([next!.ticketId, last!.ticketId]);
  });

  it('shows each ticket once, however many weeks the tickets spread over', async () => {
    const word = newWord();
    const weeks = Array.from({ length: 45 }, (_, index) => newWeek - (index < 40 ? index : 10 * index));
    const tickets = await writeAll(
      word,
      weeks.map((week) => ({ ...plain, place: 'title', week })),
    );
    for (const sort of ['relevance', 'age', '-age']) {
      for (const limit of [7, 30, 50]) {
        expect(await shown(`q=${word}&sort=${sort}&limit=${limit}`)).toEqual(inOrder(tickets, sort));
      }
    }
    const some = `openedFrom=${inWeek(newWeek - 30, 0)}&openedTo=${inWeek(newWeek - 5, 1)}`;
    const within = tickets.filter(({ week }) => week >= newWeek - 30 && week <= newWeek - 5);
    expect(await shown(`q=${word}&${some}&limit=4`)).toEqual(inOrder(within, 'relevance'));
  });

  it('shows earlier tickets exactly once while others are opened in newer and older weeks', async () => {
    const word = newWord();
    const tickets = await writeAll(
      word,
      [0, 0, 0, 1, 1, 2, 5, 9].map((week) => ({ ...plain, place: 'description', week: newWeek - week })),
    );
    const earlier = inOrder(tickets, 'relevance');
    let number = 0;
    const ids = await shown(`q=${word}&limit=2`, client, async () => {
      number += 1;
      if (number > 3) return;
      await write(word, { ...plain, place: 'title', week: newWeek + number });
      await write(word, { ...plain, place: 'note', week: newWeek - 10 - number });
    });
    expect(ids.filter((id) => earlier.includes(id))).toEqual(earlier);
    expect(ids).toHaveLength(earlier.length + 3);
  });

  it('is the same for every caller, among the tickets they may read and filter for', async () => {
    const team = new Client(server.url, await tokenOf('mobile-team', ['NIM']));
    const readers: [string, Client, (ticket: Ticket) => boolean][] = [
      ['', client, () => true],
      ['&establishment=MCQ', client, ({ establishment }) => establishment === 'MCQ'],
      ['&category=ordonnances', client, () => true],
      [
        '',
        team,
        ({ establishment, internal, place }) => establishment === 'NIM' && !(internal && place === 'note'),
      ],
    ];
    const written: fc.Arbitrary<Written> = fc.record({
      place: fc.constantFrom(...places),
      week: fc.integer({ min: newWeek - 12, max: newWeek }),
      ms: fc.nat(weekMs - 1),
      exact: fc.boolean(),
      establishment: fc.constantFrom('NIM', 'MCQ'),
      internal: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(written, { maxLength: 14 }),
        fc.integer({ min: 1, max: 9 }),
        async (some, limit) => {
          // A word of one ticket alone is similar to nothing.
          const isLone = some.filter(({ exact }) => !exact).length === 1;
          const all = isLone ? some.map((ticket) => ({ ...ticket, exact: true })) : some;
          const word = newWord();
          const tickets = await writeAll(word, all);
          for (const [filter, reader, reads] of readers) {
            for (const sort of Object.keys(naive)) {
              const query = `q=${word}&sort=${sort}&limit=${limit}${filter}`;
              expect([query, await shown(query, reader)]).toEqual([
                query,
                inOrder(tickets.filter(reads), sort),
              ]);
            }
          }
          const { counts } = await pageOf(`q=${word}&counts=true&limit=1`, null, client);
          expect(counts).toMatchObject({ open: all.length, resolved: 0 });
        },
      ),
      { numRuns: budgeted(4) },
    );
  });

  it('refuses a cursor of the former ranking', async () => {
    const after = '0.6079271 01920000-0000-7000-8000-000000000000';
    const cursor = Buffer.from(JSON.stringify({ sort: 'relevance', after })).toString('base64url');
    const problem = expectProblem(await client.get(`/v1/tickets?q=mot&cursor=${cursor}`), 400, 'malformed');
    expect(pointersOf(problem)).toEqual(['?cursor']);
  });
});
