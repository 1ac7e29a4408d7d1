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
const mostCommandsARun = 90;
/** Those of two tablets, and that of the gateway which collects from both. */
const devices = ['tablette-1', 'tablette-2', 'passerelle'];

interface Delivery {
  device: number;
  /** How many commands it brings that were never sent. */
  fresh: number;
  /** Which of those that were sent it brings again: so many before the newest. */
  repeats: number[];
  /** Where each of them stands in the batch. */
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

/** The commands in batches, until none is left that was never sent. */
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
    if (order === 'as-made') placed.sort((one, other) => one.index - other.index);
    if (order === 'newest-first') placed.sort((one, other) => other.index - one.index);
    if (order === 'any') placed.sort((one, other) => one.place - other.place);
    batches.push({ deviceId: devices[device]!, commands: placed.map(({ index }) => commands[index]!) });
    sent = upTo;
  }
  return batches;
};

describe('batches of several devices, merged by a gateway and sent again in any place', () => {
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

  it('give the answers, the tickets and the figures of the rules', async () => {
    const deliveries = fc.array(delivery, { minLength: 3, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(scenarios(mostCommandsARun), deliveries, async (scenario, order) => {
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
          const told = status === 404 ? undefined : [body.status, body.revision];
          expect([ticketId, told]).toEqual([ticketId, standing && [standing.status, standing.revision]]);
        }
        const { dates, days: after } = await figures();
        expect(mistakes(difference(after, before), naive.days(dates))).toEqual([]);
        known = after;
      }),
      // A slow machine makes fewer runs; shrinking a failure stops then, too.
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
