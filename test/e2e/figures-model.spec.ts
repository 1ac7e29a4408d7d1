import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { clientOf, codeOf, type Client } from '../support/api/client.js';
import { difference, mistakes } from '../support/figures/figure-differences.js';
import { noFigures, readFigures, type DayFigures, type Figures } from '../support/figures/figures.js';
import { fiveZones, writeEstablishments } from '../support/figures/five-zones.js';
import { NaiveFigures, type NaiveAnswer } from '../support/figures/naive-figures.js';
import { present, range, requestsOf, scenarios, type Request } from '../support/tickets/random-commands.js';
import { startTestServer, type TestServer } from '../support/server/server.js';
import { temporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { budgeted } from '../support/budget.js';

const runs = budgeted(15);
const maxCommandsPerRun = 180;
/** A clock skew up to this is not corrected. */
const toleratedSkewMs = 2 * 60_000;
const device = 'appareil';

type Days = Record<string, DayFigures>;

interface Answered extends NaiveAnswer {
  /** The type of the command, so that a failed comparison shows it. */
  type: string;
  commandId: string | null;
}

interface SyncAnswer {
  position: string;
  clockSkewMs: number | null;
  results: {
    commandId: string;
    status: NaiveAnswer['status'];
    ticketId: string;
    revision?: number;
    problem?: { type: string; ticket?: { status: NaiveAnswer['ticketStatus'] } };
  }[];
}

interface TicketAnswer {
  ticketId: string;
  status: NaiveAnswer['ticketStatus'];
  revision: number;
}

describe('the figures of random commands over five zones', () => {
  let server: TestServer;
  let client: Client;
  let folder: TemporaryFolder;
  /** The highest position of all answers; the answer to a repeated command may have an old one. */
  let position = 0n;
  /** The figures after the previous run; undefined before the first run and after a failed one. */
  let known: Days | undefined;

  beforeAll(async () => {
    // The product reads the time from Date.now() only. With a fixed clock every answer is predictable to the millisecond.
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

  it('equal those of the naive fold, and so does every answer', async () => {
    await fc.assert(
      fc.asyncProperty(scenarios(maxCommandsPerRun), async (scenario) => {
        const naive = new NaiveFigures(fiveZones);
        // One database serves all runs. Figures are sums over tickets, so a run is checked by the figures it added.
        const before = known ?? (await figures()).days;
        known = undefined;
        for (const request of requestsOf(scenario, fiveZones)) {
          const expected = naivelyAnswered(naive, request);
          expect(await (request.alone ? sendAlone(request) : sendBatch(request))).toMatchObject(expected);
        }
        const { dates, days: after } = await figures();
        expect(mistakes(difference(after, before), naive.days(dates))).toEqual([]);
        expect(brokenInvariants(after)).toEqual([]);
        known = after;
      }),
      // The time limit lets a slow machine make fewer runs, and also ends the shrinking of a failure.
      { numRuns: runs, interruptAfterTimeLimit: budgeted(60_000) },
    );
  });

  const figures = () => readFigures(client, { ...range, minPosition: String(position) });

  const advanceTo = (answered: string): void => {
    if (BigInt(answered) > position) position = BigInt(answered);
  };

  const sendBatch = async ({ commands, skewMs }: Request): Promise<Partial<Answered>[]> => {
    const sentAt = skewMs === undefined ? {} : { sentAt: new Date(present + skewMs).toISOString() };
    const answer = await client.post<SyncAnswer>('/v1/sync', { deviceId: device, ...sentAt, commands });
    expect(answer).toMatchObject({ status: 200, body: { clockSkewMs: skewMs ?? null } });
    advanceTo(answer.body.position);
    return answer.body.results.map(({ commandId, status, revision, problem }, index) => ({
      type: commands[index]!.type,
      commandId,
      status,
      revision,
      problem: codeOf(problem),
      ...(problem ? { ticketStatus: problem.ticket?.status } : {}),
    }));
  };

  /** Sends a command to its own route, whose answer shows only by the revision whether anything changed. */
  const sendAlone = async ({ commands: [command] }: Request): Promise<Partial<Answered>[]> => {
    const { type, ticketId, ...body } = command!;
    const opens = type === 'open';
    const path = opens ? '/v1/tickets' : `/v1/tickets/${ticketId}/${type}`;
    const answer = await client.post<TicketAnswer>(path, opens ? { ...body, ticketId } : body);
    const { status, headers } = answer;
    if (status >= 400) return [{ type, status: 'refused', problem: codeOf(answer.body) }];
    advanceTo(headers.get('Position')!);
    const { revision, status: ticketStatus } = answer.body;
    expect(headers.get('ETag')).toBe(`"${revision}"`);
    return [{ type, revision, ticketStatus }];
  };
});

/** The answers that the naive fold expects for a request. */
const naivelyAnswered = (
  naive: NaiveFigures,
  { commands, alone, skewMs = 0 }: Request,
): Partial<Answered>[] => {
  const corrected = Math.abs(skewMs) > toleratedSkewMs ? skewMs : 0;
  const from = alone ? undefined : device;
  return naive.applyAll(commands, present, corrected, from).map((answer, index) => {
    const { status, problem, revision, ticketStatus } = answer;
    const { commandId, type } = commands[index]!;
    if (alone && status === 'refused') return { type, status, problem };
    if (alone) return { type, revision, ticketStatus };
    if (status === 'refused') return { commandId, type, status, problem };
    return { commandId, type, status, revision };
  });
};

/** The violated invariants of docs/domain.md («The figures»), one message each; empty where all hold. */
const brokenInvariants = (days: Days): string[] => {
  const all = Object.entries(days).map(([date, { total, establishments }]) => ({
    date,
    figures: { ...establishments, total },
  }));
  const codes = [...Object.keys(fiveZones), 'total'];
  const transferred = (figure: keyof Figures) =>
    all.reduce((sum, { figures }) => sum + figures.total[figure], 0);
  const broken = codes.flatMap((code) => {
    let backlog = 0;
    return all.flatMap(({ date, figures }) => {
      const today = (figures as Record<string, Figures>)[code] ?? noFigures();
      const added = today.opened + today.reopened + today.transferredIn;
      const removed = today.resolved + today.cancelled + today.merged + today.transferredOut;
      backlog += added - removed;
      return [
        ...(today.resolvedSameDay > today.opened ? [`${date} ${code}: resolvedSameDay above opened`] : []),
        ...(today.backlog !== backlog ? [`${date} ${code}: backlog ${today.backlog}, not ${backlog}`] : []),
        ...(today.backlog < 0 ? [`${date} ${code}: backlog below 0`] : []),
      ];
    });
  });
  const balanced = transferred('transferredIn') === transferred('transferredOut');
  return [...broken, ...(balanced ? [] : ['transferredIn is not transferredOut'])];
};
