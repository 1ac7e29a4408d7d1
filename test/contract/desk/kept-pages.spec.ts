import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import pg from 'pg';
import { KeptPages } from '../../../src/desk/list/kept/kept-pages.js';
import type { PageQuery } from '../../../src/desk/list/list-tickets.js';
import { TicketList } from '../../../src/desk/list/ticket-list.projection.js';
import type { RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import type { CacheFigures, Metrics } from '../../../src/platform/observability/metrics.js';
import type { Projections } from '../../../src/platform/projections/projections.js';
import { untilAborted } from '../../../src/shared/concurrency/until-aborted.js';
import { encode } from '../../../src/tickets/domain/ticket.codec.js';
import { ticketStream, type TicketEvent } from '../../../src/tickets/domain/ticket.events.js';
import * as happened from '../../../src/tickets/testing/events.js';
import { budgeted } from '../../support/budget.js';
import { naivePage, shownIn } from '../../support/projections/naive-list.js';
import { createProjectionBed, until, type ProjectionBed } from '../../support/projections/projections.js';
import { patienceMs } from '../../support/patience.js';

let bed: ProjectionBed;
let projections: Projections;
beforeAll(async () => {
  bed = await createProjectionBed();
  projections = await bed.run([TicketList]);
});
afterAll(() => bed.close());

const isPageRead = (text: string): boolean => text.includes('row_number()');

/** What a process keeps of pages, with a way to the database of its own that counts what is asked. */
class Process {
  readonly pages: KeptPages;
  readonly pool: pg.Pool;
  readonly asked: string[] = [];
  onTheWay: () => Promise<unknown> = () => Promise.resolve();
  figures: () => CacheFigures = () => ({ bytes: 0, entries: 0, reads: { hit: 0, miss: 0 } });

  constructor(heard: Projections) {
    this.pool = new pg.Pool({ connectionString: bed.url, max: 4 });
    this.pool.on('error', () => undefined);
    const query = this.pool.query.bind(this.pool) as (...parameters: unknown[]) => Promise<unknown>;
    const counted = async (config: { text: string }) => {
      this.asked.push(config.text);
      const answer = await query(config);
      // A page that was read may be on its way for a while.
      if (isPageRead(config.text)) await this.onTheWay();
      return answer;
    };
    Object.assign(this.pool, { query: counted });
    const watchCache: Metrics['watchCache'] = (_cache, read) => (this.figures = read);
    this.pages = new KeptPages(this.pool, heard, { watchCache } as Metrics);
  }

  /** How many pages were read in the database. */
  get pageReads(): number {
    return this.asked.filter(isPageRead).length;
  }

  close(): Promise<void> {
    this.pages.onModuleDestroy();
    return this.pool.end();
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  untilAborted(signal, new Promise<void>(() => undefined), undefined);

const revisions = new Map<string, number>();
/** Appends an event of a ticket; resolves to its position. */
const append = async (ticketId: string, event: TicketEvent): Promise<bigint> => {
  const expectedRevision = revisions.get(ticketId) ?? 0;
  revisions.set(ticketId, expectedRevision + 1);
  const metadata = { commandId: randomUUID(), fingerprint: '', actor: 'test', claimedAt: event.occurredAt };
  const ids = { correlationId: ticketId, causationId: ticketId };
  const events = [encode(randomUUID(), event, { ...metadata, ...ids })];
  return (await bed.store.append({ stream: ticketStream(ticketId), expectedRevision, events })).position;
};
const appendAndFold = async (ticketId: string, event: TicketEvent): Promise<bigint> => {
  const position = await append(ticketId, event);
  expect(await projections.waitForPosition(TicketList, position, patienceMs)).toBe(true);
  return position;
};

const readLog = async (): Promise<RecordedEvent[]> => {
  const end = await bed.store.lastPosition();
  const log: RecordedEvent[] = [];
  if (end === 0n) return log;
  const reading = new AbortController();
  for await (const batch of bed.store.subscribe({ after: 0n, streamPrefix: '', signal: reading.signal })) {
    log.push(...batch.events);
    if (batch.position >= end) break;
  }
  reading.abort();
  return log;
};

const servedPosition = async (): Promise<bigint> => {
  const [row] = await bed.query<{ position: string }>(
    `SELECT position FROM projections.served WHERE name = 'ticket-list'`,
  );
  return BigInt(row!.position);
};

/** Three establishments of this run alone. */
const newPlaces = () => {
  const run = randomUUID().slice(0, 8);
  return ['A', 'B', 'C'].map((name) => ({ establishment: `${name}-${run}`, timeZone: 'America/Toronto' }));
};
type Places = ReturnType<typeof newPlaces>;

const priorities = ['P1', 'P2', 'P3'] as const;
const active = ['open', 'in-progress', 'waiting'] as const;

const kinds = [
  ...['assigned', 'freed', 'reprioritized', 'recategorized', 'started', 'resolved', 'reopened', 'noted'],
  ...['moved', 'moved', 'watched', 'unwatched', 'requested', 'erased', 'merged'],
] as const;

type Place = Places[number];

const eventOf = (kind: string, number: number, { from, to }: { from: Place; to: Place }): TicketEvent => {
  const named = { name: number % 2 ? 'Marie Roy' : 'Luc Gagnon' };
  const events: Record<string, TicketEvent> = {
    assigned: happened.assigned({ team: `equipe-${number % 2}`, assignee: number % 3 ? 'alice' : 'bob' }),
    freed: happened.assigned({ team: null, assignee: null }),
    reprioritized: happened.reprioritized({ priority: priorities[number % 3]! }),
    recategorized: happened.recategorized({ category: number % 2 ? 'pharmacie' : 'acces' }),
    started: happened.started(),
    resolved: happened.resolved(),
    reopened: happened.reopened(),
    noted: happened.noted(),
    moved: happened.transferred({ from, to }),
    watched: happened.watched({ watcher: 'alice' }),
    unwatched: happened.unwatched({ watcher: 'alice' }),
    requested: happened.requesterChanged({ requester: named }),
    erased: happened.textsErased(),
    merged: happened.merged(),
  };
  return events[kind]!;
};

const openedAt = (number: number, places: Places): TicketEvent =>
  happened.opened({
    ...{ at: places[number % 3]!, priority: priorities[number % 3]!, title: `Billet ${number}` },
    occurredAt: `2026-05-15T1${number % 4}:00:00.000Z` as TicketEvent['occurredAt'],
  });

/** What readers of different scopes ask for. */
const queriesOf = ([a, b, c]: readonly string[]): PageQuery[] => {
  const page = { sort: 'priority', limit: 2, counts: false } as const;
  const own = [a!, b!];
  return [
    { scope: own, filter: { statuses: [...active] }, page },
    { scope: [a!, b!, c!], filter: { statuses: [...active] }, page: { ...page, counts: true } },
    { scope: own, filter: {}, page: { ...page, sort: '-updated', limit: 3 } },
    { scope: [c!], filter: {}, page: { ...page, sort: 'updated', counts: true, limit: 1 } },
    { scope: own, filter: { team: 'equipe-1' }, page: { ...page, sort: '-age' } },
    { scope: own, filter: { priority: 'P1' }, page: { ...page, sort: '-priority' } },
    { scope: [a!], filter: { unassigned: true }, page: { ...page, sort: 'age', limit: 1 } },
    { scope: [a!, b!, c!], filter: { watcher: 'alice' }, page },
    { scope: [b!, c!], filter: { requesterWords: ['roy'] }, page },
    { scope: 'all', filter: { assignee: 'alice' }, page: { ...page, limit: 3 } },
  ];
};

/** The same from the page after the one answered on. */
const nextOf = (query: PageQuery, cursor: string | null | undefined): PageQuery => {
  if (!cursor) return query;
  const { after, until: told } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as {
    after: string;
    until?: string;
  };
  return { ...query, page: { ...query.page, after: after.split(' '), until: told } };
};

interface Read {
  query: PageQuery;
  atLeast: bigint;
  answer: ReturnType<typeof shownIn>;
}

const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('change' as const),
      kind: fc.constantFrom(...kinds),
      ticket: fc.nat(5),
      number: fc.nat(5),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('read' as const),
      reader: fc.nat(5),
      query: fc.nat(2),
      goesOn: fc.boolean(),
      asksForNewest: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('wait' as const) }) },
);

/** Three of the queries, so that pages are asked for again; and for how many turns each page that is read is on its way. */
const scenario = fc.record({
  chosen: fc.array(fc.nat(9), { minLength: 3, maxLength: 3 }),
  turns: fc.array(fc.nat(8), { minLength: 5, maxLength: 5 }),
  steps: fc.array(step, { minLength: 20, maxLength: 80, size: 'max' }),
});

describe('a page that is kept', () => {
  let processes: Process[];
  beforeEach(() => {
    processes = [new Process(projections), new Process(projections)];
  });
  afterEach(() => Promise.all(processes.map((process) => process.close())));

  it('is what the database has at its position, which is never behind what was asked for, told before, or there already', async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async ({ chosen, turns, steps }) => {
        const places = newPlaces();
        const all = queriesOf(places.map(({ establishment }) => establishment));
        const queries = chosen.map((index) => all[index]!);
        const where = new Map<string, Place>();
        let pageNumber = 0;
        const onTheWay = async () => {
          for (let left = turns[(pageNumber += 1) % turns.length]!; left > 0; left -= 1)
            await servedPosition();
        };
        for (const process of processes) process.onTheWay = onTheWay;
        const tickets = Array.from({ length: 6 }, () => randomUUID());
        let newest = 0n;
        for (const [number, ticketId] of tickets.entries()) {
          where.set(ticketId, places[number % 3]!);
          newest = await append(ticketId, openedAt(number, places));
        }
        const reads: Read[] = [];
        const readers = Array.from({ length: 6 }, () => ({
          ...{ told: 0n, cursors: new Map<PageQuery, string | null>(), last: Promise.resolve() },
        }));
        for (const taken of steps) {
          if (taken.does === 'wait') await Promise.all(readers.map(({ last }) => last));
          else if (taken.does === 'change') {
            const ticketId = tickets[taken.ticket]!;
            const move = { from: where.get(ticketId)!, to: places[taken.number % 3]! };
            newest = await append(ticketId, eventOf(taken.kind, taken.number, move));
            if (taken.kind === 'moved') where.set(ticketId, move.to);
          } else {
            const reader = readers[taken.reader]!;
            const minPosition = taken.asksForNewest ? newest : 0n;
            // Whoever reads has the answer to what they read before; readers do not wait for each other.
            reader.last = reader.last.then(async () => {
              await projections.waitForPosition(TicketList, minPosition, patienceMs);
              const first = queries[taken.query]!;
              const query = taken.goesOn ? nextOf(first, reader.cursors.get(first)) : first;
              const there = await servedPosition();
              const { pages } = processes[taken.reader % 2]!;
              const answer = shownIn((await pages.answer(query)).body);
              const atLeast = [minPosition, reader.told, there].reduce((a, b) => (a > b ? a : b));
              reads.push({ query, atLeast, answer });
              reader.cursors.set(first, answer.nextCursor);
              reader.told = answer.position;
            });
          }
        }
        await Promise.all(readers.map(({ last }) => last));
        const log = await readLog();
        for (const { query, atLeast, answer } of reads) {
          const { position, nextCursor: _cursor, ...shown } = answer;
          expect(position).toBeGreaterThanOrEqual(atLeast);
          const known = log.filter((event) => event.position <= position);
          expect({ query, position, ...shown }).toEqual({ query, position, ...naivePage(known, query) });
        }
      }),
      { numRuns: budgeted(15) },
    );
    const { hit, miss } = processes
      .map(({ figures }) => figures().reads)
      .reduce((a, b) => ({
        hit: a.hit + b.hit,
        miss: a.miss + b.miss,
      }));
    // Else it would say nothing of kept pages.
    expect(hit).toBeGreaterThan(budgeted(15));
    expect(miss).toBeGreaterThan(budgeted(15));
  });

  it('is read from the database once for all who ask for it at the same time, and by the same words in another order', async () => {
    const places = newPlaces();
    const [process] = processes;
    await appendAndFold(randomUUID(), openedAt(1, places));
    const scope = places.map(({ establishment }) => establishment);
    const page = { sort: 'priority', limit: 50, counts: false } as const;
    const ask = (statuses: PageQuery['filter']['statuses']) =>
      process!.pages.answer({ scope, filter: { statuses: statuses! }, page });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => ask(index % 2 ? ['open', 'waiting'] : ['waiting', 'open'])),
    );
    expect(process!.pageReads).toBe(1);
    expect(new Set(answers.map(({ body }) => body.toString())).size).toBe(1);
    await ask(['open', 'waiting']);
    expect([process!.pageReads, process!.figures().reads]).toEqual([1, { hit: 40, miss: 1 }]);
  });

  it('stays where what changes is none of its tickets, and comes to none of its places', async () => {
    const places = newPlaces();
    const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()].sort().reverse();
    const elsewhere = randomUUID();
    for (const ticketId of [first!, second!, third!]) await appendAndFold(ticketId, openedAt(0, places));
    await appendAndFold(elsewhere, openedAt(1, places));
    const [process] = processes;
    const page = { sort: 'age', limit: 1, counts: false } as const;
    const query: PageQuery = {
      ...{ scope: [places[0]!.establishment], filter: { statuses: [...active] } },
      page,
    };
    const ask = async () => shownIn((await process!.pages.answer(query)).body);
    await ask();
    // The first is on the page, and the second the first of the next.
    const later: [string, TicketEvent][] = [
      [third!, happened.noted()],
      [elsewhere, happened.reprioritized()],
      [third!, happened.resolved()],
      [third!, happened.reopened()],
    ];
    for (const [ticketId, event] of later) {
      const position = await appendAndFold(ticketId, event);
      expect([(await ask()).position, process!.pageReads]).toEqual([position, 1]);
    }
    await appendAndFold(second!, happened.resolved());
    await appendAndFold(third!, happened.resolved());
    expect([(await ask()).hasNext, process!.pageReads]).toEqual([false, 2]);
    await appendAndFold(elsewhere, happened.transferred({ from: places[1]!, to: places[0]! }));
    expect([(await ask()).items[0]!.ticketId, process!.pageReads]).toEqual([elsewhere, 3]);
  });

  it('that follows another is read anew where a ticket comes among its own, and stays where one comes before', async () => {
    const places = newPlaces();
    const [before, last, among, end] = Array.from({ length: 4 }, () => randomUUID())
      .sort()
      .reverse();
    for (const ticketId of [last!, end!]) await appendAndFold(ticketId, openedAt(0, places));
    for (const ticketId of [before!, among!]) await appendAndFold(ticketId, openedAt(4, places));
    const [process] = processes;
    const openedText = '2026-05-15T10:00:00.000Z';
    const query: PageQuery = {
      ...{ scope: [places[0]!.establishment], filter: {} },
      page: { sort: 'age', limit: 3, counts: false, after: [openedText, last!] },
    };
    const ids = async () =>
      shownIn((await process!.pages.answer(query)).body).items.map(({ ticketId }) => ticketId);
    expect(await ids()).toEqual([end]);
    const move = { from: places[1]!, to: places[0]! };
    await appendAndFold(before!, happened.transferred(move));
    expect([await ids(), process!.pageReads]).toEqual([[end], 1]);
    await appendAndFold(among!, happened.transferred(move));
    expect([await ids(), process!.pageReads]).toEqual([[among, end], 2]);
  });

  it('with counts is read anew where a ticket has left that it counts, and does not show', async () => {
    const places = newPlaces();
    const tickets = [randomUUID(), randomUUID(), randomUUID()].sort().reverse();
    for (const ticketId of tickets) await appendAndFold(ticketId, openedAt(0, places));
    const [process] = processes;
    const page = { sort: 'age', limit: 1, counts: true } as const;
    const query: PageQuery = { scope: [places[0]!.establishment], filter: {}, page };
    const counts = async () => shownIn((await process!.pages.answer(query)).body).counts;
    expect(await counts()).toEqual({ open: 3 });
    await appendAndFold(tickets[2]!, happened.transferred({ from: places[0]!, to: places[1]! }));
    expect(await counts()).toEqual({ open: 2 });
  });

  it('is not kept where it changed while it was on its way', async () => {
    const places = newPlaces();
    const ticketId = randomUUID();
    await appendAndFold(ticketId, openedAt(0, places));
    const [process] = processes;
    const page = { sort: 'age', limit: 5, counts: false } as const;
    const [query, other] = places.map((place): PageQuery => ({
      scope: [place.establishment],
      filter: {},
      page,
    }));
    await process!.pages.answer(other!);
    const [read, letGo] = [new AbortController(), new AbortController()];
    process!.onTheWay = async () => {
      read.abort();
      await aborted(letGo.signal);
    };
    const revisionOf = ({ body }: { body: Buffer }) => shownIn(body).items[0]!.revision;
    const first = process!.pages.answer(query!);
    await aborted(read.signal);
    await appendAndFold(ticketId, happened.started());
    // Whoever asks now knows of the change, and so does the process.
    await process!.pages.answer(other!);
    const second = process!.pages.answer(query!);
    letGo.abort();
    expect([revisionOf(await first), revisionOf(await second)]).toEqual([1, 2]);
  });

  it('is dropped with the erasure of a ticket that it shows, though nobody asks for it', async () => {
    const places = newPlaces();
    const [ticketId, other] = [randomUUID(), randomUUID()];
    await appendAndFold(ticketId, openedAt(0, places));
    await appendAndFold(other, openedAt(1, places));
    const [process] = processes;
    const page = { sort: 'priority', limit: 50, counts: false } as const;
    for (const { establishment } of places.slice(0, 2))
      await process!.pages.answer({ scope: [establishment], filter: {}, page });
    expect(process!.figures().entries).toBe(2);
    await appendAndFold(ticketId, happened.textsErased());
    await until('the page is dropped', () => Promise.resolve(process!.figures().entries === 1));
    expect(process!.pageReads).toBe(2);
  });

  it('is kept no more once its rows were made anew', async () => {
    const places = newPlaces();
    await appendAndFold(randomUUID(), openedAt(0, places));
    const [process] = processes;
    const scope = [places[0]!.establishment];
    const query: PageQuery = { scope, filter: {}, page: { sort: 'age', limit: 50, counts: false } };
    await process!.pages.answer(query);
    const generation = async () =>
      (
        await bed.query<{ generation: number }>(
          `SELECT generation FROM projections.served WHERE name = 'ticket-list'`,
        )
      )[0]!.generation;
    const before = await generation();
    await projections.generations.rebuild(new TicketList());
    await projections.notify();
    await until('the new rows are served', async () => (await generation()) > before);
    await process!.pages.answer(query);
    expect(process!.pageReads).toBe(2);
  });

  it('takes no more than its share of memory', async () => {
    const places = newPlaces();
    const [process] = processes;
    const description = 'x'.repeat(10_000);
    const openings = Array.from({ length: 60 }, (_, number) => {
      const event = openedAt(number, places) as ReturnType<typeof happened.opened>;
      return append(randomUUID(), { ...event, at: places[0]!, description });
    });
    const last = (await Promise.all(openings)).reduce((a, b) => (a > b ? a : b));
    await projections.waitForPosition(TicketList, last, patienceMs);
    const scope = [places[0]!.establishment];
    for (let limit = 1; limit <= 120; limit += 1) {
      const page = { sort: 'age', limit, counts: limit % 2 === 0 } as const;
      await process!.pages.answer({ scope, filter: {}, page });
    }
    const { bytes, entries } = process!.figures();
    expect(process!.pageReads).toBe(120);
    expect(bytes).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(bytes).toBeGreaterThan(24 * 1024 * 1024);
    expect(entries).toBeLessThan(120);
  });
});
