import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { clientOf, codeOf, type Client } from '../support/api/client.js';
import type { SyncBody, TicketBody } from '../support/api/contract.js';
import { difference, mistakes } from '../support/figures/figure-differences.js';
import { readFigures, type DayFigures } from '../support/figures/figures.js';
import { fiveZones, writeEstablishments } from '../support/figures/five-zones.js';
import { NaiveFigures, type NaiveCommand } from '../support/figures/naive-figures.js';
import { present, range, requestsOf, scenarios } from '../support/tickets/random-commands.js';
import { startTestServer, type TestServer } from '../support/server/server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { budgeted } from '../support/budget.js';

const runs = budgeted(12);
const maxCommandsPerRun = 90;
/** The device ids of two tablets, and of the gateway that collects batches from both. */
const devices = ['tablette-1', 'tablette-2', 'passerelle'];

interface Delivery {
  device: number;
  /** How many commands of the batch are sent for the first time. */
  fresh: number;
  /** Which earlier commands are sent again, counted back from the newest. */
  repeats: number[];
  /** The sort key of each command, where the order is «any». */
  places: number[];
  order: 'as-made' | 'newest-first' | 'any';
}

const delivery: fc.Arbitrary<Delivery> = fc.record({
  device: fc.nat({ max: devices.length - 1 }),
  fresh: fc.nat({ max: 6 }),
  repeats: fc.array(fc.nat({ max: 12 }), { maxLength: 6 }),
  places: fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
  order: fc.constantFrom('as-made', 'newest-first', 'any', 'any'),
});

interface Batch {
  deviceId: string;
  commands: NaiveCommand[];
}

/** Batches of the commands, until each has been sent at least once or there are 200 batches. */
const batchesOf = (commands: readonly NaiveCommand[], deliveries: readonly Delivery[]): Batch[] => {
  const batches: Batch[] = [];
  for (let sent = 0, turn = 0; sent < commands.length && turn < 200; turn += 1) {
    const { device, fresh, repeats, places, order } = deliveries[turn % deliveries.length]!;
    const upTo = Math.min(sent + fresh, commands.length);
    const indexes = [
      ...Array.from({ length: upTo - sent }, (_, index) => sent + index),
      ...repeats.map((back) => upTo - 1 - back).filter((index) => index >= 0),
    ];
    const placed = indexes.map((index, place) => ({ index, place: places[place]! }));
    if (order === 'as-made') placed.sort((a, b) => a.index - b.index);
    if (order === 'newest-first') placed.sort((a, b) => b.index - a.index);
    if (order === 'any') placed.sort((a, b) => a.place - b.place);
    batches.push({ deviceId: devices[device]!, commands: placed.map(({ index }) => commands[index]!) });
    sent = upTo;
  }
  return batches;
};

describe('batches of several devices, merged by a gateway and repeated in any order', () => {
  let server: TestServer;
  let client: Client;
  let folder: TemporaryFolder;
  let position = '0';
  let known: Record<string, DayFigures> | undefined;

  beforeAll(async () => {
    jest.spyOn(Date, 'now').mockReturnValue(present);
    folder = await temporaryFolder();
    server = await startTestServer({ establishmentsFile: await writeEstablishments(folder.path, fiveZones) });
    client = await clientOf(server);
  });
  afterAll(async () => {
    await server.close();
    await folder.remove();
    jest.restoreAllMocks();
  });

  it('give the answers, tickets and figures of the naive fold', async () => {
    const deliveries = fc.array(delivery, { minLength: 3, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(scenarios(maxCommandsPerRun), deliveries, async (scenario, order) => {
        const naive = new NaiveFigures(fiveZones);
        const before = known ?? (await figures()).days;
        known = undefined;
        const commands = requestsOf(scenario, fiveZones).flatMap((request) => request.commands);
        for (const batch of batchesOf(commands, order)) {
          const expected = naive.applyAll(batch.commands, present, 0, batch.deviceId);
          expect(await send(batch)).toEqual(
            expected.map(({ status, problem, revision }) => [
              status,
              problem,
              status === 'refused' ? undefined : revision,
            ]),
          );
        }
        for (const ticketId of new Set(commands.map((command) => command.ticketId))) {
          const { status, body } = await client.get<TicketBody>(`/v1/tickets/${ticketId}`);
          const standing = naive.standingOf(ticketId);
          const served = status === 404 ? undefined : [body.status, body.revision];
          expect([ticketId, served]).toEqual([ticketId, standing && [standing.status, standing.revision]]);
        }
        const { dates, days: after } = await figures();
        expect(mistakes(difference(after, before), naive.days(dates))).toEqual([]);
        known = after;
      }),
      // The time limit lets a slow machine make fewer runs, and also ends the shrinking of a failure.
      { numRuns: runs, interruptAfterTimeLimit: budgeted(60_000) },
    );
  });

  const figures = () => readFigures(client, { ...range, minPosition: position });

  const send = async (batch: Batch) => {
    const { status, body } = await client.post<SyncBody>('/v1/sync', batch);
    expect(status).toBe(200);
    ({ position } = body);
    return body.results.map((result) => [
      result.status,
      codeOf(result.problem),
      result.status === 'refused' ? undefined : result.revision,
    ]);
  };
});
