import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../src/platform/event-store/event-store.js';
import { isAfter, instant, type Instant } from '../../src/shared/instant.js';
import { clientOf, type Client } from '../support/api/client.js';
import { foldOf, type CountsByDay } from '../support/figures/event-fold.js';
import { readFigures, type DayFigures } from '../support/figures/figures.js';
import { fiveZones, writeEstablishments } from '../support/figures/five-zones.js';
import { createProjectionBed, type ProjectionBed } from '../support/projections/projections.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { seeded, TicketHistories } from '../support/tickets/ticket-histories.js';

const events = 2_000;
const checks = 24;
const dayMs = 24 * 3_600_000;
const range = { from: '2026-04-25', to: '2026-11-10' };
const recordedFrom = Date.parse('2026-05-03T00:00:00Z');
const recordedForMs = 150 * dayMs;

/** The instant moved by 0, 31, 62 or 93 days, by the last digit of the ticket's id, so that the tickets spread over months. */
const moved = (at: unknown, stream: string): Instant =>
  isAfter(instant(at as string), (Number.parseInt(stream.slice(-1), 16) % 4) * 31 * dayMs);

/** Random ticket histories, recorded over 150 days: some events months late, and some before they happened. */
const makeLog = (seed: number): RecordedEvent[] => {
  const random = seeded(seed);
  let recordedMs = recordedFrom;
  return new TicketHistories(seed).take(events).flatMap(({ stream, expectedRevision, events: own }) =>
    own.map(({ id, type, data, metadata }, index) => {
      // Several events are recorded at one instant, then none for a day or two.
      if (random() < 0.2) recordedMs += Math.floor((random() * 10 * recordedForMs) / events);
      const opened = data.opened as { at: object; occurredAt: string } | undefined;
      return {
        ...{ id, type, stream, revision: expectedRevision + index + 1, position: 0n },
        data: opened
          ? { ...data, opened: { ...opened, occurredAt: moved(opened.occurredAt, stream) } }
          : data,
        metadata: { ...metadata, occurredAt: moved(metadata.occurredAt, stream) },
        recordedAt: instant(recordedMs),
      };
    }),
  );
};

const change: Record<string, number> = {
  ...{ opened: 1, reopened: 1, transferredIn: 1 },
  ...{ resolved: -1, cancelled: -1, merged: -1, transferredOut: -1 },
};

/** The figures of one day with its backlog, from the counts of all days; only establishments and figures that are not 0. */
const dayOf = (counts: CountsByDay, date: string): Record<string, Record<string, number>> => {
  const figures: Record<string, Record<string, number>> = {};
  for (const [key, counted] of Object.entries(counts)) {
    const [day = '', code = ''] = key.split(' ');
    if (day > date) continue;
    const own = (figures[code] ??= {});
    for (const [name, count] of Object.entries(counted)) {
      own.backlog = (own.backlog ?? 0) + count * (change[name] ?? 0);
      if (day === date) own[name] = count;
    }
  }
  return nonZero(figures);
};

const nonZero = (figures: Record<string, Record<string, number>>): Record<string, Record<string, number>> =>
  Object.fromEntries(
    Object.entries(figures)
      .map(
        ([code, own]) =>
          [code, Object.fromEntries(Object.entries(own).filter(([, count]) => count !== 0))] as const,
      )
      .filter(([, own]) => Object.keys(own).length > 0),
  );

const nonZeroDays = (days: Record<string, DayFigures>) =>
  Object.entries(days).map(([date, { establishments }]) => [date, nonZero(establishments)] as const);

describe('figures as of a position or an instant, over half a year', () => {
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
    await readFigures(client, { ...range, asOfPosition: String(log.length) });
  });
  afterAll(async () => {
    await bed.close();
    await server.close();
    await folder.remove();
  });

  const randomPosition = () => Math.floor(random() * (log.length + 1));
  /** The range from a random day on, so that the backlog before it comes from the sums of months. */
  const someDays = () => ({
    ...range,
    from: isAfter(instant(`${range.from}T00:00:00Z`), Math.floor(random() * 150) * dayMs).slice(0, 10),
  });
  const expectFold = (days: Record<string, DayFigures>, upTo: number): void => {
    const counts = foldOf(log, BigInt(upTo));
    expect(nonZeroDays(days)).toEqual(Object.keys(days).map((date) => [date, dayOf(counts, date)]));
  };

  it('are those of the log up to the position', async () => {
    for (let check = 0; check < checks; check += 1) {
      const upTo = randomPosition();
      const { days } = await readFigures(client, { ...someDays(), asOfPosition: String(upTo) });
      expectFold(days, upTo);
    }
  });

  it('are those of the events recorded up to the instant, with the position of the last one', async () => {
    for (let check = 0; check < checks; check += 1) {
      const at = isAfter(
        log[Math.min(randomPosition(), log.length - 1)]!.recordedAt,
        Math.floor(random() * 3) - 1,
      );
      const { days } = await readFigures(client, { ...someDays(), asOf: at });
      const known = log.filter(({ recordedAt }) => recordedAt <= at);
      expectFold(days, known.length);
      const { body } = await client.get<{ position: string }>(`/v1/billets-quotidiens/2026-06-15?asOf=${at}`);
      const counting = known.findLast(counts);
      expect(body.position).toBe(String(counting?.position ?? 0n));
    }
  });
});

const counts = ({ type }: RecordedEvent): boolean =>
  ['Opened', 'Resolved', 'Reopened', 'Cancelled', 'Merged', 'Transferred'].some(
    (end) => type === `Ticket${end}`,
  );
