import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiClient, type Schemas } from '../../src/client/client.js';
import { clientOf } from '../support/api/client.js';
import { Device, type Ward } from '../support/tickets/device.js';
import { foldOf } from '../support/figures/event-fold.js';
import { difference, mistakes } from '../support/figures/figure-differences.js';
import { readFigures } from '../support/figures/figures.js';
import { fiveZones, writeEstablishments } from '../support/figures/five-zones.js';
import { readTicketLog, replay, ticketIdOf, type ReplayedEvent } from '../support/log/replayed-log.js';
import { startHostedServer, type HostedServer } from '../support/server/hosted-server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { seeded } from '../support/tickets/ticket-histories.js';
import { tokenOf } from '../support/access/tokens.js';
import { allFates, UnreliableNetwork, type Delivery } from '../support/network/unreliable-network.js';

const deviceCount = 200;
const devicesPerWard = 5;
const maxSkewMs = 10 * 60_000;
const toleratedSkewMs = 2 * 60_000;
const shiftMs = 5 * 3_600_000;

/** SIMULATION_SEED=… repeats the commands of the devices and the faults of the network; the order of arrival still varies. */
const seed = Number(process.env.SIMULATION_SEED ?? randomInt(2 ** 32));

interface SentBody {
  deviceId: string;
  sentAt: string;
}
type SyncBody = Pick<Schemas['SyncAnswer'], 'clockSkewMs' | 'results'>;

let folder: TemporaryFolder;
let server: HostedServer;
let devices: Device[];
let networks: UnreliableNetwork[];
let log: ReplayedEvent[];
/** Every batch that reached the server, in the order it was answered. */
const deliveries: Delivery[] = [];

beforeAll(async () => {
  folder = await temporaryFolder();
  server = await startHostedServer({ establishmentsFile: await writeEstablishments(folder.path, fiveZones) });
  const wards = wardsOf(fiveZones, deviceCount / devicesPerWard);
  const begins = Date.now() - shiftMs;
  const made = await Promise.all(
    Array.from({ length: deviceCount }, async (_, index) => {
      const random = seeded(seed + index);
      const ward = wards[index % wards.length]!;
      const network = new UnreliableNetwork(random, (delivery) => deliveries.push(delivery));
      const token = await tokenOf('mobile-team', [ward.establishment]);
      const api = createApiClient({ url: server.url, token, fetch: network.fetch });
      const skewMs = Math.round((2 * random() - 1) * maxSkewMs);
      return {
        network,
        device: new Device({ name: `tablette-${index}`, api, ward, random, skewMs, begins }),
      };
    }),
  );
  devices = made.map(({ device }) => device);
  networks = made.map(({ network }) => network);
  await Promise.all(devices.map((device) => device.shift()));
  await Promise.all(networks.map((network) => network.settled()));
  log = await readTicketLog(server.database);
});
afterAll(async () => {
  await server.close();
  await folder.remove();
});

const wardsOf = (places: typeof fiveZones, count: number): Ward[] => {
  const all = Object.entries(places).flatMap(([establishment, { sites }]) =>
    [undefined, ...Object.keys(sites)].map((site) => ({ establishment, site })),
  );
  return Array.from({ length: count }, (_, index) => ({ ...all[index % all.length]!, tickets: [] }));
};

interface CommandStatus {
  commandId: string;
  status: Schemas['CommandResult']['status'];
}

/** The result of every command each time it reached the server, also where its answer was lost. */
const commandStatuses = (): CommandStatus[] =>
  deliveries.flatMap(({ answer }) =>
    (JSON.parse(answer) as SyncBody).results.map(({ commandId, status }) => ({
      commandId: commandId!,
      status,
    })),
  );

const commandIds = (all: readonly { commandId: string }[]) => all.map(({ commandId }) => commandId).sort();

describe(`200 devices on an unreliable network, with SIMULATION_SEED=${seed}`, () => {
  it('meet every fault of the network and every result of a command', () => {
    const met = new Set(networks.flatMap((network) => [...network.met.keys()]));
    expect([...met].sort()).toEqual([...allFates].sort());
    const statuses = new Set(commandStatuses().map(({ status }) => status));
    expect([...statuses].sort()).toEqual(['applied', 'duplicate', 'refused', 'unchanged']);
    expect(log.length).toBeGreaterThan(1_000);
  });

  it('are never answered with an error', () => {
    expect([...new Set(deliveries.map(({ status }) => status))]).toEqual([200]);
  });

  it('end with refused commands only, each with a reason', () => {
    for (const { waiting, refused, accepted, written } of devices) {
      expect(waiting).toEqual([]);
      expect(accepted.size + refused.size).toBe(written.size);
      for (const { problem } of refused.values()) {
        expect(problem).toMatchObject({
          type: expect.stringMatching(
            /\/problems\/(ticket-(not-found|resolved|closed|cancelled)|superseded|link-t\S+)$/,
          ),
          title: expect.stringMatching(/./),
          detail: expect.stringMatching(/./),
        });
      }
    }
  });

  it('have each command applied at most once, and every accepted one exactly once', () => {
    const recorded = log.map(({ metadata }) => metadata.commandId).sort();
    expect(new Set(recorded).size).toBe(recorded.length);
    const applied = commandStatuses().filter(({ status }) => status === 'applied');
    expect(recorded).toEqual(commandIds(applied));
    const known = new Set(recorded);
    const heard = devices.flatMap(({ accepted }) => [...accepted]);
    const lost = heard.filter(([commandId, status]) => status !== 'unchanged' && !known.has(commandId));
    expect(lost).toEqual([]);
  });

  it('have their commands about a ticket applied in their order', () => {
    const withoutEffect = new Set<string>();
    for (const { commandId, status } of commandStatuses()) {
      if (status === 'refused' || status === 'unchanged') withoutEffect.add(commandId);
    }
    const order = new Map(
      devices.flatMap(({ written }) => [...written.keys()].map((id, index) => [id, index])),
    );
    const newest = new Map<string, number>();
    for (const event of log) {
      const { commandId, deviceId } = event.metadata;
      // A command without effect is not remembered: sent again, it takes the place of its later delivery.
      if (withoutEffect.has(commandId)) continue;
      const key = `${deviceId} ${ticketIdOf(event)}`;
      const index = order.get(commandId)!;
      expect([key, index]).toEqual([key, Math.max(index, newest.get(key) ?? 0)]);
      newest.set(key, index);
    }
  });

  it('get the skew of their clocks', () => {
    for (const { sent, answer, from, until } of deliveries) {
      const sentAt = Date.parse((JSON.parse(sent) as SentBody).sentAt);
      const { clockSkewMs } = JSON.parse(answer) as SyncBody;
      expect(clockSkewMs).toBeGreaterThanOrEqual(sentAt - until);
      expect(clockSkewMs).toBeLessThanOrEqual(sentAt - from);
    }
  });

  it('have their times corrected, up to the time that a batch was in transit', () => {
    const written = new Map(devices.flatMap((device) => [...device.written]));
    const skewOf = new Map(devices.map(({ parts }) => [parts.name, parts.skewMs]));
    const longest = Math.max(
      ...deliveries.map(({ sent, until }) => {
        const { sentAt, deviceId } = JSON.parse(sent) as SentBody;
        return until - (Date.parse(sentAt) - skewOf.get(deviceId)!);
      }),
    );
    for (const { metadata } of log) {
      const { commandId, deviceId, claimedAt, clockSkewMs } = metadata;
      if (clockSkewMs === undefined) {
        expect(Math.abs(skewOf.get(deviceId!)!)).toBeLessThanOrEqual(toleratedSkewMs + longest);
      } else {
        const late = Date.parse(claimedAt) - clockSkewMs - Math.floor(written.get(commandId)!.trueTime);
        expect(late).toBeGreaterThanOrEqual(0);
        expect(late).toBeLessThanOrEqual(longest);
      }
    }
  });

  it('leave a log that obeys the rules of tickets, and the figures of an independent fold', async () => {
    const { naive, mistakes: notAllowed } = replay(log, fiveZones);
    expect(notAllowed).toEqual([]);
    const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
    const range = { from: day(Date.now() - 2 * 86_400_000), to: day(Date.now() + 86_400_000) };
    const minPosition = String(log.at(-1)!.position);
    const { dates, days } = await readFigures(await clientOf(server), { ...range, minPosition });
    expect(mistakes(difference(days, {}), naive.days(dates))).toEqual([]);
    const counted = Object.entries(foldOf(log)).map(([key, counts]) => {
      const [date, code] = key.split(' ') as [string, string];
      return [key, counts, days[date]?.establishments[code]];
    });
    expect(counted.length).toBeGreaterThan(0);
    for (const [key, counts, figures] of counted) expect([key, figures]).toMatchObject([key, counts]);
  });
});
