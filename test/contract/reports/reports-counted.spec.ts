import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../../src/platform/event-store/event-store.js';
import { ReportedTickets } from '../../../src/reports/core.js';
import { isAfter, instant, type Instant } from '../../../src/shared/instant.js';
import { clientOf, type Client } from '../../support/api/client.js';
import { budgeted } from '../../support/budget.js';
import { fiveZones, writeEstablishments } from '../../support/figures/five-zones.js';
import { createProjectionBed, type ProjectionBed } from '../../support/projections/projections.js';
import {
  naiveMeasures,
  naiveReport,
  type NaiveQuestion,
  type NaiveTicket,
} from '../../support/reports/naive-reports.js';
import { startHostedServer, type HostedServer } from '../../support/server/hosted-server.js';
import { temporaryFolder, type TemporaryFolder } from '../../support/temporary-folder.js';
import { seeded, TicketHistories } from '../../support/tickets/ticket-histories.js';

const events = 1_200;
const checks = budgeted(12);
const dayMs = 24 * 3_600_000;
const firstDay = Date.parse('2025-05-01T00:00:00Z');
const reports = ['responses', 'resolutions', 'ageing', 'reopened'] as const;
const groupings = [undefined, 'team', 'category', 'establishment', 'day'] as const;

/** Histories of the year before, so that all their days are over, with teams, persons and other categories among them. */
const makeLog = (seed: number): RecordedEvent[] => {
  const random = seeded(seed);
  const oneOf = <Value>(...values: Value[]): Value => values[Math.floor(random() * values.length)]!;
  const earlier = (at: unknown): Instant => isAfter(instant(at as string), -365 * dayMs);
  let recordedMs = firstDay;
  return new TicketHistories(seed).take(events).flatMap(({ stream, expectedRevision, events: own }) =>
    own.map(({ id, type, data, metadata }, index): RecordedEvent => {
      if (random() < 0.3) recordedMs += Math.floor((random() * 100 * dayMs) / events);
      const opened = data.opened as { at: object; occurredAt: string } | undefined;
      const event = {
        ...{ id, type, stream, revision: expectedRevision + index + 1, position: 0n },
        data: opened ? { ...data, opened: { ...opened, occurredAt: earlier(opened.occurredAt) } } : data,
        metadata: { ...metadata, occurredAt: earlier(metadata.occurredAt) },
        recordedAt: instant(recordedMs),
      };
      if (type === 'TicketOpened')
        return {
          ...event,
          data: { ...data, category: oneOf('acces', 'autre'), ...oneOf({}, { team: 'a' }) },
        };
      if (type !== 'NoteAdded' || random() < 0.1) return event;
      // What moves nothing keeps the time it claims, which may be before the opening.
      const occurredAt = isAfter(earlier(metadata.occurredAt), -Math.floor(random() ** 3 * 3 * dayMs));
      const late = { ...event, metadata: { ...metadata, occurredAt } };
      if (random() < 0.3)
        return { ...late, type: 'TicketRecategorized', data: { category: oneOf('acces', 'imagerie') } };
      const assigned = oneOf(
        { team: 'b' },
        { team: null },
        { assignee: 'alice' },
        { assignee: null, team: 'a' },
      );
      return { ...late, type: 'TicketAssigned', data: assigned };
    }),
  );
};

interface Answer {
  total: object;
  groups: { code: string | null; name: string }[];
  days?: { date: string; opened: number; resolved: number }[];
  position: string;
  knownAt: string;
}

interface TicketPage {
  items: Record<string, unknown>[];
  nextCursor: string | null;
}

type By = (typeof groupings)[number];

const keyOf = (by: By, ticket: NaiveTicket): string | null => (by === undefined ? null : ticket[by]);

const groupsOf = (
  question: NaiveQuestion,
  by: By,
  tickets: readonly NaiveTicket[],
  openings: readonly NaiveTicket[],
): object[] => {
  if (by === undefined) return [];
  const of = (all: readonly NaiveTicket[], code: string | null) =>
    all.filter((one) => keyOf(by, one) === code);
  const counted = question.report === 'resolutions' ? [...tickets, ...openings] : tickets;
  return [...new Set(counted.map((ticket) => keyOf(by, ticket)))]
    .sort((a, b) => (a === null ? 1 : b === null ? -1 : a < b ? -1 : 1))
    .map((code) => ({ code, ...naiveMeasures(question, of(tickets, code), of(openings, code).length) }));
};

describe('reports as of a position or an instant', () => {
  const seed = Date.now() % 2 ** 31;
  const random = seeded(seed + 1);
  let folder: TemporaryFolder;
  let server: HostedServer;
  let bed: ProjectionBed;
  let client: Client;
  let log: RecordedEvent[];

  beforeAll(async () => {
    console.info(`histories of seed ${seed}`);
    folder = await temporaryFolder();
    const establishmentsFile = await writeEstablishments(folder.path, fiveZones);
    server = await startHostedServer({ establishmentsFile });
    bed = await createProjectionBed(server.database.url);
    client = await clientOf(server);
    log = makeLog(seed).map((event, index) => ({ ...event, position: BigInt(index + 1) }));
    await bed.store.restore(log);
  });
  afterAll(async () => {
    await bed.close();
    await server.close();
    await folder.remove();
  });

  const someDay = (from: number): string =>
    instant(firstDay + Math.floor(from + random() * 60) * dayMs).slice(0, 10);

  const expectReports = async (known: readonly RecordedEvent[], bound: string): Promise<void> => {
    const from = someDay(-1);
    const to = [someDay(0), someDay(0), '2025-07-10'].sort().find((day) => day >= from)!;
    const by = groupings[Math.floor(random() * groupings.length)];
    const establishment = random() < 0.3 ? Object.keys(fiveZones)[Math.floor(random() * 5)] : undefined;
    for (const report of reports) {
      if (report === 'ageing' && by === 'day') continue;
      const query = new URLSearchParams({ from, to, ...(by ? { by } : {}) });
      if (establishment) query.set('establishment', establishment);
      const path = `/v1/reports/${report}?${query.toString()}&${bound}`;
      const { status, body } = await client.get<Answer>(path);
      expect([path, status]).toEqual([path, 200]);
      const question = { report, from, to, knownAt: body.knownAt };
      const counted = (asked: NaiveQuestion) =>
        naiveReport(known, asked).filter((one) => !establishment || one.establishment === establishment);
      const tickets = counted(question);
      const openings = counted({ ...question, report: 'responses' });
      expect([path, body.total]).toEqual([path, naiveMeasures(question, tickets, openings.length)]);
      const groups = body.groups.map(({ name: _, ...group }) => group);
      expect([path, groups]).toEqual([path, groupsOf(question, by, tickets, openings)]);
      if (report === 'resolutions') {
        for (const { date, opened, resolved } of body.days!) {
          const on = (all: readonly NaiveTicket[]) => all.filter(({ day }) => day === date).length;
          expect([path, date, opened, resolved]).toEqual([path, date, on(openings), on(tickets)]);
        }
      }
      await expectTickets(`/v1/reports/${report}/tickets?${query.toString()}&${bound}`, tickets);
    }
  };

  /** Reads all pages of a drill-down; without what it is divided by, which is no parameter of it. */
  const expectTickets = async (path: string, tickets: readonly NaiveTicket[]): Promise<void> => {
    const url = path.replace(/&by=\w+/, '');
    const items = await allItems(url);
    const shown = items.map(({ ticketId, establishment, team, category, seconds }) =>
      JSON.stringify([ticketId, establishment, team, category, seconds]),
    );
    const naive = tickets.map(({ ticketId, establishment, team, category, duration }) =>
      JSON.stringify([ticketId, establishment, team, category, duration === null ? null : duration / 1_000]),
    );
    expect([url, shown.sort()]).toEqual([url, naive.sort()]);
  };

  const pageOf = async (url: string): Promise<TicketPage> => {
    const { status, body } = await client.get<TicketPage>(url);
    expect([url, status]).toEqual([url, 200]);
    return body;
  };

  const allItems = async (url: string): Promise<TicketPage['items']> => {
    const items: TicketPage['items'] = [];
    let cursor: string | null = null;
    do {
      const page = await pageOf(`${url}&limit=50${cursor === null ? '' : `&cursor=${cursor}`}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  };

  it('are those of the log up to the position', async () => {
    for (let check = 0; check < checks; check += 1) {
      const position = Math.floor(random() * (log.length + 1));
      await expectReports(log.slice(0, position), `asOfPosition=${position}`);
    }
  });

  it('are those of the events recorded up to the instant', async () => {
    for (let check = 0; check < checks; check += 1) {
      const around = log[Math.floor(random() * log.length)]!.recordedAt;
      const at = isAfter(around, Math.floor(random() * 3) - 1);
      await expectReports(
        log.filter(({ recordedAt }) => recordedAt <= at),
        `asOf=${at}`,
      );
    }
  });

  it('are those of the whole log now, and the same rows again when they are made anew', async () => {
    for (const report of ['responses', 'resolutions', 'reopened'] as const) {
      const path = `/v1/reports/${report}?from=2025-04-28&to=2025-09-30&by=team&minPosition=${log.length}`;
      const now = await client.get<Answer>(path);
      const then = await client.get<Answer>(`${path}&asOfPosition=${log.length}`);
      expect({ ...then.body, knownAt: now.body.knownAt }).toEqual(now.body);
    }
    expect(await bed.verify(new ReportedTickets())).toMatchObject({ different: 0 });
  });
});
